//! Characters that look like others: odd spaces, zero-width characters, typographic dashes and
//! quotes, full-width forms, and Cyrillic or Greek letters in a word with Latin ones.
//!
//! IMS compares names character by character, so each of these is a name that nobody can type.

use super::{show, slice};
use std::{collections::HashMap, ops::Range, sync::LazyLock};

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
    pub replacement: String,
    /// Whether the replacement cannot change what was meant: true for spaces and zero-width
    /// characters only.
    pub safe: bool,
}

/// What is known of a character: what it looks like, if it is no ASCII character, what to write instead, and its name.
type Entry = (Option<Kind>, &'static str, &'static str);

static TABLE: LazyLock<HashMap<char, Entry>> = LazyLock::new(|| {
    let lines = include_str!("lookalike.txt").lines();
    lines.filter_map(entry).collect()
});

fn entry(line: &'static str) -> Option<(char, Entry)> {
    let (start, name) = line.rsplit_once("` ")?;
    let (start, replacement) = start.split_once('`')?;
    let (code, kind) = start.trim_end().split_once(' ')?;
    let character = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    let kind = match kind {
        "space" => Some(Kind::Space),
        "zerowidth" => Some(Kind::ZeroWidth),
        "dash" => Some(Kind::Dash),
        "quote" => Some(Kind::Quote),
        "letter" => Some(Kind::Letter),
        _ => None,
    };
    Some((character, (kind, replacement, name)))
}

/// Finds the confusable characters of `text`, in order.
///
/// An odd space beside other white space or at either end of the text is replaced by nothing, so
/// that the replacement does not make white space that has to be mended in turn.
pub fn find(text: &str) -> Vec<Confusable> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: Vec<Confusable> = Vec::new();
    let mut word_is_latin = begins_latin_word(text);
    let mut follows_solid = false;
    for (at, character) in text.char_indices() {
        let range = at..at + character.len_utf8();
        if !is_word(character) {
            word_is_latin = begins_latin_word(slice(text, range.end..));
        }
        let is_plain = matches!(character, ' '..='~');
        let looks = (!is_plain).then(|| looks_like(character)).flatten();
        let has_width = looks
            .as_ref()
            .is_none_or(|looks| looks.0 != Kind::ZeroWidth);
        if let Some((kind, replacement)) = looks
            && (kind != Kind::Letter || word_is_latin)
        {
            // Of a run of odd spaces the first becomes the space between the words.
            let is_left_out = kind == Kind::Space && !follows_solid;
            found.push(Confusable {
                range,
                found: character,
                kind,
                name: describe(character),
                replacement: if is_left_out {
                    String::new()
                } else {
                    replacement
                },
                safe: matches!(kind, Kind::Space | Kind::ZeroWidth),
            });
        }
        if has_width {
            follows_solid = !character.is_whitespace();
        }
    }
    leave_out_spaces_before_space(text, &mut found);
    found
}

/// Replaces an odd space by nothing where, but for characters that will be left out, white space or the end of the text follows.
fn leave_out_spaces_before_space(text: &str, found: &mut [Confusable]) {
    let mut next = (text.len(), false);
    for confusable in found.iter_mut().rev().filter(|found| found.safe) {
        let Range { start, end } = confusable.range;
        let is_solid = if next.0 == end {
            next.1
        } else {
            let after = slice(text, end..);
            after.starts_with(|character: char| !character.is_whitespace())
        };
        if confusable.kind == Kind::Space && !is_solid {
            confusable.replacement.clear();
        }
        next = (start, is_solid);
    }
}

/// The code point and, for the characters that people mix up, the name: `U+2013 EN DASH`,
/// `U+002D HYPHEN-MINUS`, but only `U+4E2D` for a character outside the table.
pub fn describe(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    let name = match full_width(character) {
        Some(plain) => name(plain).map(|plain| format!("FULLWIDTH {plain}")),
        None => name(character),
    };
    name.map_or(code.clone(), |name| format!("{code} {name}"))
}

fn name(character: char) -> Option<String> {
    match character {
        'a'..='z' => Some(format!(
            "LATIN SMALL LETTER {}",
            character.to_ascii_uppercase()
        )),
        'A'..='Z' => Some(format!("LATIN CAPITAL LETTER {character}")),
        _ => TABLE.get(&character).map(|(_, _, name)| (*name).to_owned()),
    }
}

/// What a character is read as, where that is another one; nothing for one without width.
pub fn plain(character: char) -> Option<String> {
    looks_like(character).map(|(_, plain)| plain)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether a text begins with a word that has a Latin letter.
fn begins_latin_word(text: &str) -> bool {
    text.chars()
        .take_while(|character| is_word(*character))
        .any(|character| {
            character.is_ascii_alphabetic() || matches!(character, '\u{C0}'..='\u{24F}')
        })
}

/// The ASCII character that a full-width form is of.
pub fn full_width(character: char) -> Option<char> {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0),
        _ => None,
    }
}

/// What a character looks like, and what to write instead.
fn looks_like(character: char) -> Option<(Kind, String)> {
    if let Some(plain) = full_width(character) {
        return Some((Kind::FullWidth, plain.to_string()));
    }
    // What nobody sees is in no name. Unicode has it among the letters and symbols.
    let is_unseen = || show::is_hidden(character) || character == '\u{2800}';
    match TABLE.get(&character) {
        Some((kind, replacement, _)) => Some(((*kind)?, (*replacement).to_owned())),
        None => is_unseen().then(|| (Kind::ZeroWidth, String::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    /// What is found in a text, and the text with all of it replaced.
    fn told(input: &str) -> Vec<String> {
        let mut text: String = serde_json::from_str(input).unwrap();
        let found = find(&text);
        let line = |it: &Confusable| {
            let safely = if it.safe { " safely" } else { "" };
            format!("{} {:?} -> {:?}{safely}", it.name, it.range, it.replacement)
        };
        let mut told: Vec<String> = found.iter().map(line).collect();
        for it in found.into_iter().rev() {
            text.replace_range(it.range, &it.replacement);
        }
        told.push(format!("{text:?}"));
        told
    }

    #[test]
    fn lookalikes_are_found_as_the_table_says() {
        table::check("lookalikes", told);
    }

    #[test]
    fn each_line_of_the_table_is_an_entry() {
        let lines = include_str!("lookalike.txt").lines();
        assert_eq!(
            lines.filter(|line| !line.starts_with('#')).count(),
            TABLE.len()
        );
        let ascii = TABLE.iter().filter(|(_, entry)| entry.0.is_none());
        assert!(ascii.clone().all(|(character, _)| character.is_ascii()));
        assert_eq!((TABLE.len(), ascii.count()), (155, 46));
    }

    #[test]
    fn an_unlisted_character_is_described_by_its_code_point() {
        assert_eq!(describe('中'), "U+4E2D");
        assert_eq!(describe('-'), "U+002D HYPHEN-MINUS");
    }
}
