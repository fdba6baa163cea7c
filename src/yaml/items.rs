//! Edits of a list's items: one less, or several in place of one.

use std::ops::Range;

use super::{NodeId, Step, Style, TextEdit, Tree, Value, scalar};
use crate::text::slice;

impl Tree {
    /// Drops an item of a list, in brackets or with dashes. `text` is the tree's own.
    ///
    /// An item with a dash goes with its lines; comments stay. A list whose only item goes becomes `[]`. Nothing where the node is no item of a list.
    pub fn remove_item(&self, text: &str, node: NodeId) -> Option<Vec<TextEdit>> {
        let item = self.node(node)?;
        let Step::Index(index) = item.step else {
            return None;
        };
        let list = self.node(item.parent?)?;
        let Value::Sequence(items) = &list.value else {
            return None;
        };
        let place = Item {
            text,
            list: list.range.clone(),
            range: item.range.clone(),
            previous: index
                .checked_sub(1)
                .and_then(|at| Some(self.node(*items.get(at)?)?.range.end)),
            is_last: index + 1 == items.len(),
        };
        let ranges = match list.style {
            Style::Flow => place.in_brackets()?,
            _ if items.len() == 1 => {
                // Right under its key a list of dashes may stand, but no bracket.
                let text = list.parent.map_or("[]", |_| " []");
                return Some(vec![TextEdit::new(list.range.start..item.range.end, text)]);
            }
            _ => [place.on_lines()?, 0..0],
        };
        let ranges = ranges.into_iter().filter(|range| !range.is_empty());
        Some(ranges.map(|range| TextEdit::new(range, "")).collect())
    }

    /// Writes several strings as items in place of one item of a list. `text` is the tree's own. Nothing where the node is
    /// no scalar item of a list, or shares its line with something that a new line would tear apart.
    pub fn split_item(&self, text: &str, node: NodeId, items: &[String]) -> Option<Vec<TextEdit>> {
        let item = self.node(node)?;
        let list = self.node(item.parent?)?;
        item.text.as_ref()?;
        let separator = match list.style {
            Style::Flow => ", ".to_owned(),
            _ => {
                let start = line_start(text, item.range.start);
                let dash = text.get(start..item.range.start)?.strip_suffix("- ")?;
                let is_block = matches!(item.style, Style::Literal | Style::Folded);
                if is_block || !dash.trim_matches(' ').is_empty() {
                    return None;
                }
                let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
                format!("{end}{dash}- ")
            }
        };
        let items: Vec<String> = items.iter().map(|item| scalar(item)).collect();
        Some(vec![TextEdit::new(
            item.range.clone(),
            items.join(&separator),
        )])
    }
}

struct Item<'t> {
    text: &'t str,
    list: Range<usize>,
    range: Range<usize>,
    /// The end of the item before.
    previous: Option<usize>,
    is_last: bool,
}

impl Item<'_> {
    /// What goes with an item in brackets: its tag and anchor, and a comma.
    fn in_brackets(&self) -> Option<[Range<usize>; 2]> {
        let comma_before = match self.previous {
            Some(end) => Some(seek(self.text, end, b",")?),
            None => None,
        };
        let start = skip(self.text, comma_before.unwrap_or(self.list.start) + 1)?;
        let behind = seek(self.text, self.range.end, b",]")?;
        let item = start..self.range.end;
        if self.text.as_bytes().get(behind) == Some(&b',') {
            let rest = self.text.get(behind + 1..)?;
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let end = behind + 1 + blanks;
            return Some(match behind == item.end {
                true => [item.start..end, 0..0],
                false => [item, behind..end],
            });
        }
        let Some(comma) = comma_before else {
            return Some([item, 0..0]);
        };
        let gap = self.text.get(comma + 1..start)?;
        Some(match gap.trim_matches(' ').is_empty() {
            true => [comma..item.end, 0..0],
            false => [comma..comma + 1, item],
        })
    }

    /// What goes with an item that has a dash: its lines, or where it shares its first line, all up to the next dash.
    fn on_lines(&self) -> Option<Range<usize>> {
        let dash = match self.previous {
            Some(end) => seek(self.text, end, b"-")?,
            None => self.list.start,
        };
        let line = line_start(self.text, dash);
        let indentation = self.text.get(line..dash)?;
        if indentation.trim_matches(' ').is_empty() {
            let rest = self.text.get(self.range.end..)?;
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            if let Some(comment) = slice(rest, ..end).find('#') {
                return Some(dash..self.range.end + comment);
            }
            let break_length = match rest.get(end..)? {
                "" => 0,
                rest if rest.starts_with("\r\n") => 2,
                _ => 1,
            };
            return Some(line..self.range.end + end + break_length);
        }
        if self.is_last {
            return None;
        }
        let next = seek(self.text, self.range.end, b"-")?;
        let has_comment = self.text.get(self.range.end..next)?.contains('#');
        (!has_comment).then_some(dash..next)
    }
}

/// Where the line of an offset starts, a byte-order mark left out.
fn line_start(text: &str, at: usize) -> usize {
    let before = slice(text, ..at);
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    match before.get(start..) {
        Some(line) if line.starts_with('\u{feff}') => start + '\u{feff}'.len_utf8(),
        _ => start,
    }
}

/// The first character from an offset on that is neither white space nor in a comment.
fn skip(text: &str, from: usize) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'#' => drop(bytes.find(|(_, byte)| matches!(byte, b'\n' | b'\r'))),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => return Some(at),
        }
    }
    None
}

/// That character, if it is one of these.
fn seek(text: &str, from: usize, wanted: &[u8]) -> Option<usize> {
    let at = skip(text, from)?;
    wanted.contains(text.as_bytes().get(at)?).then_some(at)
}
