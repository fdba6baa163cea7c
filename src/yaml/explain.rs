//! The parser's errors in words for people. As in [`syntax`](super::syntax), no message quotes the text.

use std::{borrow::Cow, ops::Range};

use granit_parser::ErrorKind;

use super::{
    Problem, Style,
    build::Builder,
    syntax::{character, unknown_tag},
    view::{View, tight_colon},
};

/// What is wrong, what to do, and where.
struct Said(Cow<'static, str>, Cow<'static, str>, Range<usize>);

fn said(
    range: Range<usize>,
    message: impl Into<Cow<'static, str>>,
    help: impl Into<Cow<'static, str>>,
) -> Said {
    Said(message.into(), help.into(), range)
}

const QUOTE: &str = "use single quotes around the whole value";

/// The parser's error as a problem.
pub(super) fn translate(text: &str, kind: &ErrorKind, at: usize, builder: &Builder<'_>) -> Problem {
    let view = View { text, at };
    let Said(message, help, range) = view
        .brackets(kind, builder)
        .or_else(|| view.quotes(kind, builder))
        .or_else(|| view.lines(kind, builder))
        .or_else(|| view.tokens(kind))
        .or_else(|| view.directives(kind))
        .unwrap_or_else(|| {
            said(
                view.here(),
                "this is not YAML",
                "check the line above too, and put quotes around values with special characters",
            )
        });
    Problem::syntax(range, message, help)
}

