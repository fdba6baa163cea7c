//! Strings written as YAML scalars.

use super::core;

/// A string as a scalar for a new YAML text, on one line: plain where no reader could take it for something else, else in
/// single quotes, else in double quotes. It fits block and flow, key and value. What YAML 1.1 takes for a boolean, a number
/// or a date (`no`, `on`, `1_000`, `2001-01-01`) gets quotes too.
pub fn scalar(text: &str) -> String {
    if is_plain(text, true) && !means_something_in_yaml_1_1(text) {
        return text.to_owned();
    }
    quoted(text)
}

/// In single quotes where they can carry the text, else in double quotes.
pub(super) fn quoted(text: &str) -> String {
    if is_single(text) {
        return format!("'{}'", single(text));
    }
    format!("\"{}\"", double(text))
}

/// The text within single quotes.
pub(super) fn single(text: &str) -> String {
    text.replace('\'', "''")
}

/// The text within double quotes.
pub(super) fn double(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\0' => escaped.push_str("\\0"),
            _ if is_printable(character) => escaped.push(character),
            _ => {
                let code = u32::from(character);
                escaped.push_str(&match code {
                    0..=0xFF => format!("\\x{code:02X}"),
                    0x100..=0xFFFF => format!("\\u{code:04X}"),
                    _ => format!("\\U{code:08X}"),
                });
            }
        }
    }
    escaped
}

/// Whether single quotes can carry a text on one line.
pub(super) fn is_single(text: &str) -> bool {
    text.chars().all(is_printable)
}

/// Whether a text reads as the same string without quotes, in flow collections or outside of them.
pub(super) fn is_plain(text: &str, flow: bool) -> bool {
    const INDICATORS: &[char] = &[
        '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@',
        '`', ' ',
    ];
    let bad_inside = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let bad_in_flow = flow && text.contains([',', '[', ']', '{', '}']);
    !text.starts_with(INDICATORS)
        && !text.starts_with("...")
        && text != "<<"
        && !bad_inside
        && !bad_in_flow
        && text.chars().all(is_printable)
        && core::resolve(text).is_none()
}

/// What may stand in a line unescaped, without surprises for any reader. A tab may not.
fn is_printable(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn means_something_in_yaml_1_1(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "=",
    ];
    let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_number = text
        .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "_.:+-xXoOtTzZ ".contains(c));
    is_word || is_number
}
