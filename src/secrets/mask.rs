//! Texts with `*` for what no output may show.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{in_text, merged};
use crate::diagnostic::Finding;
use crate::yaml::{from_step, to_step};

/// A hidden text shorter than this is not looked for in messages: it would be found in every other word.
const SHORTEST: usize = 4;

/// A text that is no manifest, or a part of one, as it may be shown.
pub fn mask(text: &str) -> String {
    starred(text, &in_text(text).hidden)
}

/// A text with a `*` for each character in some ranges, which are sorted and disjoint.
fn starred(text: &str, hidden: &[Range<usize>]) -> String {
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

/// What no message about one manifest may name.
#[derive(Debug, Clone)]
pub struct Mask {
    /// Sorted.
    words: Vec<String>,
    search: AhoCorasick,
}

impl Mask {
    /// Hides these texts, besides what has the shape of a secret.
    #[expect(clippy::expect_used, reason = "words of a text of 1 MiB fit")]
    pub fn new(mut words: Vec<String>) -> Self {
        words.retain(|word| word.chars().count() >= SHORTEST);
        words.sort_unstable();
        words.dedup();
        // Of one long word a DFA, which is the default for few words, would take a gigabyte.
        let search = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(&words)
            .expect("the words make a search");
        Self { words, search }
    }

    /// A text without secrets.
    pub fn text(&self, text: &str) -> String {
        let mut hidden = in_text(text).hidden;
        let found = self
            .search
            .find_overlapping_iter(text)
            .map(|found| found.range());
        hidden.extend(found.filter(|range| stands_alone(text, range)));
        let cuts = text.match_indices('…').map(|(cut, _)| cut);
        hidden.extend(cuts.filter_map(|cut| self.before_cut(text, cut)));
        starred(text, &merged(hidden))
    }

    /// The start of a hidden text that a message cuts off here. No message quotes more than 80 characters.
    fn before_cut(&self, text: &str, cut: usize) -> Option<Range<usize>> {
        let before = text.get(..cut)?;
        let starts = before.char_indices().rev().take(80).map(|(at, _)| at);
        let cut_off = starts.map(|start| start..cut).filter(|range| {
            let part = text.get(range.clone()).unwrap_or_default();
            let next = self.words.partition_point(|word| word.as_str() < part);
            part.len() >= SHORTEST
                && self
                    .words
                    .get(next)
                    .is_some_and(|word| word.starts_with(part))
        });
        cut_off.last()
    }

    /// A JSON Pointer is masked step by step, without its escapes.
    fn pointer(&self, pointer: &mut String) {
        let steps: Vec<String> = pointer
            .split('/')
            .map(|step| to_step(&self.text(&from_step(step))))
            .collect();
        *pointer = steps.join("/");
    }

    /// Takes secrets out of everything that a finding says; a fix that would write one goes.
    pub fn finding(&self, finding: &mut Finding) {
        let hide = |text: &mut String| *text = self.text(text);
        hide(&mut finding.message);
        hide(&mut finding.help);
        self.pointer(&mut finding.location.pointer);
        finding.environments.iter_mut().for_each(hide);
        for related in &mut finding.related {
            hide(&mut related.message);
            self.pointer(&mut related.location.pointer);
        }
        if let Some(fix) = &mut finding.fix {
            hide(&mut fix.title);
            let writes_secret = |text: &String| self.text(text) != *text;
            if fix.edits.iter().any(|edit| writes_secret(&edit.text)) {
                finding.fix = None;
            }
        }
    }
}

/// Whether a part of a text is not a part of a longer word.
fn stands_alone(text: &str, part: &Range<usize>) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let sides = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        before.ends_with(is_word) && after.starts_with(is_word)
    };
    !sides(part.start) && !sides(part.end)
}
