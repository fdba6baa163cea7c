//! Rules that compare instances: those of several files, and the environments of one.

use std::collections::BTreeMap;

use super::{
    catalogue::*,
    instances::{Instance, Known},
};
use crate::{
    diagnostic::{Finding, Related, Rule, excerpt},
    mask::{Mask, overlap},
};

/// For each instance that conflicts with the first one of the same key: that first one, and itself.
fn later_ones<K: Ord>(
    instances: &[Instance],
    key: impl Fn(&Instance) -> Option<K>,
    conflict: impl Fn(&Instance, &Instance) -> bool,
) -> Vec<(&Instance, &Instance)> {
    let mut firsts: BTreeMap<K, &Instance> = BTreeMap::new();
    let mut found = Vec::new();
    for instance in instances {
        let Some(key) = key(instance) else {
            continue;
        };
        let first = *firsts.entry(key).or_insert(instance);
        if !std::ptr::eq(first, instance) && conflict(first, instance) {
            found.push((first, instance));
        }
    }
    found
}

/// A finding about the value of the later of two instances; `why` tells what the first one's has to do with it.
fn finding(
    rule: &'static Rule,
    (later, here): (&Instance, &Known),
    (first, there): (&Instance, &Known),
    message: String,
    help: &str,
    why: &str,
) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        message,
        help: help.to_owned(),
        key: first
            .name
            .as_ref()
            .map_or_else(String::new, |name| name.value.clone()),
        location: here.location.clone(),
        environments: later.environment.iter().cloned().collect(),
        related: vec![Related {
            message: why.to_owned(),
            location: there.location.clone(),
        }],
        fix: None,
    }
}

/// The same field of two instances.
fn both<'a>(
    first: &'a Instance,
    later: &'a Instance,
    field: impl Fn(&'a Instance) -> &'a Option<Known>,
) -> Option<(&'a Known, &'a Known)> {
    Some((field(first).as_ref()?, field(later).as_ref()?))
}

pub fn account_duplicate(instances: &[Instance], findings: &mut Vec<Finding>) {
    let key = |instance: &Instance| {
        let name = instance.name.as_ref()?.value.to_ascii_lowercase();
        Some((instance.organization_key()?, name))
    };
    for (first, later) in later_ones(instances, key, |_, _| true) {
        if let Some((there, here)) = both(first, later, |instance| &instance.name) {
            findings.push(finding(
                &ACCOUNT_DUPLICATE,
                (later, here),
                (first, there),
                format!(
                    "the instance `{}` of this organization is set up twice",
                    here.value
                ),
                "keep one of the two, or correct the name: the later import would win",
                "the other set-up of this instance is here",
            ));
        }
    }
}

pub fn callback_shared(instances: &[Instance], findings: &mut Vec<Finding>) {
    let key = |instance: &Instance| {
        instance.name.as_ref()?;
        Some(instance.callback.as_ref()?.value.clone())
    };
    for (first, later) in later_ones(instances, key, Instance::differ_in_name) {
        if let Some((there, here)) = both(first, later, |instance| &instance.callback) {
            let (one, other) = (later.shown_name(), first.shown_name());
            findings.push(finding(
                &CALLBACK_SHARED,
                (later, here),
                (first, there),
                format!("the instances {one} and {other} have the same callback server"),
                "write each instance's own URL: operators of one would end up on the other",
                "the other instance's callback is here",
            ));
        }
    }
}

pub fn ims_server_differs(instances: &[Instance], findings: &mut Vec<Finding>) {
    let key = |instance: &Instance| {
        instance.ims_host.as_ref()?;
        instance.name.as_ref()?;
        instance.organization_key()
    };
    let host = |instance: &Instance| instance.ims_host.as_ref().map(|host| host.value.clone());
    let differ = |first: &Instance, later: &Instance| {
        host(first) != host(later) && first.differ_in_name(later)
    };
    for (first, later) in later_ones(instances, key, differ) {
        if let Some((there, here)) = both(first, later, |instance| &instance.ims_host) {
            findings.push(finding(
                &IMS_SERVER_DIFFERS,
                (later, here),
                (first, there),
                format!(
                    "the IMS server is `{}`, but another instance of this organization uses `{}`",
                    here.value, there.value
                ),
                "use the server that Adobe named for the organization, the same everywhere",
                "the other instance's IMS server is here",
            ));
        }
    }
}

pub fn mask_shared(instances: &[Instance], findings: &mut Vec<Finding>) {
    let key = |instance: &Instance| {
        instance.name.as_ref()?;
        let mask = Mask::parse(&instance.mask.as_ref()?.value);
        let (prefix, group) = mask.parts()?;
        let parts = (prefix.to_owned(), group.to_owned());
        Some((instance.organization_key()?, parts))
    };
    for (first, later) in later_ones(instances, key, Instance::differ_in_name) {
        if let Some((there, here)) = both(first, later, |instance| &instance.mask) {
            let (one, other) = (later.shown_name(), first.shown_name());
            findings.push(finding(
                &MASK_SHARED,
                (later, here),
                (first, there),
                format!("the instances {one} and {other} have the same mask: who is admin on one is admin on the other"),
                "name the instance in each mask, unless its operators are to be the same people",
                "the other instance's mask is here",
            ));
        }
    }
}

pub fn secret_shared(instances: &[Instance], findings: &mut Vec<Finding>) {
    let key = |instance: &Instance| {
        instance.client_id.as_ref()?;
        Some(instance.secret.as_ref()?.value.clone())
    };
    let client = |instance: &Instance| {
        let client = instance.client_id.as_ref();
        client.map_or_else(String::new, |client| client.value.clone())
    };
    // One instance that is set up twice is `account-duplicate`.
    let differ = |first: &Instance, later: &Instance| {
        let are_two =
            first.differ_in_name(later) || first.organization_key() != later.organization_key();
        are_two && client(first) != client(later)
    };
    for (first, later) in later_ones(instances, key, differ) {
        if let Some((there, here)) = both(first, later, |instance| &instance.secret) {
            let (one, other) = (client(later), client(first));
            findings.push(finding(
                &SECRET_SHARED,
                (later, here),
                (first, there),
                format!("clients `{one}` and `{other}` take their secret from the same place"),
                "name a place for each client: every client has a secret of its own",
                "the other client's secret is here",
            ));
        }
    }
}
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

pub fn mask_overlap(instances: &[Instance], findings: &mut Vec<Finding>) {
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
            let (one, other) = (later.shown_name(), first.shown_name());
            findings.push(finding(
                &MASK_OVERLAP,
                (later, here),
                (first, there),
                format!("a profile such as `{}` maps into both {one} and {other}", excerpt(&profile)),
                "let neither mask's prefix begin with the other's, so that a profile belongs to one instance",
                "the other instance's mask is here",
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
