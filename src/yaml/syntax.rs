//! What is wrong with a text that is no YAML document, in words for people. No message quotes the text, for it may hold
//! secrets: structural characters and the names of anchors alone are shown.

use std::{borrow::Cow, ops::Range};

use granit_parser::ErrorKind;

use super::{Problem, Style, build::Builder, core::Tag, escape};

/// What is wrong, what to do, and where.
struct Said(Cow<'static, str>, Cow<'static, str>, Range<usize>);

fn said(
    range: Range<usize>,
    message: impl Into<Cow<'static, str>>,
    help: impl Into<Cow<'static, str>>,
) -> Said {
    Said(message.into(), help.into(), range)
}

const QUOTE: &str = "put single quotes around the whole value";

/// The range of the character at an offset, empty at the end of the text.
pub(super) fn character(text: &str, at: usize) -> Range<usize> {
    let length = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    at..at + length
}

/// A control character that no YAML text may hold, if there is one.
pub(super) fn control_character(text: &str) -> Option<Problem> {
    let (at, byte) = text
        .bytes()
        .enumerate()
        .find(|(_, byte)| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))?;
    let help = match byte {
        0 => "remove it; if the file is UTF-16, save it as UTF-8",
        _ => "remove it, or write it as an escape within double quotes",
    };
    let message =
        format!("the text holds the control character U+{byte:04X}, which YAML does not allow");
    Some(Problem::syntax(at..at + 1, message, help))
}

pub(super) fn no_document(text: &str) -> Problem {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let message = match text.trim_start_matches('\u{feff}').trim().is_empty() {
        true => "the text is empty",
        false => "the text holds comments, but no document",
    };
    Problem::syntax(
        start..start,
        message,
        "write a mapping: lines of the form `key: value`",
    )
}

pub(super) fn second_document(text: &str, span: Range<usize>) -> Problem {
    let range = if span.is_empty() {
        character(text, span.start)
    } else {
        span
    };
    let help = "keep one document per file; remove this line if it is not meant to start another";
    Problem::syntax(range, "a second document starts here", help)
}

pub(super) fn unknown_tag(range: Range<usize>) -> Problem {
    let help = "remove it, or put quotes around the value if it starts with `!`; known are !!str, !!int, !!float, !!bool, !!null, !!map and !!seq";
    Problem::syntax(range, "this tag is not one of YAML's core schema", help)
}

pub(super) fn misfit_tag(range: Range<usize>, tag: Tag) -> Problem {
    let message = format!(
        "this tag asks for {}, which the value is not",
        tag.describe()
    );
    Problem::syntax(range, message, "remove the tag, or change the value")
}

pub(super) fn alias_inside_itself(range: Range<usize>) -> Problem {
    let help = "move the anchor to a value that does not hold the alias";
    Problem::syntax(
        range,
        "this alias stands inside the value that it refers to",
        help,
    )
}

pub(super) fn unknown_alias(name: &str, range: Range<usize>, names: &[Cow<'_, str>]) -> Problem {
    let message = format!("no anchor `&{name}` stands before this alias");
    let near = names
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, known)| *distance <= (known.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    let help = match near {
        Some((0, _)) => format!("move `&{name}` above the alias"),
        Some((_, known)) => format!("did you mean `*{known}`?"),
        None => "name an anchor that stands above, or put quotes around the value if it is meant to start with `*`".to_owned(),
    };
    Problem::syntax(range, message, help)
}

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

/// A text with the place that the parser stopped at.
struct View<'t> {
    text: &'t str,
    at: usize,
}

impl View<'_> {
    fn here(&self) -> Range<usize> {
        character(self.text, self.at)
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }

    /// From an offset to the end of its line.
    fn rest_of_line(&self, from: usize) -> &str {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// From the place to the end of the word there.
    fn word(&self) -> Range<usize> {
        let rest = self.rest_of_line(self.at);
        let length = rest.find([' ', '\t', ',', ']', '}']).unwrap_or(rest.len());
        self.at..self.at + length
    }

    /// The line from its first character that is not blank.
    fn line(&self, at: usize) -> Range<usize> {
        let start = self.line_start(at);
        let line = self.rest_of_line(start);
        let blanks = line.len() - line.trim_start().len();
        start + blanks..start + line.trim_end().len().max(blanks)
    }

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
                "remove it, or put single quotes around the whole value",
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

    /// The first escape that is none in the double-quoted text that starts here.
    fn bad_escape(&self) -> Range<usize> {
        let quoted = self.text.get(self.at..).unwrap_or_default();
        let found = escape::first_bad(quoted.strip_prefix('"').unwrap_or_default());
        found.map_or_else(
            || self.here(),
            |range| self.at + 1 + range.start..self.at + 1 + range.end,
        )
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

    /// The tab that stands in the indentation of the line, or at the place.
    fn tab(&self) -> Range<usize> {
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
                "write a space before a comment, or put single quotes around the whole value",
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

/// A `:` in a line that has a character other than a blank on both sides, if the line has no other `:`.
fn tight_colon(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    let after = line.get(colon + 1..)?;
    let tight = !after.is_empty()
        && !after.starts_with([' ', '\t'])
        && !after.contains(": ")
        && !after.starts_with("//");
    tight.then_some(colon)
}
