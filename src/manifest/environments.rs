//! The environments of a manifest: the base with each patch applied, on the tree.

use crate::yaml::{NodeId, Removal, Tree, Value};

/// The field that holds the patches.
pub const ENVIRONMENTS: &str = "environments";

/// One environment: what the rules look at.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name; nothing where the manifest has no environments.
    pub name: Option<String>,
    /// The manifest's tree without `environments`, the patch applied.
    pub tree: NodeId,
    /// Its patch, where it has one.
    pub patch: Option<NodeId>,
    /// The nulls of the patch.
    pub removals: Vec<Removal>,
}

/// Splits a manifest into its environments, in the order of the text; the patched mappings are added to its tree. An environment that
/// is no mapping is left out; the schema check of the text as written reports it.
pub fn environments(document: &mut Tree) -> Vec<Environment> {
    let whole = Environment {
        name: None,
        tree: NodeId(0),
        patch: None,
        removals: Vec::new(),
    };
    let patches = document.root().and_then(|root| root.get(ENVIRONMENTS));
    let Some(patches) = patches else {
        return vec![whole];
    };
    let mut environments = Vec::new();
    for (name, patch) in patches.members() {
        let patch = match patch.value() {
            Value::Null(_) => None,
            Value::Mapping(_) => Some(patch.node().id),
            _ => continue,
        };
        let name = Some(name.to_string());
        environments.push(Environment {
            name,
            patch,
            ..whole.clone()
        });
    }
    let base = document.without(NodeId(0), ENVIRONMENTS);
    for environment in &mut environments {
        let removals = &mut environment.removals;
        environment.tree = match environment.patch {
            // Environments within one are an unknown field, and none of what the merged manifest says.
            Some(patch) => {
                let nested = document.at(patch).and_then(|it| it.get(ENVIRONMENTS));
                let patch = match nested.is_some() {
                    true => document.without(patch, ENVIRONMENTS),
                    false => patch,
                };
                document.patched(base, patch, removals)
            }
            None => base,
        };
    }
    environments
}
