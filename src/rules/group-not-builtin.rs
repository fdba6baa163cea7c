//! `group-not-builtin`: a group that may not exist.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity, mask::is_lawful_group_name};

pub static RULE: Rule = Rule {
    id: "group-not-builtin",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/group-not-builtin.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.mask_is_sound(findings) {
        return;
    }
    for group in &subject.groups {
        let is_said = !group.group.create.is_absent();
        if is_said
            || group.is_built_in()
            || group.built_in_in_other_letters().is_some()
            || !findings.is_sound(group.name)
            // A label where the internal name is due: `group-name` says so.
            || !is_lawful_group_name(group.name)
        {
            continue;
        }
        findings.push(RULE.at(
            group.name,
            format!(
                "`{}` is not a built-in group: until it exists, its members cannot sign in",
                excerpt(group.name)
            ),
            "write `create: true` for the package to create it, or `create: false` if it exists on the instance",
        ));
    }
}
