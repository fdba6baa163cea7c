//! What is seen in the raw text of a mask: white space where a name has none, and constructs on
//! which regular expression dialects differ.
//!
//! Nobody outside Adobe knows which dialect Campaign reads masks with, so only what every common
//! one (PCRE, ECMAScript, Java, .NET, RE2, Rust) reads alike may be used. Several of the others
//! do not parse as the one dialect that this tool has, so they are found before it is parsed.

use std::ops::Range;
use std::sync::LazyLock;

use regex_automata::{Anchored, Input, meta::Regex};

use super::problems::{Problem, ProblemKind, Whitespace};
use crate::text::slice;

/// What a piece of a mask's text is.
#[derive(Clone, Copy)]
enum Token {
    /// Portable, or a mistake that the parser finds.
    Plain,
    /// White space, or an escape that stands for it.
    Blank,
    Start,
    End,
    DoublePlus,
    /// A construct that is not portable, by its name.
    Odd(&'static str),
}

use Token::{Blank, DoublePlus, End, Odd, Plain, Start};

/// Patterns, in the order in which they are tried; any other character is plain.
type Table = &'static [(&'static str, Token)];

const BESIDE_CLASSES: Table = &[
    (r"[ \t-\r]+|\\[tnrf]", Blank),
    (r"\^", Start),
    (r"\$", End),
    // Groups. A quantifier with nothing to repeat is a mistake that the parser finds.
    (r"(?:\(\?:|\|)(?:[*+?]|\{[0-9,]+\})*", Plain),
    (r"\(\?[=!]", Odd("look-ahead")),
    (r"\(\?<[=!]", Odd("look-behind")),
    (r"\(\?P=[ -(*-~]{0,40}\)?", Odd("a back-reference")),
    (r"\(\?P?<[ -=?-~]{0,40}>?", Odd("a named group")),
    (r"\(\?'[ -&(-~]{0,40}'?", Odd("a named group")),
    (r"\(\?>", Odd("an atomic group")),
    (r"\(\?#[^)]*\)?", Odd("a comment")),
    (r"\(\?\(", Odd("a conditional")),
    (r"\(\?\|", Odd("a branch reset group")),
    (
        r"\(\?(?:[PR&]|[+-]?[0-9])[ -(*-~]{0,40}\)?",
        Odd("a recursion"),
    ),
    (r"\(\?[A-Za-z^-]*[:)]?", Odd("an inline flag")),
    (r"\(\*[A-Z][ -(*-~]{0,40}\)", Odd("a control verb `(*…)`")),
    (r"\((?:[*+?]|\{[0-9,]+\})*", Plain),
    // Quantifiers.
    (r"\{,[0-9]*\}?", Odd("a repetition without a lower bound")),
    (r"\+\+", DoublePlus),
    (
        r"(?:[*+?]|\{[0-9]+,?[0-9]*\})\??\+",
        Odd("a possessive quantifier"),
    ),
    (
        r"(?:[*+?]|\{[0-9]+,?[0-9]*\})(?:\?[*?]|\*|\??\{[0-9]+,?[0-9]*\})",
        Odd("a quantifier of a quantifier"),
    ),
    // Classes.
    (r"\[\^?\]", Odd("a class that begins with `]`")),
    (r"\[\^?", Plain),
    (r"\\Q.*?(?:\\E|\z)", Odd(r"a quoted passage `\Q…\E`")),
];

const WITHIN_CLASS: Table = &[
    (r"\[:[ -Z^-~]{0,40}:\]", Odd("a POSIX class")),
    (r"\[\.[ -Z^-~]{0,40}\.\]", Odd("a POSIX collating symbol")),
    (r"\[=[ -Z^-~]{0,40}=\]", Odd("a POSIX equivalence class")),
    // `[a--]` and `[--z]` are no operators, yet only some dialects read them as ranges.
    (r"&&|--|~~", Odd("a class operation")),
    (r"\[", Odd("an unescaped `[` in a class")),
];

