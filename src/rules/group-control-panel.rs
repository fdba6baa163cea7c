//! `group-control-panel`: a group whose members get the Control Panel.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "group-control-panel",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/group-control-panel.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = subject.sound_mask(findings) else {
        return;
    };
    let Some(prefix) = mask.literal_prefix() else {
        return;
    };
    for group in &subject.groups {
        let Some(profile) = group.profile(mask) else {
            continue;
        };
        let rest = profile.strip_prefix(prefix).unwrap_or_default();
        let is_admin = group.name.eq_ignore_ascii_case("admin");
        if is_admin || !rest.to_ascii_lowercase().contains("admin") || !findings.is_sound(&profile)
        {
            continue;
        }
        findings.push(RULE.at(
            &profile,
            format!(
                "the profile `{}` has \"admin\" in its name, so its members get access to the Campaign Control Panel",
                excerpt(&profile)
            ),
            "name the group without \"admin\", unless its members are to have that access",
        ));
    }
}
