//! What can be wrong with a mask, one kind for each rule, and the ones that are seen in the raw
//! text.

use std::ops::Range;

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
    /// A tab, a line break or another white space character than a space.
    Odd,
}

impl Problem {
    /// The rule that this problem belongs to.
    pub fn rule(&self) -> &'static str {
        match self.kind {
            ProblemKind::InvalidRegex { .. } => "mask-invalid-regex",
            ProblemKind::NotPortable { .. } => "mask-not-portable",
            ProblemKind::MissingCapture | ProblemKind::SurplusCapture => "mask-capture",
            ProblemKind::NotPrefix => "mask-not-prefix",
            ProblemKind::TooBroad => "mask-too-broad",
            ProblemKind::NotLiteral { .. } => "mask-not-literal",
            ProblemKind::Unescaped { .. } => "mask-unescaped",
            ProblemKind::Whitespace(_) => "mask-whitespace",
            ProblemKind::Backtracking { .. } => "mask-backtracking",
        }
    }

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

/// Finds leading, trailing, doubled and odd white space outside of classes. An anchor at either
/// end does not hide it. White space that is not ASCII is confusable instead.
pub(super) fn whitespace(text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    // Blanks on either side of an anchor are leading or trailing, too.
    let body = text.trim_start_matches(blank_character);
    let body = body.strip_prefix('^').unwrap_or(body);
    let start = text.len() - body.trim_start_matches(blank_character).len();
    let body = text.trim_end_matches(blank_character);
    let body = match body.strip_suffix('$') {
        Some(rest) if !ends_in_escape(rest) => rest,
        _ => body,
    };
    let end = body.trim_end_matches(blank_character).len();
    let mut at = 0;
    let mut in_class = false;
    while let Some(&byte) = bytes.get(at) {
        let begin = at;
        at += 1;
        match byte {
            b'\\' => {
                // `\t` and its like stand for odd white space just as the character does.
                let odd = matches!(bytes.get(at), Some(b't' | b'n' | b'r' | b'f')) && !in_class;
                at += 1;
                if odd {
                    found.push(blank(begin..at, Whitespace::Odd, " "));
                }
            }
            b'[' => in_class = true,
            b']' => in_class = false,
            _ if is_blank(byte) && !in_class => {
                while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
                    at += 1;
                }
                let run = bytes.get(begin..at).unwrap_or_default();
                if at <= start {
                    found.push(blank(begin..at, Whitespace::Leading, ""));
                } else if begin >= end {
                    found.push(blank(begin..at, Whitespace::Trailing, ""));
                } else if run.iter().any(|byte| *byte != b' ') {
                    found.push(blank(begin..at, Whitespace::Odd, " "));
                } else if run.len() > 1 {
                    found.push(blank(begin..at, Whitespace::Doubled, " "));
                }
            }
            _ => {}
        }
    }
    found
}

fn blank(range: Range<usize>, place: Whitespace, replacement: &str) -> Problem {
    Problem {
        range,
        kind: ProblemKind::Whitespace(place),
        replacement: Some(replacement.to_owned()),
    }
}

fn blank_character(character: char) -> bool {
    u8::try_from(character).is_ok_and(is_blank)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether what follows the text is escaped by a backslash at its end.
pub(super) fn ends_in_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn mended(text: &str, expected: &str) {
        let mut mended = text.to_owned();
        for problem in whitespace(text).into_iter().rev() {
            mended.replace_range(problem.range, &problem.replacement.unwrap());
        }
        assert_eq!(mended, expected);
        assert!(whitespace(&mended).is_empty(), "{mended}");
    }

    #[test]
    fn white_space_is_mended_once_and_for_all() {
        mended(" a - (.*)", "a - (.*)");
        mended("^ a - (.*)", "^a - (.*)");
        mended("a - (.*) ", "a - (.*)");
        mended("a - (.*) $", "a - (.*)$");
        mended("a - (.*)$ \n", "a - (.*)$");
        mended("a  -\t(.*)", "a - (.*)");
        mended("a\\t- (.*)", "a - (.*)");
        mended("a - ([a  b]+)", "a - ([a  b]+)");
        mended(" ^ a - (.*) $ ", "^a - (.*)$");
        mended("", "");
        mended("  ", "");
    }
}
