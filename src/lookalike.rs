//! Characters that look like others: odd spaces, zero-width characters, typographic dashes and
//! quotes, full-width forms, and Cyrillic or Greek letters in a word with Latin ones.
//!
//! IMS compares names character by character, so each of these is a name that nobody can type.

use std::ops::Range;

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
    // Of a run of odd spaces the first becomes the space between the words.
    let after = text
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches(|c| is(c, Kind::ZeroWidth) || is(c, Kind::Space));
    solid(before.chars().next_back()) && solid(after.chars().next())
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

const PRINTABLE: &str = r##"!"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~"##;

const DIGITS: [&str; 10] = [
    "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE",
];

const ASCII: &[(char, &str)] = &[
    ('\t', "TAB"),
    ('\n', "LINE FEED"),
    ('\r', "CARRIAGE RETURN"),
    (' ', "SPACE"),
    ('!', "EXCLAMATION MARK"),
    ('"', "QUOTATION MARK"),
    ('#', "NUMBER SIGN"),
    ('$', "DOLLAR SIGN"),
    ('%', "PERCENT SIGN"),
    ('&', "AMPERSAND"),
    ('\'', "APOSTROPHE"),
    ('(', "LEFT PARENTHESIS"),
    (')', "RIGHT PARENTHESIS"),
    ('*', "ASTERISK"),
    ('+', "PLUS SIGN"),
    (',', "COMMA"),
    ('-', "HYPHEN-MINUS"),
    ('.', "FULL STOP"),
    ('/', "SOLIDUS"),
    (':', "COLON"),
    (';', "SEMICOLON"),
    ('<', "LESS-THAN SIGN"),
    ('=', "EQUALS SIGN"),
    ('>', "GREATER-THAN SIGN"),
    ('?', "QUESTION MARK"),
    ('@', "COMMERCIAL AT"),
    ('[', "LEFT SQUARE BRACKET"),
    ('\\', "REVERSE SOLIDUS"),
    (']', "RIGHT SQUARE BRACKET"),
    ('^', "CIRCUMFLEX ACCENT"),
    ('_', "LOW LINE"),
    ('`', "GRAVE ACCENT"),
    ('{', "LEFT CURLY BRACKET"),
    ('|', "VERTICAL LINE"),
    ('}', "RIGHT CURLY BRACKET"),
    ('~', "TILDE"),
];

