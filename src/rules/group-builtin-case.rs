//! `group-builtin-case`: a built-in group in other letters.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{draft::Change, finding::Severity, manifest::BUILT_IN};

pub static RULE: Rule = Rule {
    id: "group-builtin-case",
    severity: Severity::Warning,
    fix: Some(FixKind::Unsafe),
    page: include_str!("pages/group-builtin-case.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.mask_is_sound(findings) {
        return;
    }
    for group in &subject.groups {
        let Some(name) = group.built_in_in_other_letters() else {
            continue;
        };
        let draft = RULE.at(
            group.name,
            format!(
                "`{}` differs from the built-in group `{name}` in upper and lower case alone",
                group.name.value
            ),
            format!("write `{name}`: that Campaign takes the two for one group is not documented"),
        );
        let is_taken = subject.groups.iter().any(|other| other.name.value == name);
        findings.push(if is_taken {
            draft
        } else {
            draft.unsafe_fix(
                format!("write `{name}`"),
                Change::Replace(group.name.place, name.to_owned()),
            )
        });
    }
}

impl super::GroupSubject<'_> {
    /// The built-in group whose name differs from this one's in letter case alone.
    pub fn built_in_in_other_letters(&self) -> Option<&'static str> {
        let name = self.name.as_str();
        BUILT_IN
            .iter()
            .map(|(built_in, _)| *built_in)
            .find(|built_in| *built_in != name && built_in.eq_ignore_ascii_case(name))
    }
}
