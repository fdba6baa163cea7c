//! The members of a mapping while it is read: keys that are no strings, keys that come twice, and merge keys.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    Problem, ProblemKind, Tree,
    node::{Member, NodeId, NodeRef, Value},
};

/// Among so many members a key is looked for one by one.
const FEW: usize = 16;
const NOT_FEW: usize = FEW + 1;

/// A key as it was read.
pub(super) enum Key {
    String(Arc<str>),
    /// A plain `<<`.
    Merge,
    /// No string: what it is, and how its step is written.
    Other(&'static str, Arc<str>),
    /// An alias that leads nowhere, which is said elsewhere.
    Unknown,
}

impl Key {
    /// The key that a node makes. `text` is what stands there.
    pub(super) fn of(value: &Value, text: &Arc<str>) -> Self {
        let kind = match value {
            Value::String(text) => return Self::String(Arc::clone(text)),
            Value::Null(_) if text.is_empty() => "empty",
            Value::Null(_) => "null",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) | Value::Number(_) => "a number",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Alias(_) => return Self::Unknown,
        };
        Self::Other(kind, Arc::clone(text))
    }

    pub(super) fn step(&self) -> Arc<str> {
        match self {
            Self::String(text) | Self::Other(_, text) => Arc::clone(text),
            Self::Merge => "<<".into(),
            Self::Unknown => Arc::default(),
        }
    }
}

/// The members of a mapping that is not closed yet.
#[derive(Default)]
pub(super) struct Members {
    /// The key whose value is yet to come.
    pub(super) pending: Option<(Key, Range<usize>)>,
    members: Vec<Member>,
    /// The members by their keys, where they are many.
    known: HashMap<Arc<str>, NodeId>,
    merge: Option<NodeId>,
}

impl Members {
    /// Takes the value of the pending key.
    pub(super) fn put(&mut self, value: NodeId, problems: &mut Vec<Problem>) {
        let Some((key, range)) = self.pending.take() else {
            return;
        };
        let is_merge = matches!(key, Key::Merge);
        let first = match key {
            Key::String(key) => {
                let first = self.get(&key);
                if first.is_none() {
                    let via = None;
                    self.push(Member { key, value, via });
                }
                first
            }
            Key::Merge => {
                let first = self.merge;
                self.merge.get_or_insert(value);
                first
            }
            Key::Other(kind, _) => {
                problems.push(key_type(kind, range, value));
                return;
            }
            Key::Unknown => return,
        };
        if first.is_some() {
            let help = match is_merge {
                true => "write one `<<` with both in a list: `<<: [*a, *b]`",
                false => "remove one of the two, or rename it",
            };
            problems.push(Problem {
                kind: ProblemKind::DuplicateKey,
                first,
                node: Some(value),
                ..Problem::syntax(range, "this key is already in the mapping", help)
            });
        }
    }

    /// The value of a key.
    fn get(&self, key: &Arc<str>) -> Option<NodeId> {
        if self.members.len() > FEW {
            return self.known.get(key).copied();
        }
        let mut members = self.members.iter();
        members.find(|it| it.key == *key).map(|it| it.value)
    }

    fn push(&mut self, member: Member) {
        self.members.push(member);
        let first = match self.members.len() {
            0..=FEW => return,
            NOT_FEW => 0,
            count => count - 1,
        };
        let new = self.members.iter().skip(first);
        self.known
            .extend(new.map(|it| (Arc::clone(&it.key), it.value)));
    }

    /// All members, those that `<<` brings last.
    pub(super) fn finish(mut self, tree: &Tree, problems: &mut Vec<Problem>) -> Vec<Member> {
        if let Some(source) = self.merge.and_then(|merge| tree.at(merge)) {
            match &source.node().value {
                Value::Sequence(_) => {
                    for item in source.items() {
                        self.merge(item, problems);
                    }
                }
                _ => self.merge(source, problems),
            }
        }
        self.members
    }

    fn merge(&mut self, source: NodeRef<'_>, problems: &mut Vec<Problem>) {
        let via = source.resolve().via();
        let Value::Mapping(members) = source.value() else {
            let node = source.node();
            problems.push(Problem {
                kind: ProblemKind::MergeType,
                node: Some(node.id),
                ..Problem::syntax(
                    node.range.clone(),
                    "`<<` takes a mapping, an alias for one, or a list of those",
                    "write `<<: *name`, where `&name` is on a mapping; for a key of that name write `\"<<\"`",
                )
            });
            return;
        };
        for member in members {
            if self.get(&member.key).is_none() {
                let via = via.or(member.via);
                self.push(Member {
                    via,
                    ..member.clone()
                });
            }
        }
    }
}

fn key_type(kind: &str, range: Range<usize>, node: NodeId) -> Problem {
    let (message, help) = match kind {
        "a list" | "a mapping" => (
            format!("{kind} stands where a key is due"),
            "write a string as the key; a text that starts with `{` or `[` needs quotes",
        ),
        "empty" => (
            "the key before the `:` is missing".to_owned(),
            "write a key before the `:`, or quote the text",
        ),
        _ => (
            format!("this key is {kind}, not a string"),
            "put quotes around the key",
        ),
    };
    Problem {
        kind: ProblemKind::KeyType,
        node: Some(node),
        ..Problem::syntax(range, message, help)
    }
}