const TABLE: &[(char, &str, Kind, &str)] = &[
    ('\u{A0}', "NO-BREAK SPACE", Kind::Space, " "),
    ('\u{1680}', "OGHAM SPACE MARK", Kind::Space, " "),
    ('\u{2000}', "EN QUAD", Kind::Space, " "),
    ('\u{2001}', "EM QUAD", Kind::Space, " "),
    ('\u{2002}', "EN SPACE", Kind::Space, " "),
    ('\u{2003}', "EM SPACE", Kind::Space, " "),
    ('\u{2004}', "THREE-PER-EM SPACE", Kind::Space, " "),
    ('\u{2005}', "FOUR-PER-EM SPACE", Kind::Space, " "),
    ('\u{2006}', "SIX-PER-EM SPACE", Kind::Space, " "),
    ('\u{2007}', "FIGURE SPACE", Kind::Space, " "),
    ('\u{2008}', "PUNCTUATION SPACE", Kind::Space, " "),
    ('\u{2009}', "THIN SPACE", Kind::Space, " "),
    ('\u{200A}', "HAIR SPACE", Kind::Space, " "),
    ('\u{2028}', "LINE SEPARATOR", Kind::Space, " "),
    ('\u{2029}', "PARAGRAPH SEPARATOR", Kind::Space, " "),
    ('\u{202F}', "NARROW NO-BREAK SPACE", Kind::Space, " "),
    ('\u{205F}', "MEDIUM MATHEMATICAL SPACE", Kind::Space, " "),
    ('\u{3000}', "IDEOGRAPHIC SPACE", Kind::Space, " "),
    ('\u{AD}', "SOFT HYPHEN", Kind::ZeroWidth, ""),
    ('\u{34F}', "COMBINING GRAPHEME JOINER", Kind::ZeroWidth, ""),
    ('\u{180E}', "MONGOLIAN VOWEL SEPARATOR", Kind::ZeroWidth, ""),
    ('\u{200B}', "ZERO WIDTH SPACE", Kind::ZeroWidth, ""),
    ('\u{200C}', "ZERO WIDTH NON-JOINER", Kind::ZeroWidth, ""),
    ('\u{200D}', "ZERO WIDTH JOINER", Kind::ZeroWidth, ""),
    ('\u{2060}', "WORD JOINER", Kind::ZeroWidth, ""),
    ('\u{FEFF}', "ZERO WIDTH NO-BREAK SPACE", Kind::ZeroWidth, ""),
    ('\u{2010}', "HYPHEN", Kind::Dash, "-"),
    ('\u{2011}', "NON-BREAKING HYPHEN", Kind::Dash, "-"),
    ('\u{2012}', "FIGURE DASH", Kind::Dash, "-"),
    ('\u{2013}', "EN DASH", Kind::Dash, "-"),
    ('\u{2014}', "EM DASH", Kind::Dash, "-"),
    ('\u{2015}', "HORIZONTAL BAR", Kind::Dash, "-"),
    ('\u{2043}', "HYPHEN BULLET", Kind::Dash, "-"),
    ('\u{2212}', "MINUS SIGN", Kind::Dash, "-"),
    ('\u{FE58}', "SMALL EM DASH", Kind::Dash, "-"),
    ('\u{FE63}', "SMALL HYPHEN-MINUS", Kind::Dash, "-"),
    (
        '\u{AB}',
        "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK",
        Kind::Quote,
        "\"",
    ),
    (
        '\u{BB}',
        "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK",
        Kind::Quote,
        "\"",
    ),
    ('\u{2018}', "LEFT SINGLE QUOTATION MARK", Kind::Quote, "'"),
    ('\u{2019}', "RIGHT SINGLE QUOTATION MARK", Kind::Quote, "'"),
    ('\u{201A}', "SINGLE LOW-9 QUOTATION MARK", Kind::Quote, "'"),
    (
        '\u{201B}',
        "SINGLE HIGH-REVERSED-9 QUOTATION MARK",
        Kind::Quote,
        "'",
    ),
    ('\u{201C}', "LEFT DOUBLE QUOTATION MARK", Kind::Quote, "\""),
    ('\u{201D}', "RIGHT DOUBLE QUOTATION MARK", Kind::Quote, "\""),
    ('\u{201E}', "DOUBLE LOW-9 QUOTATION MARK", Kind::Quote, "\""),
    (
        '\u{201F}',
        "DOUBLE HIGH-REVERSED-9 QUOTATION MARK",
        Kind::Quote,
        "\"",
    ),
    ('\u{2032}', "PRIME", Kind::Quote, "'"),
    ('\u{2033}', "DOUBLE PRIME", Kind::Quote, "\""),
    (
        '\u{2039}',
        "SINGLE LEFT-POINTING ANGLE QUOTATION MARK",
        Kind::Quote,
        "'",
    ),
    (
        '\u{203A}',
        "SINGLE RIGHT-POINTING ANGLE QUOTATION MARK",
        Kind::Quote,
        "'",
    ),
];

