//! The members of a mapping while it is read: keys that are no strings, keys that come twice, and merge keys.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{Member, Node, NodeId, Problem, ProblemKind, Value, Written};

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
            Self::Unknown => "".into(),
        }
    }
}

/// Over so many members, keys are found by an index.
const FEW: usize = 16;

/// The members of a mapping that is not closed yet.
#[derive(Default)]
pub(super) struct Members {
    members: Vec<Member>,
    index: HashMap<Arc<str>, usize>,
    pending: Option<(Key, Range<usize>)>,
    merge: Option<(Arc<Node>, Range<usize>)>,
}

impl Members {
    /// The key whose value is yet to come.
    pub(super) fn pending(&self) -> Option<&(Key, Range<usize>)> {
        self.pending.as_ref()
    }

    pub(super) fn set_key(&mut self, key: Key, range: Range<usize>) {
        self.pending = Some((key, range));
    }

    /// Takes the value of the pending key.
    pub(super) fn put(
        &mut self,
        value: Arc<Node>,
        written: &[Written],
        problems: &mut Vec<Problem>,
    ) {
        let Some((key, range)) = self.pending.take() else {
            return;
        };
        match key {
            Key::String(key) => match self.find(&key) {
                Some(first) => {
                    let first = written
                        .get(first.value.id.0 as usize)
                        .and_then(|first| first.key.clone());
                    problems.push(duplicate(range, value.id, first));
                }
                None => self.push(Member {
                    key,
                    value,
                    via: None,
                }),
            },
            Key::Merge => match &self.merge {
                Some((_, first)) => problems.push(duplicate(range, value.id, Some(first.clone()))),
                None => self.merge = Some((value, range)),
            },
            Key::Other(kind, _) => problems.push(key_type(kind, range, value.id)),
            Key::Unknown => {}
        }
    }

    fn find(&self, key: &str) -> Option<&Member> {
        if self.index.is_empty() {
            return self.members.iter().find(|member| &*member.key == key);
        }
        self.index.get(key).and_then(|&at| self.members.get(at))
    }

    fn push(&mut self, member: Member) {
        if self.members.len() == FEW {
            let keys = self.members.iter().map(|member| Arc::clone(&member.key));
            self.index = keys.zip(0..).collect();
        }
        if self.members.len() >= FEW {
            self.index
                .insert(Arc::clone(&member.key), self.members.len());
        }
        self.members.push(member);
    }

    /// All members, those that `<<` brings last.
    pub(super) fn finish(
        mut self,
        written: &[Written],
        problems: &mut Vec<Problem>,
    ) -> Vec<Member> {
        if let Some((merge, _)) = self.merge.take() {
            match &merge.value {
                Value::Sequence(items) => {
                    for item in items {
                        self.merge(item, written, problems);
                    }
                }
                _ => self.merge(&merge, written, problems),
            }
        }
        self.members
    }

    fn merge(&mut self, source: &Node, written: &[Written], problems: &mut Vec<Problem>) {
        let (target, via) = source.resolve();
        let Value::Mapping(mapping) = &target.value else {
            let range = written
                .get(source.id.0 as usize)
                .map(|source| source.range.clone());
            problems.push(merge_type(range.unwrap_or_default(), source.id));
            return;
        };
        for member in &mapping.members {
            if self.find(&member.key).is_none() {
                let via = via.or(member.via);
                self.push(Member {
                    via,
                    ..member.clone()
                });
            }
        }
    }
}

fn duplicate(range: Range<usize>, node: NodeId, related: Option<Range<usize>>) -> Problem {
    Problem {
        kind: ProblemKind::DuplicateKey,
        related,
        node: Some(node),
        ..Problem::syntax(
            range,
            "this key is already in the mapping",
            "remove one of the two, or rename it",
        )
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

fn merge_type(range: Range<usize>, node: NodeId) -> Problem {
    Problem {
        kind: ProblemKind::MergeType,
        node: Some(node),
        ..Problem::syntax(
            range,
            "`<<` takes a mapping, an alias for one, or a list of those",
            "write `<<: *name`, where `&name` is on a mapping; for a key of that name write `\"<<\"`",
        )
    }
}
