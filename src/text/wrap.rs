//! Sentences laid out for a width.

use unicode_width::UnicodeWidthStr;

/// A sentence in lines of at most `width` columns, each after `indentation`, broken at blanks only, and never within back-ticks.
/// Ends with a line end.
pub fn wrap(sentence: &str, indentation: &str, width: usize) -> String {
    let room = width.saturating_sub(indentation.width()).max(20);
    let mut text = String::new();
    let mut line = String::new();
    for word in words(sentence) {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            text.push_str(&format!("{indentation}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    text.push_str(&format!("{indentation}{line}\n"));
    text
}

/// The words of a sentence; what stands in back-ticks is one.
fn words(sentence: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in sentence.split(' ') {
        match words.last_mut().filter(|_| is_open) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => words.push(word.to_owned()),
        }
        is_open ^= word.matches('`').count() % 2 == 1;
    }
    words
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
