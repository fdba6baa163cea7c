//! Whether a text with fixes says what the fixes mean, and nothing else: judged by a second reader, `serde_yaml`.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value as Yaml};

use crate::{
    diagnostic::{Change, Fix, item},
    yaml::{self, NodeId, NodeRef, Place, Step, Tree, Value},
};

/// Whether `new` holds the document's values with the fixes' changes and nothing else, and all of its comments. Both readers must
/// take it.
pub(super) fn is_kept(text: &str, document: &Tree, fixes: &[&Fix], new: &str) -> bool {
    let (Some(tree), _) = yaml::parse(new) else {
        return false;
    };
    let read = serde_yaml::from_str(new.trim_start_matches('\u{feff}'));
    let meaning = Meaning::new(text, document, fixes);
    let meant = document.root().and_then(|root| meaning.of(root));
    comments(text, document).eq(comments(new, &tree)) && read.ok().map(expanded) == meant
}

fn comments<'a>(text: &'a str, document: &'a Tree) -> impl Iterator<Item = Option<&'a str>> {
    let comments = document.comments.iter();
    comments.map(|comment| text.get(comment.range.clone()))
}

/// A value as our tree has it: merge keys put in, and without the members whose keys are no strings.
fn expanded(value: Yaml) -> Yaml {
    match value {
        Yaml::Sequence(items) => items.into_iter().map(expanded).collect(),
        Yaml::Mapping(members) => {
            let mut own = Mapping::new();
            let mut merged = Yaml::Null;
            for (key, value) in members {
                match key.as_str() {
                    Some("<<") => merged = expanded(value),
                    Some(_) => drop(own.insert(key, expanded(value))),
                    None => {}
                }
            }
            let sources = match merged {
                Yaml::Sequence(sources) => sources,
                source => vec![source],
            };
            for source in sources {
                let Yaml::Mapping(source) = source else {
                    continue;
                };
                for (key, value) in source {
                    own.entry(key).or_insert(value);
                }
            }
            Yaml::Mapping(own)
        }
        scalar => scalar,
    }
}

/// What is meant to change, by the nodes of the document as it was.
struct Meaning<'a> {
    document: &'a Tree,
    /// New values, all of them strings.
    values: HashMap<NodeId, String>,
    /// New keys.
    keys: HashMap<NodeId, String>,
    /// Items of lists that become other items, or none.
    items: HashMap<NodeId, &'a [String]>,
    /// By mapping, members whose keys were no strings.
    came: HashMap<NodeId, Vec<(&'a str, NodeId)>>,
}

impl<'a> Meaning<'a> {
    fn new(text: &'a str, document: &'a Tree, fixes: &[&'a Fix]) -> Self {
        let mut meaning = Self {
            document,
            values: HashMap::new(),
            keys: HashMap::new(),
            items: HashMap::new(),
            came: HashMap::new(),
        };
        let mut replaced: HashMap<(NodeId, bool), Vec<(Place, &str)>> = HashMap::new();
        for change in fixes.iter().flat_map(|fix| &fix.changes) {
            match change {
                Change::Replace(place, new) => replaced
                    .entry((place.node, place.is_key()))
                    .or_default()
                    .push((*place, new)),
                Change::Quote(place) => meaning.quote(text, *place),
                Change::RemoveItem(place) => {
                    meaning.items.insert(item(document, *place), &[]);
                }
                Change::SplitItem(place, items) => {
                    meaning.items.insert(item(document, *place), items);
                }
            }
        }
        for ((id, is_key), parts) in replaced {
            let Some(node) = document.node(id) else {
                continue;
            };
            let (old, texts) = match (&node.step, is_key) {
                (Step::Key(key), true) => (Some(&**key), &mut meaning.keys),
                (_, true) => continue,
                (_, false) => (node.text.as_deref(), &mut meaning.values),
            };
            texts.extend(old.and_then(|old| Some((id, spliced(old, parts)?))));
        }
        meaning
    }

    fn quote(&mut self, text: &'a str, place: Place) {
        let Some(node) = self.document.node(place.node) else {
            return;
        };
        if !place.is_key() {
            let text = node.text.as_deref().unwrap_or_default();
            self.values.insert(place.node, text.to_owned());
        } else if let Some((parent, key)) = node.parent.zip(node.key.clone()) {
            let key = text.get(key).unwrap_or_default();
            self.came.entry(parent).or_default().push((key, place.node));
        }
    }

    /// What a value is meant to be.
    fn of(&self, node: NodeRef<'_>) -> Option<Yaml> {
        if let Some(new) = self.values.get(&node.id()) {
            return Some(Yaml::from(new.as_str()));
        }
        let text = node.resolve().node().text.as_deref();
        Some(match node.value() {
            Value::Null(_) | Value::Alias(_) => Yaml::Null,
            Value::Bool(value) => Yaml::from(*value),
            Value::String(text) => Yaml::from(&**text),
            Value::Integer(_) | Value::Number(_) => serde_yaml::from_str(text?).ok()?,
            Value::Sequence(_) => {
                let mut items = Vec::new();
                for item in node.items() {
                    match self.items.get(&item.node().id) {
                        Some(new) => items.extend(new.iter().map(|new| Yaml::from(new.as_str()))),
                        None => items.push(self.of(item)?),
                    }
                }
                Yaml::Sequence(items)
            }
            Value::Mapping(_) => {
                let mut members = Mapping::new();
                for (key, value) in node.members() {
                    let new = self.keys.get(&value.node().id);
                    let key = new.map_or(&**key, String::as_str);
                    members.insert(Yaml::from(key), self.of(value)?);
                }
                for (key, value) in self.came.get(&node.id()).into_iter().flatten() {
                    let value = self.of(self.document.at(*value)?)?;
                    members.insert(Yaml::from(*key), value);
                }
                Yaml::Mapping(members)
            }
        })
    }
}

/// A text with its parts replaced.
fn spliced(old: &str, parts: Vec<(Place, &str)>) -> Option<String> {
    let edits = parts.into_iter().map(|(place, new)| yaml::TextEdit {
        range: place.range_in(old).unwrap_or_default(),
        text: new.to_owned(),
    });
    super::edited(old, edits)
}
