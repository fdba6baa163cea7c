//! `mask-overlap`: masks of two instances that take in the same profiles.

use super::{Check, Rule};
use crate::{
    draft::excerpt,
    finding::Severity,
    instances::{Crossing, Instance},
    mask::{Mask, OverlapIndex, overlap},
};

pub static RULE: Rule = Rule {
    id: "mask-overlap",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("mask-overlap.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let masks: Vec<(&Instance, Mask)> = instances
        .iter()
        .filter_map(|instance| Some((instance, Mask::parse(&instance.mask.as_ref()?.value))))
        .collect();
    if masks.len() < 2 {
        return;
    }
    let index = OverlapIndex::new(masks.iter().map(|(_, mask)| mask));
    for (number, (later, mask)) in masks.iter().enumerate() {
        let earlier = index
            .candidates(number)
            .into_iter()
            .filter(|candidate| *candidate < number);
        let first = earlier
            .filter_map(|candidate| masks.get(candidate))
            .find_map(|(first, other)| {
                let differ = first.differ_in_name(later)
                    && first.organization_key().is_some()
                    && first.organization_key() == later.organization_key()
                    && mask.without_anchors() != other.without_anchors();
                Some((first, differ.then(|| overlap(mask, other))??))
            });
        let Some((first, profile)) = first else {
            continue;
        };
        if let (Some(here), Some(there)) = (&later.mask, &first.mask) {
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
