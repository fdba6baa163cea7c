//! Which bytes of the source stand for which bytes of a scalar's text.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::Style;
use crate::text::slice;

/// In double-quoted text: a backslash with what follows it, an escape or (the group) what is none; or the quote that ends the text.
pub(super) static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    const HIGH: &str = r"[dD][89abAB]\h{2}";
    const LOW: &str = r"[dD][c-fC-F]\h{2}";
    let pattern = format!(
        r#"(?s)\\(?:\r\n|[0abt\tnvfre "/\\N_LP\r\n]|x\h{{2}}|u{HIGH}\\u{LOW}|u(?:[0-9a-ce-fA-CE-F]\h{{3}}|[dD][0-7]\h{{2}})|U00(?:0\h|10)\h{{4}})|(\\(?:x\h?|u\h{{0,4}}|U\h{{0,8}}|.))|""#
    )
    .replace(r"\h", "[0-9a-fA-F]");
    #[expect(clippy::expect_used, reason = "a constant; a test reads it")]
    Regex::new(&pattern).expect("a pattern")
});

/// A scalar's text with where each character of it is written.
#[derive(Debug)]
pub(super) struct Offsets {
    /// By the offset in the text, where the character is written that starts there.
    characters: Vec<(usize, Range<usize>)>,
    /// Where text would be added at the end.
    end: usize,
}

impl Offsets {
    /// Reads a scalar at its range, quotes and block header included. `text` is what it says.
    pub(super) fn read(source: &str, range: &Range<usize>, style: Style, text: &str) -> Self {
        let is_block = matches!(style, Style::Literal | Style::Folded);
        let is_quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        let mut reader = Reader {
            source,
            style,
            at: range.start + usize::from(is_quoted),
            indent: None,
            blanks_end: 0,
            characters: Vec::new(),
        };
        let mut end = range
            .end
            .saturating_sub(usize::from(is_quoted))
            .max(reader.at);
        if is_block {
            end = range.end;
            reader.skip_header(text);
        }
        if !reader.read(text) {
            // The line feed of a last line that has none: it is read, but not written.
            end = end.max(reader.at);
        }
        Self {
            characters: reader.characters,
            end,
        }
    }

    /// Where a range of the text is written. An empty range is where text would be put in.
    pub(super) fn source(&self, part: &Range<usize>) -> Range<usize> {
        let before = |at: usize| self.characters.partition_point(|(text, _)| *text < at);
        let first = self.characters.get(before(part.start));
        let start = first.map_or(self.end, |(_, source)| source.start);
        let last = before(part.end).checked_sub(1);
        let last = last.and_then(|last| self.characters.get(last));
        let end = last.filter(|_| !part.is_empty());
        start..end.map_or(start, |(_, source)| source.end.max(start))
    }
}

/// The end of the line break at an offset.
fn line_break(source: &str, at: usize) -> Option<usize> {
    match source.as_bytes().get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

struct Reader<'s> {
    source: &'s str,
    style: Style,
    at: usize,
    /// How far the lines of a block scalar are indented.
    indent: Option<usize>,
    /// The end of the blanks that were looked at last: a long row of them is looked at once.
    blanks_end: usize,
    characters: Vec<(usize, Range<usize>)>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        slice(self.source, self.at..)
    }

    /// Walks through the text and the source side by side, as far as they agree; whether they do so to the end.
    fn read(&mut self, text: &str) -> bool {
        let mut done = 0;
        let mut is_behind_escape = false;
        while let Some(character) = text.get(done..).and_then(|rest| rest.chars().next()) {
            let mut source = self.at..self.at + character.len_utf8();
            if self.style == Style::DoubleQuoted && self.rest().starts_with('\\') {
                source.end = self.at + ESCAPE.find(self.rest()).map_or(1, |escape| escape.end());
                let escape = slice(self.source, source.clone());
                if escape.ends_with(['\n', '\r']) {
                    is_behind_escape = true;
                    self.at = source.end;
                    self.skip_indentation();
                    continue;
                }
            } else if let Some(breaks) = self.breaks(character) {
                let feeds = slice(text, done..);
                let feeds = feeds.len() - feeds.trim_start_matches('\n').len();
                let is_last = done + feeds == text.len();
                // A folded line ends with a space, or with a feed for each blank line behind it.
                let is_folded = self.indent.is_none() && !is_behind_escape;
                let most = breaks.len() - usize::from(is_folded && breaks.len() > 1);
                let count = feeds.clamp(1, most);
                // Of the breaks between two lines the first one may only end its line; at the end the surplus ones do.
                let surplus = if is_last { 0 } else { breaks.len() - count };
                let breaks = breaks.into_iter().skip(surplus).take(count);
                self.characters.extend((done..).zip(breaks));
                done += count;
                is_behind_escape = false;
                continue;
            } else if !self.rest().starts_with(character) {
                return false;
            } else if self.style == Style::SingleQuoted && character == '\'' {
                source.end += 1;
            }
            is_behind_escape = false;
            self.at = source.end;
            self.characters.push((done, source));
            done += character.len_utf8();
        }
        true
    }

    /// The line breaks that a space or line feed of the text is written as: passes them, and the indentation behind.
    fn breaks(&mut self, character: char) -> Option<Vec<Range<usize>>> {
        if !matches!(character, ' ' | '\n') {
            return None;
        }
        let is_flow = self.indent.is_none();
        if self.blanks_end <= self.at {
            let rest = self.rest().trim_start_matches([' ', '\t']);
            self.blanks_end = self.source.len() - rest.len();
        }
        let end = if is_flow { self.blanks_end } else { self.at };
        line_break(self.source, end)?;
        self.at = end;
        let mut breaks = Vec::new();
        while let Some(end) = line_break(self.source, self.at) {
            breaks.push(self.at..end);
            self.at = end;
            self.skip_indentation();
        }
        Some(breaks)
    }

    /// Passes what stands before the text of a line.
    fn skip_indentation(&mut self) {
        let blanks: &[char] = if self.indent.is_none() {
            &[' ', '\t']
        } else {
            &[' ']
        };
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(blanks).len();
        self.at += count.min(self.indent.unwrap_or(usize::MAX));
    }

    /// Passes a block scalar's header and the indentation of its first line, which is what the text does not have of it.
    fn skip_header(&mut self, text: &str) {
        self.at += self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
        let leading = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_filled = |line: &&str| !line.trim_matches(' ').is_empty();
        let written = self.rest().split(['\n', '\r']).find(is_filled);
        let said = text.split('\n').find(is_filled).map(leading);
        // Where all lines are blank, one with blanks that belong to the text.
        let mut blank = self.rest().lines().skip(1).zip(text.split('\n'));
        let mut blank = || blank.find(|(_, said)| !said.is_empty());
        self.indent = Some(match said {
            Some(said) => written.map_or(0, leading).saturating_sub(said),
            None => blank().map_or(usize::MAX, |(line, said)| {
                leading(line).saturating_sub(said.len())
            }),
        });
        self.at = line_break(self.source, self.at).unwrap_or(self.at);
        self.skip_indentation();
    }
}
