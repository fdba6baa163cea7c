//! Fixes applied to a text. After each, the text is parsed again and compared with the tree that the fix meant: where anything
//! else would change, the fix is refused.

mod meaning;

use std::collections::{BTreeMap, HashMap, HashSet};

use similar::TextDiff;

use crate::{
    check::Judged,
    diagnostic::{Finding, Fix, TextEdit},
    text::Source,
    text::show,
    yaml::Document,
};

/// A fix can make room for another one; that many times a text is judged again.
const MOST_ROUNDS: usize = 20;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The text as it is then, judged.
    pub judged: Judged,
    /// How many findings were mended.
    pub applied: usize,
    /// Fixes that were not applied though they were asked for.
    pub skipped: Vec<Skipped>,
}

/// A fix that was not applied.
#[derive(Debug)]
pub struct Skipped {
    /// The finding that it was for.
    pub finding: Finding,
    /// Why.
    pub reason: Reason,
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// More than it means would change.
    ChangesMore,
    /// The finding would stay.
    MendsNothing,
    /// It touches what nothing may show.
    Secret,
}

impl Reason {
    /// The reason in words, to follow "the fix is not applied: ".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::ChangesMore => "it would change more than it means",
            Self::MendsNothing => "the finding would stay",
            Self::Secret => "it touches a secret",
        }
    }
}

/// What a finding is recognised by: its rule, its message, and where it starts.
type Key = (&'static str, String, usize);

fn key(finding: &Finding) -> Key {
    let start = finding.location.range.start;
    (finding.rule.id, finding.message.clone(), start)
}

/// Applies the fixes of a manifest's findings, the unsafe ones too where they are asked for, round by round until nothing changes:
/// fixes that overlap wait for the next round. `judge` judges the text of each round, and suppresses as the first was.
pub fn apply(judged: Judged, allow_unsafe: bool, mut judge: impl FnMut(&str) -> Judged) -> Fixed {
    let mut fixed = Fixed {
        judged,
        applied: 0,
        skipped: Vec::new(),
    };
    let mut fruitless = HashSet::new();
    for _ in 0..MOST_ROUNDS {
        let round = Round::new(&fixed.judged, allow_unsafe, &fruitless);
        let next = round.text.as_deref().map(&mut judge);
        let stayed = match &next {
            Some(next) => stayed(&fixed.judged, &round, next),
            None => Vec::new(),
        };
        let applied = round.applied.len();
        fixed.skipped = round.skipped;
        match next {
            None => break,
            Some(next) if stayed.is_empty() => {
                fixed.applied += applied;
                fixed.judged = next;
                // Everything may have moved.
                fruitless.clear();
            }
            Some(_) => fruitless.extend(stayed),
        }
    }
    fixed
}

/// Those of the applied fixes' findings that are found again where they were, and as often as before.
fn stayed(before: &Judged, round: &Round, after: &Judged) -> Vec<Key> {
    let places: HashSet<Key> = after.findings.iter().map(key).collect();
    let count = |judged: &Judged| {
        let mut counts: HashMap<(&str, String), usize> = HashMap::new();
        for finding in &judged.findings {
            *counts
                .entry((finding.rule.id, finding.message.clone()))
                .or_default() += 1;
        }
        counts
    };
    let (counts_before, counts_after) = (count(before), count(after));
    let is_found = |(rule, message, start): &&Key| {
        let kind = (*rule, message.clone());
        places.contains(&(*rule, message.clone(), round.moved(*start)))
            && counts_after.get(&kind) >= counts_before.get(&kind)
    };
    round.applied.iter().filter(is_found).cloned().collect()
}

/// One pass over a text.
struct Round {
    /// The text with this round's fixes, if there are any.
    text: Option<String>,
    /// The findings that they are for.
    applied: Vec<Key>,
    /// What was written, sorted, and where each edit ends in the new text.
    edits: Vec<(TextEdit, usize)>,
    skipped: Vec<Skipped>,
}

impl Round {
    fn new(judged: &Judged, allow_unsafe: bool, fruitless: &HashSet<Key>) -> Self {
        let mut round = Self {
            text: None,
            applied: Vec::new(),
            edits: Vec::new(),
            skipped: Vec::new(),
        };
        let Some(document) = &judged.document else {
            return round;
        };
        let mut chosen = Chosen::default();
        let mut findings: Vec<&Finding> = Vec::new();
        for finding in &judged.findings {
            let Some(fix) = &finding.fix else { continue };
            if !(fix.safe || allow_unsafe) || fix.edits.is_empty() {
                continue;
            }
            let secret = |edit: &TextEdit| judged.source.touches_secret(&edit.range);
            if fix.edits.iter().any(secret) {
                round.skip(finding, Reason::Secret);
            } else if fruitless.contains(&key(finding)) {
                round.skip(finding, Reason::MendsNothing);
            } else if chosen.add(fix) {
                findings.push(finding);
            }
        }
        let text = judged.source.text();
        let accepted = accept(text, document, &chosen.fixes);
        let places: HashSet<_> = accepted.iter().filter_map(|fix| place(fix)).collect();
        for finding in findings {
            if places.contains(&finding.fix.as_ref().and_then(place).unwrap_or_default()) {
                round.applied.push(key(finding));
            } else {
                round.skip(finding, Reason::ChangesMore);
            }
        }
        if !accepted.is_empty() {
            round.text = edited(text, &accepted).filter(|new| new != text);
            let mut edits: Vec<&TextEdit> = accepted.iter().flat_map(|fix| &fix.edits).collect();
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            let (mut old, mut new) = (0, 0);
            for edit in edits {
                new += edit.range.start - old + edit.text.len();
                old = edit.range.end;
                round.edits.push((edit.clone(), new));
            }
        }
        round
    }

    /// Where an offset of the old text is in the new one.
    fn moved(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|(edit, _)| edit.range.end <= at);
        let last = before.checked_sub(1).and_then(|last| self.edits.get(last));
        let moved = |at: usize| match last {
            Some((edit, end)) => end + at - edit.range.end,
            None => at,
        };
        match self.edits.get(before) {
            Some((edit, _)) if edit.range.start < at => {
                moved(edit.range.start) + edit.text.len().min(at - edit.range.start)
            }
            _ => moved(at),
        }
    }

    fn skip(&mut self, finding: &Finding, reason: Reason) {
        self.skipped.push(Skipped {
            finding: finding.clone(),
            reason,
        });
    }
}

