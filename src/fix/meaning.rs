//! Whether a text with fixes says what the fixes mean, and nothing else: judged by a second reader, `serde_yaml`.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value as Yaml};

use crate::{
    diagnostic::{Change, Fix, item},
    yaml::{self, NodeId, NodeRef, Place, Step, TextEdit, Tree, Value},
};

/// Whether `new` holds the document's values with the fixes' changes and nothing else, and all of its comments. Both readers must
/// take it.
pub(super) fn is_kept(text: &str, document: &Tree, fixes: &[&Fix], new: &str) -> bool {
    let (Some(tree), _) = yaml::parse(new) else {
        return false;
    };
    let Ok(read) = serde_yaml::from_str(new.trim_start_matches('\u{feff}')) else {
        return false;
    };
    let meaning = Meaning::new(text, document, fixes);
    let meant = document.root().and_then(|root| meaning.of(root));
    comments(text, document).eq(comments(new, &tree)) && Some(expanded(read)) == meant
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
    /// Changes of the texts of values and (true) keys.
    texts: HashMap<(NodeId, bool), Vec<TextEdit>>,
    /// Values that become others.
    values: HashMap<NodeId, &'a str>,
    /// Items of lists that become other items, or none.
    items: HashMap<NodeId, &'a [String]>,
    /// By mapping, members whose keys were no strings.
    came: HashMap<NodeId, Vec<(&'a str, NodeId)>>,
}

impl<'a> Meaning<'a> {
    fn new(text: &'a str, document: &'a Tree, fixes: &[&'a Fix]) -> Self {
        let mut meaning = Self {
            document,
            texts: HashMap::new(),
            values: HashMap::new(),
            items: HashMap::new(),
            came: HashMap::new(),
        };
        for change in fixes.iter().flat_map(|fix| &fix.changes) {
            match change {
                Change::Replace(place, new) => meaning.replace(*place, new),
                Change::Write(place, yaml) => {
                    meaning.values.insert(place.node, yaml);
                }
                Change::Quote(place) if place.is_key() => {
                    let node = document.node(place.node);
                    let key = node.and_then(|node| Some((node.parent?, node.key.clone()?)));
                    if let Some((parent, key)) = key {
                        let key = text.get(key).unwrap_or_default();
                        meaning
                            .came
                            .entry(parent)
                            .or_default()
                            .push((key, place.node));
                    }
                }
                Change::Quote(place) => meaning.replace(place.part(0..0), ""),
                Change::RemoveItem(place) => {
                    meaning.items.insert(item(document, *place), &[]);
                }
                Change::SplitItem(place, items) => {
                    meaning.items.insert(item(document, *place), items);
                }
            }
        }
        meaning
    }

    fn replace(&mut self, place: Place, new: &str) {
        let node = self.document.node(place.node);
        let old = node.and_then(|node| match &node.step {
            Step::Key(key) if place.is_key() => Some(key),
            _ => node.text.as_ref(),
        });
        if let Some(range) = old.and_then(|old| place.range_in(old)) {
            let text = new.to_owned();
            let edits = self.texts.entry((place.node, place.is_key()));
            edits.or_default().push(TextEdit { range, text });
        }
    }

    /// What a value is meant to be.
    fn of(&self, node: NodeRef<'_>) -> Option<Yaml> {
        let text = node.resolve().node().text.as_deref();
        if let Some(yaml) = self.values.get(&node.id()) {
            return serde_yaml::from_str(yaml).ok();
        }
        if let Some(edits) = self.texts.get(&(node.id(), false)) {
            return Some(Yaml::from(super::edited(text?, edits.iter().cloned())?));
        }
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
                    let edits = self.texts.get(&(value.node().id, true));
                    let edits = edits.into_iter().flatten().cloned();
                    let key = super::edited(key, edits)?;
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
