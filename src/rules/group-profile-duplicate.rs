//! `group-profile-duplicate`: one product profile for two groups.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity, yaml::Spanned};

pub static RULE: Rule = Rule {
    id: "group-profile-duplicate",
    severity: Severity::Error,
    page: include_str!("group-profile-duplicate.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = subject.sound_mask(findings) else {
        return;
    };
    let mut seen = std::collections::BTreeMap::new();
    for group in &subject.groups {
        let Some(Spanned {
            value: profile,
            place,
        }) = group.profile(mask)
        else {
            continue;
        };
        if !findings.is_sound(place) {
            continue;
        }
        match seen.get(&profile) {
            Some(first) => findings.push(
                RULE.at(
                    place,
                    format!("the profile `{}` is another group's already", excerpt(&profile)),
                    "give each group its own product profile: the mask makes one group of one profile",
                )
                .related(*first, "the first group with this profile is here"),
            ),
            None => {
                seen.insert(profile, place);
            }
        }
    }
}
