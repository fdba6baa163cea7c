//! `callback-shared`: two instances that IMS sends operators back to at one address.

use super::{Check, Rule};
use crate::{
    finding::Severity,
    rules::instances::{Crossing, Instance, later_ones},
};

pub static RULE: Rule = Rule {
    id: "callback-shared",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/callback-shared.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let key = |instance: &Instance| {
        instance.name.as_ref()?;
        instance
            .callback
            .as_ref()
            .map(|callback| callback.value.clone())
    };
    for (first, later) in later_ones(instances, key, Instance::differ_in_name) {
        if let (Some(here), Some(there)) = (&later.callback, &first.callback) {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "the instances {} and {} have the same callback server",
                    later.shown_name(),
                    first.shown_name()
                ),
                "write each instance's own URL: operators of one would end up on the other",
                (there, "the other instance's callback is here"),
            ));
        }
    }
}
