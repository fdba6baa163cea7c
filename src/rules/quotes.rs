//! Quotation marks that belong to no value: a word processor made them, or a text was quoted twice.

use super::catalogue::VALUE_QUOTED;
use crate::{
    diagnostic::{Change, Diagnostic, excerpt},
    manifest::fields::{self, Class},
    text::lookalike,
    yaml::Place,
};

/// What surrounds a quoted text in French.
const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\''
            | '`'
            | '´'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '＂'
            | '＇'
            | '❝'
            | '❞'
            | '❛'
            | '❜'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '〟'
    )
}

/// The text within a pair of quotation marks of any kind.
fn within_pair(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(is_mark)?.strip_suffix(is_mark)?;
    Some(inner.trim_matches(BLANKS))
}

/// The finding of an attribute that was copied with its name: `clientId="Campaign1"`.
fn attribute(text: &str, place: Place) -> Option<Diagnostic> {
    let (name, quoted) = text.split_once('=')?;
    fields::of_attribute(name)?;
    let inner = within_pair(quoted).filter(|it| !it.contains(is_mark))?;
    let message = format!(
        "an attribute stands here with its name, `{}`",
        excerpt(name)
    );
    let help = format!("write `{}` alone", excerpt(inner));
    let diagnostic = VALUE_QUOTED.at(place, message, help);
    let title = "write what stands within the quotation marks";
    Some(diagnostic.unsafe_fix(title, Change::Replace(place, inner.to_owned())))
}

/// Judges a text; `class` tells what the field is for, and is asked only where the text has a quotation mark at an end.
pub fn check(text: &str, place: Place, class: impl Fn() -> Option<Class>) -> Option<Diagnostic> {
    if !text.starts_with(is_mark) && !text.ends_with(is_mark) {
        return None;
    }
    let class = class()?;
    let marks = text.chars().filter(|c| is_mark(*c)).count();
    let mut inner = text;
    while let Some(next) = within_pair(inner) {
        inner = next;
    }
    // In a text for people a mark at one end, or marks in the middle, may belong to it.
    let is_whole = inner.len() < text.len() && !inner.contains(is_mark);
    let is_letter_by_letter = matches!(class, Class::Identifier | Class::Url | Class::Mask);
    if is_letter_by_letter && let Some(found) = attribute(text, place) {
        return Some(found);
    }
    if !is_whole && !is_letter_by_letter {
        return None;
    }
    if is_whole {
        let title = "remove the quotation marks";
        let help = match inner.is_empty() {
            true => "write the value without them",
            false => "remove the quotation marks that are part of the value",
        };
        let diagnostic = VALUE_QUOTED.at(
            place,
            "quotation marks stand around the value, and would be part of it",
            help,
        );
        return Some(match inner.is_empty() {
            true => diagnostic,
            false => diagnostic.safe_fix(title, Change::Replace(place, inner.to_owned())),
        });
    }
    let at_start = text.starts_with(is_mark);
    let mark = if at_start {
        text.chars().next()
    } else {
        text.chars().next_back()
    }?;
    let range = if at_start {
        0..mark.len_utf8()
    } else {
        text.len() - mark.len_utf8()..text.len()
    };
    let part = place.part(range);
    let where_it_is = if at_start { "begins" } else { "ends" };
    let message = format!(
        "the value {where_it_is} with {}, which would be part of it",
        lookalike::describe(mark)
    );
    let help = match marks {
        _ if inner.len() == mark.len_utf8() => "write the real value",
        1 => "remove the quotation mark",
        _ => "remove the quotation marks from the value",
    };
    let diagnostic = VALUE_QUOTED.at(part, message, help);
    Some(match marks {
        1 if inner.len() > mark.len_utf8() => diagnostic.safe_fix(
            "remove the quotation mark",
            Change::Replace(part, String::new()),
        ),
        _ => diagnostic,
    })
}
