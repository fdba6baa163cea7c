//! What goes wrong when a mask is copied from Adobe's pages, or written as a file pattern.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::problems::{Problem, ProblemKind};

/// The named entities that pages have for what stands in masks.
const ENTITIES: [(&str, char); 16] = [
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("bsol", '\\'),
    ("gt", '>'),
    ("hyphen", '-'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lt", '<'),
    ("mdash", '-'),
    ("nbsp", ' '),
    ("ndash", '-'),
    ("period", '.'),
    ("quot", '"'),
    ("rpar", ')'),
    ("verbar", '|'),
];

/// HTML entities, or the group as a file pattern has it; nothing in a mask that was neither copied nor guessed.
pub(super) fn find(text: &str) -> Vec<Problem> {
    let entities = entities(text);
    if entities.is_empty() {
        return wildcard(text).into_iter().collect();
    }
    entities
}

/// `(.&#42;)` is how the source of Adobe's page has `(.*)`.
fn entities(text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('&') {
        let rest = text.get(start + 1..).unwrap_or_default();
        let entity = rest
            .split_once(';')
            .and_then(|(name, _)| Some((name, character(name)?)));
        found.extend(entity.map(|(name, character)| Problem {
            range: start..start + name.len() + 2,
            kind: ProblemKind::HtmlEntity,
            replacement: Some(character.to_string()),
        }));
    }
    found
}

fn character(name: &str) -> Option<char> {
    let Some(code) = name.strip_prefix('#') else {
        let mut known = ENTITIES.iter();
        return known
            .find(|(known, _)| *known == name)
            .map(|(_, character)| *character);
    };
    let code = match code {
        hexadecimal if hexadecimal.starts_with(['x', 'X']) => {
            u32::from_str_radix(hexadecimal.get(1..)?, 16).ok()
        }
        decimal => decimal.parse().ok(),
    };
    char::from_u32(code?)
}

/// `(*)`, as Adobe's French page prints the group, or a lone `*` or `%` in its place. Where nothing or other wildcards stand before it, a group would
/// be too broad.
fn wildcard(text: &str) -> Option<Problem> {
    let range = match text.find("(*)").or_else(|| text.find("(%)")) {
        Some(start) => start..start + "(*)".len(),
        None => lone(text).or_else(|| template(text))?,
    };
    let (before, behind) = (text.get(..range.start)?, text.get(range.end..)?);
    let written = text.get(range.clone())?;
    let is_alone = before.trim_matches([' ', '^']).is_empty() || before.contains(['%', '*']);
    let is_only = ![before, behind].iter().any(|it| it.contains(['(', ')']));
    is_only.then(|| Problem {
        kind: match is_alone {
            true => ProblemKind::Wildcards,
            false => ProblemKind::InvalidRegex {
                reason: format!("`{written}` is no capture group"),
            },
        },
        range,
        replacement: (!is_alone).then(|| "(.*)".to_owned()),
    })
}

/// The group as templates of other tools have it, at the end: `{group}`, `%s`, `%GROUP%`, `$group`, in parentheses or without; or with its
/// parentheses escaped.
fn template(text: &str) -> Option<Range<usize>> {
    #[expect(clippy::expect_used, reason = "a constant, which a test reads with")]
    static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
        let word = r"(?:[$%#@]?\{\{?\s*[A-Za-z_][A-Za-z0-9_ .-]*\}?\}|%[A-Za-z_]+%|%[sd1]|[$@:][A-Za-z_][A-Za-z0-9_]*)";
        let escaped = r"\\\(\\?\.\\?[*+]\\?\)";
        let pattern = format!(r"(?:\({word}\)|{word}|{escaped})\s*$");
        Regex::new(&pattern).expect("the pattern is right")
    });
    let found = TEMPLATE.find(text)?;
    Some(found.start()..found.start() + found.as_str().trim_end().len())
}

fn lone(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().trim_end_matches('$').len();
    let before = text.get(..end)?.strip_suffix(['*', '%'])?;
    let is_lone = before.is_empty() || before.ends_with([' ', '-', '_', ':', '/', '^']);
    // `_` is a wildcard to who writes `%`.
    let start = before.trim_end_matches('_').len();
    let start = match before.get(..start)?.ends_with([' ', '-', ':', '/']) {
        true => start,
        false => before.len(),
    };
    is_lone.then_some(start..end)
}
