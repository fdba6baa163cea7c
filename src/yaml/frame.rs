//! What the walk keeps of a collection that is still open, and of what has an anchor.

use std::{borrow::Cow, ops::Range, sync::Arc};

use super::{Node, NodeId, Step, Style, core::Tag, members::Members};

/// A limit that the text is over, and where.
pub(super) enum Stop {
    TooDeep(Range<usize>),
    TooMany(Range<usize>),
}

/// What stands before a node: its anchor (0 is none) and its tag.
pub(super) struct Properties {
    pub(super) anchor: usize,
    pub(super) tag: Option<(Tag, Range<usize>)>,
}

/// A scalar as the parser has it.
pub(super) struct Scalar<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) style: Style,
}

/// A collection that is not closed yet.
pub(super) struct Frame {
    pub(super) id: NodeId,
    pub(super) children: Children,
    pub(super) style: Style,
    pub(super) anchor: usize,
    /// The end of the last child.
    pub(super) end: usize,
    pub(super) weight: Weight,
}

pub(super) enum Children {
    List(Vec<Arc<Node>>),
    Mapping(Members),
}

/// How much a node is once its aliases are expanded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub(super) nodes: usize,
    pub(super) levels: usize,
}

/// A scalar's.
pub(super) const LEAF: Weight = Weight {
    nodes: 1,
    levels: 0,
};

/// An anchored node; nothing while it is open.
pub(super) struct Anchored {
    pub(super) node: Option<Arc<Node>>,
    pub(super) weight: Weight,
}

/// Where a node goes.
pub(super) struct Slot {
    pub(super) parent: Option<NodeId>,
    pub(super) step: Step,
    pub(super) key: Option<Range<usize>>,
    pub(super) is_key: bool,
}
