//! `group-no-admin`: an instance that nobody can administer.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "group-no-admin",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/group-no-admin.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(groups) = subject.manifest.groups.get() else {
        return;
    };
    // `Admin` is a group that somebody meant to be `admin`, and `group-builtin-case` says so.
    let has_admin = groups
        .0
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("admin"));
    // A name with an error may be meant to be `admin`.
    let all_sound = groups.0.iter().all(|(name, _)| findings.is_sound(name));
    if subject.mask_is_sound(findings) && all_sound && !has_admin {
        findings.push(RULE.at(
            groups.place.key(),
            "no product profile leads to the group `admin`: once native sign-in goes, nobody administers the instance",
            "add `admin: {}`",
        ));
    }
}
