//! The environments of a manifest: the base with each patch applied, on the tree.

use std::sync::Arc;

use serde_json::Value as Json;

use super::schema::{CORE, member_schema};
use crate::{
    draft::Draft,
    yaml::{Mapping, Node, NullForm, Place, Value, patch},
};

/// The field that holds the patches.
pub const ENVIRONMENTS: &str = "environments";

/// One environment: what the rules judge.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name; nothing where the manifest has no environments.
    pub name: Option<String>,
    /// The manifest's tree without `environments`, the patch applied.
    pub tree: Arc<Node>,
}

/// Splits a manifest's tree into its environments, in the order of the text, and tells what is wrong with the patches themselves:
/// empty values (`wrong-type`) and nulls that remove nothing (`patch-no-effect`), each with the environment's name.
///
/// An environment that is no mapping is left out; the schema check of the text as written reports it.
pub fn environments(root: &Arc<Node>) -> (Vec<Environment>, Vec<(Option<String>, Draft)>) {
    let whole = Environment {
        name: None,
        tree: root.clone(),
    };
    let Some(mapping) = root.mapping() else {
        return (vec![whole], Vec::new());
    };
    let Some(patches) = mapping.get(ENVIRONMENTS) else {
        return (vec![whole], Vec::new());
    };
    let mut base = mapping.clone();
    base.members.retain(|member| &*member.key != ENVIRONMENTS);
    let base = Node {
        id: root.resolve().0.id,
        value: Value::Mapping(base),
    };
    let mut environments = Vec::new();
    let mut drafts = Vec::new();
    let empty = Node {
        id: base.id,
        value: Value::Mapping(Mapping::default()),
    };
    for member in patches
        .value
        .mapping()
        .into_iter()
        .flat_map(|patches| &patches.members)
    {
        let name = member.key.to_string();
        let change = match &member.value.resolve().0.value {
            Value::Null(_) => &empty,
            Value::Mapping(_) => &*member.value,
            _ => continue,
        };
        let mut found = Vec::new();
        empty_values(change, Some(&CORE), &mut found);
        let mut without_effect = Vec::new();
        let tree = Arc::new(patch::apply(&base, change, &mut without_effect));
        found.extend(without_effect.into_iter().map(|(place, key)| {
            Draft::new(
                "patch-no-effect",
                place,
                format!(
                    "this `null` removes nothing: there is no `{key}` above that it could remove"
                ),
                "remove the line, or correct the name of the field",
            )
        }));
        drafts.extend(found.into_iter().map(|draft| (Some(name.clone()), draft)));
        environments.push(Environment {
            name: Some(name),
            tree,
        });
    }
    (environments, drafts)
}

/// Nulls in a patch that are not the written word: whether something is removed must be said.
fn empty_values(patch: &Node, schema: Option<&Json>, drafts: &mut Vec<Draft>) {
    let (node, via) = patch.resolve();
    let Value::Mapping(mapping) = &node.value else {
        return;
    };
    for member in &mapping.members {
        let schema = schema.and_then(|schema| member_schema(schema, &member.key));
        let (value, value_via) = member.value.resolve();
        match value.value {
            Value::Null(NullForm::Word) => {}
            Value::Null(form) => {
                let place = Place::value(value.id, value_via.or(member.via).or(via));
                let written = match form {
                    NullForm::Tilde => "`~`",
                    _ => "an empty value",
                };
                let help = if schema.is_some_and(|schema| schema.get("properties").is_some()) {
                    "write `{}` or `null`: `{}` changes nothing, `null` removes"
                } else {
                    "write a value, or `null` to remove the field (a mapping takes `{}` or `null`)"
                };
                drafts.push(Draft::new(
                    "wrong-type",
                    // Nothing is written, so the key is what can be pointed at.
                    if form == NullForm::Empty {
                        place.key()
                    } else {
                        place
                    },
                    format!(
                        "`{}` has {written} in a patch, which could mean two things",
                        member.key
                    ),
                    help,
                ));
            }
            _ => empty_values(&member.value, schema, drafts),
        }
    }
}
