//! Sentences laid out for a width.

use memchr::{memchr_iter, memchr3_iter};
use unicode_width::UnicodeWidthStr;

use super::slice;

/// The lines of a text, of at most `first` columns for the first one and `others` for the rest. Lines end at line feeds and
/// at blanks, but not at a blank between back-ticks. A word that is too wide has a line of its own.
pub fn lines(text: &str, first: usize, others: usize) -> Vec<&str> {
    let bytes = text.as_bytes();
    if bytes.len() <= first && text.is_ascii() && !bytes.contains(&b'\n') {
        return vec![text.trim_end_matches(' ')];
    }
    let is_paired = memchr_iter(b'`', bytes).count().is_multiple_of(2);
    let mut is_quoted = false;
    let mut lines = Vec::new();
    // The line so far, and its columns with the blanks behind it; where the word starts.
    let (mut line, mut columns, mut start) = (0..0, 0, 0);
    for at in memchr3_iter(b' ', b'\n', b'`', bytes).chain([bytes.len()]) {
        let byte = bytes.get(at).copied().unwrap_or(b'\n');
        is_quoted ^= byte == b'`' && is_paired;
        if byte == b'`' || (byte == b' ' && is_quoted) {
            continue;
        }
        let word = slice(text, start..at);
        let room = if lines.is_empty() { first } else { others };
        let width = if word.is_ascii() {
            word.len()
        } else {
            word.width()
        };
        if !line.is_empty() && columns + width > room {
            lines.push(slice(text, line));
            (line, columns) = (start..start, 0);
        }
        if !word.is_empty() {
            line.end = at;
        }
        columns += width + 1;
        start = at + 1;
        if byte == b'\n' {
            lines.push(slice(text, line));
            (line, columns) = (start..start, 0);
        }
    }
    lines
}

/// A sentence in [`lines`] of at most `width` columns, each after `indentation`. Ends with a line end.
pub fn wrap(sentence: &str, indentation: &str, width: usize) -> String {
    let room = width.saturating_sub(indentation.width()).max(20);
    let lines = lines(sentence, room, room);
    lines
        .iter()
        .map(|line| format!("{indentation}{line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(
            super::wrap("one two three four five six", "  ", 22),
            "  one two three four\n  five six\n"
        );
        assert_eq!(super::wrap("", "  ", 22), "  \n");
        assert_eq!(
            super::wrap("run `three words here` then", "", 20),
            "run\n`three words here`\nthen\n"
        );
    }

    #[test]
    fn the_first_line_has_its_own_room() {
        let lines = |text| super::lines(text, 6, 9);
        assert_eq!(lines("one two three four"), ["one", "two three", "four"]);
        assert_eq!(lines("one\ntwo three"), ["one", "two three"]);
        assert_eq!(lines("overlong `a b` c"), ["overlong", "`a b` c"]);
        assert_eq!(lines("ab ` cd ef"), ["ab `", "cd ef"]);
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("äöü äöü äöü äöü"), ["äöü", "äöü äöü", "äöü"]);
    }
}
