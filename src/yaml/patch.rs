//! JSON Merge Patches (RFC 7396) on the tree, so that places survive.

use std::{cell::LazyCell, collections::HashMap, sync::Arc};

use super::{
    Place, Tree,
    node::{Member, Node, NodeId, NodeRef, NullForm, Value},
};
use crate::text::suggest::plain;

/// A `null` of a patch: the written word.
#[derive(Debug, Clone)]
pub struct Removal {
    /// The `null`.
    pub place: Place,
    /// Its key.
    pub key: Arc<str>,
    /// The mapping, as written, that it removes the key from; nothing where the key is not there.
    pub from: Option<NodeId>,
    /// Where the key is not there: one that is the same but for letter case and signs.
    pub near: Option<Arc<str>>,
}

impl Tree {
    /// A mapping without one of its members.
    pub fn without(&mut self, mapping: NodeId, key: &str) -> NodeId {
        let Some((node, mut members)) = self.mapping(mapping, None) else {
            return mapping;
        };
        members.retain(|member| &*member.key != key);
        self.push_like(node, members)
    }

    /// A mapping with a patch applied.
    ///
    /// Where both sides have a mapping, the new one has the place of the one that is patched; what the patch leaves alone is shared.
    /// The word `null` removes, and is added to `removals`; any other null of the patch is passed over, as it has a finding of its own.
    pub fn patched(
        &mut self,
        target: NodeId,
        patch: NodeId,
        removals: &mut Vec<Removal>,
    ) -> NodeId {
        self.merge(Some(target), patch, None, removals)
    }

    fn merge(
        &mut self,
        target: Option<NodeId>,
        patch: NodeId,
        via: Option<NodeId>,
        removals: &mut Vec<Removal>,
    ) -> NodeId {
        let Some((patch_node, changes)) = self.mapping(patch, via) else {
            return patch;
        };
        let target = target.and_then(|target| self.mapping(target, None));
        let (like, members) = target.unwrap_or_else(|| (patch_node, Vec::new()));
        let keys: Vec<Arc<str>> = members.iter().map(|member| member.key.clone()).collect();
        let mut index: HashMap<Arc<str>, usize> = keys.iter().cloned().zip(0..).collect();
        let plain_keys = LazyCell::new(|| {
            let keys = keys.iter().map(|key| (plain(key), key));
            keys.collect::<HashMap<_, _>>()
        });
        // A removed member leaves a gap until the end, so that the index stays right.
        let mut members: Vec<Option<Member>> = members.into_iter().map(Some).collect();
        for change in changes {
            let Some(value) = NodeRef::new(self, change.value, change.via) else {
                continue;
            };
            let at = index.get(&change.key).copied();
            match value.value() {
                Value::Null(NullForm::Word) => {
                    let member = index.remove(&change.key).and_then(|at| members.get_mut(at));
                    let removed = member.and_then(Option::take);
                    let near = removed
                        .is_none()
                        .then(|| plain_keys.get(&plain(&change.key)));
                    removals.push(Removal {
                        near: near.flatten().map(|key| Arc::clone(key)),
                        place: value.place(),
                        key: change.key,
                        from: removed.and_then(|_| Some(self.node(like)?.id)),
                    });
                }
                Value::Null(_) => {}
                _ => {
                    let is_patch = value.is_mapping();
                    let old = at.and_then(|at| members.get(at)?.clone());
                    let old = old.filter(|old| is_patch && self.mapping(old.value, None).is_some());
                    let target = old.as_ref().map(|old| old.value);
                    // A mapping that was patched is still reached as it was before; anything else comes from the patch.
                    let member = Some(Member {
                        value: self.merge(target, change.value, change.via, removals),
                        via: old.map_or(change.via, |old| old.via),
                        key: change.key,
                    });
                    match at.and_then(|at| members.get_mut(at)) {
                        Some(slot) => *slot = member,
                        None => members.push(member),
                    }
                }
            }
        }
        self.push_like(like, members.into_iter().flatten().collect())
    }

    /// A mapping, aliases resolved, and its members, each with the alias that it was reached by.
    fn mapping(&self, id: NodeId, via: Option<NodeId>) -> Option<(NodeId, Vec<Member>)> {
        let at = NodeRef::new(self, id, via)?.resolve();
        let Value::Mapping(members) = &at.node().value else {
            return None;
        };
        let through = |member: &Member| Member {
            via: member.via.or(at.via()),
            ..member.clone()
        };
        Some((at.index(), members.iter().map(through).collect()))
    }

    /// Adds a mapping that is written where another one is.
    fn push_like(&mut self, like: NodeId, members: Vec<Member>) -> NodeId {
        let Some(node) = self.node(like) else {
            return like;
        };
        let node = Node {
            id: node.id,
            value: Value::Mapping(members),
            parent: node.parent,
            step: node.step.clone(),
            key: node.key.clone(),
            range: node.range.clone(),
            style: node.style,
            text: None,
        };
        self.push(node)
    }
}
