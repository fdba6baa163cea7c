//! Whether a text with fixes says what the fixes mean, and nothing else.

use std::{
    collections::{HashMap, HashSet},
    mem::{Discriminant, discriminant},
};

use serde_yaml::Value as Yaml;

use super::edited;
use crate::{
    diagnostic::{Change, Fix, item},
    yaml::{self, Node, NodeId, Place, Step, TextEdit, Tree, Value},
};

/// A text to be fixed.
pub(super) struct Original<'a> {
    text: &'a str,
    document: Tree,
    /// Whether the second reader reads the text as ours does. Where it does not (it knows YAML 1.1's `0b11`, and refuses what has a
    /// key twice), it is no judge of what a fix changes.
    has_second_reader: bool,
}

impl<'a> Original<'a> {
    /// Nothing where the text has no tree. It is read anew: the tree that was judged lacks what is hidden.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let document = yaml::parse(text).0?;
        Some(Self {
            text,
            has_second_reader: agree(text, &document),
            document,
        })
    }

    /// The text with fixes, if it then holds what it held with the fixes' changes and nothing else, and all of its comments.
    pub(super) fn proved(&self, fixes: &[&Fix]) -> Option<String> {
        let edits = fixes.iter().flat_map(|fix| fix.edits.iter().cloned());
        let new = edited(self.text, edits)?;
        let tree = yaml::parse(&new).0?;
        let meant = Meaning::new(&self.document, fixes).nodes()?;
        let is_kept = Meaning::new(&tree, &[]).nodes()? == meant
            && comments(self.text, &self.document).eq(comments(&new, &tree))
            && (!self.has_second_reader || agree(&new, &tree));
        is_kept.then_some(new)
    }
}

fn comments<'a>(text: &'a str, document: &'a Tree) -> impl Iterator<Item = Option<&'a str>> {
    let comments = document.comments.iter();
    comments.map(|comment| text.get(comment.range.clone()))
}

/// Whether a second reader, `serde_yaml`, takes a text for the same values.
pub(super) fn agree(text: &str, document: &Tree) -> bool {
    let own = document.root();
    let own = own.and_then(|root| yaml::de::from_node::<Yaml>(root, &|_| false).ok());
    let other = serde_yaml::from_str(text.trim_start_matches('\u{feff}'));
    let merged = other.and_then(|mut other: Yaml| other.apply_merge().map(|()| other));
    own.is_some() && own == merged.ok()
}

/// A node as it reads: where it is in the tree, and what it says.
#[derive(PartialEq)]
struct Said {
    /// The number of the mapping or list that it is in.
    parent: Option<usize>,
    key: Option<String>,
    /// Whether the mapping has it: it does not, where the key is no string or comes twice.
    is_member: bool,
    kind: Discriminant<Value>,
    text: Option<String>,
    /// Of an alias, the number of its anchor's node.
    target: Option<usize>,
}

/// What is meant to change, by the nodes of the document as it was.
struct Meaning<'a> {
    document: &'a Tree,
    /// Changes of the texts of values and (true) keys.
    texts: HashMap<(NodeId, bool), Vec<TextEdit>>,
    /// Values that become others, written as YAML.
    values: HashMap<NodeId, &'a str>,
    /// Items of lists that become other items, or none.
    items: HashMap<NodeId, &'a [String]>,
    /// The values that mappings have.
    members: HashSet<NodeId>,
}

impl<'a> Meaning<'a> {
    fn new(document: &'a Tree, fixes: &[&'a Fix]) -> Self {
        let members = document.nodes.iter().flat_map(|node| match &node.value {
            Value::Mapping(members) => members.as_slice(),
            _ => &[],
        });
        let mut meaning = Self {
            document,
            texts: HashMap::new(),
            values: HashMap::new(),
            items: HashMap::new(),
            members: members.map(|member| member.value).collect(),
        };
        for change in fixes.iter().flat_map(|fix| &fix.changes) {
            match change {
                Change::Replace(place, new) => meaning.replace(*place, new),
                Change::Write(place, yaml) | Change::Overwrite(place, yaml) => {
                    meaning.values.insert(place.node, yaml);
                }
                Change::Quote(place) => {
                    if place.is_key() {
                        meaning.members.insert(place.node);
                    }
                    meaning.replace(place.part(0..0), "");
                }
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

    /// The nodes as they are meant to be, in the order of the text; nothing where a change cannot be.
    fn nodes(&self) -> Option<Vec<Said>> {
        let mut numbers: HashMap<NodeId, usize> = HashMap::new();
        let mut all = Vec::new();
        // Behind the nodes that are written are those of patches.
        let nodes = self.document.nodes.iter().zip(0..);
        let written = nodes.take_while(|(node, number)| node.id == NodeId(*number));
        let mut replaced: HashSet<NodeId> = HashSet::new();
        for (node, _) in written {
            if node.parent.is_some_and(|parent| replaced.contains(&parent)) {
                replaced.insert(node.id);
                continue;
            }
            let parent = match node.parent.map(|parent| numbers.get(&parent)) {
                Some(Some(parent)) => Some(*parent),
                // It goes with what it is in.
                Some(None) => continue,
                None => None,
            };
            if let Some(yaml) = self.values.get(&node.id) {
                let said = self.said(node, parent, &numbers)?;
                numbers.insert(node.id, all.len());
                replaced.insert(node.id);
                all.extend(read(yaml, said, all.len())?);
                continue;
            }
            let Some(items) = self.items.get(&node.id) else {
                let said = self.said(node, parent, &numbers)?;
                numbers.insert(node.id, all.len());
                all.push(said);
                continue;
            };
            all.extend(items.iter().map(|text| Said {
                parent,
                key: None,
                is_member: false,
                kind: string(),
                text: Some(text.clone()),
                target: None,
            }));
        }
        Some(all)
    }

    fn said(
        &self,
        node: &Node,
        parent: Option<usize>,
        numbers: &HashMap<NodeId, usize>,
    ) -> Option<Said> {
        let edits = |is_key| self.texts.get(&(node.id, is_key));
        let with = |text: &str, is_key| {
            let edits = edits(is_key).into_iter().flatten();
            edited(text, edits.cloned())
        };
        let key = match &node.step {
            Step::Key(key) => Some(with(key, true)?),
            Step::Root | Step::Index(_) => None,
        };
        let text = match &node.text {
            Some(text) => Some(with(text, false)?),
            None => None,
        };
        let target = match node.value {
            Value::Alias(target) => Some(*numbers.get(&target)?),
            _ => None,
        };
        Some(Said {
            parent,
            key,
            is_member: self.members.contains(&node.id),
            kind: edits(false).map_or(discriminant(&node.value), |_| string()),
            text,
            target,
        })
    }
}

/// What YAML says that is written in place of a value, whose nodes are numbered from `first`.
fn read(yaml: &str, place: Said, first: usize) -> Option<Vec<Said>> {
    let tree = yaml::parse(yaml).0?;
    let mut nodes = Meaning::new(&tree, &[]).nodes()?;
    for said in &mut nodes {
        said.parent = said.parent.map(|parent| parent + first);
    }
    let root = nodes.first_mut()?;
    root.parent = place.parent;
    root.key = place.key;
    root.is_member = place.is_member;
    Some(nodes)
}

fn string() -> Discriminant<Value> {
    discriminant(&Value::String("".into()))
}
