//! `group-capture-mismatch`: a profile that leads to another group.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{
    draft::{Change, excerpt},
    finding::Severity,
};

pub static RULE: Rule = Rule {
    id: "group-capture-mismatch",
    severity: Severity::Error,
    fix: Some(FixKind::Unsafe),
    page: include_str!("pages/group-capture-mismatch.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = subject.sound_mask(findings) else {
        return;
    };
    for group in &subject.groups {
        let Some(profile) = group.profile(mask) else {
            continue;
        };
        let name = &group.name.value;
        if !findings.is_sound(&profile) || mask.captures(&profile) == Some(name) {
            continue;
        }
        let Some(captured) = mask.captures(&profile) else {
            continue;
        };
        let message = format!(
            "the profile leads to the group `{}`, not to `{name}`",
            excerpt(captured)
        );
        let meant = mask
            .default_profile(name)
            .filter(|meant| mask.captures(meant) == Some(name));
        let draft = match &meant {
            Some(meant) => RULE.at(
                &profile,
                message,
                format!("write `{}`, or rename the group", excerpt(meant)),
            ),
            None => RULE.at(
                &profile,
                message,
                "give the group a profile from which the mask captures its name",
            ),
        };
        findings.push(match meant {
            Some(meant) if !profile.place.is_key() => draft.unsafe_fix(
                format!("write `{}`", excerpt(&meant)),
                Change::Replace(profile.place, meant),
            ),
            _ => draft,
        });
    }
}
