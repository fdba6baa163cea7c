//! The tree of a YAML document: all nodes in one arena, each with where and how it is written.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::Place;

/// A node of a tree, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// No node: what a comment is in, or a text without a tree.
    pub const NONE: Self = Self(u32::MAX);
}

/// A document: its nodes and its comments. The first node is the document's own.
///
/// A parent is written before its children. Nodes that the values do not hold (the second of two equal keys, say) are here too.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The nodes as written, by [`NodeId`]; behind them the mappings that [`Tree::patched`] made.
    pub nodes: Vec<Node>,
    /// The comments, in the order of the text.
    pub comments: Vec<Comment>,
    /// What hidden scalars say, by their nodes and whether it is the key: for places and edits, never for showing.
    pub(super) hidden: HashMap<(NodeId, bool), Arc<str>>,
}

/// A comment: from its `#` to the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Half-open byte range, the `#` included, the line end not.
    pub range: Range<usize>,
}

/// A node, with where it is written.
#[derive(Debug, Clone)]
pub struct Node {
    /// The node that is written there: itself, or for a patched mapping the one that was patched.
    pub id: NodeId,
    /// What it says.
    pub value: Value,
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

/// What a node says, by YAML 1.2's core schema.
#[derive(Debug, Clone)]
pub enum Value {
    /// No value.
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
    Sequence(Vec<NodeId>),
    /// A mapping: string keys, each once, in the order of the text; what merge keys (`<<`) bring comes last.
    Mapping(Vec<Member>),
    /// `*name`, with the node that the anchor is on, which is never an alias.
    Alias(NodeId),
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

/// A key with its value. The key's place is kept with the value's, see [`Node::key`].
#[derive(Debug, Clone)]
pub struct Member {
    /// The key.
    pub key: Arc<str>,
    /// The value. Of a merged member, the one in the mapping that it comes from.
    pub value: NodeId,
    /// The `*name` after a `<<` that brought this member here.
    pub via: Option<NodeId>,
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

impl Tree {
    /// A node by its number.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The nodes around a node, as written, from the inner to the outer.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let parent = |id: NodeId| self.node(id).and_then(|node| node.parent);
        std::iter::successors(parent(id), move |id| parent(*id))
    }

    /// The first alias of each node that has any.
    pub fn aliases(&self) -> HashMap<NodeId, NodeId> {
        let aliases = self.nodes.iter().rev();
        let aliases = aliases.filter_map(|node| match node.value {
            Value::Alias(target) => Some((target, node.id)),
            _ => None,
        });
        aliases.collect()
    }

    /// Adds a node.
    pub(super) fn push(&mut self, node: Node) -> NodeId {
        let id = self.next_id();
        self.nodes.push(node);
        id
    }

    /// The number of the node that is added next.
    pub(super) fn next_id(&self) -> NodeId {
        NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX))
    }

    /// The document's own node.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        self.at(NodeId(0))
    }

    /// A node to start from.
    pub fn at(&self, id: NodeId) -> Option<NodeRef<'_>> {
        NodeRef::new(self, id, None)
    }
}

/// A node in its tree, with the alias by which it was reached. What it holds is read through aliases.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    index: NodeId,
    node: &'t Node,
    via: Option<NodeId>,
}

impl<'t> NodeRef<'t> {
    pub(super) fn new(tree: &'t Tree, index: NodeId, via: Option<NodeId>) -> Option<Self> {
        let node = tree.node(index)?;
        Some(Self {
            tree,
            index,
            node,
            via,
        })
    }

    /// The node that this is an alias for, with that alias; else the node itself.
    #[must_use]
    pub fn resolve(self) -> Self {
        let target = match self.node.value {
            Value::Alias(target) => Self::new(self.tree, target, Some(self.node.id)),
            _ => None,
        };
        target.unwrap_or(self)
    }

    /// The node as it stands there: an alias is itself.
    pub fn node(self) -> &'t Node {
        self.node
    }

    /// Its number in the tree, which for a patched mapping is not where it is written.
    pub(super) fn index(self) -> NodeId {
        self.index
    }

    /// The alias by which it was reached.
    pub(super) fn via(self) -> Option<NodeId> {
        self.via
    }

    /// What it says, which is never an alias.
    pub fn value(self) -> &'t Value {
        &self.resolve().node.value
    }

    /// The node that is written there, aliases resolved.
    pub fn id(self) -> NodeId {
        self.resolve().node.id
    }

    /// Where the value is written, with the alias that leads there.
    pub fn place(self) -> Place {
        let resolved = self.resolve();
        Place::value(resolved.node.id, resolved.via)
    }

    /// Where the key is written. Of an alias that is the alias's own key.
    pub fn key_place(self) -> Place {
        Place::value(self.node.id, self.via).key()
    }

    /// The members of a mapping; none where it is no mapping.
    pub fn members(self) -> impl Iterator<Item = (&'t Arc<str>, Self)> {
        let at = self.resolve();
        let members = match &at.node.value {
            Value::Mapping(members) => members.as_slice(),
            _ => &[],
        };
        members.iter().filter_map(move |member| {
            let value = Self::new(at.tree, member.value, member.via.or(at.via))?;
            Some((&member.key, value))
        })
    }

    /// The items of a list; none where it is no list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let at = self.resolve();
        let items = match &at.node.value {
            Value::Sequence(items) => items.as_slice(),
            _ => &[],
        };
        let items = items.iter();
        items.filter_map(move |item| Self::new(at.tree, *item, at.via))
    }

    /// The member of a mapping with a key.
    pub fn get(self, key: &str) -> Option<Self> {
        self.members()
            .find(|(known, _)| &***known == key)
            .map(|(_, value)| value)
    }

    /// The member of a mapping, or the item of a list, that a step of a JSON Pointer leads to.
    pub fn child(self, step: &str) -> Option<Self> {
        match self.is_mapping() {
            true => self.get(step),
            false => self.items().nth(step.parse().ok()?),
        }
    }

    /// The mapping or the list that it is written in.
    pub fn outer(self) -> Option<Self> {
        Self::new(self.tree, self.node.parent?, None)
    }

    /// Whether it is written within a mapping or a list.
    pub fn is_within(self, outer: NodeId) -> bool {
        self.tree.ancestors(self.id()).any(|it| it == outer)
    }

    /// Whether a mapping without members is written with some all the same: with keys that are no strings.
    pub fn has_other_keys(self) -> bool {
        let at = self.resolve();
        let is_other = |node: &Node| {
            let is_child = node.parent == Some(at.node.id);
            is_child && matches!(&node.step, Step::Key(key) if **key != *"<<")
        };
        at.tree.nodes.iter().any(is_other)
    }

    /// What a hidden scalar says: to judge it by, never to show it.
    pub fn hidden_text(self) -> Option<&'t str> {
        let at = self.resolve();
        at.tree.hidden.get(&(at.node.id, false)).map(|text| &**text)
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        matches!(self.value(), Value::Mapping(_))
    }

    /// How many nodes it is, aliases expanded.
    pub fn size(self) -> usize {
        let members = self.members().map(|(_, value)| value.size());
        let items = self.items().map(Self::size);
        1 + members.sum::<usize>() + items.sum::<usize>()
    }
}
