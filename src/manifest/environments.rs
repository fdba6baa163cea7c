//! The environments of a manifest: the base with each patch applied, on the tree.

use std::sync::Arc;

use crate::yaml::{Mapping, Node, Place, Value, patch};

/// The field that holds the patches.
pub const ENVIRONMENTS: &str = "environments";

/// One environment: what the rules look at.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name; nothing where the manifest has no environments.
    pub name: Option<String>,
    /// The manifest's tree without `environments`, the patch applied.
    pub tree: Arc<Node>,
    /// Its patch, where it has one.
    pub patch: Option<Arc<Node>>,
    /// The nulls of the patch that remove nothing, with their keys.
    pub without_effect: Vec<(Place, Arc<str>)>,
}

/// Splits a manifest's tree into its environments, in the order of the text. An environment that is no mapping is left out; the
/// schema check of the text as written reports it.
pub fn environments(root: &Arc<Node>) -> Vec<Environment> {
    let whole = Environment {
        name: None,
        tree: root.clone(),
        patch: None,
        without_effect: Vec::new(),
    };
    let patches = root
        .mapping()
        .and_then(|fields| Some((fields, fields.get(ENVIRONMENTS)?)));
    let Some((fields, patches)) = patches else {
        return vec![whole];
    };
    let mut base = fields.clone();
    base.members.retain(|member| &*member.key != ENVIRONMENTS);
    let base = Node {
        id: root.resolve().0.id,
        value: Value::Mapping(base),
    };
    let mut environments = Vec::new();
    let empty = Arc::new(Node {
        id: base.id,
        value: Value::Mapping(Mapping::default()),
    });
    let patches = patches.value.mapping().into_iter();
    for member in patches.flat_map(|patches| &patches.members) {
        let patch = match &member.value.resolve().0.value {
            Value::Null(_) => &empty,
            Value::Mapping(_) => &member.value,
            _ => continue,
        };
        let mut without_effect = Vec::new();
        environments.push(Environment {
            name: Some(member.key.to_string()),
            tree: Arc::new(patch::apply(&base, patch, &mut without_effect)),
            patch: Some(patch.clone()),
            without_effect,
        });
    }
    environments
}