const ESCAPES: Table = &[
    (
        r"\\(?:X|[pP](?:\{[ -z]{0,40}\}|[A-Za-z])?)",
        Odd("a Unicode class"),
    ),
    (
        r"\\(?:[1-9][0-9]?|[kg](?:-?[0-9]{1,2}|\{[ -z]{0,40}\}|<[ -=?-~]{0,40}>|'[ -&(-~]{0,40}')?)",
        Odd("a back-reference"),
    ),
    (r"\\[bB<>](?:\{[ -z]{0,40}\})?", Odd("a word boundary")),
    (r"\\[AzZG]", Odd("an anchor other than `^` and `$`")),
    (r"\\[QE]", Odd(r"a quoted passage `\Q…\E`")),
    (r"\\K", Odd("a reset of the match's start")),
    (
        r"\\(?:[xuUoN]\{[ -z]{0,40}\}|x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|c.?|0[0-9]{0,2}|[oN])",
        Odd("a character written as a number or name"),
    ),
    (r"\\[aevVhHRC_]", Odd("an escape of some dialects only")),
    (r"\\.", Plain),
];

/// How often what stands before is to be there.
static REPETITION: LazyLock<regex::Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant, which tests compile")]
    regex::Regex::new(r"^(?:[*+?]|\{[0-9]+,?[0-9]*\})\??").expect("the pattern is right")
});

/// A table of patterns, compiled.
struct Scanner {
    regex: Regex,
    tokens: Vec<Token>,
}

impl Scanner {
    fn new(tables: &[Table]) -> Self {
        let rows = || tables.iter().copied().flatten();
        let patterns: Vec<_> = rows()
            .map(|(pattern, _)| format!("(?s:{pattern})"))
            .collect();
        #[expect(clippy::expect_used, reason = "the patterns are constants")]
        let regex = Regex::new_many(&patterns).expect("the patterns parse");
        Self {
            regex,
            tokens: rows().map(|(_, token)| *token).collect(),
        }
    }

    /// The token at a place, and its end.
    fn next(&self, text: &str, at: usize) -> (usize, Token) {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let found = self.regex.search(&input).and_then(|found| {
            let token = self.tokens.get(found.pattern().as_usize())?;
            Some((found.end(), *token))
        });
        found.unwrap_or_else(|| {
            let rest = slice(text, at..);
            (at + rest.chars().next().map_or(1, char::len_utf8), Plain)
        })
    }
}

/// Finds misplaced white space and constructs that are not portable, in order.
pub(super) fn scan(text: &str) -> Vec<Problem> {
    static BESIDE: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&[BESIDE_CLASSES, ESCAPES]));
    static WITHIN: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&[WITHIN_CLASS, ESCAPES]));
    let body = body(text);
    let mut found: Vec<Problem> = Vec::new();
    // How many problems had been found when the class opened in which the place is.
    let mut class = None;
    let (mut depth, mut has_group) = (0usize, false);
    let mut at = 0;
    while at < text.len() {
        let scanner = if class.is_some() { &WITHIN } else { &BESIDE };
        let (end, token) = scanner.next(text, at);
        let (before, after) = (&text[..at], &text[end..]);
        let (range, written) = (at..end, &text[at..end]);
        at = end;
        let construct = match token {
            Plain if written != "\\ " => None,
            Odd(construct) => Some(construct),
            Blank | Plain => {
                let is_start = before.ends_with('(') && !before.ends_with("\\(");
                let is_edge = is_start || after.trim_end_matches(['$', ' ']) == ")";
                found.extend(blank(text, &range, &body, is_edge));
                None
            }
            // White space at an end is a mistake of its own, and so is a choice between masks.
            Start => {
                let is_first = before.trim_start().is_empty();
                let is_anchor = is_first || (depth == 0 && before.ends_with('|'));
                (!is_anchor).then_some("`^` that is not at the start")
            }
            End => {
                let is_last = after.trim_end().is_empty();
                let is_anchor = is_last || (depth == 0 && after.starts_with('|'));
                (!is_anchor).then_some("`$` that is not at the end")
            }
            // At the end of a word of the prefix, as in `C++ - (.*)`, it is a name that was not
            // escaped; nobody writes a possessive quantifier there.
            DoublePlus => {
                let ends_word = before.ends_with(char::is_alphanumeric)
                    && !after.starts_with(|c: char| c.is_alphanumeric() || "+*?{".contains(c));
                let is_name = ends_word && !has_group && !after.is_empty();
                (!is_name).then_some("a possessive quantifier")
            }
        };
        let kind = construct.map(|construct| ProblemKind::NotPortable { construct });
        let opened = found.len();
        found.extend(kind.map(|kind| Problem::new(range, kind)));
        match written.as_bytes().first() {
            Some(b'\\') => {}
            Some(b']') if class.is_some() => class = None,
            _ if class.is_some() => {}
            Some(b'[') => class = Some(opened),
            _ => {
                has_group |= written.starts_with('(');
                depth += usize::from(written.starts_with('('));
                depth = depth.saturating_sub(usize::from(written.ends_with(')')));
            }
        }
    }
    if let Some(opened) = class {
        // The class is never closed: what looked odd in it is not the mistake.
        found.truncate(opened);
    }
    found
}

