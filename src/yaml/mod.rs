//! YAML with places: a text becomes a tree whose every node knows its byte range. Nothing here knows Campaign, and the parser
//! crate is named nowhere else.

mod build;
mod core;
pub mod de;
mod edit;
mod escape;
mod explain;
mod frame;
mod header;
mod json;
mod members;
pub mod node;
mod offsets;
pub mod patch;
mod place;
mod read;
mod remove;
mod scalar;
pub mod spanned;
mod split;
mod syntax;
mod view;

use std::{ops::Range, sync::Arc};

pub use edit::TextEdit;
pub use json::to_json;
pub use node::{
    Mapping, Member, Node, NodeId, NullForm, Place, Spoilt, Step, Style, Target, Value, Written,
};
pub use read::{MAX_BYTES, MAX_DEPTH, MAX_NODES, Undecoded, comments, decode, parse};
pub use scalar::scalar;
pub use spanned::{Entries, Field, Spanned};

/// A document: its tree, and each node as it is written.
#[derive(Debug, Clone)]
pub struct Document {
    /// The tree, aliases as [`Value::Alias`], merge keys put in.
    pub root: Arc<Node>,
    /// Each node as written, by [`NodeId`].
    pub written: Vec<Written>,
    /// The comments, in the order of the text.
    pub comments: Vec<Comment>,
}

impl Document {
    /// Whether the document's own mapping has a field.
    pub fn has_field(&self, name: &str) -> bool {
        self.root
            .mapping()
            .is_some_and(|mapping| mapping.get(name).is_some())
    }
}

/// A comment: from its `#` to the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Half-open byte range, the `#` included, the line end not.
    pub range: Range<usize>,
}

/// What the reader has to say of a text. Its ranges are of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What is wrong, for people.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Half-open byte range.
    pub range: Range<usize>,
    /// The node it belongs to, where there is one.
    pub node: Option<NodeId>,
    /// Another place: the first of two equal keys.
    pub related: Option<Range<usize>>,
}

/// The kinds of problems that a reader finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not one YAML document.
    Syntax,
    /// The text is too large, too deep, or holds too many nodes.
    Limits,
    /// A mapping has a key twice. The tree holds the first.
    DuplicateKey,
    /// A key is not a string. The tree lacks it.
    KeyType,
    /// What stands after `<<` is no mapping.
    MergeType,
}

impl Problem {
    fn leaves_no_document(&self) -> bool {
        matches!(self.kind, ProblemKind::Syntax | ProblemKind::Limits)
    }
}

#[cfg(test)]
mod tests;
