//! References (`&amp;`, `&#10;`). Only XML's own are taken, so nothing can expand.

use super::Problem;
use super::write::is_xml_character;

/// More bytes than any reference needs that is taken, some leading zeros included.
pub(super) const LIMIT: usize = 32;

/// The length of the reference that `ahead` begins with, `&` and `;` included; `None` where `ahead` ends within it.
///
/// # Errors
/// Says what is wrong, but never what the reference is: it may stand in a secret.
pub(super) fn length(ahead: &[u8]) -> Result<Option<usize>, Problem> {
    let ahead = ahead.get(..LIMIT).unwrap_or(ahead);
    let inner = ahead.get(1..).unwrap_or_default();
    let is_end = |byte: &u8| {
        matches!(
            byte,
            b';' | b'<' | b'&' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n'
        )
    };
    let Some(end) = inner.iter().position(is_end) else {
        return if ahead.len() < LIMIT {
            Ok(None)
        } else {
            Err(Problem::Entity)
        };
    };
    let (name, rest) = inner.split_at_checked(end).unwrap_or((inner, &[]));
    if name.is_empty() || rest.first() != Some(&b';') {
        return Err(Problem::Ampersand);
    }
    match name.strip_prefix(b"#") {
        Some(number) if is_character(number) => Ok(Some(end + 2)),
        Some(_) => Err(Problem::CharacterReference),
        None if matches!(name, b"amp" | b"lt" | b"gt" | b"quot" | b"apos") => Ok(Some(end + 2)),
        None => Err(Problem::Entity),
    }
}

/// Whether `number`, as it stands in a character reference after `#`, names a character that XML can carry.
fn is_character(number: &[u8]) -> bool {
    let (digits, radix) = match number.strip_prefix(b"x") {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let digits = str::from_utf8(digits).unwrap_or_default();
    digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && u32::from_str_radix(digits, radix)
            .ok()
            .and_then(char::from_u32)
            .is_some_and(is_xml_character)
}
