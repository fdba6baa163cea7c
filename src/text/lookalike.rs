//! Characters that look like others: odd spaces, zero-width characters, typographic dashes and
//! quotes, full-width forms, and Cyrillic or Greek letters in a word with Latin ones.
//!
//! IMS compares names character by character, so each of these is a name that nobody can type.

mod tables;

use std::ops::Range;

use tables::{ASCII, DIGITS, LETTERS, PRINTABLE, TABLE};

/// What a confusable character looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A no-break space or another space than U+0020.
    Space,
    /// A character without width.
    ZeroWidth,
    /// A dash that is not `-`.
    Dash,
    /// A quotation mark that is neither `'` nor `"`.
    Quote,
    /// A full-width form of an ASCII character.
    FullWidth,
    /// A Cyrillic or Greek letter in a word that also has Latin letters.
    Letter,
}

/// One character of a text that looks like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusable {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The character itself.
    pub found: char,
    /// What it looks like.
    pub kind: Kind,
    /// Its code point and name, such as `U+2013 EN DASH`.
    pub name: String,
    /// What to write instead; empty for a character to leave out.
    pub replacement: &'static str,
    /// Whether the replacement cannot change what was meant: true for spaces and zero-width
    /// characters only.
    pub safe: bool,
}

/// Finds the confusable characters of `text`, in order.
///
/// An odd space beside other white space or at either end of the text is replaced by nothing, so
/// that the replacement does not make white space that has to be mended in turn.
pub fn find(text: &str) -> Vec<Confusable> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut word_start = 0;
    let mut word_is_latin = word_at(text, 0);
    for (at, character) in text.char_indices() {
        if !is_word(character) {
            word_start = at + character.len_utf8();
            word_is_latin = word_at(text, word_start);
        }
        let Some((kind, replacement)) = classify(character) else {
            continue;
        };
        if kind == Kind::Letter && !(word_is_latin && word_start <= at) {
            continue;
        }
        let end = at + character.len_utf8();
        let replacement = if kind == Kind::Space && !stands_alone(text, at, end) {
            ""
        } else {
            replacement
        };
        found.push(Confusable {
            range: at..end,
            found: character,
            kind,
            name: describe(character),
            replacement,
            safe: matches!(kind, Kind::Space | Kind::ZeroWidth),
        });
    }
    found
}

/// The code point and, for the characters that people mix up, the name: `U+2013 EN DASH`,
/// `U+002D HYPHEN-MINUS`, but only `U+4E2D` for a character outside the tables.
pub fn describe(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    match name(character) {
        Some(name) => format!("{code} {name}"),
        None => code,
    }
}

/// The Unicode name of a character, where the tables here have it.
pub fn name(character: char) -> Option<String> {
    let given = |name: &str| Some(name.to_owned());
    if let Some(entry) = TABLE.iter().find(|entry| entry.0 == character) {
        return given(entry.1);
    }
    if let Some(entry) = LETTERS.iter().find(|entry| entry.0 == character) {
        return given(entry.1);
    }
    if let Some(plain) = full_width(character) {
        return Some(format!("FULLWIDTH {}", ascii_name(plain)?));
    }
    ascii_name(character)
}

fn ascii_name(character: char) -> Option<String> {
    Some(match character {
        'a'..='z' => format!("LATIN SMALL LETTER {}", character.to_ascii_uppercase()),
        'A'..='Z' => format!("LATIN CAPITAL LETTER {character}"),
        '0'..='9' => {
            let digit = usize::try_from(character.to_digit(10)?).ok()?;
            format!("DIGIT {}", DIGITS.get(digit)?)
        }
        _ => ASCII
            .iter()
            .find(|entry| entry.0 == character)?
            .1
            .to_owned(),
    })
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether the word that starts at `start` has a Latin letter.
fn word_at(text: &str, start: usize) -> bool {
    text.get(start..).is_some_and(|rest| {
        rest.chars()
            .take_while(|c| is_word(*c))
            .any(|c| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}'))
    })
}

/// Whether the odd space at `start..end` is the one to keep between two words: nothing but
/// characters that will be left out lies between it and them.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is = |c: char, kind: Kind| classify(c).is_some_and(|found| found.0 == kind);
    let solid = |neighbour: Option<char>| neighbour.is_some_and(|c| !c.is_whitespace());
    let before = text
        .get(..start)
        .unwrap_or_default()
        .trim_end_matches(|c| is(c, Kind::ZeroWidth));
    // Of a run of odd spaces the first becomes the space between the words. The others are done here, before the run is passed once more.
    if !solid(before.chars().next_back()) {
        return false;
    }
    let after = text
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches(|c| is(c, Kind::ZeroWidth) || is(c, Kind::Space));
    solid(after.chars().next())
}

fn full_width(character: char) -> Option<char> {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0),
        _ => None,
    }
}

fn classify(character: char) -> Option<(Kind, &'static str)> {
    if character.is_ascii() {
        return None;
    }
    if let Some(plain) = full_width(character) {
        let at = usize::try_from(u32::from(plain) - 0x21).ok()?;
        return Some((Kind::FullWidth, PRINTABLE.get(at..=at)?));
    }
    if let Some(entry) = TABLE.iter().find(|entry| entry.0 == character) {
        return Some((entry.2, entry.3));
    }
    let entry = LETTERS.iter().find(|entry| entry.0 == character)?;
    Some((Kind::Letter, entry.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> String {
        let mut text = text.to_owned();
        for found in find(&text).into_iter().rev() {
            text.replace_range(found.range, found.replacement);
        }
        text
    }

    #[test]
    fn a_dash_is_named_and_its_replacement_is_not_safe() {
        let found = find("Campaign \u{2013} contoso");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].range, 9..12);
        assert_eq!(found[0].name, "U+2013 EN DASH");
        assert_eq!((found[0].replacement, found[0].safe), ("-", false));
    }

    #[test]
    fn odd_spaces_never_leave_doubled_white_space() {
        assert_eq!(replaced("a\u{A0}b"), "a b");
        assert_eq!(replaced("a \u{A0}b"), "a b");
        assert_eq!(replaced("a\u{A0} b"), "a b");
        assert_eq!(replaced("a\u{A0}\u{2003}b"), "a b");
        assert_eq!(replaced("\u{A0}a\u{A0}"), "a");
        assert_eq!(replaced("a\u{200B}b"), "ab");
    }

    #[test]
    fn letters_count_only_beside_latin_ones() {
        assert!(find("Кампания Москва").is_empty());
        assert!(find("Δ and Ω").is_empty());
        assert_eq!(replaced("C\u{430}mpaign"), "Campaign");
        assert_eq!(replaced("\u{430}dmin"), "admin");
        assert!(find("Größe café").is_empty());
    }

    #[test]
    fn full_width_forms_have_names_and_replacements() {
        let found = find("Ａ１－");
        let names: Vec<_> = found.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "U+FF21 FULLWIDTH LATIN CAPITAL LETTER A",
                "U+FF11 FULLWIDTH DIGIT ONE",
                "U+FF0D FULLWIDTH HYPHEN-MINUS"
            ]
        );
        assert_eq!(replaced("Ａ１－～"), "A1-~");
    }

    #[test]
    fn an_unlisted_character_is_described_by_its_code_point() {
        assert_eq!(describe('中'), "U+4E2D");
        assert_eq!(describe('-'), "U+002D HYPHEN-MINUS");
    }
}