/// Fixes that can be applied together: they share no byte, and no two write at one place.
#[derive(Default)]
struct Chosen<'a> {
    fixes: Vec<&'a Fix>,
    /// The edits' starts and ends.
    taken: BTreeMap<usize, usize>,
    by_place: HashMap<(usize, usize), &'a Fix>,
}

impl<'a> Chosen<'a> {
    /// Adds a fix; true where it is among the chosen ones then, be it as the equal fix of another finding.
    fn add(&mut self, fix: &'a Fix) -> bool {
        let Some(place) = place(fix) else {
            return false;
        };
        if let Some(other) = self.by_place.get(&place) {
            return other.edits == fix.edits;
        }
        let is_free = |edit: &TextEdit| {
            let before = self.taken.range(..edit.range.start).next_back();
            let from = self.taken.range(edit.range.start..).next();
            before.is_none_or(|(_, end)| *end <= edit.range.start)
                && from
                    .is_none_or(|(start, _)| *start >= edit.range.end && *start != edit.range.start)
        };
        let free = fix.edits.iter().all(is_free);
        if free {
            let edits = fix.edits.iter();
            self.taken
                .extend(edits.map(|edit| (edit.range.start, edit.range.end)));
            self.by_place.insert(place, fix);
            self.fixes.push(fix);
        }
        free
    }
}

/// What a fix is found by among those that share no byte: the range of its first edit.
fn place(fix: &Fix) -> Option<(usize, usize)> {
    let first = fix.edits.first()?;
    Some((first.range.start, first.range.end))
}

/// The fixes that do what they mean and nothing else. All are tried together first, so that a file with many costs little.
fn accept<'a>(text: &str, document: &Document, fixes: &[&'a Fix]) -> Vec<&'a Fix> {
    if fixes.is_empty() || does_what_it_means(text, document, fixes) {
        return fixes.to_vec();
    }
    if fixes.len() == 1 {
        return Vec::new();
    }
    let (left, right) = fixes.split_at(fixes.len() / 2);
    let mut accepted = accept(text, document, left);
    let alone = accepted.clone();
    accepted.extend(accept(text, document, right));
    if alone.len() == accepted.len() || does_what_it_means(text, document, &accepted) {
        accepted
    } else {
        // What is left out has its turn in the next round.
        alone
    }
}

fn does_what_it_means(text: &str, document: &Document, fixes: &[&Fix]) -> bool {
    edited(text, fixes).is_some_and(|new| meaning::is_kept(text, document, fixes, &new))
}

/// A text with edits applied; nothing where they overlap or cut a character.
fn edited(text: &str, fixes: &[&Fix]) -> Option<String> {
    let mut edits: Vec<&TextEdit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        new.push_str(text.get(done..edit.range.start)?);
        new.push_str(&edit.text);
        done = edit.range.end;
    }
    new.push_str(text.get(done..)?);
    Some(new)
}

/// What differs between two texts, as a unified diff of what may be shown: secrets are stars, controls numbers, and line ends all
/// alike. Empty where nothing differs. The name is the old one's.
pub fn unified_diff(old: &Source, new: &Source) -> String {
    let (old_text, new_text) = (shown(old), shown(new));
    let name = show::text(old.name());
    let diff = TextDiff::from_lines(&old_text, &new_text);
    let diff = diff.unified_diff().header(&name, &name).to_string();
    show::no_line_commands(&diff)
}

fn shown(source: &Source) -> String {
    let text = source.shown(0..source.text().len());
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        shown.push_str(&show::text(content));
        // The end of a line stays as it is, so that `patch` takes the diff of a text with CR LF.
        shown.push_str(line.get(content.len()..).unwrap_or_default());
    }
    shown
}

#[cfg(test)]
mod tests;
