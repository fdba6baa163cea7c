//! `org-id-format`: an organization ID that cannot be one.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{
    draft::{Change, excerpt, shown},
    finding::Severity,
};

pub static RULE: Rule = Rule {
    id: "org-id-format",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/org-id-format.md"),
    check: Check::Manifest(check),
};

const SUFFIX: &str = "@AdobeOrg";

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
    let (name, suffix) = match id.find('@') {
        Some(at) => id.split_at(at),
        None => (id.as_str(), ""),
    };
    let count = name.chars().count();
    let help = "copy the ID from the Admin Console: 24 letters and digits, then `@AdobeOrg`";
    let draft = if let Some((at, character)) = name
        .char_indices()
        .find(|(_, character)| !character.is_ascii_alphanumeric())
    {
        let place = id.place.part(at..at + character.len_utf8());
        RULE.at(
            place,
            format!(
                "the organization ID holds {}, which is neither a letter from A to Z nor a digit",
                shown(character)
            ),
            help,
        )
    } else if count != 24 {
        let characters = if count == 1 {
            "character"
        } else {
            "characters"
        };
        let before = if suffix.is_empty() { "" } else { " before `@`" };
        RULE.at(
            id,
            format!("the organization ID has {count} {characters}{before}, not 24"),
            help,
        )
    } else if suffix.is_empty() {
        RULE.at(
            id,
            "the organization ID does not end in `@AdobeOrg`",
            format!("write `{name}{SUFFIX}`"),
        )
    } else if suffix != SUFFIX {
        let place = id.place.part(name.len()..id.len());
        let draft = RULE.at(
            place,
            format!(
                "the organization ID ends in `{}`, not in `{SUFFIX}`",
                excerpt(suffix)
            ),
            format!("write `{name}{SUFFIX}`"),
        );
        if suffix.eq_ignore_ascii_case(SUFFIX) {
            draft.safe_fix(
                format!("write `{SUFFIX}`"),
                Change::Replace(place, SUFFIX.to_owned()),
            )
        } else {
            draft
        }
    } else {
        return;
    };
    findings.push(draft);
}
