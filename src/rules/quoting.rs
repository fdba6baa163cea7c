//! Texts that YAML cuts off. People do not see that ` #` begins a comment, so `Campaign #1 - (.*)` becomes `Campaign`, and what is
//! said of the rest of it puzzles them. And `{{ name }}`, which is a template to people and a mapping to YAML.

use super::catalogue::{
    GROUP_PROFILE_UNMATCHED, MASK_CAPTURE, MASK_CONFUSABLE, MASK_INVALID_REGEX, VALUE_CONFUSABLE,
    WRONG_TYPE,
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    yaml::{Style, Tree},
};

/// The rules that a mask or a profile breaks when its end is missing.
const RULES: [&Rule; 3] = [&MASK_CAPTURE, &MASK_INVALID_REGEX, &GROUP_PROFILE_UNMATCHED];

/// Adds to a finding's help that a comment cut its text off, where one follows on the same line.
pub fn hint(diagnostic: &mut Diagnostic, document: &Tree, text: &str) {
    template(diagnostic, document, text);
    escaped_blank(diagnostic, document, text);
    let Some(written) = document.node(diagnostic.place.node) else {
        return;
    };
    let is_empty = diagnostic.rule == &WRONG_TYPE && written.text.as_deref() == Some("");
    if !is_empty && (!RULES.contains(&diagnostic.rule) || diagnostic.place.is_key()) {
        return;
    }
    let end = written.range.end;
    let next = document.comments.partition_point(|it| it.range.start < end);
    let is_cut = document.comments.get(next).is_some_and(|comment| {
        let between = text.get(end..comment.range.start);
        // Where nothing stands before it, most comments are meant.
        let words = text.get(comment.range.start + 1..comment.range.end);
        let is_meant = is_empty && words.is_none_or(|it| it.starts_with([' ', '#']));
        between.is_some_and(|between| {
            !is_meant && !between.is_empty() && between.trim_matches([' ', '\t']).is_empty()
        })
    });
    if written.style == Style::Plain && is_cut {
        diagnostic.help.push_str(
            ". A comment follows: if the `#` belongs to the text, use single quotes around the whole text",
        );
    }
}

/// `\_` within double quotes is a no-break space to YAML, and a `_` to people.
fn escaped_blank(diagnostic: &mut Diagnostic, document: &Tree, text: &str) {
    if ![&VALUE_CONFUSABLE, &MASK_CONFUSABLE].contains(&diagnostic.rule) {
        return;
    }
    let range = document.range(text, diagnostic.place);
    if text.get(range) == Some(r"\_") {
        diagnostic.fix = None;
        diagnostic.help =
            r"within double quotes `\_` is such a space: write `_`, if that is meant".to_owned();
    }
}

/// `{{ name }}` of a template is a mapping to YAML, and no field takes one like it.
fn template(diagnostic: &mut Diagnostic, document: &Tree, text: &str) {
    let node = document.node(diagnostic.place.node);
    let written = node.and_then(|node| text.get(node.range.clone()));
    if diagnostic.rule == &WRONG_TYPE && written.is_some_and(|written| written.starts_with("{{")) {
        diagnostic.help = "fill in the template first, and check what comes out: `{{ … }}` without quotes is a mapping in YAML"
            .to_owned();
    }
}
