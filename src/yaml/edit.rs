//! Edits that change a scalar or drop an item and leave every other byte alone.

use std::ops::Range;

use super::{
    Document, NodeId, Place, Style, Target,
    place::ScalarAt,
    scalar::{double, is_plain, is_single, quoted, single},
};

/// A replacement of a byte range by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// Half-open byte range of what goes.
    pub range: Range<usize>,
    /// What comes in its place, quoted and escaped as its surroundings need.
    pub text: String,
}

fn edit(range: Range<usize>, text: impl Into<String>) -> TextEdit {
    TextEdit {
        range,
        text: text.into(),
    }
}

impl Document {
    /// Writes `new` in place of a scalar, a key or a part of one, so that it reads back with exactly that text there. `text` is
    /// the document's own.
    ///
    /// The scalar's style stays where it can carry the result. Else the whole scalar gets single quotes, or double quotes
    /// where it has line breaks or control characters. Nothing where the place is no scalar that is written out, as an alias.
    pub fn replace(&self, text: &str, place: Place, new: &str) -> Option<Vec<TextEdit>> {
        let key = place.is_key();
        let at = if key {
            self.key_scalar(text, place.node)
        } else {
            self.value_scalar(place.node)
        }?;
        let part = match place.target {
            Target::Text(..) => return None,
            Target::Value | Target::Key => 0..at.text.len(),
            Target::Part(start, end) | Target::KeyPart(start, end) => start..end,
        };
        let (before, after) = (at.text.get(..part.start)?, at.text.get(part.end..)?);
        let full = [before, new, after].concat();
        let bytes = text.get(at.range.clone())?.as_bytes();
        let lines = memchr::memchr2(b'\n', b'\r', bytes).is_some();
        let context = Replacement {
            document: self,
            text,
            at: &at,
            part,
            new,
            full: &full,
        };
        match at.style {
            Style::Literal | Style::Folded => context.block(key),
            _ if at.range.is_empty() && key => None,
            _ if at.range.is_empty() => Some(vec![self.fill(text, &at, &full, place.node)?]),
            Style::Plain if is_plain(&full, self.in_flow(place.node)) => {
                Some(context.line(lines, new, || full.clone()))
            }
            Style::SingleQuoted if is_single(&full) => {
                Some(context.line(lines, &single(new), || format!("'{}'", single(&full))))
            }
            Style::DoubleQuoted => {
                Some(context.line(lines, &double(new), || format!("\"{}\"", double(&full))))
            }
            _ => Some(vec![edit(at.range.clone(), quoted(&full))]),
        }
    }

    /// Gives a key another name.
    pub fn rename_key(&self, text: &str, node: NodeId, new: &str) -> Option<Vec<TextEdit>> {
        self.replace(text, Place::value(node, None).key(), new)
    }

    /// Puts a plain scalar, or a key, into quotes, so that it becomes the string that stands there; a tag before it goes.
    /// Double quotes, as most people write them; single ones where the text has a `"` or `\`.
    pub fn quote(&self, text: &str, place: Place) -> Option<Vec<TextEdit>> {
        let at = if place.is_key() {
            self.key_scalar(text, place.node)
        } else {
            self.value_scalar(place.node)
        }?;
        let written = text.get(at.range.clone())?;
        if at.style != Style::Plain || written.is_empty() || written.contains(['\n', '\r']) {
            return None;
        }
        let quoted = match written.contains(['"', '\\']) {
            true => format!("'{}'", single(written)),
            false => format!("\"{written}\""),
        };
        let start = tag_before(text, at.range.start);
        Some(vec![edit(start..at.range.end, quoted)])
    }

    /// An empty value that is to be filled. Nothing where that takes a line of its own (`? key`).
    fn fill(&self, text: &str, at: &ScalarAt, full: &str, node: NodeId) -> Option<TextEdit> {
        let flow = self.in_flow(node);
        let scalar = match is_plain(full, flow) {
            true => full.to_owned(),
            false => quoted(full),
        };
        let key = self.written(node)?.key.as_ref();
        let before = text.get(..at.range.start)?;
        let between = match key {
            Some(key) if key.end == at.range.start && !flow => return None,
            Some(key) if key.end == at.range.start => ": ",
            _ if before.is_empty() || before.ends_with([' ', '\n', '\r']) => "",
            _ => " ",
        };
        Some(edit(at.range.clone(), format!("{between}{scalar}")))
    }

