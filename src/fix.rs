//! Fixes applied to a text. After each, the text is parsed again and compared with the tree that the fix meant: where anything
//! else would change, the fix is refused.

mod meaning;

use std::collections::{HashMap, HashSet};

use similar::TextDiff;

use crate::{
    finding::{Finding, Fix, TextEdit},
    judge::Judged,
    report::safe,
    source::Source,
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
    (finding.rule, finding.message.clone(), start)
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
                .entry((finding.rule, finding.message.clone()))
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
    /// What was written, sorted.
    edits: Vec<TextEdit>,
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
        let mut chosen: Vec<&Fix> = Vec::new();
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
            } else if chosen.iter().any(|other| other.edits == fix.edits) {
                findings.push(finding);
            } else if chosen.iter().all(|other| are_apart(other, fix)) {
                chosen.push(fix);
                findings.push(finding);
            }
        }
        let text = judged.source.text();
        let accepted = accept(text, document, &chosen);
        for finding in findings {
            let edits = finding.fix.as_ref().map(|fix| &fix.edits);
            if accepted.iter().any(|fix| Some(&fix.edits) == edits) {
                round.applied.push(key(finding));
            } else {
                round.skip(finding, Reason::ChangesMore);
            }
        }
        if !accepted.is_empty() {
            round.text = edited(text, &accepted).filter(|new| new != text);
            let edits = accepted.iter().flat_map(|fix| fix.edits.iter().cloned());
            round.edits = edits.collect();
            round
                .edits
                .sort_by_key(|edit| (edit.range.start, edit.range.end));
        }
        round
    }

    /// Where an offset of the old text is in the new one.
    fn moved(&self, at: usize) -> usize {
        let (mut removed, mut added) = (0, 0);
        for edit in &self.edits {
            if edit.range.end > at {
                let inside = at.saturating_sub(edit.range.start);
                return at - removed - inside + added + inside.min(edit.text.len());
            }
            removed += edit.range.len();
            added += edit.text.len();
        }
        at - removed + added
    }

    fn skip(&mut self, finding: &Finding, reason: Reason) {
        self.skipped.push(Skipped {
            finding: finding.clone(),
            reason,
        });
    }
}

/// Whether two fixes can be applied together: they share no byte, and do not both write at one place.
fn are_apart(one: &Fix, other: &Fix) -> bool {
    one.edits.iter().all(|a| {
        other.edits.iter().all(|b| {
            let (a, b) = (&a.range, &b.range);
            a.start != b.start && (a.end <= b.start || b.end <= a.start)
        })
    })
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
    let name = safe::text(old.name());
    let diff = TextDiff::from_lines(&old_text, &new_text);
    let diff = diff.unified_diff().header(&name, &name).to_string();
    safe::no_line_commands(&diff)
}

fn shown(source: &Source) -> String {
    let text = source.shown(0..source.text().len());
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        shown.push_str(&safe::text(content));
        if line.ends_with('\n') {
            shown.push('\n');
        }
    }
    shown
}

#[cfg(test)]
mod tests;
