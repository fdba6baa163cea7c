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
    let closed = list.and_then(|list| list.split_once(']'));
    let end = match closed {
        Some((_, behind)) => offset_of(behind),
        None => comment.start + slice(text, comment.clone()).trim_end().len(),
    };
    let names = if word != IGNORE || behind_colon.is_none() {
        list?;
        suggest::did_you_mean(word, &[IGNORE])?;
        Err("this comment ignores nothing as it is written")
    } else if let Some((names, _)) = closed {
        let items = names
            .split_inclusive(',')
            .scan(offset_of(list?), |next, item| {
                let blanks = item.len() - item.trim_start().len();
                let start = *next + blanks;
                *next += item.len();
                Some(start..start + item.trim_matches(',').trim().len())
            });
        let items: Vec<Range<usize>> = items.filter(|item| !item.is_empty()).collect();
        match items.is_empty() {
            true => Err("this ignore names no rule"),
            false if items.iter().any(|item| text.get(item.clone()) == Some("*")) => {
                Err("an ignore takes no `*`")
            }
            false => Ok(items),
        }
    } else if list.is_some() {
        Err("this ignore has no closing bracket")
    } else {
        Err("this ignore names no rule")
    };
    let start = comment.start + words_before.len();
    let range = start..if list.is_some() { end } else { offset_of(rest) };
    Some(Ignore { range, names })
}
