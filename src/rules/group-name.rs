//! `group-name`: a group's name that Campaign would not give.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity, mask::is_lawful_group_name};

pub static RULE: Rule = Rule {
    id: "group-name",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("group-name.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.mask_is_sound(findings) {
        return;
    }
    for group in &subject.groups {
        if !findings.is_sound(group.name) || is_lawful_group_name(group.name) {
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
