//! `org-id-unusual`: an organization ID other than all that have been seen.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "org-id-unusual",
    severity: Severity::Note,
    fix: None,
    page: include_str!("pages/org-id-unusual.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(id) = subject
        .organization
        .and_then(|organization| organization.id.get())
    else {
        return;
    };
    if !findings.is_sound(id) {
        return;
    }
    let usual = |character: char| character.is_ascii_digit() || matches!(character, 'A'..='F');
    let name = id.split('@').next().unwrap_or_default();
    if let Some((at, character)) = name
        .char_indices()
        .find(|(_, character)| !usual(*character))
    {
        findings.push(RULE.at(
            id.place.part(at..at + character.len_utf8()),
            format!("the organization ID holds `{character}`, but all that were seen are digits and the letters A to F"),
            "compare it with the Admin Console once more, letter by letter; a lower-case letter, or an `O` for a `0`, is easily missed",
        ));
    }
}