    /// Whether a value, or the key of it, stands within brackets.
    fn in_flow(&self, node: NodeId) -> bool {
        let mut parent = self.written(node).and_then(|written| written.parent);
        while let Some(written) = parent.and_then(|id| self.written(id)) {
            if written.style == Style::Flow {
                return true;
            }
            parent = written.parent;
        }
        false
    }
}

struct Replacement<'a> {
    document: &'a Document,
    text: &'a str,
    at: &'a ScalarAt,
    part: Range<usize>,
    new: &'a str,
    full: &'a str,
}

impl Replacement<'_> {
    fn source(&self) -> Range<usize> {
        self.document.offsets(self.text, self.at).source(&self.part)
    }

    /// The part alone where the scalar is on one line; else the whole scalar, for folding could eat blanks at the part's ends.
    fn line(&self, lines: bool, part: &str, whole: impl FnOnce() -> String) -> Vec<TextEdit> {
        match lines {
            true => vec![edit(self.at.range.clone(), whole())],
            false => vec![edit(self.source(), part)],
        }
    }

    fn block(&self, key: bool) -> Option<Vec<TextEdit>> {
        if self.stays_block() {
            return Some(vec![edit(self.source(), self.new)]);
        }
        if key {
            return None;
        }
        // The comment behind the header stays.
        let block = self.text.get(self.at.range.clone())?;
        let header = block
            .find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'))
            .unwrap_or(block.len());
        let line = block.find(['\n', '\r']).unwrap_or(block.len());
        let start = self.at.range.start;
        let scalar = edit(start..start + header, quoted(self.full));
        let lines = edit(start + line..self.at.range.end, "");
        Some(if lines.range.is_empty() {
            vec![scalar]
        } else {
            vec![scalar, lines]
        })
    }

    /// Whether the lines that the part stands on keep their place in the block: none of them becomes blank or starts with a
    /// blank, or did so before.
    fn stays_block(&self) -> bool {
        let said = &self.at.text;
        let line_start = |text: &str, at: usize| {
            text.get(..at)
                .and_then(|before| before.rfind('\n'))
                .map_or(0, |at| at + 1)
        };
        let line = |text: &str, at: usize| {
            let rest = text.get(line_start(text, at)..).unwrap_or_default();
            let line = rest.split('\n').next().unwrap_or_default().to_owned();
            !line.is_empty() && !line.starts_with([' ', '\t']) && !line.ends_with([' ', '\t'])
        };
        let replaced = said.get(self.part.clone()).unwrap_or_default();
        let source = self.text.get(self.source()).unwrap_or_default();
        is_single(self.new)
            && !replaced.contains('\n')
            && !source.contains(['\n', '\r'])
            && line(said, self.part.start)
            && line(self.full, self.part.start)
            && (self.at.style == Style::Literal || !self.blank_at_fold())
    }

    /// Whether a blank of the new text would stand beside a line break that reads as a blank.
    fn blank_at_fold(&self) -> bool {
        let source = self.source();
        let behind = self
            .text
            .get(source.end..)
            .is_none_or(|rest| rest.starts_with(['\n', '\r']) || rest.is_empty());
        let before = self.text.get(..source.start).unwrap_or_default();
        let leads = before.trim_end_matches(' ').ends_with(['\n', '\r']);
        (behind && (self.new.is_empty() || self.new.ends_with(' ')))
            || (leads && (self.new.is_empty() || self.new.starts_with(' ')))
    }
}

/// Where the tag before a node starts, if one stands directly before it on the line; else the node's own start.
fn tag_before(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let trimmed = before.trim_end_matches([' ', '\t']);
    let word = trimmed
        .rfind([' ', '\t', '\n', '\r', ',', '[', '{'])
        .map_or(0, |at| at + 1);
    match trimmed.get(word..) {
        Some(tag) if tag.starts_with('!') && trimmed.len() < before.len() => word,
        _ => start,
    }
}
