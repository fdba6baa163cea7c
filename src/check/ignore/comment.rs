//! What an ignore comment says: `# campaign-ims: ignore[rule, …]`, and why, if anything follows.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::text::slice;
use crate::text::suggest;

const IGNORE: &str = "ignore";

/// A sentence about this tool that may be an ignore. One may follow other words after a `#` of its own.
#[expect(
    clippy::expect_used,
    reason = "a constant, and the tests of this room read with it"
)]
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[ \t])(?<whole>#+\s*campaign-ims\s*(?<colon>:)?\s*(?<word>[[:alnum:]]+)",
        r"(?:\s*\[(?<names>[^\]]*)(?<close>\])?)?)",
    ))
    .expect("a right expression")
});

/// An item of a list with commas, without the blanks around it.
#[expect(
    clippy::expect_used,
    reason = "a constant, and the tests of this room read with it"
)]
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\s,](?:[^,]*[^\s,])?").expect("a right expression"));

/// An ignore in a comment. Ranges are of the text.
#[derive(Debug, PartialEq)]
pub(super) struct Ignore {
    /// From `#` to the closing bracket.
    pub(super) range: Range<usize>,
    /// The names between the brackets; or what is wrong with it.
    pub(super) names: Result<Vec<Range<usize>>, &'static str>,
}

/// Whether a comment names this tool right after a `#`. Few do, and only they need a pattern.
fn may_be_one(words: &str) -> bool {
    let mut names = words.match_indices("campaign-ims");
    names.any(|(at, _)| {
        words
            .get(..at)
            .is_some_and(|before| before.trim_end().ends_with('#'))
    })
}

/// The ignores in a comment. Other sentences about this tool are nobody's business.
pub(super) fn ignores(text: &str, comment: &Range<usize>) -> Vec<Ignore> {
    let words = slice(text, comment.clone());
    if !may_be_one(words) {
        return Vec::new();
    }
    let start = comment.start;
    let sentences = SENTENCE.captures_iter(words);
    sentences
        .filter_map(|sentence| {
            let whole = sentence.name("whole")?;
            let word = sentence.name("word")?.as_str();
            let names = sentence.name("names");
            let names = if word != IGNORE || sentence.name("colon").is_none() {
                names?;
                suggest::did_you_mean(word, &[IGNORE])?;
                Err("this comment ignores nothing as it is written")
            } else if names.is_some() && sentence.name("close").is_none() {
                Err("this ignore has no closing bracket")
            } else {
                let items = names.into_iter().flat_map(|names| {
                    let start = start + names.start();
                    ITEM.find_iter(names.as_str())
                        .map(move |item| start + item.start()..start + item.end())
                });
                let items: Vec<Range<usize>> = items.collect();
                match items.is_empty() {
                    true => Err("this ignore names no rule"),
                    false if items.iter().any(|item| text.get(item.clone()) == Some("*")) => {
                        Err("an ignore takes no `*`")
                    }
                    false => Ok(items),
                }
            };
            let from = start + whole.start();
            let range = from..from + whole.as_str().trim_end().len();
            Some(Ignore { range, names })
        })
        .collect()
}
