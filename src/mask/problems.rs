//! What can be wrong with a mask, one kind for each rule.

use std::ops::Range;

use regex_syntax::ast::{self, ErrorKind};

/// One mistake in a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the mask that somebody has to change.
    pub range: Range<usize>,
    /// What is wrong there.
    pub kind: ProblemKind,
    /// The text to write over the range, where it is known.
    pub replacement: Option<String>,
}

/// What is wrong with a mask. Each kind belongs to the rule that its comment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// `mask-invalid-regex`: the text is no regular expression.
    InvalidRegex {
        /// Why not, as the end of a sentence: `this group is never closed`.
        reason: String,
    },
    /// `mask-invalid-regex`: wildcards with nothing, or with others, before the one that stands for the group.
    Wildcards,
    /// `mask-html-entity`: copied from a page's source.
    HtmlEntity,
    /// `mask-not-portable`: regular expression dialects differ on a construct.
    NotPortable {
        /// The construct's name, such as `look-ahead` or `a named group`.
        construct: &'static str,
    },
    /// `mask-capture`: there is no capture group; the range is the whole mask.
    MissingCapture,
    /// `mask-capture`: a capture group other than the last.
    SurplusCapture,
    /// `mask-not-prefix`: something follows the capture group.
    NotPrefix,
    /// `mask-too-broad`: nothing literal stands before the capture group.
    TooBroad,
    /// `mask-not-literal`: a part of the prefix is not literal text.
    NotLiteral {
        /// What it is, such as `a class` or `a repetition`.
        part: &'static str,
    },
    /// `mask-unescaped`: a metacharacter that is meant literally.
    Unescaped {
        /// The metacharacter as written, such as `.` or `++`.
        written: String,
        /// The prefix of a profile that the mask lets in, though it is not the one meant.
        lets_in: String,
    },
    /// `mask-whitespace`: white space where a name has none.
    Whitespace(Whitespace),
    /// `mask-backtracking`: repetitions that can share out the same text in many ways.
    Backtracking {
        /// Whether one repetition is within the other (exponential), or they are neighbours.
        nested: bool,
        /// The start of a profile name on which a backtracking engine is slow.
        example: String,
    },
}

/// Where the white space is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whitespace {
    /// Before the first character.
    Leading,
    /// After the last character.
    Trailing,
    /// More than one in a row.
    Doubled,
    /// Beside a parenthesis, within the group.
    Edge,
    /// A tab, a line break or another white space character than a space.
    Odd,
}

impl Problem {
    /// Whether the mask can mean another thing than its author thinks, so that nothing should
    /// be concluded from it: true for all but an unescaped metacharacter and slow repetitions.
    pub fn is_error(&self) -> bool {
        !matches!(
            self.kind,
            ProblemKind::Unescaped { .. } | ProblemKind::Backtracking { .. }
        )
    }

    pub(super) fn new(range: Range<usize>, kind: ProblemKind) -> Self {
        Self {
            range,
            kind,
            replacement: None,
        }
    }
}

/// Why a text is no regular expression.
pub(super) fn invalid(text: &str, error: &ast::Error) -> Problem {
    let reason = match error.kind() {
        ErrorKind::GroupUnclosed => "this group is never closed",
        ErrorKind::GroupUnopened => "this `)` closes no group",
        ErrorKind::ClassUnclosed => "this class `[` is never closed",
        ErrorKind::ClassRangeInvalid => "this range runs backwards",
        ErrorKind::ClassRangeLiteral => "a range needs a character on both sides",
        ErrorKind::RepetitionMissing => "there is nothing before it to repeat",
        ErrorKind::RepetitionCountInvalid => "the first number is the larger one",
        ErrorKind::RepetitionCountUnclosed | ErrorKind::RepetitionCountDecimalEmpty => {
            "a number of repetitions is due within `{…}`"
        }
        ErrorKind::DecimalInvalid => "this number is too large",
        ErrorKind::EscapeUnexpectedEof => "nothing follows the last backslash",
        ErrorKind::EscapeUnrecognized | ErrorKind::ClassEscapeInvalid => {
            "this escape has no meaning"
        }
        ErrorKind::NestLimitExceeded(_) => "its groups are nested too deep",
        other => &other.to_string(),
    };
    let mut range = bytes(error.span());
    if range.is_empty() {
        // The character after the place, or else the one before it.
        let (before, after) = text.split_at_checked(range.start).unwrap_or((text, ""));
        match after.chars().next() {
            Some(character) => range.end += character.len_utf8(),
            None => range.start -= before.chars().next_back().map_or(0, char::len_utf8),
        }
    }
    let reason = reason.to_owned();
    Problem::new(range, ProblemKind::InvalidRegex { reason })
}

pub(super) fn bytes(span: &ast::Span) -> Range<usize> {
    span.start.offset..span.end.offset
}