const LETTERS: &[(char, &str, &str)] = &[
    ('\u{410}', "CYRILLIC CAPITAL LETTER A", "A"),
    ('\u{412}', "CYRILLIC CAPITAL LETTER VE", "B"),
    ('\u{415}', "CYRILLIC CAPITAL LETTER IE", "E"),
    ('\u{405}', "CYRILLIC CAPITAL LETTER DZE", "S"),
    (
        '\u{406}',
        "CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I",
        "I",
    ),
    ('\u{407}', "CYRILLIC CAPITAL LETTER YI", "I"),
    ('\u{408}', "CYRILLIC CAPITAL LETTER JE", "J"),
    ('\u{41A}', "CYRILLIC CAPITAL LETTER KA", "K"),
    ('\u{41C}', "CYRILLIC CAPITAL LETTER EM", "M"),
    ('\u{41D}', "CYRILLIC CAPITAL LETTER EN", "H"),
    ('\u{41E}', "CYRILLIC CAPITAL LETTER O", "O"),
    ('\u{420}', "CYRILLIC CAPITAL LETTER ER", "P"),
    ('\u{421}', "CYRILLIC CAPITAL LETTER ES", "C"),
    ('\u{422}', "CYRILLIC CAPITAL LETTER TE", "T"),
    ('\u{423}', "CYRILLIC CAPITAL LETTER U", "Y"),
    ('\u{425}', "CYRILLIC CAPITAL LETTER HA", "X"),
    ('\u{4C0}', "CYRILLIC LETTER PALOCHKA", "I"),
    ('\u{430}', "CYRILLIC SMALL LETTER A", "a"),
    ('\u{435}', "CYRILLIC SMALL LETTER IE", "e"),
    ('\u{43E}', "CYRILLIC SMALL LETTER O", "o"),
    ('\u{440}', "CYRILLIC SMALL LETTER ER", "p"),
    ('\u{441}', "CYRILLIC SMALL LETTER ES", "c"),
    ('\u{443}', "CYRILLIC SMALL LETTER U", "y"),
    ('\u{445}', "CYRILLIC SMALL LETTER HA", "x"),
    ('\u{455}', "CYRILLIC SMALL LETTER DZE", "s"),
    (
        '\u{456}',
        "CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I",
        "i",
    ),
    ('\u{457}', "CYRILLIC SMALL LETTER YI", "i"),
    ('\u{458}', "CYRILLIC SMALL LETTER JE", "j"),
    ('\u{4BB}', "CYRILLIC SMALL LETTER SHHA", "h"),
    ('\u{501}', "CYRILLIC SMALL LETTER KOMI DE", "d"),
    ('\u{51B}', "CYRILLIC SMALL LETTER QA", "q"),
    ('\u{51D}', "CYRILLIC SMALL LETTER WE", "w"),
    ('\u{391}', "GREEK CAPITAL LETTER ALPHA", "A"),
    ('\u{392}', "GREEK CAPITAL LETTER BETA", "B"),
    ('\u{395}', "GREEK CAPITAL LETTER EPSILON", "E"),
    ('\u{396}', "GREEK CAPITAL LETTER ZETA", "Z"),
    ('\u{397}', "GREEK CAPITAL LETTER ETA", "H"),
    ('\u{399}', "GREEK CAPITAL LETTER IOTA", "I"),
    ('\u{39A}', "GREEK CAPITAL LETTER KAPPA", "K"),
    ('\u{39C}', "GREEK CAPITAL LETTER MU", "M"),
    ('\u{39D}', "GREEK CAPITAL LETTER NU", "N"),
    ('\u{39F}', "GREEK CAPITAL LETTER OMICRON", "O"),
    ('\u{3A1}', "GREEK CAPITAL LETTER RHO", "P"),
    ('\u{3A4}', "GREEK CAPITAL LETTER TAU", "T"),
    ('\u{3A5}', "GREEK CAPITAL LETTER UPSILON", "Y"),
    ('\u{3A7}', "GREEK CAPITAL LETTER CHI", "X"),
    ('\u{3B1}', "GREEK SMALL LETTER ALPHA", "a"),
    ('\u{3B5}', "GREEK SMALL LETTER EPSILON", "e"),
    ('\u{3B9}', "GREEK SMALL LETTER IOTA", "i"),
    ('\u{3BA}', "GREEK SMALL LETTER KAPPA", "k"),
    ('\u{3BD}', "GREEK SMALL LETTER NU", "v"),
    ('\u{3BF}', "GREEK SMALL LETTER OMICRON", "o"),
    ('\u{3C1}', "GREEK SMALL LETTER RHO", "p"),
    ('\u{3C5}', "GREEK SMALL LETTER UPSILON", "u"),
    ('\u{3C7}', "GREEK SMALL LETTER CHI", "x"),
    ('\u{3F2}', "GREEK LUNATE SIGMA SYMBOL", "c"),
    ('\u{3F3}', "GREEK LETTER YOT", "j"),
];

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
