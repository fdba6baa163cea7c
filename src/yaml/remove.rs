//! Dropping an item of a list.

use std::ops::Range;

use super::{Document, NodeId, Step, Style, TextEdit};

impl Document {
    /// Drops an item of a list, in brackets or with dashes. `text` is the document's own.
    ///
    /// An item with a dash goes with its lines, and with the comment at the end of its last line; comments on lines of their
    /// own stay. A list whose only item goes becomes `[]`. Nothing where the node is no item of a list.
    pub fn remove_item(&self, text: &str, node: NodeId) -> Option<Vec<TextEdit>> {
        let item = self.written(node)?;
        let Step::Index(index) = item.step else {
            return None;
        };
        let parent = item.parent?;
        let list = self.written(parent)?;
        let sibling = |step: usize| {
            self.written
                .iter()
                .find(|other| other.parent == Some(parent) && other.step == Step::Index(step))
        };
        let previous = index.checked_sub(1).and_then(sibling);
        let next = sibling(index + 1);
        let place = Item {
            text,
            list: list.range.clone(),
            range: item.range.clone(),
            previous: previous.map(|previous| previous.range.end),
            next: next.map(|next| next.range.start),
        };
        match list.style {
            Style::Flow => place.leave_brackets(),
            _ => place.leave_lines(list.parent.is_some()),
        }
    }
}

struct Item<'t> {
    text: &'t str,
    list: Range<usize>,
    range: Range<usize>,
    /// The end of the item before.
    previous: Option<usize>,
    /// The start of the item behind.
    next: Option<usize>,
}

impl Item<'_> {
    fn leave_brackets(&self) -> Option<Vec<TextEdit>> {
        let comma_before = match self.previous {
            Some(end) => Some(seek(self.text, end, b",")?),
            None => None,
        };
        let from = comma_before.unwrap_or(self.list.start) + 1;
        let start = skip(self.text, from)?;
        let behind = seek(self.text, self.range.end, b",]")?;
        let item = start..self.range.end;
        let comma_behind = self.text.as_bytes().get(behind) == Some(&b',');
        let ranges = match comma_before {
            _ if comma_behind => {
                let rest = self.text.get(behind + 1..)?;
                let blanks = rest.len() - rest.trim_start_matches(' ').len();
                [item, behind..behind + 1 + blanks]
            }
            Some(comma) => {
                let gap = self.text.get(comma + 1..start)?;
                let end = if gap.trim_matches(' ').is_empty() {
                    start
                } else {
                    comma + 1
                };
                [comma..end, item]
            }
            None => [item, behind..behind],
        };
        Some(deletions(ranges))
    }

    fn leave_lines(&self, inner: bool) -> Option<Vec<TextEdit>> {
        let dash = match self.previous {
            Some(end) => seek(self.text, end, b"-")?,
            None => self.list.start,
        };
        if self.previous.is_none() && self.next.is_none() {
            // Right under its key a list of dashes may stand, but no bracket.
            let text = if inner { " []" } else { "[]" };
            return Some(vec![TextEdit {
                range: dash..self.range.end,
                text: text.to_owned(),
            }]);
        }
        let before = self.text.get(..dash)?;
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let first_on_line = before
            .get(line..)?
            .trim_start_matches('\u{feff}')
            .trim_matches(' ')
            .is_empty();
        if !first_on_line {
            let next = seek(self.text, self.range.end, b"-")?;
            return (!self.text.get(self.range.end..next)?.contains('#')).then(|| {
                vec![TextEdit {
                    range: dash..next,
                    text: String::new(),
                }]
            });
        }
        let start = line
            + (before.get(line..)?.len()
                - before.get(line..)?.trim_start_matches('\u{feff}').len());
        let rest = self.text.get(self.range.end..)?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let length = length + line_break(rest.get(length..)?);
        Some(vec![TextEdit {
            range: start..self.range.end + length,
            text: String::new(),
        }])
    }
}

fn line_break(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [_, ..] => 1,
        [] => 0,
    }
}

fn deletions(ranges: [Range<usize>; 2]) -> Vec<TextEdit> {
    let mut merged: Vec<TextEdit> = Vec::with_capacity(2);
    for range in ranges {
        match merged.last_mut() {
            Some(last) if last.range.end == range.start => last.range.end = range.end,
            _ => merged.push(TextEdit {
                range,
                text: String::new(),
            }),
        }
    }
    merged.retain(|edit| !edit.range.is_empty());
    merged
}

/// The first character from an offset on that is neither white space nor in a comment.
fn skip(text: &str, from: usize) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'#' => {
                bytes.find(|(_, byte)| matches!(byte, b'\n' | b'\r'));
            }
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => return Some(at),
        }
    }
    None
}

/// That character, if it is one of these.
fn seek(text: &str, from: usize, wanted: &[u8]) -> Option<usize> {
    skip(text, from).filter(|&at| {
        text.as_bytes()
            .get(at)
            .is_some_and(|byte| wanted.contains(byte))
    })
}
