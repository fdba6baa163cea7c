//! The constructs that are not portable, recognised by how they begin, and named in plain words.

/// What a named group is called.
pub(super) const NAMED: &str = "a named group";

/// The construct that `(?` and `kind` open, and the length of its opening (without `(?`) where
/// the content is to be read on; without a length the whole group is the construct.
pub(super) fn special_group(kind: &str) -> (&'static str, Option<usize>) {
    let opener = |close: char| kind.find(close).map(|end| end + 1);
    let mut characters = kind.chars();
    match (characters.next(), characters.next()) {
        (Some('=' | '!'), _) => ("look-ahead", None),
        (Some('<'), Some('=' | '!')) => ("look-behind", None),
        (Some('<'), _) | (Some('P'), Some('<')) => (NAMED, opener('>')),
        (Some('\''), _) => {
            let inner = kind.get(1..).unwrap_or_default();
            (NAMED, inner.find('\'').map(|end| end + 2))
        }
        (Some('P'), Some('=')) => ("a back-reference", None),
        (Some('>'), _) => ("an atomic group", None),
        (Some('#'), _) => ("a comment", None),
        (Some('('), _) => ("a conditional", None),
        (Some('|'), _) => ("a branch reset group", None),
        (Some('P' | '&' | 'R' | '0'..='9' | '+'), _) | (Some('-'), Some('0'..='9')) => {
            ("a recursion", None)
        }
        _ => {
            let flags = kind
                .find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '^')
                .unwrap_or(kind.len());
            let scoped = kind.get(flags..).is_some_and(|rest| rest.starts_with(':'));
            ("an inline flag", scoped.then_some(flags + 1))
        }
    }
}

/// The length of the first item of a class's content, and the construct that it is if it is not
/// portable.
pub(super) fn class_item(rest: &str, is_first: bool) -> (usize, Option<&'static str>) {
    if let Some(escaped) = rest.strip_prefix('\\') {
        let Some(letter) = escaped.chars().next() else {
            return (1, None);
        };
        let length = 1 + letter.len_utf8();
        let braces = escaped.get(letter.len_utf8()..).unwrap_or_default();
        return match escape_construct(letter) {
            Some(construct) if braces.starts_with('{') => {
                let end = braces.find('}').map_or(0, |end| end + 1);
                (length + end, Some(construct))
            }
            construct => (length, construct),
        };
    }
    for (start, close, construct) in [
        ("[:", ":]", "a POSIX class"),
        ("[.", ".]", "a POSIX collating symbol"),
        ("[=", "=]", "a POSIX equivalence class"),
    ] {
        let inner = rest.strip_prefix(start);
        if let Some(end) = inner.and_then(|inner| inner.find(close)) {
            return (end + 4, Some(construct));
        }
    }
    for operator in ["&&", "--", "~~"] {
        // `[a--]` and `[--z]` are no operators, yet only some dialects read them as ranges.
        if rest.starts_with(operator) {
            return (2, Some("a class operation"));
        }
    }
    if rest.starts_with('[') {
        return (1, Some("an unescaped `[` in a class"));
    }
    if is_first && rest.starts_with(']') {
        return (1, Some("a class that begins with `]`"));
    }
    (rest.chars().next().map_or(1, char::len_utf8), None)
}

/// The construct that a backslash and this letter make, if dialects differ on it.
pub(super) fn escape_construct(letter: char) -> Option<&'static str> {
    Some(match letter {
        'p' | 'P' | 'X' => "a Unicode class",
        '1'..='9' | 'k' | 'g' => "a back-reference",
        'b' | 'B' | '<' | '>' => "a word boundary",
        'A' | 'z' | 'Z' | 'G' => "an anchor other than `^` and `$`",
        'Q' | 'E' => "a quoted passage `\\Q…\\E`",
        'K' => "a reset of the match's start",
        'x' | 'u' | 'U' | 'o' | '0' | 'c' | 'N' => "a character written as a number or name",
        'a' | 'e' | 'v' | 'V' | 'h' | 'H' | 'R' | 'C' => "an escape of some dialects only",
        _ => return None,
    })
}

/// The length of `{n}`, `{n,}` or `{n,m}` at the start of the text.
pub(super) fn counted(rest: &str) -> Option<usize> {
    let end = rest.find('}')?;
    let (least, most) = {
        let inner = rest.get(1..end)?;
        inner.split_once(',').unwrap_or((inner, ""))
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most)).then_some(end + 1)
}

/// The end of the group that opens at `start`; the text's end for one that nothing closes.
pub(super) fn group_end(text: &str, start: usize) -> usize {
    let mut depth = 0usize;
    let mut class = false;
    let mut escaped = false;
    for (at, character) in text.get(start..).unwrap_or_default().char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => class = false,
            _ if class => {}
            '[' => class = true,
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return start + at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}
