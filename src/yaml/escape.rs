//! The escapes of double-quoted text.

use std::ops::Range;

/// What an escape stands for.
pub(super) enum Escape {
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read it"))]
    Character(char),
    /// A line end that stands for nothing, with the blanks that start the next line.
    LineEnd,
}

/// The escape that a text starts with (its backslash included), and how many bytes it takes. Nothing where there is none.
pub(super) fn read(text: &str) -> Option<(Escape, usize)> {
    let mut characters = text.strip_prefix('\\')?.chars();
    let first = characters.next()?;
    let character = match first {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => first,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return coded(text, 2),
        'u' => return coded(text, 4),
        'U' => return coded(text, 8),
        '\n' | '\r' => {
            let length = if text.starts_with("\\\r\n") { 3 } else { 2 };
            return Some((Escape::LineEnd, length));
        }
        _ => return None,
    };
    Some((Escape::Character(character), 1 + first.len_utf8()))
}

fn coded(text: &str, digits: usize) -> Option<(Escape, usize)> {
    let code = hexadecimal(text.get(2..2 + digits)?)?;
    let length = 2 + digits;
    if let Some(character) = char::from_u32(code) {
        return Some((Escape::Character(character), length));
    }
    // A pair of escapes for one character beyond the basic plane, as JSON writes it.
    let low = hexadecimal(text.get(length..)?.strip_prefix("\\u")?.get(..4)?)?;
    let pair = [u16::try_from(code).ok()?, u16::try_from(low).ok()?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((Escape::Character(character), length + 6))
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let digits =
        Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// The first backslash in double-quoted text (without its opening quote) that starts no escape, with what follows it.
pub(super) fn first_bad(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        at += rest.find(['\\', '"'])?;
        let rest = text.get(at..)?;
        if rest.starts_with('"') {
            return None;
        }
        match read(rest) {
            Some((_, length)) => at += length,
            None => {
                let digits = |c: &char| c.is_ascii_hexdigit();
                let name = rest.get(1..)?.chars().next()?;
                let wanted = match name {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let length = 1 + name.len_utf8();
                let digits = rest
                    .get(length..)?
                    .chars()
                    .take(wanted)
                    .take_while(digits)
                    .count();
                return Some(at..at + length + digits);
            }
        }
    }
    None
}
