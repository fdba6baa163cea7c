//! What a client can do and asks for, read from the parameters of `initialize`; and what the server offers it.

use serde_json::{Value, json};

use super::position::Encoding;

/// The kind of the action that applies every safe fix, as `codeActionsOnSave` names it.
pub const FIX_ALL: &str = "source.fixAll.campaign-ims";

/// The command that opens a rule's page; it takes the rule's id.
pub const OPEN_PAGE: &str = "campaign-ims.openPage";

/// What a client can do.
#[derive(Debug, Default)]
pub struct Client {
    /// What positions count.
    pub encoding: Encoding,
    /// It asks for diagnostics, so none are sent of what is open.
    pub pulls: bool,
    /// It can be told to ask for diagnostics again.
    pub refreshes_diagnostics: bool,
    /// It can be told to ask for inlay hints again.
    pub refreshes_hints: bool,
    /// It shows places that belong to a diagnostic.
    pub shows_related: bool,
    /// It tells when files change, where it is asked to.
    pub watches: bool,
    /// It can open an address in a browser.
    pub opens_pages: bool,
    /// It takes edits with the version of the document.
    pub checks_versions: bool,
    /// It takes symbols within symbols.
    pub nests_symbols: bool,
    /// It wants what a server for YAML gives from the schema, too: fields in hovers and completions, symbols.
    pub wants_fields: bool,
}

impl Client {
    /// Reads the parameters of `initialize`. What is not said is not there.
    pub fn new(params: &Value) -> Self {
        let at = |pointer: &str| params.pointer(pointer);
        let is = |pointer: &str| at(pointer).and_then(Value::as_bool) == Some(true);
        let encodings = at("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let encodings = encodings.into_iter().flatten().filter_map(Value::as_str);
        let pull = "/capabilities/textDocument/diagnostic";
        let pulls = at(pull).is_some_and(Value::is_object);
        let push = "/capabilities/textDocument/publishDiagnostics/relatedInformation";
        Self {
            encoding: Encoding::of(encodings),
            pulls,
            refreshes_diagnostics: is("/capabilities/workspace/diagnostics/refreshSupport"),
            refreshes_hints: is("/capabilities/workspace/inlayHint/refreshSupport"),
            shows_related: is(push) || is(&format!("{pull}/relatedInformation")),
            watches: is("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
            opens_pages: is("/capabilities/window/showDocument/support"),
            checks_versions: is("/capabilities/workspace/workspaceEdit/documentChanges"),
            nests_symbols: is(
                "/capabilities/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport",
            ),
            wants_fields: is("/initializationOptions/fields"),
        }
    }

    /// What `initialize` answers.
    pub fn offer(&self) -> Value {
        let mut capabilities = json!({
            "positionEncoding": self.encoding.name(),
            "textDocumentSync": {"openClose": true, "change": 1, "save": {"includeText": false}},
            "codeActionProvider": {"codeActionKinds": ["quickfix", FIX_ALL]},
            "completionProvider": {"triggerCharacters": ["[", ",", " "]},
            "hoverProvider": true,
            "inlayHintProvider": true,
            "renameProvider": {"prepareProvider": true},
            "executeCommandProvider": {"commands": [OPEN_PAGE]},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        });
        if self.pulls {
            let options = json!({
                "identifier": "campaign-ims", "interFileDependencies": true, "workspaceDiagnostics": false
            });
            add(&mut capabilities, "diagnosticProvider", options);
        }
        if self.wants_fields && self.nests_symbols {
            add(&mut capabilities, "documentSymbolProvider", true.into());
        }
        let info = json!({"name": "campaign-ims", "version": env!("CAMPAIGN_IMS_VERSION")});
        json!({"capabilities": capabilities, "serverInfo": info})
    }
}

/// Adds a member to an object.
pub fn add(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// The addresses of the folders that a client works in.
pub fn folders(params: &Value) -> Vec<&str> {
    let folders = params.get("workspaceFolders").and_then(Value::as_array);
    let folders = folders.into_iter().flatten();
    let mut folders: Vec<&str> = folders
        .filter_map(|folder| folder.get("uri")?.as_str())
        .collect();
    if folders.is_empty() {
        folders.extend(params.get("rootUri").and_then(Value::as_str));
    }
    folders
}
