//! What an ignore comment says: `# campaign-ims: ignore[rule, …]`, and why, if anything follows.

use std::ops::Range;

use crate::text::suggest;

const TOOL: &str = "campaign-ims";
const IGNORE: &str = "ignore";
const HOW: &str = "write `# campaign-ims: ignore[RULE]`, with the rule's name between the brackets";

/// An ignore in a comment. Ranges are of the text.
#[derive(Debug, PartialEq)]
pub(super) struct Ignore {
    /// From `#` to the closing bracket.
    pub(super) range: Range<usize>,
    /// The names between the brackets; or what is wrong with it, and what to write.
    pub(super) names: Result<Vec<Range<usize>>, (String, &'static str)>,
}

/// The ignores in a comment. One may follow other words after a `#` of its own.
pub(super) fn ignores(text: &str, comment: &Range<usize>) -> Vec<Ignore> {
    let words = text.get(comment.clone()).unwrap_or_default();
    if !words.contains(TOOL) {
        return Vec::new();
    }
    words
        .match_indices('#')
        .filter(|(at, _)| {
            let before = words.get(..*at).unwrap_or_default();
            before.is_empty() || before.ends_with([' ', '\t'])
        })
        .filter_map(|(at, _)| ignore(text, comment.start + at, comment.end))
        .collect()
}

/// The ignore that begins with the `#` at `start`.
fn ignore(text: &str, start: usize, end: usize) -> Option<Ignore> {
    let comment = text.get(start..end)?;
    let rest = comment.trim_start_matches('#').trim_start();
    let rest = rest.strip_prefix(TOOL)?;
    let after_tool = rest.trim_start();
    let (colon, rest) = match after_tool.strip_prefix(':') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, after_tool),
    };
    let length = rest
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let (word, rest) = rest.split_at(length);
    let malformed = |what: &str, upto: &str| Ignore {
        range: start..end - upto.len(),
        names: Err((what.to_owned(), HOW)),
    };
    if word != IGNORE || !colon {
        let meant = suggest::did_you_mean(word, &[IGNORE]).is_some();
        // Other sentences about this tool are nobody's business.
        return (meant && rest.trim_start().starts_with('['))
            .then(|| malformed("this comment ignores nothing as it is written", ""))
            .map(|ignore| trimmed(text, ignore));
    }
    let Some(names) = rest.trim_start().strip_prefix('[') else {
        return Some(malformed("this ignore names no rule", rest));
    };
    let Some(close) = names.find(']') else {
        return Some(trimmed(
            text,
            malformed("this ignore has no closing bracket", ""),
        ));
    };
    let names_start = end - names.len();
    let (names, after) = names.split_at(close);
    let after = after.get(1..).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = names_start;
    for item in names.split(',') {
        let name = item.trim();
        let from = at + (item.len() - item.trim_start().len());
        if name == "*" {
            return Some(malformed("an ignore takes no `*`", after));
        }
        if !name.is_empty() {
            found.push(from..from + name.len());
        }
        at += item.len() + 1;
    }
    if found.is_empty() {
        return Some(malformed("this ignore names no rule", after));
    }
    Some(Ignore {
        range: start..end - after.len(),
        names: Ok(found),
    })
}

fn trimmed(text: &str, mut ignore: Ignore) -> Ignore {
    let words = text.get(ignore.range.clone()).unwrap_or_default();
    ignore.range.end = ignore.range.start + words.trim_end().len();
    ignore
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Vec<String> {
        let text = format!("a: b {comment}");
        ignores(&text, &(5..text.len()))
            .into_iter()
            .map(|ignore| {
                let whole = &text[ignore.range];
                match ignore.names {
                    Ok(names) => {
                        let names: Vec<&str> = names.into_iter().map(|name| &text[name]).collect();
                        format!("{whole}: {}", names.join("+"))
                    }
                    Err((what, _)) => format!("{whole}: {what}"),
                }
            })
            .collect()
    }

    #[test]
    fn lawful_ones_are_read() {
        for (comment, names) in [
            ("# campaign-ims: ignore[a-b]", "a-b"),
            ("#campaign-ims:ignore[a,b]  because", "a+b"),
            ("# campaign-ims:  ignore [ a , b, ]", "a+b"),
            ("# why # campaign-ims: ignore[a]", "a"),
        ] {
            let read = read(comment);
            assert!(
                read.len() == 1 && read[0].ends_with(&format!("]: {names}")),
                "{read:?}"
            );
        }
        assert_eq!(
            read("# campaign-ims: ignore[a] # campaign-ims: ignore[b]").len(),
            2
        );
    }

    #[test]
    fn malformed_ones_are_told_from_talk() {
        for (comment, what) in [
            (
                "# campaign-ims: ignore",
                "# campaign-ims: ignore: this ignore names no rule",
            ),
            (
                "# campaign-ims: ignore a",
                "# campaign-ims: ignore: this ignore names no rule",
            ),
            (
                "# campaign-ims: ignore[ ,] x",
                "# campaign-ims: ignore[ ,]: this ignore names no rule",
            ),
            (
                "# campaign-ims: ignore[*]",
                "# campaign-ims: ignore[*]: an ignore takes no `*`",
            ),
            (
                "# campaign-ims: ignore[a ",
                "# campaign-ims: ignore[a: this ignore has no closing bracket",
            ),
            (
                "# campaign-ims: Ignore[a]",
                "# campaign-ims: Ignore[a]: this comment ignores nothing as it is written",
            ),
            (
                "# campaign-ims ignore[a]",
                "# campaign-ims ignore[a]: this comment ignores nothing as it is written",
            ),
        ] {
            assert_eq!(read(comment), [what]);
        }
        for talk in [
            "# campaign-ims checks this",
            "# campaign-ims: see the wiki",
            "# a#campaign-ims: ignore[a]",
            "# ignore[a]",
            "# a campaign-ims: ignore[a]",
        ] {
            assert_eq!(read(talk), [""; 0], "{talk}");
        }
    }
}
