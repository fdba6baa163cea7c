//! Whether a text with fixes says what the fixes mean, and nothing else.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::Change,
    diagnostic::Fix,
    diagnostic::item,
    yaml::{self, Document, Mapping, Node, NodeId, Place, Step, Target, Value},
};

/// Whether `new` holds the document's tree with the fixes' changes and nothing else, and all of its comments.
pub(super) fn is_kept(text: &str, document: &Document, fixes: &[&Fix], new: &str) -> bool {
    let (Some(new_document), _) = yaml::parse(new) else {
        return false;
    };
    let comments = |text: &str, document: &Document| -> Vec<String> {
        let comments = document.comments.iter();
        let text = |comment: &yaml::Comment| text.get(comment.range.clone()).map(str::to_owned);
        comments.filter_map(text).collect()
    };
    let mut meaning = Meaning::new(text, document, fixes);
    comments(text, document) == comments(new, &new_document)
        && meaning.is_same(&document.root, &new_document.root)
}

/// What is meant to change, by the nodes of the document as it was.
struct Meaning<'a> {
    /// New values, all of them strings.
    values: HashMap<NodeId, String>,
    /// New keys.
    keys: HashMap<NodeId, String>,
    /// Items of lists that become other items, or none.
    items: HashMap<NodeId, &'a [String]>,
    /// By mapping, keys that were no strings, and so no members.
    came: HashMap<NodeId, Vec<&'a str>>,
    /// Anchored nodes that were compared.
    compared: HashSet<(NodeId, NodeId)>,
}

impl<'a> Meaning<'a> {
    fn new(text: &'a str, document: &Document, fixes: &[&'a Fix]) -> Self {
        let mut meaning = Self {
            values: HashMap::new(),
            keys: HashMap::new(),
            items: HashMap::new(),
            came: HashMap::new(),
            compared: HashSet::new(),
        };
        let mut replaced: HashMap<(NodeId, bool), Vec<(Place, &str)>> = HashMap::new();
        for change in fixes.iter().flat_map(|fix| &fix.changes) {
            match change {
                Change::Replace(place, new) => replaced
                    .entry((place.node, place.is_key()))
                    .or_default()
                    .push((*place, new)),
                Change::Quote(place) => meaning.quote(text, document, *place),
                Change::RemoveItem(place) => {
                    meaning.items.insert(item(document, *place), &[]);
                }
                Change::SplitItem(place, items) => {
                    meaning.items.insert(item(document, *place), items);
                }
            }
        }
        for ((node, is_key), parts) in replaced {
            let Some(written) = document.written(node) else {
                continue;
            };
            let old = match (&written.step, is_key) {
                (Step::Key(key), true) => Some(&**key),
                (_, true) => None,
                (_, false) => written.text.as_deref(),
            };
            if let Some(new) = old.and_then(|old| spliced(old, parts)) {
                let texts = if is_key {
                    &mut meaning.keys
                } else {
                    &mut meaning.values
                };
                texts.insert(node, new);
            }
        }
        meaning
    }

    fn quote(&mut self, text: &'a str, document: &Document, place: Place) {
        let Some(written) = document.written(place.node) else {
            return;
        };
        if place.is_key() {
            let key = written.key.clone().and_then(|key| text.get(key));
            if let (Some(parent), Some(key)) = (written.parent, key) {
                self.came.entry(parent).or_default().push(key);
            }
        } else if let Some(text) = &written.text {
            self.values.insert(place.node, text.to_string());
        }
    }

    fn is_same(&mut self, old: &Node, new: &Node) -> bool {
        if let Some(meant) = self.values.get(&old.id) {
            return is_text(new, meant);
        }
        match (&old.value, &new.value) {
            (Value::Null(old), Value::Null(new)) => old == new,
            (Value::Bool(old), Value::Bool(new)) => old == new,
            (Value::Integer(old), Value::Integer(new)) => old == new,
            (Value::Number(old), Value::Number(new)) => old.to_bits() == new.to_bits(),
            (Value::String(old), Value::String(new)) => old == new,
            (Value::Alias(old), Value::Alias(new)) => {
                !self.compared.insert((old.id, new.id)) || self.is_same(old, new)
            }
            (Value::Sequence(old), Value::Sequence(new)) => self.is_same_list(old, new),
            (Value::Mapping(members), Value::Mapping(new)) => {
                self.is_same_mapping(old.id, members, new)
            }
            _ => false,
        }
    }

    fn is_same_list(&mut self, old: &[std::sync::Arc<Node>], new: &[std::sync::Arc<Node>]) -> bool {
        let mut new = new.iter();
        for old in old {
            let same = match self.items.get(&old.id) {
                Some(items) => items
                    .iter()
                    .all(|item| new.next().is_some_and(|new| is_text(new, item))),
                None => new.next().is_some_and(|new| self.is_same(old, new)),
            };
            if !same {
                return false;
            }
        }
        new.next().is_none()
    }

    fn is_same_mapping(&mut self, id: NodeId, old: &Mapping, new: &Mapping) -> bool {
        let came = self.came.get(&id).cloned().unwrap_or_default();
        let mut new = new
            .members
            .iter()
            .filter(|member| !came.contains(&&*member.key));
        for old in &old.members {
            let Some(new) = new.next() else {
                return false;
            };
            let key = self
                .keys
                .get(&old.value.id)
                .map_or(&*old.key, String::as_str);
            if key != &*new.key
                || old.via.is_some() != new.via.is_some()
                || !self.is_same(&old.value, &new.value)
            {
                return false;
            }
        }
        new.next().is_none()
    }
}

/// A text with its parts replaced.
fn spliced(old: &str, mut parts: Vec<(Place, &str)>) -> Option<String> {
    let range = |place: &Place| match place.target {
        Target::Text(start, end) => start..end,
        Target::Value | Target::Key => 0..old.len(),
        Target::Part(start, end) | Target::KeyPart(start, end) => start..end,
    };
    parts.sort_by_key(|(place, _)| (range(place).start, range(place).end));
    let mut new = String::new();
    let mut done = 0;
    for (place, text) in parts {
        let range = range(&place);
        new.push_str(old.get(done..range.start)?);
        new.push_str(text);
        done = range.end;
    }
    new.push_str(old.get(done..)?);
    Some(new)
}

fn is_text(node: &Node, text: &str) -> bool {
    matches!(&node.value, Value::String(value) if &**value == text)
}
