//! Code actions: each fix, all safe fixes, and the comment that ignores a rule here.

use std::{
    cell::Cell,
    collections::HashSet,
    ops::{Add, Range},
};

use gen_lsp_types as types;
use serde::Deserialize;
use serde_json::{Value, json};
use similar::{DiffTag, DiffableStr};

use super::{
    asked::Asked,
    client::{FIX_ALL, OPEN_PAGE},
    diagnostics::diagnostic,
    hover::IGNORE,
};
use crate::{
    check::Checked,
    diagnostic::{Finding, TextEdit, Topic},
    text::{Source, diff, show},
    yaml,
};

/// So many bytes are read again at most to prove the actions of one request. In a long text with many findings, the first ones get
/// actions; a smaller range gets the others.
const MOST_PROVED: usize = 1 << 20;

/// What is left of it.
struct Budget(Cell<usize>);

impl Budget {
    /// Whether a text can be read once more.
    fn allows(&self, text: &str) -> bool {
        let left = self.0.get().checked_sub(text.len());
        left.map(|left| self.0.set(left)).is_some()
    }
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Params {
    range: types::Range,
    #[serde(default)]
    context: Context,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Context {
    /// The kinds that are wanted; nothing where all are.
    only: Option<Vec<String>>,
}

impl Params {
    fn wants(&self, kind: &str) -> bool {
        let below = |wanted: &String| {
            let rest = kind.strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        self.context
            .only
            .as_ref()
            .is_none_or(|only| only.iter().any(below))
    }
}

/// All actions for a range.
pub fn all(asked: &Asked<'_>, params: &Params) -> Vec<Value> {
    let source = asked.source();
    let range = asked.client.encoding.bytes(source, &params.range);
    let mut actions = Vec::new();
    let budget = Budget(Cell::new(MOST_PROVED));
    if params.wants("quickfix") {
        let mut findings = asked.workspace.findings(asked.address).findings;
        findings.retain(|it| {
            it.location.range.start <= range.end && range.start <= it.location.range.end
        });
        actions.extend(findings.iter().filter_map(|it| fix(asked, it, &budget)));
        let mut seen = HashSet::new();
        let once = findings.iter().filter(|finding| {
            let line = source.line_of(finding.location.range.start);
            seen.insert((line, finding.rule.id))
        });
        let once: Vec<&Finding> = once.collect();
        actions.extend(once.iter().filter_map(|it| ignore(asked, it, &budget)));
        let pages = once.iter().filter(|_| asked.client.opens_pages);
        actions.extend(pages.map(|finding| page(asked, finding)));
    }
    if params.wants(FIX_ALL) {
        actions.extend(fix_all(asked));
    }
    actions
}

fn quick_fix(
    asked: &Asked<'_>,
    finding: &Finding,
    title: &str,
    safe: bool,
    edits: &[TextEdit],
) -> Value {
    json!({
        "title": title,
        "kind": "quickfix",
        "isPreferred": safe,
        "diagnostics": [diagnostic(finding, asked.workspace, asked.client)],
        "edit": asked.edit(edits),
    })
}

/// A finding's fix, where it does what it means and nothing else.
fn fix(asked: &Asked<'_>, finding: &Finding, budget: &Budget) -> Option<Value> {
    let fix = finding
        .fix
        .as_ref()
        .filter(|_| budget.allows(asked.source().text()))?;
    crate::fix_one(asked.checked, fix)?;
    let title = show::lines(&fix.title);
    let title = match fix.safe {
        true => title,
        false => format!("{title} (look at it: it may change more)"),
    };
    Some(quick_fix(asked, finding, &title, fix.safe, &fix.edits))
}

/// What `check --fix` would do with the document.
fn fix_all(asked: &Asked<'_>) -> Option<Value> {
    let has_fix = |finding: &Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe);
    if !asked.checked.judged.findings.iter().any(has_fix) {
        return None;
    }
    let fixed = crate::fix(asked.checked, &asked.document.settings, false);
    let edits = difference(asked.source(), &fixed.judged.source)?;
    (!edits.is_empty()).then(|| {
        json!({"title": "fix all that is safe to fix", "kind": FIX_ALL, "edit": asked.edit(&edits)})
    })
}

/// The edits that make one text of another, word by word in the lines that differ: what stays the same is in no edit. Nothing where
/// one of them would name a secret.
fn difference(old: &Source, new: &Source) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    for (gone, come) in changes(&old.text().tokenize_lines(), &new.text().tokenize_lines()) {
        let (before, after) = (old.text().get(gone.clone())?, new.text().get(come.clone())?);
        for (less, more) in changes(&before.tokenize_words(), &after.tokenize_words()) {
            let range = gone.start + less.start..gone.start + less.end;
            let more = come.start + more.start..come.start + more.end;
            if old.touches_secret(&range) || new.touches_secret(&more) {
                return None;
            }
            let text = new.text().get(more)?.to_owned();
            edits.push(TextEdit { range, text });
        }
    }
    Some(edits)
}

/// What differs between two texts that are cut into parts, in bytes of both.
fn changes(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut old_parts, mut new_parts) = (old.iter(), new.iter());
    let (mut from, mut to) = (0, 0);
    let mut different = Vec::new();
    for op in diff::operations(old, new) {
        let less = old_parts.by_ref().take(op.old_range().len());
        let more = new_parts.by_ref().take(op.new_range().len());
        let from_end = less.map(|part| part.len()).fold(from, usize::add);
        let to_end = more.map(|part| part.len()).fold(to, usize::add);
        if op.tag() != DiffTag::Equal {
            different.push((from..from_end, to..to_end));
        }
        (from, to) = (from_end, to_end);
    }
    different
}

