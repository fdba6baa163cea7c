//! Strings written as YAML scalars.

use std::sync::LazyLock;

use regex::Regex;

use super::core;

/// What YAML 1.1 takes for a boolean, a number, a date or a default, and YAML 1.2 for a string.
static OLD_WORD: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant; a test reads it")]
    Regex::new(r"(?i)^(?:y|n|yes|no|on|off|=|[-+.0-9][-+.:_0-9a-fotxz ]*)$").expect("a pattern")
});

/// A string as a scalar for a new YAML text, on one line: plain where no reader could take it for something else, else in
/// single quotes, else in double quotes. It fits block and flow, key and value. What YAML 1.1 takes for a boolean, a number
/// or a date (`no`, `on`, `1_000`, `2001-01-01`) gets quotes too.
pub fn scalar(text: &str) -> String {
    match is_plain(text, true) && !OLD_WORD.is_match(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// In single quotes where they can carry the text, else in double quotes.
pub(super) fn quoted(text: &str) -> String {
    match is_single(text) {
        true => format!("'{}'", single(text)),
        false => format!("\"{}\"", double(text)),
    }
}

/// The text within single quotes.
pub(super) fn single(text: &str) -> String {
    text.replace('\'', "''")
}

/// The text within double quotes.
pub(super) fn double(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '"' | '\\' => format!("\\{character}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if is_printable(character) => character.to_string(),
        _ => format!("\\u{:04X}", u32::from(character)),
    });
    escaped.collect()
}

/// Whether single quotes can carry a text on one line.
pub(super) fn is_single(text: &str) -> bool {
    text.chars().all(is_printable)
}

/// Whether a text reads as the same string without quotes, within brackets or outside of them.
pub(super) fn is_plain(text: &str, in_brackets: bool) -> bool {
    let is_closed_by = || text.contains([',', '[', ']', '{', '}']) || text.starts_with(['?', ':']);
    let written = serde_yaml::to_string(text).unwrap_or_default();
    written.strip_suffix('\n') == Some(text)
        && text != "<<"
        && core::resolve(text).is_none()
        && !(in_brackets && is_closed_by())
}

/// What may stand in a line unescaped, without surprises for any reader. A tab may not.
fn is_printable(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}
