//! `group-profile-unmatched`: a profile that the mask does not match.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "group-profile-unmatched",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/group-profile-unmatched.md"),
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
        if !findings.is_sound(&profile) {
            continue;
        }
        let Some(trace) = mask.trace(&profile) else {
            continue;
        };
        let matched = profile.get(trace.matched.clone()).unwrap_or_default();
        let so_far = if matched.is_empty() {
            String::new()
        } else {
            format!("`{}` matches, then ", excerpt(matched))
        };
        let end = trace.matched.end;
        let place = match (trace.found, profile.place.is_key()) {
            (_, true) => profile.place,
            (Some(character), false) => profile.place.part(end..end + character.len_utf8()),
            (None, false) => profile.place,
        };
        let help = match &trace.correction {
            Some(name) => format!(
                "write `{}`, and name the product profile so in the Admin Console",
                excerpt(name)
            ),
            None => "write the mask's prefix and the group's internal name".to_owned(),
        };
        findings.push(RULE.at(
            place,
            format!(
                "the mask does not match the profile of `{}`: {so_far}{} stands where {} is due",
                group.name.value,
                trace.found_text(),
                trace.expected
            ),
            help,
        ));
    }
}
