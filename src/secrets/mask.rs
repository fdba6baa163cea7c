//! Texts with `*` for what no output may show.

use super::in_text;

/// A text that is no manifest, or a part of one, as it may be shown.
pub fn mask(text: &str) -> String {
    let hidden = in_text(text).hidden;
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
