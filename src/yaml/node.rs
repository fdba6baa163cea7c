//! The tree of a YAML document, every node with its place.

use std::{collections::HashSet, ops::Range, sync::Arc};

/// A node as written; an index into [`Document::written`](super::Document).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// No node: what a comment is in, or a text without a tree.
    pub const NONE: Self = Self(u32::MAX);
}

/// A node of the tree that is checked. Trees of environments share the nodes that their patches leave alone.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it is written.
    pub id: NodeId,
    /// What it says.
    pub value: Value,
}

/// What a node says, by YAML 1.2's core schema.
#[derive(Debug, Clone)]
pub enum Value {
    /// No value. `Written` tells an empty value from a word.
    Null(NullForm),
    /// `true` or `false`.
    Bool(bool),
    /// Plain decimal digits, with a sign or without, that fit.
    Integer(i64),
    /// Any other number of the core schema: `1.0`, `1e3`, `0x1F`, `.inf`, an integer that does not fit.
    Number(f64),
    /// A string.
    String(Arc<str>),
    /// A list.
    Sequence(Vec<Arc<Node>>),
    /// A mapping, in the order of the text.
    Mapping(Mapping),
    /// `*name`, with the node that the anchor is on.
    Alias(Arc<Node>),
}

/// How a null is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullForm {
    /// Nothing at all stands there.
    Empty,
    /// The word `null`, `Null` or `NULL`.
    Word,
    /// `~`.
    Tilde,
}

/// The members of a mapping: string keys, each once, merge keys (`<<`) already put in.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// In the order of the text, merged ones last.
    pub members: Vec<Member>,
}

/// A key with its value. The key's place is kept with the value's, see [`Written::key`].
#[derive(Debug, Clone)]
pub struct Member {
    /// The key.
    pub key: Arc<str>,
    /// The value. Of a merged member, the one in the mapping that it comes from.
    pub value: Arc<Node>,
    /// The `*name` after a `<<` that brought this member here.
    pub via: Option<NodeId>,
}

impl Mapping {
    /// The member with a key.
    pub fn get(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| &*member.key == key)
    }
}

impl Node {
    /// The node itself, or what it is an alias for, with the last alias on the way.
    pub fn resolve(&self) -> (&Node, Option<NodeId>) {
        let (mut node, mut via) = (self, None);
        while let Value::Alias(target) = &node.value {
            via = Some(node.id);
            node = target;
        }
        (node, via)
    }

    /// How many nodes this is, aliases expanded.
    pub fn size(&self) -> usize {
        1 + match &self.resolve().0.value {
            Value::Sequence(items) => items.iter().map(|item| item.size()).sum(),
            Value::Mapping(mapping) => mapping
                .members
                .iter()
                .map(|member| member.value.size())
                .sum(),
            _ => 0,
        }
    }

    /// The mapping that this node is, through aliases.
    pub fn mapping(&self) -> Option<&Mapping> {
        match &self.resolve().0.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }
}

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A plain scalar.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A collection by indentation.
    Block,
    /// `[…]` or `{…}`
    Flow,
    /// `*name`
    Alias,
}

/// A node as it stands in the text: also those that the tree does not hold (the second of two equal keys, say).
#[derive(Debug, Clone)]
pub struct Written {
    /// The mapping or list that it stands in.
    pub parent: Option<NodeId>,
    /// Its step in a JSON Pointer.
    pub step: Step,
    /// Where its key is written, quotes included.
    pub key: Option<Range<usize>>,
    /// Where it is written, quotes included; anchors and tags are not. A value that is not written has an empty range
    /// where it would stand.
    pub range: Range<usize>,
    /// How it is written.
    pub style: Style,
    /// The text of a scalar, without quotes and escapes.
    pub text: Option<Arc<str>>,
}

/// A step in a JSON Pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The document's own node.
    Root,
    /// A mapping's key.
    Key(Arc<str>),
    /// An index in a list.
    Index(usize),
}

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
        Self {
            node,
            via,
            target: Target::Value,
        }
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
        Self {
            target: Target::Key,
            ..self
        }
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

    /// Whether the place is a key or a part of one.
    pub fn is_key(self) -> bool {
        matches!(self.target, Target::Key | Target::KeyPart(..))
    }
}

/// The nodes (aliases resolved) whose value already has a finding that leaves nothing to judge.
pub type Spoilt = HashSet<NodeId>;
