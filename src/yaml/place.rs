//! Places: symbolic until something is printed, then byte ranges and JSON Pointers.

use std::{fmt::Write, ops::Range, sync::Arc};

use super::{
    Step, Style, Tree,
    node::{Node, NodeId},
    offsets::Offsets,
};

/// A place that a finding can point at, kept symbolic until it is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The node.
    pub node: NodeId,
    /// The alias that leads there, if one does.
    pub via: Option<NodeId>,
    /// Which part of it.
    pub target: Target,
}

/// Which part of a node a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// The whole value, quotes included.
    Value,
    /// The key that the value has in its mapping.
    Key,
    /// A byte range of the value's text as it reads without quotes and escapes.
    Part(usize, usize),
    /// A byte range of the key's text as it reads without quotes and escapes.
    KeyPart(usize, usize),
    /// A byte range of the document's text as it is written.
    Text(usize, usize),
}

impl Place {
    /// The whole value of a node.
    pub fn value(node: NodeId, via: Option<NodeId>) -> Self {
        let target = Target::Value;
        Self { node, via, target }
    }

    /// A byte range of the document's text, in or around a node.
    pub fn text(node: NodeId, range: Range<usize>) -> Self {
        Self {
            node,
            via: None,
            target: Target::Text(range.start, range.end),
        }
    }

    /// The key of the same node.
    #[must_use]
    pub fn key(self) -> Self {
        let target = Target::Key;
        Self { target, ..self }
    }

    /// A byte range of the text of the same value, or of the same key: as it reads without quotes and escapes.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let target = match self.target {
            Target::Value | Target::Part(..) => Target::Part(range.start, range.end),
            Target::Key | Target::KeyPart(..) => Target::KeyPart(range.start, range.end),
            Target::Text(..) => Target::Text(range.start, range.end),
        };
        Self { target, ..self }
    }

    /// The same of a part of `text`, which is all that the value says: of the whole, its quotes are a part.
    #[must_use]
    pub fn part_of(self, text: &str, range: Range<usize>) -> Self {
        match range == (0..text.len()) {
            true => self,
            false => self.part(range),
        }
    }

    /// Whether the place is a key or a part of one.
    pub fn is_key(self) -> bool {
        matches!(self.target, Target::Key | Target::KeyPart(..))
    }

    /// The part of a scalar's text that the place is, if it is one.
    pub fn range_in(self, text: &str) -> Option<Range<usize>> {
        match self.target {
            Target::Value | Target::Key => Some(0..text.len()),
            Target::Part(start, end) | Target::KeyPart(start, end) => Some(start..end),
            Target::Text(..) => None,
        }
    }
}

/// A key as a step of a JSON Pointer (RFC 6901).
pub fn to_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The steps of a JSON Pointer: keys, and numbers of items.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(from_step)
}

/// The key that a step of a JSON Pointer is.
pub fn from_step(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

impl Tree {
    /// The byte range of a place. `text` is the tree's own.
    ///
    /// An empty part has an empty range where text would be put in. A key's place is, for a list's item, the item itself; for
    /// the root, the first key of its mapping, else the start of the text.
    pub fn range(&self, text: &str, place: Place) -> Range<usize> {
        let Some(node) = self.node(place.node) else {
            return 0..0;
        };
        let part = match place.target {
            Target::Text(start, end) => Some(start..end),
            Target::Value | Target::Key => None,
            Target::Part(start, end) | Target::KeyPart(start, end) => self
                .scalar(text, place)
                .map(|scalar| scalar.offsets(text).source(&(start..end))),
        };
        part.unwrap_or_else(|| match place.is_key() {
            true => self.key_range(node),
            false => node.range.clone(),
        })
    }

    /// The JSON Pointer (RFC 6901) of a node in the document as written; empty for the document itself.
    pub fn pointer(&self, id: NodeId) -> String {
        let mut around: Vec<NodeId> = self.ancestors(id).collect();
        around.reverse();
        around.push(id);
        let mut pointer = String::new();
        for node in around.into_iter().filter_map(|id| self.node(id)) {
            match &node.step {
                Step::Root => {}
                Step::Key(key) => {
                    pointer.push('/');
                    pointer.push_str(&to_step(key));
                }
                // Writing into a string does not fail.
                Step::Index(index) => drop(write!(pointer, "/{index}")),
            }
        }
        pointer
    }

    fn key_range(&self, node: &Node) -> Range<usize> {
        match (&node.key, &node.step) {
            (Some(key), _) => key.clone(),
            (None, Step::Root) => {
                let children = self.nodes.iter().filter(|it| it.parent == Some(node.id));
                let keys = children.filter_map(|child| child.key.clone());
                keys.min_by_key(|key| key.start).unwrap_or(0..0)
            }
            (None, _) => node.range.clone(),
        }
    }

    /// The scalar that a place is, or is a part of, where it is written out as one.
    pub(super) fn scalar(&self, text: &str, place: Place) -> Option<Scalar> {
        let node = self.node(place.node)?;
        if !place.is_key() {
            let hidden = self.hidden.get(&(node.id, false));
            return Some(Scalar {
                range: node.range.clone(),
                style: node.style,
                text: hidden.or(node.text.as_ref())?.clone(),
            });
        }
        let (Some(range), Step::Key(said)) = (node.key.clone(), &node.step) else {
            return None;
        };
        let style = match text.as_bytes().get(range.start)? {
            b'\'' => Style::SingleQuoted,
            b'"' => Style::DoubleQuoted,
            b'|' => Style::Literal,
            b'>' => Style::Folded,
            b'*' | b'[' | b'{' => return None,
            _ => Style::Plain,
        };
        let hidden = self.hidden.get(&(node.id, true));
        let text = hidden.unwrap_or(said).clone();
        Some(Scalar { range, style, text })
    }
}

/// A scalar, value or key: where and how it is written, and what it says.
pub(super) struct Scalar {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) text: Arc<str>,
}

impl Scalar {
    /// Where the parts of its text are written.
    pub(super) fn offsets(&self, text: &str) -> Offsets {
        Offsets::read(text, &self.range, self.style, &self.text)
    }
}
