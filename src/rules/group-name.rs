//! `group-name`: a group's name that Campaign would not give.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity, mask::is_lawful_group_name};

pub static RULE: Rule = Rule {
    id: "group-name",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/group-name.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = subject.sound_mask(findings) else {
        return;
    };
    for group in &subject.groups {
        if !findings.is_sound(group.name) || is_lawful_group_name(group.name) {
            continue;
        }
        // Where the mask takes no such name, `group-profile-unmatched` says so.
        let is_default = group.group.profile.is_absent();
        if is_default
            && group
                .profile(mask)
                .is_some_and(|profile| mask.trace(&profile).is_some())
        {
            continue;
        }
        let count = group.name.chars().count();
        let what = if count > 64 {
            format!("has {count} characters, more than 64")
        } else {
            "is not an internal name".to_owned()
        };
        findings.push(RULE.at(
            group.name,
            format!("the group's name `{}` {what}", excerpt(group.name)),
            "write the group's internal name, not its label: letters, digits, `_` and `-`, at most 64, first a letter or `_`",
        ));
    }
}
