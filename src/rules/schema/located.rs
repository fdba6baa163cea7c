//! Where the validator's errors are in the tree, and what that is called.

use std::collections::HashMap;

use crate::{
    manifest::ENVIRONMENTS,
    yaml::{NodeId, NodeRef, Place, steps},
};

/// Where an error of the validator is in the tree.
pub(super) struct At<'a> {
    pub node: NodeRef<'a>,
    pub place: Place,
    /// The path in the manifest, with dots; empty for the manifest itself.
    pub path: String,
    /// Whether it is in the patch of the environment that is checked.
    pub is_in_patch: bool,
}

/// The children of the values that errors lead through: a thousand errors may be in one mapping.
#[derive(Default)]
pub(super) struct Children<'a>(HashMap<NodeId, HashMap<String, NodeRef<'a>>>);

impl<'a> Children<'a> {
    /// The value that a JSON Pointer leads to.
    pub fn locate(&mut self, tree: NodeRef<'a>, pointer: &str) -> Option<At<'a>> {
        let mut node = tree;
        let mut path = String::new();
        for step in steps(pointer) {
            if node.is_mapping() {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&step);
            } else {
                path.push_str(&format!("[{step}]"));
            }
            node = *self.of(node).get(&step)?;
        }
        let place = node.place();
        Some(At {
            node,
            place,
            path,
            is_in_patch: false,
        })
    }

    /// The value at a path with dots.
    pub fn find(&mut self, tree: NodeRef<'a>, path: &str) -> Option<NodeRef<'a>> {
        let mut keys = path.split('.');
        keys.try_fold(tree, |node, key| self.of(node).get(key).copied())
    }

    fn of(&mut self, node: NodeRef<'a>) -> &HashMap<String, NodeRef<'a>> {
        self.0.entry(node.id()).or_insert_with(|| {
            let members = node.members().map(|(key, value)| (key.to_string(), value));
            let items = node.items().enumerate();
            members
                .chain(items.map(|(index, item)| (index.to_string(), item)))
                .collect()
        })
    }
}

/// The section of a path, of an environment as of the base.
pub(super) fn section(path: &str) -> &str {
    let mut steps = path.splitn(3, '.');
    match (steps.next(), steps.next()) {
        (Some(ENVIRONMENTS), Some(_)) => steps.next().unwrap_or_default(),
        _ => path,
    }
}

/// What a path is called in messages. A patch is spoken of as what it patches: the environment is named beside the finding.
pub(super) fn owner(path: &str) -> String {
    match (path, section(path)) {
        ("", _) => "the manifest".to_owned(),
        (named, "") | (_, named) => format!("`{named}`"),
    }
}
