//! `value-whitespace`: white space that slipped into a value that is compared letter by letter.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{draft::Change, finding::Severity};

pub static RULE: Rule = Rule {
    id: "value-whitespace",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/value-whitespace.md"),
    check: Check::Manifest(check),
};

const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (what, text) in subject.identifiers() {
        let trimmed = text.trim_matches(WHITE);
        // An empty item of a list has a finding of its own.
        if text.is_empty() || trimmed.is_empty() && what == "the scope" {
            continue;
        }
        let inner = trimmed.find(['\t', '\n', '\r']);
        let (range, where_it_is) = if text.starts_with(WHITE) {
            (
                0..text.len() - text.trim_start_matches(WHITE).len(),
                "begins with white space",
            )
        } else if text.ends_with(WHITE) {
            (
                text.trim_end_matches(WHITE).len()..text.len(),
                "ends with white space",
            )
        } else if let Some(at) = inner {
            (at..at + 1, "holds a tab or a line break")
        } else {
            continue;
        };
        let mended = trimmed
            .split(['\t', '\n', '\r'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let draft = RULE.at(
            text.place.part(range),
            format!("{what} {where_it_is}, which Adobe and Campaign take as part of it"),
            "remove the white space",
        );
        findings.push(if mended.is_empty() {
            draft
        } else {
            draft.safe_fix(
                "remove the white space",
                Change::Replace(text.place, mended),
            )
        });
    }
}
