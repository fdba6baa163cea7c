//! "Did you mean": the name that somebody had in mind.

use std::{cell::LazyCell, fmt::Display};

/// A name without what people write differently: its letters and digits, in lower case.
pub fn plain(name: &str) -> String {
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How many letters two names differ by, apart from case and punctuation.
pub fn edits(one: &str, other: &str) -> usize {
    strsim::osa_distance(&plain(one), &plain(other))
}

/// The candidate that a name is near to: the same but for case and punctuation, or a few letters away.
pub fn did_you_mean<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let letters_in = |name: &str| name.chars().filter(|it| it.is_alphanumeric()).count();
    let length = letters_in(name);
    if length > 64 {
        return None;
    }
    let allowed = 1 + length / 4;
    let wanted = LazyCell::new(|| plain(name));
    let near = candidates.iter().filter_map(|candidate| {
        let letters = letters_in(candidate);
        // Each letter that is missing or surplus is a step away at least.
        if letters.abs_diff(length) > allowed {
            return None;
        }
        let plain = plain(candidate);
        let distance = strsim::osa_distance(&wanted, &plain);
        (distance <= allowed && distance < letters).then_some((distance, *candidate))
    });
    let nearest = near.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, candidate)| candidate)
}

/// Names as a list for people: `` `a`, `b` or `c` ``.
pub fn list(names: impl IntoIterator<Item = impl Display>) -> String {
    let quoted = names.into_iter().map(|name| format!("`{name}`"));
    let quoted: Vec<String> = quoted.collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let fields = ["callback_server", "client_id", "client_secret", "scope"];
        assert_eq!(
            did_you_mean("callbackServer", &fields),
            Some("callback_server")
        );
        assert_eq!(
            did_you_mean("calback_server", &fields),
            Some("callback_server")
        );
        assert_eq!(did_you_mean("scopes", &fields), Some("scope"));
        assert_eq!(did_you_mean("client-id", &fields), Some("client_id"));
        assert_eq!(did_you_mean("colour", &fields), None);
        assert_eq!(did_you_mean("", &fields), None);
    }
}
