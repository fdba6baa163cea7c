//! JSON Merge Patches (RFC 7396) on the tree, so that places survive.

use std::{collections::HashMap, sync::Arc};

use super::node::{Mapping, Member, Node, NodeId, NullForm, Place, Value};

/// Applies a patch. Mappings that both sides have keep the place of the one that is patched; nodes that the patch leaves alone
/// are shared. The written word `null` removes; any other null in the patch is passed over, as it has a finding of its own.
///
/// The places of the nulls that remove nothing are added to `without_effect`, with their keys.
pub fn apply(target: &Node, patch: &Node, without_effect: &mut Vec<(Place, Arc<str>)>) -> Node {
    merge(Some(target), patch, without_effect)
}

fn merge(target: Option<&Node>, patch: &Node, without_effect: &mut Vec<(Place, Arc<str>)>) -> Node {
    let (resolved, patch_via) = patch.resolve();
    let Value::Mapping(patch_mapping) = &resolved.value else {
        return patch.clone();
    };
    let (id, members) = match target.map(Node::resolve) {
        Some((node, via)) => match &node.value {
            Value::Mapping(mapping) => (node.id, through(mapping, via)),
            _ => (resolved.id, Vec::new()),
        },
        None => (resolved.id, Vec::new()),
    };
    // A removed member leaves a gap until the end, so that places stay what the index says.
    let mut members: Vec<Option<Member>> = members.into_iter().map(Some).collect();
    let mut index: HashMap<Arc<str>, usize> = members
        .iter()
        .flatten()
        .zip(0..)
        .map(|(member, at)| (member.key.clone(), at))
        .collect();
    for change in &patch_mapping.members {
        let via = change.via.or(patch_via);
        let at = index.get(&change.key).copied();
        let (value, value_via) = change.value.resolve();
        match &value.value {
            Value::Null(NullForm::Word) => match at {
                Some(at) => {
                    index.remove(&change.key);
                    members.get_mut(at).map(Option::take);
                }
                None => without_effect.push((
                    Place::value(value.id, value_via.or(via)),
                    change.key.clone(),
                )),
            },
            Value::Null(_) => {}
            _ => {
                let old = at.and_then(|at| members.get(at)?.as_ref());
                let value = Arc::new(merge(
                    old.map(|member| &*member.value),
                    &change.value,
                    without_effect,
                ));
                // A mapping that was patched is still reached as it was before; anything else comes from the patch.
                let kept = old.filter(|old| old.value.resolve().0.id == value.id);
                let member = Member {
                    key: change.key.clone(),
                    via: kept.map_or(via, |old| old.via),
                    value,
                };
                match at.and_then(|at| members.get_mut(at)) {
                    Some(slot) => *slot = Some(member),
                    None => members.push(Some(member)),
                }
            }
        }
    }
    Node {
        id,
        value: Value::Mapping(Mapping {
            members: members.into_iter().flatten().collect(),
        }),
    }
}

/// The members of a mapping, each knowing the alias that it was reached by.
fn through(mapping: &Mapping, via: Option<NodeId>) -> Vec<Member> {
    let mut members = mapping.members.clone();
    if via.is_some() {
        for member in &mut members {
            member.via = member.via.or(via);
        }
    }
    members
}
