//! Two texts that should be equal: where they part, and with which characters.

use crate::{text::lookalike, text::show};

/// The first place where a text is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting {
    /// How many characters are equal before it.
    pub index: usize,
    /// The character that is due there; none where the text should have ended.
    pub wanted: Option<char>,
    /// The character that stands there; none where the text ends.
    pub found: Option<char>,
}

/// Where `found` parts from `wanted`; nothing where they are equal.
pub fn parting(wanted: &str, found: &str) -> Option<Parting> {
    let (mut left, mut right) = (wanted.chars(), found.chars());
    let mut index = 0;
    loop {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (wanted, found) if wanted != found => {
                return Some(Parting {
                    index,
                    wanted,
                    found,
                });
            }
            _ => index += 1,
        }
    }
}

impl Parting {
    /// "character 10 is `–` (U+2013 EN DASH), not `-` (U+002D HYPHEN-MINUS)".
    pub fn in_words(&self) -> String {
        let place = self.index + 1;
        match (self.found, self.wanted) {
            (Some(found), Some(wanted)) => {
                format!(
                    "character {place} is {}, not {}",
                    quoted(found),
                    quoted(wanted)
                )
            }
            (Some(found), None) => format!(
                "character {place} is {}, where it should end",
                quoted(found)
            ),
            (None, Some(wanted)) => format!(
                "it ends where character {place}, {}, is due",
                quoted(wanted)
            ),
            (None, None) => String::new(),
        }
    }
}

/// A character with its code point and, where it is known, its name; alone where nobody could mistake it.
pub fn quoted(character: char) -> String {
    match character.is_ascii_alphanumeric() {
        true => format!("`{character}`"),
        false => described(character),
    }
}

/// A character with its code point and, where it is known, its name; without itself where it cannot be seen.
pub fn described(character: char) -> String {
    let described = lookalike::describe(character);
    match show::is_hidden(character) {
        true => described,
        false => format!("`{character}` ({described})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_part_at_a_character() {
        assert_eq!(parting("a", "a"), None);
        let words = |wanted, found| parting(wanted, found).unwrap().in_words();
        assert_eq!(
            words("é - x", "é – x"),
            "character 3 is `–` (U+2013 EN DASH), not `-` (U+002D HYPHEN-MINUS)"
        );
        assert_eq!(words("ab", "a"), "it ends where character 2, `b`, is due");
        assert_eq!(
            words("a", "a\u{200b}"),
            "character 2 is U+200B ZERO WIDTH SPACE, where it should end"
        );
    }
}
