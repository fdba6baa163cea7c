//! What an ignore comment says: `# campaign-ims: ignore[rule, …]`, and why, if anything follows.

use std::{ops::Range, sync::LazyLock};

use memchr::memmem::Finder;

use crate::text::slice;
use crate::text::suggest;

const IGNORE: &str = "ignore";
const TOOL: &str = "campaign-ims";

/// An ignore in a comment. Ranges are of the text.
#[derive(Debug, PartialEq)]
pub(super) struct Ignore {
    /// From `#` to the closing bracket.
    pub(super) range: Range<usize>,
    /// The names between the brackets; or what is wrong with it.
    pub(super) names: Result<Vec<Range<usize>>, &'static str>,
}

/// The ignores in a comment. Other sentences about this tool are nobody's business.
pub(super) fn ignores(text: &str, comment: &Range<usize>) -> Vec<Ignore> {
    static NAME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TOOL));
    let words = slice(text, comment.clone());
    let mut found: Vec<Ignore> = Vec::new();
    for at in NAME.find_iter(words.as_bytes()) {
        let at = comment.start + at;
        if found.last().is_none_or(|last| last.range.end <= at) {
            found.extend(ignore(text, comment, at));
        }
    }
    found
}

/// The ignore whose tool's name stands at an offset. It may follow other words after a `#` of its own.
fn ignore(text: &str, comment: &Range<usize>, at: usize) -> Option<Ignore> {
    let before = slice(text, comment.start..at).trim_end();
    let words_before = before.trim_end_matches('#');
    let has_sign = words_before.len() < before.len();
    if !has_sign || !(words_before.is_empty() || words_before.ends_with([' ', '\t'])) {
        return None;
    }
    let offset_of = |rest: &str| comment.end - rest.len();
    let rest = slice(text, at + TOOL.len()..comment.end).trim_start();
    let behind_colon = rest.strip_prefix(':');
    let rest = behind_colon.unwrap_or(rest).trim_start();
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric());
    let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let list = rest.trim_start().strip_prefix('[');
    let (names, end) = match list.map(|list| (list, list.split_once(']'))) {
        None => (Err("this ignore names no rule"), offset_of(rest)),
        Some((_, None)) => {
            let end = slice(text, ..comment.end).trim_end().len();
            (Err("this ignore has no closing bracket"), end)
        }
        Some((list, Some((names, behind)))) => (rules(names, offset_of(list)), offset_of(behind)),
    };
    let is_right = word == IGNORE && behind_colon.is_some();
    let names = match is_right {
        true => names,
        false => {
            list?;
            suggest::did_you_mean(word, &[IGNORE])?;
            Err("this comment ignores nothing as it is written")
        }
    };
    let range = comment.start + words_before.len()..end;
    Some(Ignore { range, names })
}

/// The rules of a list with commas, which stands at an offset.
fn rules(list: &str, at: usize) -> Result<Vec<Range<usize>>, &'static str> {
    let mut found = Vec::new();
    let mut next = at;
    for item in list.split(',') {
        let start = next + item.len() - item.trim_start().len();
        next += item.len() + ",".len();
        match item.trim() {
            "" => {}
            "*" => return Err("an ignore takes no `*`"),
            name => found.push(start..start + name.len()),
        }
    }
    match found.is_empty() {
        true => Err("this ignore names no rule"),
        false => Ok(found),
    }
}
