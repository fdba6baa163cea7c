//! Edits that change one scalar and leave every other byte alone.

use std::ops::Range;

use super::{
    NodeId, Place, Style, Tree,
    scalar::{double, is_plain, is_single, quoted, single},
};
use crate::text::slice;

/// A replacement of a byte range by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// Half-open byte range of what goes.
    pub range: Range<usize>,
    /// What comes in its place, quoted and escaped as its surroundings need.
    pub text: String,
}

impl TextEdit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { range, text }
    }
}

impl Tree {
    /// Writes `new` in place of a scalar, a key or a part of one, so that it reads back with exactly that text there. `text` is
    /// the tree's own.
    ///
    /// The scalar's style stays where it can carry the result. Else the whole scalar gets single quotes, or double quotes
    /// where it has line breaks or control characters. Nothing where the place is no scalar that is written out, such as an alias or an empty value.
    pub fn replace(&self, text: &str, place: Place, new: &str) -> Option<Vec<TextEdit>> {
        let at = self.scalar(text, place)?;
        let part = place.range_in(&at.text)?;
        let old = at.text.get(part.clone())?;
        let (before, after) = (at.text.get(..part.start)?, at.text.get(part.end..)?);
        let full = [before, new, after].concat();
        if at.range.is_empty() {
            return None;
        }
        let source = at.offsets(text).source(&part);
        let is_on_lines = |range: &Range<usize>| {
            let text = text.get(range.clone());
            text.is_some_and(|text| text.contains(['\n', '\r']))
        };
        let (written, whole) = match at.style {
            Style::Literal | Style::Folded => {
                let keeps_lines = is_solid(old) && is_solid(new) && !is_on_lines(&source);
                return match keeps_lines {
                    true => Some(vec![TextEdit::new(source, new)]),
                    false if place.is_key() => None,
                    false => unblock(text, &at.range, quoted(&full)),
                };
            }
            Style::Plain if is_plain(&full, self.is_in_brackets(place.node)) => {
                (new.to_owned(), full)
            }
            Style::SingleQuoted if is_single(&full) => {
                (single(new), format!("'{}'", single(&full)))
            }
            Style::DoubleQuoted => (double(new), format!("\"{}\"", double(&full))),
            _ => return Some(vec![TextEdit::new(at.range.clone(), quoted(&full))]),
        };
        // On several lines, folding could eat blanks at the part's ends.
        Some(vec![match is_on_lines(&at.range) {
            true => TextEdit::new(at.range, whole),
            false => TextEdit::new(source, written),
        }])
    }

    /// Writes `yaml`, which has to be flow style on one line, in place of a value; a tag before it goes. One field takes the place of one
    /// field by indentation. Nothing where the value is empty, any other list or mapping by indentation, or a text in quotes on several
    /// lines.
    pub fn write(&self, text: &str, place: Place, yaml: &str) -> Option<Vec<TextEdit>> {
        let style = self.node(place.node)?.style;
        let range = self.range(text, Place::value(place.node, None));
        let written = slice(text, range.clone());
        if matches!(style, Style::Literal | Style::Folded) {
            return unblock(text, &range, yaml.to_owned());
        }
        let field = yaml.strip_prefix("{ ").and_then(|it| it.strip_suffix(" }"));
        let (is_in_line, yaml) = match (style, field) {
            (Style::Block, Some(field)) => {
                (written.contains(':') && !written.starts_with('-'), field)
            }
            _ => (style != Style::Block, yaml),
        };
        let is_short = !written.is_empty() && !written.contains(['\n', '\r']);
        let start = tag_before(text, range.start);
        (is_in_line && is_short).then(|| vec![TextEdit::new(start..range.end, yaml)])
    }

    /// Puts a plain scalar, or a key, into quotes, so that it becomes the string that stands there; a tag before it goes.
    /// Double quotes, as most people write them; single ones where the text has a `"` or `\`.
    pub fn quote(&self, text: &str, place: Place) -> Option<Vec<TextEdit>> {
        let at = self.scalar(text, place)?;
        let written = text.get(at.range.clone())?;
        if at.style != Style::Plain || written.is_empty() || written.contains(['\n', '\r']) {
            return None;
        }
        let quoted = match written.contains(['"', '\\']) {
            true => format!("'{}'", single(written)),
            false => format!("\"{written}\""),
        };
        let start = tag_before(text, at.range.start);
        Some(vec![TextEdit::new(start..at.range.end, quoted)])
    }

    /// Whether a value, or the key of it, stands within brackets.
    fn is_in_brackets(&self, node: NodeId) -> bool {
        let mut around = self.ancestors(node).filter_map(|id| self.node(id));
        around.any(|node| node.style == Style::Flow)
    }
}

/// What takes the place of a block scalar, on the line of its header. The comment there stays.
fn unblock(text: &str, range: &Range<usize>, new: String) -> Option<Vec<TextEdit>> {
    let block = text.get(range.clone())?;
    let header = block.find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'));
    let header = range.start + header.unwrap_or(block.len());
    let lines = range.start + block.find(['\n', '\r']).unwrap_or(block.len());
    let mut edits = vec![
        TextEdit::new(range.start..header, new),
        TextEdit::new(lines..range.end, ""),
    ];
    edits.retain(|edit| !edit.range.is_empty());
    Some(edits)
}

/// Whether a text, within a line of a block scalar, leaves the line as it is: neither empty nor indented, nor several lines.
fn is_solid(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && is_single(text)
}

/// Where the tag before a node starts, if one stands directly before it on the line; else the node's own start.
fn tag_before(text: &str, start: usize) -> usize {
    let before = slice(text, ..start);
    let trimmed = before.trim_end_matches([' ', '\t']);
    let word = trimmed.rfind([' ', '\t', '\n', '\r', ',', '[', '{']);
    let word = word.map_or(0, |at| at + 1);
    match trimmed.get(word..) {
        Some(tag) if tag.starts_with('!') && trimmed.len() < before.len() => word,
        _ => start,
    }
}
