//! Sentences laid out for a width.

use unicode_width::UnicodeWidthStr;

/// Stands for a blank at which no line breaks. It is no character, and never shown.
pub const GLUE: &str = "\u{fdd0}";

/// A sentence in lines of at most `width` columns, each after `indentation`, broken at blanks only, and never within back-ticks.
/// Ends with a line end.
pub fn wrap(sentence: &str, indentation: &str, width: usize) -> String {
    let room = width.saturating_sub(indentation.width()).max(20);
    let mut text = String::new();
    let mut line = String::new();
    for word in glued(sentence).split(' ') {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            text.push_str(&format!("{indentation}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text.push_str(&format!("{indentation}{line}\n"));
    text.replace(GLUE, " ")
}

/// A text whose lines do not break between back-ticks.
pub fn glued(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text.to_owned();
    }
    let parts = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match index % 2 {
            0 => (*part).to_owned(),
            _ => part.replace(' ', GLUE),
        });
    parts.collect::<Vec<_>>().join("`")
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
}
