//! `group-profile-duplicate`: one product profile for two groups.

use std::collections::BTreeMap;

use super::{Check, Findings, GroupSubject, Rule, Subject};
use crate::{
    draft::excerpt,
    finding::Severity,
    yaml::{Place, Spanned},
};

pub static RULE: Rule = Rule {
    id: "group-profile-duplicate",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/group-profile-duplicate.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = subject.sound_mask(findings) else {
        return;
    };
    let mut groups_of: BTreeMap<String, Vec<(&GroupSubject<'_>, Place)>> = BTreeMap::new();
    for group in &subject.groups {
        if let Some(Spanned { value, place }) = group.profile(mask)
            && findings.is_sound(place)
        {
            groups_of.entry(value).or_default().push((group, place));
        }
    }
    for (profile, groups) in groups_of {
        // The profile is the group's that it leads to, else the first one's that has it.
        let leads_to =
            |(group, _): &&(&GroupSubject<'_>, Place)| mask.captures(&profile) == Some(group.name.as_str());
        let Some((owner, first)) = groups.iter().find(leads_to).or(groups.first()) else {
            continue;
        };
        for (group, place) in groups
            .iter()
            .filter(|(group, _)| group.name.place != owner.name.place)
        {
            findings.push(
                RULE.at(
                    *place,
                    format!(
                        "the groups `{}` and `{}` have the same profile `{}`",
                        excerpt(group.name),
                        excerpt(owner.name),
                        excerpt(&profile)
                    ),
                    "give each group its own product profile: a profile leads to one group",
                )
                .related(*first, "the other group's profile is here"),
            );
        }
    }
}
