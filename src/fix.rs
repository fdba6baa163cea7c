//! Fixes applied to a text. After each, the text is read again and compared with the tree that the fix meant: where anything else
//! would change, the fix is refused. A second reader, where it read the old text as ours did, must read the new one so too.

mod meaning;

use std::collections::{BTreeMap, HashMap, HashSet};

use meaning::Original;

use crate::text::slice;
use crate::{
    check::Judged,
    diagnostic::{Change, Finding, Fix, MOST_AT_ONE_VALUE, TextEdit},
    text::{Source, diff, show},
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
    /// How many fixes were not applied though they were asked for: they would change more than they mean, or touch a secret, or their
    /// findings would stay.
    pub skipped: usize,
}

/// What a finding is recognised by: its rule, its message, and the value that it is about. Of an item that goes, that is the list: others
/// take its number.
type Key = (&'static str, String, String);

fn key(finding: &Finding) -> Key {
    let pointer = &finding.location.pointer;
    let mut changes = finding.fix.iter().flat_map(|fix| &fix.changes);
    let list = changes
        .any(|it| matches!(it, Change::RemoveItem(_)))
        .then(|| pointer.rsplit_once('/'));
    let value = list.flatten().map_or(&**pointer, |(list, _)| list);
    (finding.rule.id, finding.message.clone(), value.to_owned())
}

/// Applies the fixes of a manifest's findings, the unsafe ones too where they are asked for, round by round until nothing changes:
/// fixes that overlap wait for the next round. `judge` judges the text of each round, and suppresses as the first was.
pub fn apply(judged: Judged, allow_unsafe: bool, mut judge: impl FnMut(&str) -> Judged) -> Fixed {
    let mut fixed = Fixed {
        judged,
        applied: 0,
        skipped: 0,
    };
    let mut fruitless = HashSet::new();
    // The texts of the rounds, with what was mended until then, and what was mended next.
    let mut past: Vec<(String, usize, Vec<Key>)> = Vec::new();
    // What makes room for its own opposite: one anchored value can be due as two types.
    let mut in_circles = HashSet::new();
    for _ in 0..MOST_ROUNDS {
        let left_out = |key: &Key| fruitless.contains(key) || in_circles.contains(key);
        let (text, applied, skipped) = round(&fixed.judged, allow_unsafe, left_out);
        fixed.skipped = skipped;
        let Some(text) = text else {
            break;
        };
        let next = judge(&text);
        let (before, after) = (counts(&fixed.judged), counts(&next));
        // Of a value with very many findings, others come to the place of those that were mended.
        let stays = |key: &&Key| {
            let (before, after) = (before.get(*key), after.get(*key));
            after.is_some() && after >= before && before < Some(&MOST_AT_ONE_VALUE)
        };
        let stayed: Vec<Key> = applied.iter().filter(stays).cloned().collect();
        if stayed.is_empty() {
            let before = fixed.judged.source.text().to_owned();
            let count = applied.len();
            past.push((before, fixed.applied, applied));
            fixed.applied += count;
            if let Some(first) = past.iter().position(|(before, ..)| *before == text) {
                fixed.applied = past.get(first).map_or(0, |(_, applied, _)| *applied);
                in_circles.extend(past.drain(first..).flat_map(|(.., applied)| applied));
            }
            fixed.judged = next;
            // Everything may have changed.
            fruitless.clear();
        }
        fruitless.extend(stayed);
    }
    fixed
}

/// The text with one fix, if the fix does what it means and nothing else.
pub fn apply_one(judged: &Judged, fix: &Fix) -> Option<String> {
    let text = judged.source.text();
    let original = (!fix.touches_secret(&judged.source)).then(|| Original::new(text));
    original??.proved(&[fix])
}

fn counts(judged: &Judged) -> HashMap<Key, usize> {
    let mut counts = HashMap::new();
    for finding in &judged.findings {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}

/// One pass over a text, without the fixes of findings that are left out: the text with the fixes that can be applied together, if there
/// are any; the findings that they are for; and how many are left out for good.
fn round(
    judged: &Judged,
    allow_unsafe: bool,
    left_out: impl Fn(&Key) -> bool,
) -> (Option<String>, Vec<Key>, usize) {
    let mut skipped = 0;
    let mut chosen = Chosen::default();
    for finding in &judged.findings {
        let is_wanted = |fix: &&Fix| (fix.safe || allow_unsafe) && !fix.edits.is_empty();
        let Some(fix) = finding.fix.as_ref().filter(is_wanted) else {
            continue;
        };
        match fix.touches_secret(&judged.source) || left_out(&key(finding)) {
            true => skipped += 1,
            false => chosen.add(fix, finding),
        }
    }
    let text = judged.source.text();
    let fixes: Vec<&Fix> = chosen.groups.iter().map(|(fix, _)| *fix).collect();
    let original = (!fixes.is_empty()).then(|| Original::new(text));
    let accepted = original.flatten().map(|it| accept(&it, &fixes));
    let (new, accepted) = accepted.unwrap_or_default();
    let accepted: HashSet<Option<usize>> = accepted.into_iter().map(start).collect();
    let mut applied = Vec::new();
    for (fix, findings) in chosen.groups {
        match accepted.contains(&start(fix)) {
            true => applied.extend(findings.into_iter().map(key)),
            false => skipped += findings.len(),
        }
    }
    (new.filter(|new| new != text), applied, skipped)
}

/// Fixes that can be applied together: they share no byte, and no two write at one place.
#[derive(Default)]
struct Chosen<'a> {
    /// Each fix, with all findings that have it.
    groups: Vec<(&'a Fix, Vec<&'a Finding>)>,
    /// The edits' starts, with their ends and their fixes.
    taken: BTreeMap<usize, (usize, usize)>,
}

impl<'a> Chosen<'a> {
    /// Adds a fix, unless it has to wait.
    fn add(&mut self, fix: &'a Fix, finding: &'a Finding) {
        let same = start(fix).and_then(|start| self.taken.get(&start));
        let same = same.and_then(|(_, group)| self.groups.get_mut(*group));
        if let Some((_, findings)) = same.filter(|(other, _)| other.edits == fix.edits) {
            findings.push(finding);
            return;
        }
        let is_free = |edit: &TextEdit| {
            let before = self.taken.range(..edit.range.start).next_back();
            let next = self.taken.range(edit.range.start..).next();
            before.is_none_or(|(_, (end, _))| *end <= edit.range.start)
                && next
                    .is_none_or(|(start, _)| *start >= edit.range.end && *start != edit.range.start)
        };
        if fix.edits.iter().all(is_free) {
            for edit in &fix.edits {
                let taken = (edit.range.end, self.groups.len());
                self.taken.insert(edit.range.start, taken);
            }
            self.groups.push((fix, vec![finding]));
        }
    }
}

/// What a fix is found by among those that share no byte.
fn start(fix: &Fix) -> Option<usize> {
    fix.edits.first().map(|edit| edit.range.start)
}

/// The fixes that do what they mean and nothing else, and the text with them. All are tried together first, so that a file with many
/// costs little.
fn accept<'a>(original: &Original<'_>, fixes: &[&'a Fix]) -> (Option<String>, Vec<&'a Fix>) {
    if let Some(new) = original.proved(fixes) {
        return (Some(new), fixes.to_vec());
    }
    if fixes.len() <= 1 {
        return (None, Vec::new());
    }
    let (left, right) = fixes.split_at(fixes.len() / 2);
    let (new, mut accepted) = accept(original, left);
    let (other, more) = accept(original, right);
    if accepted.is_empty() {
        return (other, more);
    }
    let alone = accepted.clone();
    accepted.extend(&more);
    match original.proved(&accepted).filter(|_| !more.is_empty()) {
        Some(new) => (Some(new), accepted),
        // What is left out has its turn in the next round.
        None => (new, alone),
    }
}

/// A text with edits applied; nothing where they overlap or cut a character.
fn edited(text: &str, edits: impl Iterator<Item = TextEdit>) -> Option<String> {
    let mut edits: Vec<TextEdit> = edits.collect();
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
/// alike. Empty where nothing differs. The name is the old one's, as `git apply` and `patch` with `-p0` or `-p1` take it: below `.`, and
/// with a tab where a name with blanks ends.
pub fn unified_diff(old: &Source, new: &Source) -> String {
    let name = show::text(old.name());
    let below = if name.starts_with(['.', '/']) {
        ""
    } else {
        "./"
    };
    let end = if name.contains(' ') { "\t" } else { "" };
    unified(&shown(old), &shown(new), &format!("{below}{name}{end}"))
}

/// Whether the diff of two texts shows a line otherwise than it is: a secret is hidden there, or a control. `patch` refuses it then.
pub fn diff_hides(old: &Source, new: &Source) -> bool {
    unified(&shown(old), &shown(new), "") != unified(old.text(), new.text(), "")
}

fn unified(old: &str, new: &str, name: &str) -> String {
    show::no_line_commands(&diff::unified(old, new, name))
}

fn shown(source: &Source) -> String {
    let text = source.shown(0..source.text().len());
    // `patch` needs the mark that the file begins with.
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (mark, text) = text.split_at_checked(mark).unwrap_or(("", &text));
    let mut shown = mark.to_owned();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        shown.push_str(&show::text(content));
        // The end of a line stays as it is, so that `patch` takes the diff of a text with CR LF.
        shown.push_str(slice(line, content.len()..));
    }
    shown
}

#[cfg(test)]
mod tests;
