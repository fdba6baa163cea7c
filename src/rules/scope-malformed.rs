//! `scope-malformed`: a list of scopes that is not one scope an item.

use std::collections::HashMap;

use super::{Check, Findings, FixKind, Rule, Subject, scopes};
use crate::{
    draft::{Change, excerpt},
    finding::Severity,
    yaml::Spanned,
};

pub static RULE: Rule = Rule {
    id: "scope-malformed",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/scope-malformed.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(list) = subject.account.and_then(|account| account.scope.get()) else {
        return;
    };
    let items: Vec<_> = list.iter().filter_map(|item| item.get()).collect();
    // The later ones first, so that the first of equal ones stays.
    let firsts: HashMap<&str, &Spanned<String>> = items
        .iter()
        .rev()
        .map(|item| (item.as_str(), *item))
        .collect();
    for &item in &items {
        if !findings.is_sound(item) {
            continue;
        }
        let text = item.trim();
        let first = firsts
            .get(item.as_str())
            .copied()
            .filter(|first| first.place != item.place);
        let parts: Vec<&str> = text
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        let all_known = parts.iter().all(|part| scopes::DOCUMENTED.contains(part));
        let draft = if text.is_empty() {
            RULE.at(item, "an item of the scope is empty", "remove it")
                .safe_fix("remove it", Change::RemoveItem(item.place))
        } else if let Some(first) = first {
            RULE.at(
                item,
                format!("`{}` is in the scope twice", excerpt(item)),
                "remove one of them",
            )
            .related(first, "the first one is here")
            .safe_fix("remove it", Change::RemoveItem(item.place))
        } else if text.contains(',') || text.contains(char::is_whitespace) {
            let (what, help) = if text.contains(',') {
                ("a comma", "make each scope an item of its own")
            } else {
                (
                    "white space",
                    "make each scope an item of its own, or remove the white space",
                )
            };
            let draft = RULE.at(
                item,
                format!("an item of the scope holds {what}: `{}`", excerpt(text)),
                help,
            );
            let fresh = |part: &&str| !firsts.contains_key(part);
            if (text.contains(',') && !text.contains(char::is_whitespace) || all_known)
                && parts.len() > 1
                && parts.iter().all(fresh)
            {
                let parts = parts.into_iter().map(str::to_owned).collect();
                draft.safe_fix(
                    "make each an item of its own",
                    Change::SplitItem(item.place, parts),
                )
            } else {
                draft
            }
        } else {
            continue;
        };
        findings.push(draft);
    }
}
