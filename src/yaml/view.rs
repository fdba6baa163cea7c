//! Finding the characters that an error is about, around the place where the parser stopped.

use std::ops::Range;

use super::{escape, syntax::character};

/// A text with the place that the parser stopped at.
pub(super) struct View<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl View<'_> {
    pub(super) fn here(&self) -> Range<usize> {
        character(self.text, self.at)
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }

    /// From an offset to the end of its line.
    pub(super) fn rest_of_line(&self, from: usize) -> &str {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// From the place to the end of the word there.
    pub(super) fn word(&self) -> Range<usize> {
        let rest = self.rest_of_line(self.at);
        let length = rest.find([' ', '\t', ',', ']', '}']).unwrap_or(rest.len());
        self.at..self.at + length
    }

    /// The line from its first character that is not blank.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let start = self.line_start(at);
        let line = self.rest_of_line(start);
        let blanks = line.len() - line.trim_start().len();
        start + blanks..start + line.trim_end().len().max(blanks)
    }

    /// The first escape that is none in the double-quoted text that starts here.
    pub(super) fn bad_escape(&self) -> Range<usize> {
        let quoted = self.text.get(self.at..).unwrap_or_default();
        let found = escape::first_bad(quoted.strip_prefix('"').unwrap_or_default());
        found.map_or_else(
            || self.here(),
            |range| self.at + 1 + range.start..self.at + 1 + range.end,
        )
    }

    /// The tab that stands in the indentation of the line, or at the place.
    pub(super) fn tab(&self) -> Range<usize> {
        let start = self.line_start(self.at);
        let line = self.rest_of_line(start);
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if self
            .text
            .get(self.here())
            .is_some_and(|c| c == "|" || c == ">")
        {
            let ahead = self.text.get(self.at..).and_then(|rest| rest.find('\t'));
            return character(self.text, self.at + ahead.unwrap_or(0));
        }
        let tab = line.get(..blanks).and_then(|blanks| blanks.find('\t'));
        tab.map_or_else(|| self.here(), |tab| start + tab..start + tab + 1)
    }
}

/// A `:` in a line that has a character other than a blank on both sides, if the line has no other `:`.
pub(super) fn tight_colon(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    let after = line.get(colon + 1..)?;
    let tight = !after.is_empty()
        && !after.starts_with([' ', '\t'])
        && !after.contains(": ")
        && !after.starts_with("//");
    tight.then_some(colon)
}
