//! What something is asked of, and how an answer is made.

use std::{ops::Range, sync::Arc};

use gen_lsp_types as types;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    client::Client,
    wire::{Code, Refusal},
    workspace::{Document, Workspace},
};
use crate::{check::Checked, diagnostic::TextEdit, rules::Context, text::Source};

/// An open document that something is asked of.
pub struct Asked<'a> {
    /// Its address.
    pub address: &'a str,
    /// Its text.
    pub document: &'a Document,
    /// What was found in it.
    pub checked: &'a Checked,
    /// All manifests.
    pub workspace: &'a Workspace<'a>,
    /// Who asks.
    pub client: &'a Client,
}

impl Asked<'_> {
    /// The text, with what of it nothing may show.
    pub fn source(&self) -> &Arc<Source> {
        &self.checked.judged.source
    }

    /// What the rules see of each environment that can be judged, with its name.
    pub fn contexts(&self) -> impl Iterator<Item = (Option<&str>, Context<'_>)> {
        let environments = self.checked.judged.environments.iter();
        environments.filter_map(|environment| {
            let manifest = environment.manifest.as_ref()?;
            Some((
                environment.name.as_deref(),
                Context::new(manifest, &[], &[]),
            ))
        })
    }

    /// A range as the client counts.
    pub fn range(&self, range: &Range<usize>) -> types::Range {
        self.client.encoding.range(self.source(), range)
    }

    /// A change of the document.
    pub fn edit(&self, edits: &[TextEdit]) -> Value {
        let edits = edits.iter().map(|edit| types::TextEdit {
            range: self.range(&edit.range),
            new_text: edit.text.clone(),
        });
        let edits: Vec<_> = edits.collect();
        match self.client.checks_versions {
            true => {
                let version = self.document.version;
                let document = json!({"uri": self.address, "version": version});
                json!({"documentChanges": [{"textDocument": document, "edits": edits}]})
            }
            false => json!({"changes": {self.address: edits}}),
        }
    }
}

/// A method's parameters.
///
/// # Errors
/// Where these are others.
pub fn parameters<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    // What serde says would quote the client's text.
    serde_json::from_value(params).map_err(|_| {
        let message = "these parameters are not those of the method";
        Refusal(Code::InvalidParams, message)
    })
}

/// The answer to what is asked of a document; empty where it is not open.
///
/// # Errors
/// Where the parameters are not those of the method.
pub fn answer<T: DeserializeOwned, A: Serialize>(
    params: Value,
    asked: Option<&Asked<'_>>,
    work: impl FnOnce(&Asked<'_>, &T) -> A,
) -> Result<Value, Refusal> {
    let params = parameters(params)?;
    Ok(json!(asked.map(|asked| work(asked, &params))))
}