impl View<'_> {
    fn brackets(&self, kind: &ErrorKind, builder: &Builder<'_>) -> Option<Said> {
        let close = |open: char| if open == '[' { ']' } else { '}' };
        Some(match kind {
            ErrorKind::UnclosedFlowCollection { open } => said(
                self.here(),
                format!("this `{open}` is never closed"),
                format!(
                    "add the closing `{}`, or put quotes around the value",
                    close(*open)
                ),
            ),
            ErrorKind::MismatchedFlowCollectionEnd { open, close: found } => said(
                self.here(),
                format!("this `{open}` is closed by a `{found}`"),
                format!("write `{}` at its end", close(*open)),
            ),
            ErrorKind::MisplacedFlowCollectionEnd => said(
                self.here(),
                "this bracket closes nothing",
                "remove it, or use single quotes around the whole value",
            ),
            ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::InvalidIndentation => match builder.innermost() {
                Some((start, Style::Flow)) => self.in_brackets(start),
                _ => return None,
            },
            ErrorKind::BlockEntryInFlowCollection => said(
                self.here(),
                "items with `-` cannot stand within brackets",
                "write the items with commas, or leave the brackets out",
            ),
            ErrorKind::FlowMappingValueAdjacentCollection
            | ErrorKind::InvalidMappingValueWhitespace => said(
                self.here(),
                "a space is missing after the `:`",
                "write a space after the `:`",
            ),
            _ => return None,
        })
    }

    fn in_brackets(&self, start: usize) -> Said {
        let open = character(self.text, start);
        let line = self.line(self.at);
        if self.line_start(start) == self.line_start(self.at)
            || line.start >= self.at
                && self
                    .text
                    .get(self.at..)
                    .is_some_and(|rest| rest.starts_with(['}', ']', ',']))
        {
            let message = "a value or a comma is missing here";
            return said(
                self.here(),
                message,
                "separate items with commas, one between two items; put quotes around a value with special characters",
            );
        }
        if line.start == self.at && self.line_start(self.at) == self.at {
            let message = "a line within brackets starts at the margin";
            return said(
                self.here(),
                message,
                "indent it, or close the bracket that opened above",
            );
        }
        said(
            open,
            "this bracket is not closed before the next key",
            "add the closing bracket",
        )
    }

    fn quotes(&self, kind: &ErrorKind, builder: &Builder<'_>) -> Option<Said> {
        Some(match kind {
            ErrorKind::UnclosedQuotedScalar => {
                let help = match self.text.get(self.here()) {
                    Some("'") => "add the closing `'`; within single quotes `''` stands for one",
                    _ => "add the closing `\"`; within double quotes `\\\"` stands for one",
                };
                said(self.here(), "this quote is never closed", help)
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar => said(
                self.here(),
                "text follows the closing quote",
                "put the whole value within the quotes; a quote that belongs to it is written `''` within single quotes, `\\\"` within double ones",
            ),
            ErrorKind::UnknownQuotedScalarEscape => {
                let help =
                    "write `\\\\` for a backslash, or use single quotes, which know no escapes";
                said(
                    self.bad_escape(),
                    "a backslash within double quotes starts an escape, and YAML has none like this",
                    help,
                )
            }
            ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape => said(
                self.bad_escape(),
                "this escape is no character",
                "write `\\x`, `\\u` or `\\U` with 2, 4 or 8 hexadecimal digits, or the character itself",
            ),
            ErrorKind::DocumentIndicatorInQuotedScalar => said(
                self.here(),
                "a line within quotes starts like a document's border",
                "indent the line, or close the quote above it",
            ),
            ErrorKind::InvalidQuotedScalarIndent => {
                let after = self.text.get(builder.cursor()..self.at).unwrap_or_default();
                let quote = after
                    .find(['\'', '"'])
                    .map_or(self.at, |at| builder.cursor() + at);
                said(
                    character(self.text, quote),
                    "this quote is not closed before a line that is indented too little",
                    "add the closing quote, or indent the lines within the quotes further than their key",
                )
            }
            _ => return None,
        })
    }

    fn lines(&self, kind: &ErrorKind, builder: &Builder<'_>) -> Option<Said> {
        Some(match kind {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar => said(
                self.tab(),
                "a tab stands where spaces are due",
                "indent with spaces",
            ),
            ErrorKind::MappingValueNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey => self.colon(),
            ErrorKind::BlockSequenceEntryNotAllowed => said(
                self.here(),
                "a list cannot start on this line",
                "start the list on a line of its own, or put quotes around a value that starts with `-`",
            ),
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::ExpectedDocumentStart
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedNodeContent
            | ErrorKind::UnexpectedEofBlockMapping
            | ErrorKind::UnexpectedEofBlockSequence => self.stray(kind, builder),
            ErrorKind::InvalidBlockScalarIndent => said(
                self.line(self.at),
                "this line is indented otherwise than the lines of its text",
                "indent all lines of the text alike",
            ),
            ErrorKind::CommentInterceptedScalar => said(
                self.here(),
                "a comment stands within a text of several lines",
                "put quotes around the text, or move the comment",
            ),
            _ => return None,
        })
    }

    /// A `:` that follows what is already a value, or a line that has none.
    fn colon(&self) -> Said {
        let start = self.line_start(self.at);
        let before = self.text.get(start..self.at).unwrap_or_default();
        if let Some(first) = before.find(": ") {
            let help = match before
                .get(..first)
                .is_some_and(|key| key.trim_start().starts_with("- "))
            {
                true => "put quotes around the whole item",
                false => QUOTE,
            };
            return said(
                self.here(),
                "a second `:` on one line: what stands before it is already a value",
                help,
            );
        }
        if self.text.get(self.here()) != Some(":") {
            let line = self.line(self.at);
            if let Some(colon) = tight_colon(self.rest_of_line(line.start)) {
                return missing_space(line.start + colon);
            }
            return said(
                line,
                "this line has no `:`",
                "write `key: value`; indent the line further if it continues the value above, or put quotes around a text of several lines",
            );
        }
        let above = self.text.get(..start).unwrap_or_default().trim_end();
        let above_start = self.line_start(above.len());
        match above.get(above_start..).and_then(tight_colon) {
            Some(colon) => missing_space(above_start + colon),
            None => said(
                self.line(self.at).start..self.at,
                "this key stands under a line that is already a value",
                "indent it like the other keys of its mapping, or leave the value of the line above empty",
            ),
        }
    }

    fn stray(&self, kind: &ErrorKind, builder: &Builder<'_>) -> Said {
        let start = self.line_start(self.at);
        let before = self.text.get(start..self.at).unwrap_or_default();
        if self.text.get(self.here()) == Some(":") {
            return missing_space(self.at);
        }
        if !before.chars().all(|c| matches!(c, ' ' | '\t' | '-' | '?')) {
            return said(
                self.here(),
                "this does not belong to the value before it",
                QUOTE,
            );
        }
        let line = self.line(self.at);
        if line.is_empty() {
            return said(
                self.here(),
                "the text ends too early",
                "write the document after the lines that start with `%`",
            );
        }
        let (message, help) = match (kind, self.text.get(line.start..)) {
            (ErrorKind::ExpectedBlockSequenceEntry, _) => (
                "this line does not belong to the list above it",
                "start it with `- `, or indent it otherwise",
            ),
            (_, Some(rest)) if rest.starts_with("- ") && builder.innermost().is_some() => (
                "this item stands where a `key: value` is due",
                "indent the list under the key that it belongs to, and leave nothing after that key's `:`",
            ),
            _ => (
                "this line's indentation fits no line above it",
                "indent it like the lines that it belongs with",
            ),
        };
        said(line, message, help)
    }

    fn tokens(&self, kind: &ErrorKind) -> Option<Said> {
        Some(match kind {
            ErrorKind::UnexpectedCharacter {
                character: '@' | '`' | '%',
            } => {
                let shown = self.text.get(self.here()).unwrap_or_default();
                said(
                    self.here(),
                    format!("a value cannot start with `{shown}`"),
                    QUOTE,
                )
            }
            ErrorKind::MissingAnchorOrAliasName => {
                let shown = self.text.get(self.here()).unwrap_or_default();
                said(
                    self.here(),
                    format!("after `{shown}` the name of an anchor is due"),
                    QUOTE,
                )
            }
            ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
                said(self.here(), "a value cannot start like this", QUOTE)
            }
            ErrorKind::CommentNotSeparated => said(
                self.here(),
                "a space is missing before the `#`",
                "write a space before a comment, or use single quotes around the whole value",
            ),
            ErrorKind::BomInsideDocument => said(
                self.here(),
                "a byte-order mark stands within the text",
                "remove this invisible character",
            ),
            ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => said(
                self.word(),
                "after `|` or `>` only `+`, `-` and a digit from 1 may stand",
                "start the text on the next line, or put quotes around a value that starts with `|` or `>`",
            ),
            ErrorKind::UndeclaredTagHandle => return Some(self.tag()),
            ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8 => self.tag(),
            ErrorKind::InvalidDocumentEnd => said(
                self.here(),
                "text follows the `...` that ends a document",
                "remove it",
            ),
            ErrorKind::ExpectedWhitespace | ErrorKind::InvalidBlockEntryWhitespace => {
                said(self.here(), "a space is missing here", "write a space")
            }
            _ => return None,
        })
    }

    fn tag(&self) -> Said {
        let Problem {
            message,
            help,
            range,
            ..
        } = unknown_tag(self.word());
        said(range, message, help)
    }

    fn directives(&self, kind: &ErrorKind) -> Option<Said> {
        Some(match kind {
            ErrorKind::UnsupportedYamlMajorVersion => said(
                self.line(self.at),
                "this is not YAML 1",
                "write `%YAML 1.2`, or leave the line out",
            ),
            ErrorKind::MissingDocumentEndBeforeDirective
            | ErrorKind::DuplicateVersionDirective
            | ErrorKind::DuplicateTagDirective
            | ErrorKind::ExpectedTagDirectiveBang
            | ErrorKind::InvalidDirectiveTerminator
            | ErrorKind::MissingYamlVersionSeparator
            | ErrorKind::MissingDirectiveName
            | ErrorKind::InvalidDirectiveName
            | ErrorKind::DirectiveByteLimitExceeded { .. }
            | ErrorKind::TooManyReservedDirectiveParams { .. }
            | ErrorKind::YamlVersionTooLong
            | ErrorKind::MissingYamlVersion
            | ErrorKind::InvalidTagDirectiveTerminator => said(
                self.line(self.at),
                "this line with `%` is no directive of YAML's",
                "remove it, or put quotes around a value that starts with `%`",
            ),
            _ => return None,
        })
    }
}

fn missing_space(at: usize) -> Said {
    said(
        at..at + 1,
        "a space is missing after the `:`",
        "write a space after the `:`",
    )
}
