//! The parser's errors in words for people. As in [`syntax`](super::syntax), no message quotes the text.

use std::ops::Range;

use granit_parser::ErrorKind as Kind;

use super::{
    Problem, Style,
    build::Builder,
    offsets::ESCAPE,
    pasted,
    syntax::{character, unknown_tag},
};
use crate::text::slice;

const SECOND_COLON: &str = "a second `:` on one line: what stands before it is already a value";
const NOT_OF_VALUE: &str = "this does not belong to the value before it";
const QUOTE: &str = "use single quotes around the whole value";

/// The parser's error as a problem. `at` is where it stopped.
pub(super) fn translate(text: &str, kind: &Kind, at: usize, builder: &Builder<'_>) -> Problem {
    if let Some(problem) = pasted::explain(text, at) {
        return problem;
    }
    let view = View { text, at };
    let here = view.here();
    let is_in_brackets = matches!(builder.innermost(), Some((_, Style::Flow)));
    let (range, message, help) = match kind {
        _ if !is_in_brackets && view.is_lone_separator() => {
            let message = format!("this `{}` belongs to no value", view.shown());
            let help = "remove it: in YAML no sign parts the fields on lines of their own";
            return Problem::syntax(here, message, help);
        }
        _ if view.bad_escape().is_some() => view.escape(),
        Kind::UnclosedFlowCollection { open } => {
            let close = closing(*open);
            let help = format!("add the closing `{close}`, or put quotes around the value");
            return Problem::syntax(here, format!("this `{open}` is never closed"), help);
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            let message = format!("this `{open}` is closed by a `{close}`");
            let help = format!("write `{}` at its end", closing(*open));
            return Problem::syntax(here, message, help);
        }
        Kind::UnexpectedCharacter {
            character: first @ ('@' | '`' | '%'),
        } => {
            return match first {
                '`' => {
                    let help = "remove the backticks around the value";
                    Problem::syntax(here, "a value cannot start with a backtick", help)
                }
                _ => Problem::syntax(here, format!("a value cannot start with `{first}`"), QUOTE),
            };
        }
        Kind::MissingAnchorOrAliasName => {
            let sign = view.shown();
            let message = format!("after `{sign}` the name of an anchor is due");
            return Problem::syntax(here, message, QUOTE);
        }
        Kind::MisplacedFlowCollectionEnd => (
            here,
            "this bracket closes nothing",
            "remove it, or use single quotes around the whole value",
        ),
        Kind::FlowMappingValueAdjacentCollection | Kind::InvalidMappingValueWhitespace => {
            missing_space(here)
        }
        Kind::UnclosedQuotedScalar => {
            let help = match view.shown() {
                "'" => "add the closing `'`; within single quotes `''` stands for one",
                _ => "add the closing `\"`; within double quotes `\\\"` stands for one",
            };
            (here, "this quote is never closed", help)
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar
            if is_in_brackets && view.is_field() =>
        {
            (
                here,
                "a comma is missing before this field",
                "write `,` before it",
            )
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => (
            here,
            "text follows the closing quote",
            "put the whole value within the quotes; a quote that belongs to it is written `''` within single quotes, `\\\"` within double ones",
        ),
        Kind::InvalidQuotedScalarIndent => {
            let before = slice(text, builder.cursor..at);
            let quote = before.find(['\'', '"']).unwrap_or(before.len());
            (
                character(text, builder.cursor + quote),
                "this quote is not closed before a line that is indented too little",
                "add the closing quote, or indent the lines within the quotes further than their key",
            )
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => (
            view.tab(),
            "a tab stands where spaces are due",
            "indent with spaces",
        ),
        Kind::CommentNotSeparated => (
            here,
            "a space is missing before the `#`",
            "write a space before a comment, or use single quotes around the whole value",
        ),
        Kind::BomInsideDocument => (
            here,
            "a byte-order mark stands within the text",
            "remove this invisible character",
        ),
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => (
            view.word(),
            "after `|` or `>` only `+`, `-` and a digit from 1 may stand",
            "start the text on the next line, or put quotes around a value that starts with `|` or `>`",
        ),
        Kind::BlockSequenceEntryNotAllowed if view.follows_value() => (here, NOT_OF_VALUE, QUOTE),
        Kind::BlockSequenceEntryNotAllowed => (
            here,
            "a list cannot start on this line",
            "start the list on a line of its own; if this is a text that starts with `-`, use single quotes around the whole value",
        ),
        Kind::MappingValueNotAllowed | Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => {
            view.colon()
        }
        _ if view.shown() == "!" => return unknown_tag(view.word()),
        _ if is_in_brackets => view.in_brackets(builder.innermost().map_or(at, |(start, _)| start)),
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::ExpectedDocumentStart
        | Kind::MappingKeyNotAllowed
        | Kind::InvalidIndentation
        | Kind::ExpectedNodeContent
        | Kind::UnexpectedEofBlockMapping
        | Kind::UnexpectedEofBlockSequence => view.stray(kind, builder),
        _ if text
            .get(view.line(at))
            .is_some_and(|line| line.starts_with('%')) =>
        {
            (
                view.line(at),
                "this line with `%` is no directive of YAML's",
                "write `%YAML 1.2` or leave the line out; put quotes around a value that starts with `%`",
            )
        }
        _ => (
            here,
            "this is not YAML",
            "check the line above too, and put quotes around values with special characters",
        ),
    };
    Problem::syntax(range, message, help)
}

/// Where, what is wrong, and what to do.
type Said = (Range<usize>, &'static str, &'static str);

fn closing(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

fn missing_space(colon: Range<usize>) -> Said {
    (
        colon,
        "a space is missing after the `:`",
        "write a space after the `:`",
    )
}

/// A text with the place that the parser stopped at.
struct View<'t> {
    text: &'t str,
    at: usize,
}

impl View<'_> {
    fn here(&self) -> Range<usize> {
        character(self.text, self.at)
    }

    /// The character at the place.
    fn shown(&self) -> &str {
        slice(self.text, self.here())
    }

    fn line_start(&self, at: usize) -> usize {
        let before = slice(self.text, ..at);
        before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }

    /// From the start of its line to the place.
    fn before(&self) -> &str {
        let start = self.line_start(self.at);
        slice(self.text, start..self.at)
    }

    /// From an offset to the end of its line.
    fn rest_of_line(&self, from: usize) -> &str {
        let rest = slice(self.text, from..);
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// From the place to the end of the word there.
    fn word(&self) -> Range<usize> {
        let rest = self.rest_of_line(self.at);
        let length = rest.find([' ', '\t', ',', ']', '}']).unwrap_or(rest.len());
        self.at..self.at + length
    }

    /// Whether nothing but a comma or a semicolon stands there, as other formats have it at the end of a line.
    fn is_lone_separator(&self) -> bool {
        let rest = self.rest_of_line(self.at);
        let behind = rest.strip_prefix([',', ';']).map(str::trim_start);
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('#'))
    }

    /// Whether the key of a field stands there.
    fn is_field(&self) -> bool {
        let word = self.word();
        let key = slice(self.text, word.clone()).strip_suffix(':');
        key.is_some_and(|key| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    }

    /// The line of an offset, without the blanks around it.
    fn line(&self, at: usize) -> Range<usize> {
        let start = self.line_start(at);
        let line = self.rest_of_line(start);
        let blanks = line.len() - line.trim_start().len();
        start + blanks..start + line.trim_end().len().max(blanks)
    }

    /// The first backslash that starts no escape, in the double-quoted text that starts at the place.
    fn bad_escape(&self) -> Option<Range<usize>> {
        let quoted = self.text.get(self.at..)?.strip_prefix('"')?;
        for found in ESCAPE.captures_iter(quoted) {
            match found.get(1) {
                Some(bad) => return Some(self.at + 1 + bad.start()..self.at + 1 + bad.end()),
                None if found.get(0)?.as_str() == "\"" => return None,
                None => {}
            }
        }
        None
    }

    fn escape(&self) -> Said {
        let range = self.bad_escape().unwrap_or_else(|| self.here());
        let escape = slice(self.text, range.clone());
        match escape.trim_start_matches('\\').starts_with(['x', 'u', 'U']) {
            true => (
                range,
                "this escape is no character",
                "write `\\x`, `\\u` or `\\U` with 2, 4 or 8 hexadecimal digits, or the character itself",
            ),
            false => (
                range,
                "a backslash within double quotes starts an escape, and YAML has none like this",
                "write `\\\\` for a backslash, or use single quotes, which know no escapes",
            ),
        }
    }

    /// The first tab of the line; in a block scalar's header, the first one behind it.
    fn tab(&self) -> Range<usize> {
        let start = match self.shown() {
            "|" | ">" => self.at,
            _ => self.line_start(self.at),
        };
        let behind = slice(self.text, start..);
        let tab = behind.find('\t').map(|tab| start + tab);
        tab.map_or_else(|| self.here(), |tab| tab..tab + 1)
    }

    /// Whether a value stands before the place, behind its key on the same line.
    fn follows_value(&self) -> bool {
        let value = self.before().split_once(": ").map(|(_, value)| value);
        value.is_some_and(|value| !value.trim().is_empty())
    }

    fn in_brackets(&self, start: usize) -> Said {
        if self.rest_of_line(self.at).starts_with(": ") && self.before().contains(": ") {
            return (
                self.here(),
                SECOND_COLON,
                "use single quotes around the whole value; if another field starts here, write the comma before it",
            );
        }
        let line = self.line(self.at);
        let is_at_start = line.start >= self.at;
        let ends_item = self.shown().starts_with(['}', ']', ',']);
        if self.line_start(start) == self.line_start(self.at) || is_at_start && ends_item {
            return (
                self.here(),
                "a value or a comma is missing here",
                "separate items with commas, one between two items; use single quotes around a whole value with special characters",
            );
        }
        if line.start == self.at && self.before().is_empty() {
            return (
                self.here(),
                "a line within brackets starts at the margin",
                "indent it, or close the bracket that opened above",
            );
        }
        (
            character(self.text, start),
            "this bracket is not closed before the next key",
            "add the closing bracket",
        )
    }

    /// A `:` that follows what is already a value, or a line that has none.
    fn colon(&self) -> Said {
        if let Some(first) = self.before().find(": ") {
            let key = self.before().get(..first).unwrap_or_default();
            let help = match key.trim_start().starts_with("- ") {
                true => "put quotes around the whole item",
                false => QUOTE,
            };
            return (self.here(), SECOND_COLON, help);
        }
        let line = self.line(self.at);
        let above = slice(self.text, ..self.line_start(self.at));
        let is_colon = self.shown() == ":";
        let wrong = match is_colon {
            true => self.line(above.trim_end().len()),
            false => line.clone(),
        };
        let tight = self.text.get(wrong.clone()).and_then(tight_colon);
        if let Some(colon) = tight.map(|colon| wrong.start + colon) {
            return missing_space(colon..colon + 1);
        }
        match is_colon {
            true => (
                line.start..self.at,
                "this key stands under a line that is already a value",
                "indent it like the other keys of its mapping, or leave the value of the line above empty",
            ),
            false => (
                line,
                "this line has no `:`",
                "write `key: value`; indent the line further if it continues the value above, or put quotes around a text of several lines",
            ),
        }
    }

    /// Something that no line above it has room for.
    fn stray(&self, kind: &Kind, builder: &Builder<'_>) -> Said {
        let is_spaced = self.rest_of_line(self.at).starts_with(": ");
        if is_spaced && self.before().trim().is_empty() {
            let message = "this `:` stands deeper than the `?` that it belongs to";
            return (
                self.here(),
                message,
                "write `key: value` in one line, without `?`",
            );
        }
        if self.shown() == ":" {
            return missing_space(self.here());
        }
        if !self.before().trim_matches([' ', '\t', '-', '?']).is_empty() {
            return (self.here(), NOT_OF_VALUE, QUOTE);
        }
        let line = self.line(self.at);
        let content = slice(self.text, line.clone());
        match kind {
            _ if line.is_empty() => (
                line,
                "the text ends too early",
                "write the document after the lines that start with `%`",
            ),
            Kind::ExpectedBlockSequenceEntry => (
                line,
                "this line does not belong to the list above it",
                "start it with `- `, or indent it otherwise",
            ),
            _ if content.starts_with("- ") && builder.innermost().is_some() => (
                line,
                "this item stands where a `key: value` is due",
                "indent the list under the key that it belongs to, and leave nothing after that key's `:`",
            ),
            _ => (
                line,
                "this line's indentation fits no line above it",
                "indent it like the lines that it belongs with",
            ),
        }
    }
}

/// A `:` in a line that has a character other than a blank on both sides, if the line has no other `:`.
fn tight_colon(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    let after = line.get(colon + 1..)?;
    let is_tight = !after.is_empty()
        && !after.starts_with([' ', '\t'])
        && !after.contains(": ")
        && !after.starts_with("//");
    is_tight.then_some(colon)
}