/// The comment that ignores a finding, where one can stand that ignores it and changes nothing else.
fn ignore(asked: &Asked<'_>, finding: &Finding, budget: &Budget) -> Option<Value> {
    if finding.rule.is_guarded {
        return None;
    }
    let candidates = places(asked, finding);
    let edit = candidates
        .into_iter()
        .find(|edit| budget.allows(asked.source().text()) && is_ignored(asked, finding, edit))?;
    let title = format!("ignore `{}` here", finding.rule.id);
    Some(quick_fix(asked, finding, &title, false, &[edit]))
}

/// Opens the page of a finding's rule in a browser.
fn page(asked: &Asked<'_>, finding: &Finding) -> Value {
    let id = finding.rule.id;
    let title = format!("open the page of `{id}`");
    json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": [diagnostic(finding, asked.workspace, asked.client)],
        "command": {"title": title, "command": OPEN_PAGE, "arguments": [id]},
    })
}

/// Where the comment could stand: within one that is there, at the end of the line, on a line of its own above; of the line where the
/// finding starts, then of that where its field's key does.
fn places(asked: &Asked<'_>, finding: &Finding) -> Vec<TextEdit> {
    let (source, start) = (asked.source(), finding.location.range.start);
    let text = source.text();
    let id = finding.rule.id;
    let document = asked.checked.judged.document.iter();
    let around = document
        .flat_map(|it| &it.nodes)
        .filter(|it| it.range.start <= start && start <= it.range.end);
    let key = around
        .min_by_key(|it| it.range.len())
        .and_then(|it| it.key.clone());
    let lines = [Some(start), key.map(|key| key.start)];
    let lines = lines.into_iter().flatten();
    let mut lines: Vec<usize> = lines.map(|it| source.line_of(it)).collect();
    lines.dedup();
    let mut places = Vec::new();
    for line in lines {
        let range = source.line_range(line);
        let content = text.get(range.clone()).unwrap_or_default();
        let insert = |at: usize, text: String| TextEdit {
            range: at..at,
            text,
        };
        let known = content.rfind(IGNORE);
        let close = known.and_then(|from| Some(from + content.get(from..)?.find(']')?));
        places.extend(close.map(|close| insert(range.start + close, format!(", {id}"))));
        let comment = format!("# {IGNORE}{id}]");
        let end = range.start + content.trim_end().len();
        places.push(insert(end, format!("  {comment}")));
        let indentation = content.len() - content.trim_start().len();
        let blanks = content.get(..indentation).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let line_end = match after.starts_with("\r\n") {
            true => "\r\n",
            false => "\n",
        };
        let first = range.start + indentation;
        places.push(insert(first, format!("{comment}{line_end}{blanks}")));
    }
    places
}

/// Whether an edit takes a finding away, adds none, and leaves what the document says as it is.
fn is_ignored(asked: &Asked<'_>, finding: &Finding, edit: &TextEdit) -> bool {
    let mut text = asked.source().text().to_owned();
    text.insert_str(edit.range.start, &edit.text);
    let Some(new) = asked.workspace.judge_again(asked.document, text) else {
        return false;
    };
    let old = asked.checked;
    let said = |checked: &Checked| {
        let document = checked.judged.document.as_deref()?;
        Some(yaml::to_json(document.root()?))
    };
    let count = |checked: &Checked, finding: &Finding| {
        let findings = checked.judged.findings.iter();
        let same = findings.filter(|it| it.rule == finding.rule && it.message == finding.message);
        same.count()
    };
    let is_gone = match finding.rule.topic {
        // These are found elsewhere; that the comment counts for the line is enough.
        Topic::Across => new.ignores(finding),
        _ => count(&new, finding) < count(old, finding),
    };
    let is_known = |it: &Finding| count(old, it) > 0;
    is_gone && new.judged.findings.iter().all(is_known) && said(old) == said(&new)
}
