//! Literals after names of secrets: what a comment or a value assigns to one. The names are searched for; what follows is read by hand,
//! since a pattern for all of it would cost more than the rest of a check.

use std::{iter, ops::Range, sync::LazyLock};

use regex::Regex;

use super::{due::sounds_like_secret, shapes::pattern};

/// The names of secrets: a word, or two with `_`, `-` or nothing between.
const NAMES: [(&str, Option<&str>); 7] = [
    ("client", Some("secret")),
    ("secret", None),
    ("password", None),
    ("passwd", None),
    ("private", Some("key")),
    ("access", Some("token")),
    ("api", Some("key")),
];

/// The names of secrets in a text, whatever their case, in order.
pub(super) fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (bytes, shifts) = (text.as_bytes(), &*SHIFTS);
    let mut start = 0;
    iter::from_fn(move || {
        loop {
            let pair = bytes.get(start + SHORTEST - 2..start + SHORTEST)?;
            let shift = shifts.get(number(pair)).copied().unwrap_or_default();
            start += usize::from(shift);
            if shift > 0 {
                continue;
            }
            let Some(length) = name_at(bytes.get(start..)?) else {
                start += 1;
                continue;
            };
            start += length;
            return Some(start - length..start);
        }
    })
}

/// So many bytes has the shortest name.
const SHORTEST: usize = 6;

/// By the last two bytes of a window of so many bytes: how far off the next window is that may hold the start of a name.
static SHIFTS: LazyLock<[u8; 1 << 10]> = LazyLock::new(|| {
    let mut shifts = [SHORTEST as u8 - 1; 1 << 10];
    let signs = ["", "_", "-"].into_iter();
    for (sign, (first, second)) in signs.flat_map(|sign| NAMES.map(|name| (sign, name))) {
        let name = [first, sign, second.unwrap_or_default()].concat();
        for (shift, pair) in (0..SHORTEST as u8 - 1)
            .rev()
            .zip(name.as_bytes().windows(2))
        {
            if let Some(known) = shifts.get_mut(number(pair)) {
                *known = shift.min(*known);
            }
        }
    }
    shifts
});

/// Two bytes as a number below 1,024, the same for letters of both cases.
fn number(pair: &[u8]) -> usize {
    let bits = |number, byte: &u8| number << 5 | usize::from(byte & 0x1f);
    pair.iter().fold(0, bits)
}

/// How long the name is that a text begins with.
fn name_at(text: &[u8]) -> Option<usize> {
    let rest = NAMES.into_iter().find_map(|(first, second)| {
        let rest = after(text, first)?;
        let Some(second) = second else {
            return Some(rest);
        };
        let sign = rest.strip_prefix(b"_").or_else(|| rest.strip_prefix(b"-"));
        after(sign.unwrap_or(rest), second)
    });
    rest.map(|rest| text.len() - rest.len())
}

/// What follows a word that a text begins with, whatever its case.
fn after<'t>(text: &'t [u8], word: &str) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let first = |text: &[u8]| text.first().map(u8::to_ascii_lowercase);
    if first(start) != first(word.as_bytes()) {
        return None;
    }
    start.eq_ignore_ascii_case(word.as_bytes()).then_some(rest)
}

/// A reference as it should be, or as other tools write it, or a word that says that there is none: no secret.
pub(super) static NO_SECRET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\{\s*(?:env\s*:\s*[A-Za-z_][A-Za-z0-9_]*|file\s*:\s*[A-Za-z0-9_./\x{80}-\x{10FFFF}-]+)\s*\}|\$(?:[({\[]|[A-Za-z_][A-Za-z0-9_:.]*(?:[\s})\],;]|$))|<[^>]*>|[a-z][a-z0-9+.-]*://|(?:\.{1,2}|~)/|/(?:etc|home|mnt|opt|root|run|secrets?|srv|tmp|usr|var|vault)/|arn:|#\{|__[A-Z0-9_]+__|%[A-Z0-9_]+%|(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|(?i-u:x+|none|null|nil|n/a|no|off|on|required|optional|unset|empty|missing|unknown|changed|rotated|expired|removed|redacted|hidden|todo|tbd|change-?me|true|false|yes))(?:[\s})\]]|[.,;](?:\s|$)|$))",
    )
});

/// So much of a value is read for a reference.
const MOST_READ: usize = 300;

