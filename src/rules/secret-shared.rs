//! `secret-shared`: one secret for two clients.

use super::{Check, Rule};
use crate::{
    finding::Severity,
    rules::instances::{Crossing, Instance, Known, later_ones},
};

pub static RULE: Rule = Rule {
    id: "secret-shared",
    severity: Severity::Note,
    fix: None,
    page: include_str!("pages/secret-shared.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let key = |instance: &Instance| {
        instance.client_id.as_ref()?;
        instance.secret.as_ref().map(|secret| secret.value.clone())
    };
    // One instance that is set up twice is what `account-duplicate` reports.
    let differ = |first: &Instance, later: &Instance| {
        let are_two =
            first.differ_in_name(later) || first.organization_key() != later.organization_key();
        are_two && client(first) != client(later)
    };
    for (first, later) in later_ones(instances, key, differ) {
        if let (Some(here), Some(there)) = (&later.secret, &first.secret) {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "clients `{}` and `{}` take their secret from the same place",
                    client(later).unwrap_or_default(),
                    client(first).unwrap_or_default()
                ),
                "name a place for each client: every client has a secret of its own",
                (there, "the other client's secret is here"),
            ));
        }
    }
}

fn client(instance: &Instance) -> Option<&str> {
    instance
        .client_id
        .as_ref()
        .map(|client: &Known| client.value.as_str())
}
