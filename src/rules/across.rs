//! Rules that compare instances: those of several files, and the environments of one.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use super::{
    catalogue::*,
    instances::{Instance, Known},
};
use crate::{
    diagnostic::{Finding, Related, Rule, excerpt},
    mask::{Mask, overlap},
    text::slice,
};

/// An instance with a value that does not go with that of an earlier one.
struct Conflict<'a, T> {
    first: &'a Instance,
    there: &'a Known<T>,
    later: &'a Instance,
    here: &'a Known<T>,
}

/// The instances that have a field of which the first one with the same key has another value, or one that it must not have.
fn conflicts<'a, T, K: Hash + Eq>(
    instances: &[&'a Instance],
    field: fn(&Instance) -> &Option<Known<T>>,
    key: impl Fn(&'a Instance, &'a T) -> Option<K>,
    differ: impl Fn(&Instance, &Instance) -> bool,
) -> Vec<Conflict<'a, T>> {
    let mut firsts: HashMap<K, (&Instance, &Known<T>)> = HashMap::new();
    let mut found = Vec::new();
    for &later in instances {
        let here = field(later).as_ref();
        let keyed = here.and_then(|here| Some((here, key(later, &here.value)?)));
        let Some((here, key)) = keyed else {
            continue;
        };
        let (first, there) = *firsts.entry(key).or_insert((later, here));
        if !std::ptr::eq(first, later) && differ(first, later) {
            found.push(Conflict {
                first,
                there,
                later,
                here,
            });
        }
    }
    found
}

impl<T> Conflict<'_, T> {
    /// A finding about the later value; `why` tells what the first one has to do with it.
    fn finding(&self, rule: &'static Rule, message: String, help: &str, why: &str) -> Finding {
        let name = self.first.name.as_ref();
        Finding {
            key: name.map_or_else(String::new, |name| name.value.clone()),
            environments: self.later.environment.iter().cloned().collect(),
            related: vec![Related {
                message: why.to_owned(),
                location: self.there.location.clone(),
            }],
            ..Finding::new(rule, self.here.location.clone(), message, help)
        }
    }

    /// The names of the later and of the first instance.
    fn names(&self) -> (String, String) {
        (self.later.shown_name(), self.first.shown_name())
    }
}

pub fn account_duplicate(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let found = conflicts(
        instances,
        |instance| &instance.name,
        |instance, name| Some((instance.organization.as_ref()?, name.to_ascii_lowercase())),
        |_, _| true,
    );
    findings.extend(found.iter().map(|conflict| {
        conflict.finding(
            &ACCOUNT_DUPLICATE,
            format!(
                "the instance `{}` of this organization is set up twice",
                conflict.here.value
            ),
            "keep one of the two, or correct the name: the later import would win",
            "the other set-up of this instance is here",
        )
    }));
}

pub fn callback_shared(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let found = conflicts(
        instances,
        |instance| &instance.callback,
        |_, callback| Some(callback),
        Instance::differ_in_name,
    );
    findings.extend(found.iter().map(|conflict| {
        let (one, other) = conflict.names();
        conflict.finding(
            &CALLBACK_SHARED,
            format!("the instances {one} and {other} have the same callback server"),
            "write each instance's own URL: operators of one would end up on the other",
            "the other instance's callback is here",
        )
    }));
}

pub fn ims_server_differs(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let host = |instance: &Instance| instance.ims_host.as_ref().map(|host| host.value.clone());
    let found = conflicts(
        instances,
        |instance| &instance.ims_host,
        |instance, _| instance.name.as_ref().and(instance.organization.as_ref()),
        |first, later| first.differ_in_name(later) && host(first) != host(later),
    );
    findings.extend(found.iter().map(|conflict| {
        conflict.finding(
            &IMS_SERVER_DIFFERS,
            format!(
                "the IMS server is `{}`, but another instance of this organization uses `{}`",
                conflict.here.value, conflict.there.value
            ),
            "use the server that Adobe named for the organization, the same everywhere",
            "the other instance's IMS server is here",
        )
    }));
}

pub fn mask_shared(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let found = conflicts(
        instances,
        |instance| &instance.mask,
        |instance, mask| {
            instance.name.as_ref()?;
            Some((instance.organization.as_ref()?, mask.parts()?))
        },
        Instance::differ_in_name,
    );
    findings.extend(found.iter().map(|conflict| {
        let (one, other) = conflict.names();
        conflict.finding(
            &MASK_SHARED,
            format!("the instances {one} and {other} have the same mask: who is admin on one is admin on the other"),
            "name the instance in each mask, unless its operators are to be the same people",
            "the other instance's mask is here",
        )
    }));
}