/// What a comment or a value assigns to names of secrets: a word, or a text in quotes. Other words after such a name are about secrets,
/// and so are short ones but after `=`; in a text for people, ordinary words after a colon, too (`Secret: Operators`).
pub(super) fn assigned(text: &str, is_for_people: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for name in names(text) {
        if name.start < end {
            continue;
        }
        let Some((start, sign)) = value_after(text, name.end) else {
            continue;
        };
        let value = text.get(start..).unwrap_or_default();
        let Some(word) = word(value, sign.is_some()) else {
            let first = value.split(char::is_whitespace).next().unwrap_or_default();
            // Names that one word has with signs between end there, too; another one has a value of its own: `secret password: …`.
            let has_signs = first.trim_end_matches([':', '=']).contains([':', '=']);
            end = if has_signs {
                start + first.len()
            } else {
                start
            };
            continue;
        };
        let content = value.get(word.clone()).unwrap_or_default();
        let near = (0..=value.len().min(MOST_READ))
            .rev()
            .find_map(|end| value.get(..end));
        let references = [near.unwrap_or_default(), content];
        end = start + word.end;
        if references.iter().any(|it| NO_SECRET.is_match(it)) {
            continue;
        }
        let lead = text.get(name).unwrap_or_default();
        let is_sure = sign.is_some() && !is_for_people || lead.contains(['_', '-']);
        let is_assigned = sign == Some('=') && !is_for_people;
        let is_value = |content: &str| {
            let is_mask = content.chars().all(|c| "*.?-_…".contains(c));
            let is_long = content.len() >= 4 && (is_sure || !is_ordinary(content));
            !is_mask && (is_assigned || is_long)
        };
        // Behind a sign a secret may go on behind punctuation.
        let long = sign.and_then(|_| longer(value, &word));
        let digits = |word: &str| word.contains(|c: char| c.is_ascii_digit());
        let is_long = long.is_some_and(|long| is_value(long) && digits(long));
        if is_value(content) || is_long {
            let length = long.map_or(word.end, |long| word.start + long.len());
            end = start + length;
            found.push(start + word.start..end);
        }
    }
    found
}

/// The same of a key: within braces, and with `=`, a name and its value are a key together where no blank follows the sign.
pub(super) fn in_key(key: &str) -> impl Iterator<Item = Range<usize>> {
    let sign = key.find([':', '=']);
    let value = sign.map(|sign| (sign, key.get(sign + 1..).unwrap_or_default()));
    let behind_sign = value.filter(|(sign, value)| {
        let name = key.get(..*sign).unwrap_or_default();
        sounds_like_secret(name) && !value.trim().is_empty() && !NO_SECRET.is_match(value.trim())
    });
    let others = behind_sign.is_none().then(|| assigned(key, false));
    let behind_sign = behind_sign.map(|(sign, _)| sign + 1..key.len());
    behind_sign.into_iter().chain(others.into_iter().flatten())
}

/// Where the value of a name that ends here starts, and the `:` or `=` before it.
fn value_after(text: &str, name_end: usize) -> Option<(usize, Option<char>)> {
    let rest = text.get(name_end..)?;
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let is_blank = [' ', '\t', '\u{a0}'];
    let without_blanks = |text: &'_ str| text.len() - text.trim_start_matches(is_blank).len();
    let blanks = without_blanks(rest);
    let after = rest.get(blanks..)?;
    match after.strip_prefix([':', '=', '：', '＝']) {
        Some(value) => Some((
            text.len() - value.len() + without_blanks(value),
            after.chars().next(),
        )),
        None => (blanks > 0).then_some((text.len() - after.len(), None)),
    }
}

/// The first word of a value, in quotes or without, where the value ends with it or no sentence has such a word.
fn word(value: &str, has_sign: bool) -> Option<Range<usize>> {
    if let Some(quote @ ('"' | '\'' | '`')) = value.chars().next() {
        let inner = value.get(1..)?;
        return Some(1..1 + closing(inner, quote).unwrap_or(inner.len()));
    }
    let ends = |c: char| c.is_whitespace() || ",;}]".contains(c);
    let end = value.find(ends).unwrap_or(value.len());
    let rest = value.get(end..)?;
    let next = rest.trim_start_matches([' ', '\t']);
    let is_last = next.is_empty() || next.starts_with([',', ';', '}', ']', '\r', '\n']);
    let is_comment = next.len() < rest.len() && next.starts_with('#');
    let is_dense = value.get(..end).is_some_and(|word| {
        word.len() >= if has_sign { 8 } else { 16 }
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    (end > 0 && (is_last || is_comment || is_dense)).then_some(0..end)
}

/// A word without quotes with what follows its punctuation; nothing where white space does.
fn longer<'t>(value: &'t str, word: &Range<usize>) -> Option<&'t str> {
    let all = value.split(char::is_whitespace).next()?;
    let all = all.trim_end_matches([',', ';', '}', ']']);
    (word.start == 0 && all.len() > word.end).then_some(all)
}

/// Where the quotation mark stands that closes a text: not one behind a backslash, nor a doubled one.
fn closing(inner: &str, quote: char) -> Option<usize> {
    let mut marks = inner.match_indices(quote).peekable();
    while let Some((at, _)) = marks.next() {
        let is_doubled = quote == '\'' && marks.peek().is_some_and(|(next, _)| *next == at + 1);
        if is_doubled {
            marks.next();
            continue;
        }
        let before = inner.get(..at).unwrap_or_default();
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if quote == '\'' || backslashes % 2 == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether a word could follow "secret" in a sentence: it is short, or all letters are lower-case but the first.
fn is_ordinary(word: &str) -> bool {
    let mut rest = word.chars();
    rest.next();
    word.len() < 6 || rest.all(|c| c.is_lowercase() || ".:!?)".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_whatever_its_case() {
        let signs = ["_", "-", ""].into_iter();
        for (sign, (first, second)) in signs.flat_map(|sign| NAMES.map(|name| (sign, name))) {
            let name = second.map_or(first.to_owned(), |second| [first, sign, second].concat());
            let text = format!("é s{}:{name}", name.to_ascii_uppercase());
            let found: Vec<&str> = names(&text).filter_map(|it| text.get(it)).collect();
            assert_eq!(found, [name.to_ascii_uppercase(), name], "{text}");
        }
    }
}
