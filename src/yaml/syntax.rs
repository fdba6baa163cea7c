//! What is wrong with a text that is no YAML document, in words for people. No message quotes the text, for it may hold
//! secrets: structural characters and the names of anchors alone are shown.

use std::{borrow::Cow, ops::Range};

use super::{Problem, core};

/// The range of the character at an offset, empty at the end of the text.
pub(super) fn character(text: &str, at: usize) -> Range<usize> {
    let length = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    at..at + length
}

/// A control character that no YAML text may hold, if there is one.
pub(super) fn control_character(text: &str) -> Option<Problem> {
    let is_odd = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without an early end many bytes are compared at once.
    if !text.bytes().fold(false, |any, byte| any | is_odd(byte)) {
        return None;
    }
    let (at, byte) = text.bytes().enumerate().find(|(_, byte)| is_odd(*byte))?;
    let help = match byte {
        0 => "remove it; if the file is UTF-16, save it as UTF-8",
        _ => "remove it, or write it as an escape within double quotes",
    };
    let message =
        format!("the text holds the control character U+{byte:04X}, which YAML does not allow");
    Some(Problem::syntax(at..at + 1, message, help))
}

/// DEL or a C1 control elsewhere than in the quotes of a value.
pub(super) fn stray_control(at: usize, control: char) -> Problem {
    let code = u32::from(control);
    let message = format!(
        "the text holds the control character U+{code:04X}, which YAML allows in quoted values alone"
    );
    Problem::syntax(at..at + control.len_utf8(), message, "remove it")
}

pub(super) fn no_document(text: &str) -> Problem {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let message = match text.trim_start_matches('\u{feff}').trim().is_empty() {
        true => "the text is empty",
        false => "the text holds no document",
    };
    Problem::syntax(
        start..start,
        message,
        "write a mapping: lines of the form `key: value`",
    )
}

pub(super) fn second_document(text: &str, span: Range<usize>) -> Problem {
    let range = if span.is_empty() {
        character(text, span.start)
    } else {
        span
    };
    let help = "keep one document per file; remove this line if it is not meant to start another";
    Problem::syntax(range, "a second document starts here", help)
}

pub(super) fn unknown_tag(range: Range<usize>) -> Problem {
    let help = "remove it, or put quotes around the value if it starts with `!`; known are !!str, !!int, !!float, !!bool, !!null, !!map and !!seq";
    Problem::syntax(range, "this tag is not one of YAML's core schema", help)
}

pub(super) fn misfit_tag(range: Range<usize>, tag: &str) -> Problem {
    let message = format!(
        "this tag asks for {}, which the value is not",
        core::asks_for(tag).unwrap_or_default()
    );
    Problem::syntax(range, message, "remove the tag, or change the value")
}

pub(super) fn alias_inside_itself(range: Range<usize>) -> Problem {
    let help = "move the anchor to a value that does not hold the alias";
    Problem::syntax(
        range,
        "this alias stands inside the value that it refers to",
        help,
    )
}

pub(super) fn unknown_alias(name: &str, range: Range<usize>, names: &[Cow<'_, str>]) -> Problem {
    let message = "no anchor of this name stands before this alias";
    let near = names
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, known)| *distance <= (known.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    let help = match near {
        Some((0, _)) => "move the anchor above the alias".to_owned(),
        Some((_, known)) => format!("did you mean `*{known}`?"),
        None => "name an anchor that stands above, or put quotes around the value if it is meant to start with `*`".to_owned(),
    };
    Problem::syntax(range, message, help)
}