pub fn secret_shared(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let found = conflicts(
        instances,
        |instance| &instance.secret,
        |instance, secret| instance.client_id.as_ref().and(Some(secret)),
        // One instance that is set up twice is `account-duplicate`.
        |first, later| {
            let are_two = first.differ_in_name(later) || first.organization != later.organization;
            are_two && first.client_id != later.client_id
        },
    );
    let client = |instance: &Instance| instance.client_id.clone().unwrap_or_default();
    findings.extend(found.iter().map(|conflict| {
        let (one, other) = (client(conflict.later), client(conflict.first));
        conflict.finding(
            &SECRET_SHARED,
            format!("clients `{one}` and `{other}` take their secret from the same place"),
            "name a place for each client: every client has a secret of its own",
            "the other client's secret is here",
        )
    }));
}

pub fn mask_overlap(instances: &[&Instance], findings: &mut Vec<Finding>) {
    let mut organizations: HashMap<&String, Earlier<'_>> = HashMap::new();
    for (number, &later) in instances.iter().enumerate() {
        let (Some(organization), Some(here)) = (&later.organization, &later.mask) else {
            continue;
        };
        let earlier = organizations.entry(organization).or_default();
        if let Some((conflict, profile)) = earlier.overlap(later, here) {
            let (one, other) = conflict.names();
            findings.push(conflict.finding(
                &MASK_OVERLAP,
                format!("a profile such as `{}` maps into both {one} and {other}", excerpt(&profile)),
                "let neither mask's prefix begin with the other's, so that a profile belongs to one instance",
                "the other instance's mask is here",
            ));
        }
        earlier.add(number, later, here);
    }
}

/// How many masks an instance's mask is compared with: those of one organization that begin alike are few, or wrong together.
const MOST_COMPARED: usize = 100;

/// A longer prefix is compared with no other: no product profile has such a name.
const LONGEST_PREFIX: usize = 1024;

/// An instance with its number and its mask.
type Numbered<'a> = (usize, &'a Instance, &'a Known<Mask>);

/// The masks of earlier instances of one organization, by prefix and group; of each the first two instances that differ in name.
#[derive(Default)]
struct Earlier<'a>(BTreeMap<(&'a str, &'a str), Vec<Numbered<'a>>>);

impl<'a> Earlier<'a> {
    fn add(&mut self, number: usize, instance: &'a Instance, mask: &'a Known<Mask>) {
        if let Some(parts) = mask.value.parts() {
            let known = self.0.entry(parts).or_default();
            let is_new = |(_, known, _): &Numbered<'_>| known.differ_in_name(instance);
            if known.len() < 2 && known.iter().all(is_new) {
                known.push((number, instance, mask));
            }
        }
    }

    /// The first instance of another name whose mask is another one and overlaps, and a profile that shows it.
    fn overlap(
        &self,
        later: &'a Instance,
        here: &'a Known<Mask>,
    ) -> Option<(Conflict<'a, Mask>, String)> {
        let parts = here.value.parts()?;
        let prefix = Some(parts.0).filter(|prefix| prefix.len() <= LONGEST_PREFIX)?;
        let from = |from| self.0.range((from, "")..);
        let shorter = prefix.char_indices().flat_map(|(end, _)| {
            let shorter = slice(prefix, 0..end);
            from(shorter).take_while(move |((other, _), _)| *other == shorter)
        });
        let longer = from(prefix).take_while(|((other, _), _)| other.starts_with(prefix));
        let others = shorter.chain(longer).filter(|(other, _)| **other != parts);
        let instances = others.take(MOST_COMPARED).filter_map(|(_, instances)| {
            let mut instances = instances.iter();
            instances.find(|(_, other, _)| other.differ_in_name(later))
        });
        let mut instances: Vec<&Numbered<'a>> = instances.collect();
        instances.sort_by_key(|(number, ..)| *number);
        instances.into_iter().find_map(|&(_, first, there)| {
            let profile = overlap(&there.value, &here.value)?;
            let conflict = Conflict {
                first,
                there,
                later,
                here,
            };
            Some((conflict, profile))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{diagnostic::Location, text::Source};

    /// An instance of one organization, with a mask.
    fn instance(name: String, mask: &str) -> Instance {
        let location = Location {
            source: Arc::new(Source::new(name.clone(), "")),
            pointer: String::new(),
            range: 0..0,
        };
        let (value, mask) = (name, Mask::parse(mask));
        Instance {
            organization: Some("o".to_owned()),
            mask: Some(Known {
                value: mask,
                location: location.clone(),
            }),
            name: Some(Known { value, location }),
            ..Instance::default()
        }
    }

    #[test]
    fn the_first_instance_whose_mask_overlaps_is_named() {
        let masks = [
            "a - (.*)",
            "a - b - (.*)",
            "a - b(.+)",
            "a - c(.*)",
            "a - (.*)",
            "A(.*)",
        ];
        let instances = masks.iter().enumerate();
        let instances = instances.map(|(number, mask)| instance(number.to_string(), mask));
        let instances: Vec<Instance> = instances.collect();
        let mut findings = Vec::new();
        mask_overlap(&instances.iter().collect::<Vec<_>>(), &mut findings);
        let found = findings
            .iter()
            .map(|it| (it.location.source.name(), it.key.as_str()));
        assert_eq!(
            found.collect::<Vec<_>>(),
            [("2", "0"), ("3", "0"), ("4", "2")]
        );
    }
}
