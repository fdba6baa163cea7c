//! `group-no-admin`: an instance that nobody can administer.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "group-no-admin",
    severity: Severity::Warning,
    page: include_str!("group-no-admin.md"),
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
    if subject.mask_is_sound(findings) && !has_admin {
        findings.push(RULE.at(
            groups.place.key(),
            "no product profile leads to the group `admin`: once native sign-in goes, nobody administers the instance",
            "add `admin: {}`",
        ));
    }
}
