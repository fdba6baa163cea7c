//! Sentences laid out for a width.

use unicode_width::UnicodeWidthStr;

use super::slice;

/// The lines of a text, of at most `first` columns for the first one and `others` for the rest. Lines end at line feeds and
/// at blanks, but not at a blank between back-ticks. A word that is too wide has a line of its own.
pub fn lines(text: &str, first: usize, others: usize) -> Vec<&str> {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let mut is_quoted = false;
    let words = text.split_inclusive(|character| {
        is_quoted ^= character == '`' && is_paired;
        character == '\n' || (character == ' ' && !is_quoted)
    });
    let mut lines = Vec::new();
    // The line so far, and its columns with the blanks behind it.
    let (mut line, mut columns) = (0..0, 0);
    let mut at = 0;
    for piece in words {
        let word = piece.strip_suffix([' ', '\n']).unwrap_or(piece);
        let room = if lines.is_empty() { first } else { others };
        let width = word.width();
        if !line.is_empty() && columns + width > room {
            lines.push(slice(text, line));
            (line, columns) = (at..at, 0);
        }
        line.end = at + word.len();
        columns += width + 1;
        at += piece.len();
        if piece.ends_with('\n') {
            lines.push(slice(text, line));
            (line, columns) = (at..at, 0);
        }
    }
    lines.push(slice(text, line));
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
