//! YAML with places: a text becomes a tree whose every node knows its byte range. Nothing here knows Campaign, and the parser
//! crate is named nowhere else.

mod block_header;
mod build;
mod comments;
mod controls;
mod core;
pub mod de;
mod edit;
mod explain;
mod hide;
mod items;
mod json;
mod members;
mod node;
mod offsets;
mod pasted;
mod patch;
mod place;
mod read;
mod scalar;
mod spanned;
mod syntax;

use std::ops::Range;

pub use edit::TextEdit;
pub use json::to_json;
pub use node::{Comment, Member, Node, NodeId, NodeRef, NullForm, Step, Style, Tree, Value};
pub use patch::Removal;
pub use place::{Place, Target, from_step, steps, to_step};
pub use read::{MAX_BYTES, MAX_DEPTH, MAX_NODES, Undecoded, decode, parse};
pub use scalar::scalar;
pub use spanned::{Entries, Field, Spanned};

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
    /// The value of the first of two equal keys.
    pub first: Option<NodeId>,
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
