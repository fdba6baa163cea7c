//! Texts that YAML cuts off. People do not see that ` #` begins a comment, so `Campaign #1 - (.*)` becomes `Campaign`, and what is
//! said of the rest of it puzzles them.

use crate::{
    draft::Draft,
    yaml::{Document, Style},
};

/// The rules that a mask or a profile breaks when its end is missing.
const RULES: [&str; 3] = [
    "mask-capture",
    "mask-invalid-regex",
    "group-profile-unmatched",
];

/// Adds to a finding's help that a comment cut its text off, where one follows on the same line.
pub fn hint(draft: &mut Draft, document: &Document, text: &str) {
    if !RULES.contains(&draft.rule) || draft.place.is_key() {
        return;
    }
    let Some(written) = document.written(draft.place.node) else {
        return;
    };
    let is_cut = document.comments.iter().any(|comment| {
        let between = text.get(written.range.end..comment.range.start);
        between.is_some_and(|between| {
            !between.is_empty() && between.trim_matches([' ', '\t']).is_empty()
        })
    });
    if written.style == Style::Plain && is_cut {
        draft.help.push_str(
            ". A comment follows: if the `#` belongs to the text, use single quotes around the whole text",
        );
    }
}
