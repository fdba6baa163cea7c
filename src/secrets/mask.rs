//! Texts with `*` for what no output may show.

use std::ops::Range;

use super::{in_text, in_value};

/// A text that is no manifest, or a part of one, as it may be shown.
pub fn mask(text: &str) -> String {
    masked(text, &in_text(text).hidden)
}

/// The value of a key as it may be shown.
pub fn mask_value(key: &str, text: &str) -> String {
    masked(text, &in_value(key, text).hidden)
}

fn masked(text: &str, hidden: &[Range<usize>]) -> String {
    if hidden.is_empty() {
        return text.to_owned();
    }
    let mut hidden = hidden.iter().peekable();
    text.char_indices()
        .map(|(at, character)| {
            while hidden.next_if(|range| range.end <= at).is_some() {}
            match hidden.peek() {
                Some(range) if range.start <= at => '*',
                _ => character,
            }
        })
        .collect()
}
