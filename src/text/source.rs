//! A named text, and the only place where byte offsets become lines and columns.

use std::ops::Range;

use schemars::JsonSchema;

/// A byte-order mark counts in offsets, but not in columns.
const BOM: char = '\u{feff}';

/// A text with the name that it is reported under.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// The byte offset at which each line starts.
    lines: Vec<usize>,
    /// Whether each byte is a character, as in most texts.
    is_ascii: bool,
    /// Byte ranges that no output may show, sorted and disjoint.
    secrets: Vec<Range<usize>>,
}

/// A place in a file.
// The texts here are published in `schemas/findings.schema.json`. A line ends with LF, CR LF or a lone CR, as in YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Position {
    /// From 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// From 1, in Unicode scalar values; a byte-order mark has none.
    #[schemars(range(min = 1))]
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}

impl Source {
    /// A text under the name that reports show. `name` is a relative path with `/` where that is possible.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = line_starts(&text);
        Self {
            name: name.into(),
            is_ascii: text.is_ascii(),
            text,
            lines,
            secrets: Vec::new(),
        }
    }

    /// The same text with ranges that no output may show. They may come in any order and overlap.
    #[must_use]
    pub fn with_secrets(mut self, mut ranges: Vec<Range<usize>>) -> Self {
        ranges.retain(|range| range.start < range.end && range.end <= self.text.len());
        ranges.sort_by_key(|range| (range.start, range.end));
        self.secrets.clear();
        for range in ranges {
            match self.secrets.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => self.secrets.push(range),
            }
        }
        self
    }

    /// The name that reports show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read, secrets included: for reading and patching, never for showing.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte ranges that no output may show, sorted and disjoint.
    pub fn secrets(&self) -> &[Range<usize>] {
        &self.secrets
    }

    /// Whether a byte range shares at least one byte with a secret.
    pub fn touches_secret(&self, range: &Range<usize>) -> bool {
        let next = self
            .secrets
            .partition_point(|secret| secret.end <= range.start);
        let secret = self.secrets.get(next);
        secret.is_some_and(|secret| secret.start < range.end)
    }

    /// A part of the text as it may be shown: each byte of a secret becomes `*`, so that offsets stay what they are. Line
    /// ends stay too.
    pub fn shown(&self, range: Range<usize>) -> String {
        let Some(part) = self.text.get(range.clone()) else {
            return String::new();
        };
        if !self.touches_secret(&range) {
            return part.to_owned();
        }
        let first = self
            .secrets
            .partition_point(|secret| secret.end <= range.start);
        let mut secrets = self.secrets.iter().skip(first).peekable();
        let mut shown = String::with_capacity(part.len());
        for (at, character) in part.char_indices() {
            let at = at + range.start;
            while secrets.next_if(|secret| secret.end <= at).is_some() {}
            let secret = secrets.peek().is_some_and(|secret| secret.start <= at);
            if secret && !matches!(character, '\n' | '\r') {
                shown.extend(std::iter::repeat_n('*', character.len_utf8()));
            } else {
                shown.push(character);
            }
        }
        shown
    }

    /// How many lines the text has; a text without a line end has one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The line that a byte offset is on, from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).max(1)
    }

    /// The byte range of a line (from 1) without its line end, nothing where there is no such line.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let content = super::slice(&self.text, start..end);
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }

    /// The line and column of a byte offset. An offset inside a character counts as that character's, one past the end as the end.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = super::slice(&self.text, start..offset);
        let before = before.strip_prefix(BOM).unwrap_or(before);
        let characters = match self.is_ascii {
            true => before.len(),
            false => before.chars().count(),
        };
        Position {
            line,
            column: characters + 1,
            offset,
        }
    }

    /// The line and the UTF-16 unit in it, both from 0, of a byte offset: positions as the Language Server Protocol has them.
    pub fn utf16(&self, offset: usize) -> (usize, usize) {
        let Position { line, offset, .. } = self.position(offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = super::slice(&self.text, start..offset);
        (line - 1, before.encode_utf16().count())
    }

    /// The line and the byte in it, both from 0, of a byte offset: the protocol's other way to count.
    pub fn utf8(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line_of(offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (line - 1, offset - start)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    const USUAL: usize = 24;
    let bytes = text.as_bytes();
    let mut starts = Vec::with_capacity(1 + bytes.len() / USUAL);
    starts.push(0);
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let carriage_return = bytes.get(at) == Some(&b'\r');
        if carriage_return && bytes.get(at + 1) == Some(&b'\n') {
            continue;
        }
        starts.push(at + 1);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_crlf_and_cr() {
        let source = Source::new("a", "a\nb\r\nc\rd");
        assert_eq!(source.line_count(), 4);
        let lines: Vec<usize> = [0, 2, 5, 7].map(|offset| source.line_of(offset)).to_vec();
        assert_eq!(lines, [1, 2, 3, 4]);
        assert_eq!(source.line_range(2), 2..3);
        assert_eq!(source.line_range(9), 8..8);
    }

    #[test]
    fn columns_count_characters_and_skip_the_bom() {
        let source = Source::new("a", "\u{feff}é: x\né: x");
        let first = source.position(7);
        assert_eq!((first.line, first.column, first.offset), (1, 4, 7));
        let second = source.position(13);
        assert_eq!((second.line, second.column), (2, 4));
        assert_eq!(source.position(0).column, 1);
        let source = Source::new("a", "a\n\u{1f600}é: x");
        assert_eq!(source.utf16(8), (1, 3));
    }

    #[test]
    fn secrets_are_starred_and_lines_stay() {
        let source = Source::new("a", "a: sé\nt\nb").with_secrets(vec![6..8, 3..6]);
        assert_eq!(source.secrets().first(), Some(&(3..8)));
        assert_eq!(source.secrets().len(), 1);
        assert_eq!(source.shown(0..10), "a: ***\n*\nb");
        assert!(!source.touches_secret(&(8..9)));
    }
}
