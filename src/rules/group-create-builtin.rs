//! `group-create-builtin`: a built-in group that the import would overwrite.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "group-create-builtin",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/group-create-builtin.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.mask_is_sound(findings) {
        return;
    }
    for group in &subject.groups {
        if let Some(create) = group.group.create.get()
            && create.value
            && group.is_built_in()
        {
            findings.push(RULE.at(
                create,
                format!(
                    "`{}` is a built-in group, which the import would overwrite",
                    group.name.value
                ),
                "remove `create`: the group exists on every instance",
            ));
        }
    }
}
