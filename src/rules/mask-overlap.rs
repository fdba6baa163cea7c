//! `mask-overlap`: masks of two instances that take in the same profiles.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::{
    draft::excerpt,
    finding::Severity,
    mask::{Mask, OverlapIndex, overlap},
    rules::instances::{Crossing, Instance},
};

pub static RULE: Rule = Rule {
    id: "mask-overlap",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/mask-overlap.md"),
    check: Check::Instances(check),
};

/// A mask of one organization, with the instances that have it, by their numbers.
struct Shared {
    mask: Mask,
    organization: String,
    instances: Vec<usize>,
}

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let shared = by_mask(instances);
    if shared.len() < 2 {
        return;
    }
    let index = OverlapIndex::new(shared.iter().map(|shared| &shared.mask));
    // For each instance, the first earlier one whose mask overlaps, and a profile that shows it.
    let mut found: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for (number, one) in shared.iter().enumerate() {
        for candidate in index.candidates(number) {
            let Some(other) = shared.get(candidate).filter(|_| candidate > number) else {
                continue;
            };
            if one.organization != other.organization {
                continue;
            }
            if let Some(profile) = overlap(&one.mask, &other.mask) {
                pairs(instances, one, other, &profile, &mut found);
                pairs(instances, other, one, &profile, &mut found);
            }
        }
    }
    for (later, (first, profile)) in found {
        if let (Some(later), Some(first)) = (instances.get(later), instances.get(first))
            && let (Some(here), Some(there)) = (&later.mask, &first.mask)
        {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "a profile such as `{}` maps into both {} and {}",
                    excerpt(&profile),
                    later.shown_name(),
                    first.shown_name()
                ),
                "let neither mask's prefix begin with the other's, so that a profile belongs to one instance",
                (there, "the other instance's mask is here"),
            ));
        }
    }
}

/// The masks that there are, each once: instances that share one are compared together.
fn by_mask(instances: &[Instance]) -> Vec<Shared> {
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut shared: Vec<Shared> = Vec::new();
    for (number, instance) in instances.iter().enumerate() {
        let (Some(organization), Some(text)) = (instance.organization_key(), &instance.mask) else {
            continue;
        };
        let mask = Mask::parse(&text.value).meant();
        let key = (organization.clone(), mask.without_anchors().to_owned());
        let place = *numbers.entry(key).or_insert(shared.len());
        match shared.get_mut(place) {
            Some(known) => known.instances.push(number),
            None => shared.push(Shared {
                mask,
                organization,
                instances: vec![number],
            }),
        }
    }
    shared
}

/// Notes for each instance of `later` the first one of `earlier` that comes before it.
fn pairs(
    instances: &[Instance],
    earlier: &Shared,
    later: &Shared,
    profile: &str,
    found: &mut BTreeMap<usize, (usize, String)>,
) {
    for &number in &later.instances {
        let Some(instance) = instances.get(number) else {
            continue;
        };
        let before = earlier
            .instances
            .iter()
            .copied()
            .take_while(|first| *first < number);
        let differs = |first: &usize| {
            let first = instances.get(*first);
            first.is_some_and(|first| first.differ_in_name(instance))
        };
        let first = before.into_iter().find(differs);
        let known = found.get(&number).map_or(usize::MAX, |(first, _)| *first);
        if let Some(first) = first.filter(|first| *first < known) {
            found.insert(number, (first, profile.to_owned()));
        }
    }
}
