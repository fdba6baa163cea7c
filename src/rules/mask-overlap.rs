//! `mask-overlap`: masks of two instances that take in the same profiles.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::{
    draft::excerpt,
    finding::Severity,
    mask::{Mask, overlap},
    rules::instances::{Crossing, Instance},
};

pub static RULE: Rule = Rule {
    id: "mask-overlap",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/mask-overlap.md"),
    check: Check::Instances(check),
};

/// The masks of one organization that stand in earlier instances.
#[derive(Default)]
struct Earlier<'a> {
    by_prefix: BTreeMap<String, Vec<Shared<'a>>>,
}

/// A mask, with the instances that have it and their numbers.
struct Shared<'a> {
    mask: Mask,
    instances: Vec<(usize, &'a Instance)>,
}

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let mut organizations: BTreeMap<String, Earlier<'_>> = BTreeMap::new();
    for (number, later) in instances.iter().enumerate() {
        let (Some(organization), Some(here)) = (later.organization_key(), &later.mask) else {
            continue;
        };
        let mask = Mask::parse(&here.value);
        let earlier = organizations.entry(organization).or_default();
        if let Some((first, profile)) = earlier.first_overlap(&mask, later)
            && let Some(there) = &first.mask
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
        earlier.add(mask, number, later);
    }
}

impl<'a> Earlier<'a> {
    fn add(&mut self, mask: Mask, number: usize, instance: &'a Instance) {
        let Some(prefix) = mask.literal_prefix() else {
            return;
        };
        let masks = self.by_prefix.entry(prefix.to_owned()).or_default();
        let known = masks
            .iter_mut()
            .find(|known| known.mask.parts() == mask.parts());
        match known {
            Some(known) => known.instances.push((number, instance)),
            None => masks.push(Shared {
                mask,
                instances: vec![(number, instance)],
            }),
        }
    }

    /// The first instance of another name whose mask is another one and overlaps, and a profile
    /// that shows it.
    fn first_overlap(&self, mask: &Mask, later: &Instance) -> Option<(&'a Instance, String)> {
        let prefix = mask.literal_prefix()?;
        let shorter = prefix
            .char_indices()
            .filter_map(|(end, _)| self.by_prefix.get(prefix.get(..end)?));
        let others = self
            .by_prefix
            .range(prefix.to_owned()..)
            .take_while(|(other, _)| other.starts_with(prefix))
            .map(|(_, masks)| masks);
        let mut candidates: Vec<_> = shorter
            .chain(others)
            .flatten()
            .filter(|other| other.mask.parts() != mask.parts())
            .filter_map(|other| {
                let mut instances = other.instances.iter();
                let (number, first) = instances.find(|(_, it)| it.differ_in_name(later))?;
                Some((number, *first, &other.mask))
            })
            .collect();
        candidates.sort_by_key(|(number, ..)| *number);
        candidates
            .into_iter()
            .find_map(|(_, first, other)| Some((first, overlap(other, mask)?)))
    }
}
