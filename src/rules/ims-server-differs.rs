//! `ims-server-differs`: one organization on two IMS servers.

use super::{Check, Rule};
use crate::{
    finding::Severity,
    rules::instances::{Crossing, Instance, Known, later_ones},
};

pub static RULE: Rule = Rule {
    id: "ims-server-differs",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/ims-server-differs.md"),
    check: Check::Instances(check),
};

fn check(instances: &[Instance], crossings: &mut Vec<Crossing>) {
    let key = |instance: &Instance| {
        instance.ims_host.as_ref()?;
        instance.name.as_ref()?;
        instance.organization_key()
    };
    let differ = |first: &Instance, later: &Instance| {
        host(first) != host(later) && first.differ_in_name(later)
    };
    for (first, later) in later_ones(instances, key, differ) {
        if let (Some(here), Some(there)) = (&later.ims_host, &first.ims_host) {
            crossings.push(Crossing::new(
                RULE.id,
                later,
                here,
                format!(
                    "the IMS server is `{}`, but another instance of this organization uses `{}`",
                    here.value, there.value
                ),
                "use the server that Adobe named for the organization, the same everywhere",
                (there, "the other instance's IMS server is here"),
            ));
        }
    }
}

fn host(instance: &Instance) -> Option<&str> {
    instance
        .ims_host
        .as_ref()
        .map(|host: &Known| host.value.as_str())
}
