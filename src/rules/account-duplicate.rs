//! `account-duplicate`: two manifests for one instance.

use super::{Check, Rule};
use crate::{
    finding::Severity,
    rules::instances::{Crossing, Instance, later_ones},
};

pub static RULE: Rule = Rule {
    id: "account-duplicate",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/account-duplicate.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let key = |instance: &Instance| {
        let name = instance.name.as_ref()?.value.to_ascii_lowercase();
        Some((
            instance.organization.as_ref()?.value.to_ascii_lowercase(),
            name,
        ))
    };
    for (first, later) in later_ones(instances, key, |_, _| true) {
        if let (Some(here), Some(there)) = (&later.name, &first.name) {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "the instance `{}` of this organization is set up twice",
                    here.value
                ),
                "keep one of the two, or correct the name: the later import would win",
                (there, "the other set-up of this instance is here"),
            ));
        }
    }
}
