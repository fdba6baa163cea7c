//! `mask-shared`: one mask for two instances.

use super::{Check, Rule};
use crate::{
    finding::Severity,
    mask::Mask,
    rules::instances::{Crossing, Instance, later_ones},
};

pub static RULE: Rule = Rule {
    id: "mask-shared",
    severity: Severity::Note,
    fix: None,
    page: include_str!("pages/mask-shared.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let key = |instance: &Instance| {
        instance.name.as_ref()?;
        let mask = Mask::parse(&instance.mask.as_ref()?.value);
        let (prefix, group) = mask.parts()?;
        Some((
            instance.organization_key()?,
            prefix.to_owned(),
            group.to_owned(),
        ))
    };
    for (first, later) in later_ones(instances, key, Instance::differ_in_name) {
        if let (Some(here), Some(there)) = (&later.mask, &first.mask) {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "the instances {} and {} have the same mask: who is admin on one is admin on the other",
                    later.shown_name(),
                    first.shown_name()
                ),
                "name the instance in each mask, unless its operators are to be the same people",
                (there, "the other instance's mask is here"),
            ));
        }
    }
}