/// What is wrong with white space outside of classes. White space that is not ASCII is confusable
/// instead.
fn blank(text: &str, range: &Range<usize>, body: &Range<usize>, is_edge: bool) -> Option<Problem> {
    let written = slice(text, range.clone());
    let (before, behind) = (slice(text, ..range.start), slice(text, range.end..));
    // Few blanks are repeated, and only these need the pattern.
    let may_repeat = behind.starts_with(['*', '+', '?', '{']);
    let repetition = may_repeat.then(|| REPETITION.find(behind)).flatten();
    let repetition = repetition.map_or(0, |it| it.end());
    // At an edge it goes with the blank; elsewhere a single blank that is repeated is no literal text, which is said of it.
    if repetition > 0 && !is_edge && written.trim_start_matches('\\').len() == 1 {
        return None;
    }
    let is_escaped = written == "\\ ";
    let (place, replacement) = if is_edge {
        (Whitespace::Edge, "")
    } else if is_escaped && matches!(before, "" | "^") {
        (Whitespace::Leading, "")
    } else if is_escaped && (before.ends_with(' ') || behind.starts_with(' ')) {
        (Whitespace::Doubled, "")
    } else if is_escaped {
        return None;
    } else if written.starts_with('\\') {
        (Whitespace::Odd, " ")
    } else if range.end <= body.start {
        (Whitespace::Leading, "")
    } else if range.start >= body.end {
        (Whitespace::Trailing, "")
    } else if written.contains(|c| c != ' ') {
        (Whitespace::Odd, " ")
    } else if written.len() > 1 {
        (Whitespace::Doubled, " ")
    } else {
        return None;
    };
    Some(Problem {
        range: range.start..range.end + if is_edge { repetition } else { 0 },
        // Without white space that is all before the group, the mask would be a group alone.
        replacement: (place != Whitespace::Leading || !slice(text, body.start..).starts_with('('))
            .then(|| replacement.to_owned())
            .filter(|_| is_edge || repetition == 0),
        kind: ProblemKind::Whitespace(place),
    })
}

/// The bytes of a mask without the anchors at its ends, and without white space there and beside
/// them.
pub(super) fn body(text: &str) -> Range<usize> {
    let is_blank = |c: char| matches!(c, ' ' | '\t'..='\r');
    let rest = text.trim_start_matches(is_blank);
    let rest = rest.strip_prefix('^').unwrap_or(rest);
    let start = text.len() - rest.trim_start_matches(is_blank).len();
    let rest = text.trim_end_matches(is_blank);
    let rest = match rest.strip_suffix('$') {
        Some(shorter) if !ends_in_escape(shorter) => shorter,
        _ => rest,
    };
    start..rest.trim_end_matches(is_blank).len()
}

/// Whether what follows the text is escaped by a backslash at its end.
fn ends_in_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}
