#![allow(missing_docs, clippy::all, clippy::indexing_slicing)]
//! Stand-in until places and edits are merged.
use super::*;
use std::ops::Range;
// TEMP
impl Document {
    pub fn range(&self, _t: &str, place: Place) -> Range<usize> {
        let w = &self.written[place.node.0 as usize];
        match place.target {
            Target::Value => w.range.clone(),
            Target::Key => w.key.clone().unwrap_or(0..0),
            Target::Part(a, b) => w.range.start + a..w.range.start + b,
            Target::KeyPart(a, b) => {
                let k = w.key.clone().unwrap_or(0..0);
                k.start + a..k.start + b
            }
        }
    }
    pub fn pointer(&self, id: NodeId) -> String {
        let w = &self.written[id.0 as usize];
        match (w.parent, &w.step) {
            (Some(p), Step::Key(k)) => format!("{}/{k}", self.pointer(p)),
            (Some(p), Step::Index(k)) => format!("{}/{k}", self.pointer(p)),
            _ => String::new(),
        }
    }
}
pub mod edit {
    use super::*;
    use crate::finding::TextEdit;
    pub fn scalar(t: &str) -> String {
        t.to_owned()
    }
    pub fn replace(_: &str, _: &Document, _: Place, _: &str) -> Option<Vec<TextEdit>> {
        None
    }
    pub fn quote(_: &str, _: &Document, _: Place) -> Option<Vec<TextEdit>> {
        None
    }
    pub fn remove_item(_: &str, _: &Document, _: Place) -> Option<Vec<TextEdit>> {
        None
    }
    pub fn split_item(_: &str, _: &Document, _: Place, _: &[String]) -> Option<Vec<TextEdit>> {
        None
    }
}
