//! Rules that compare instances: those of several files, and the environments of one.

use std::{collections::BTreeMap, iter};

use super::{
    catalogue::*,
    instances::{Instance, Known},
};
use crate::{
    diagnostic::{Rule, excerpt},
    mask::{Mask, overlap},
    text::slice,
    yaml::NodeId,
};

/// What a rule says of two instances. All is numbers until it is shown: most runs show nothing of this kind.
pub struct Clash {
    /// The rule.
    pub rule: &'static Rule,
    /// What of the later instance somebody has to change.
    pub here: Spot,
    /// What of the first instance it does not go with.
    pub there: Spot,
    /// The first instance's name.
    pub key: String,
    /// What is wrong with the later value.
    pub message: String,
    /// What to write instead.
    pub help: &'static str,
    /// What the first one has to do with it.
    pub why: &'static str,
}

/// A node of an instance.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// The instance's number.
    pub instance: usize,
    /// The node in its manifest.
    pub node: NodeId,
}

/// An instance, with its number and the value of one of its fields.
struct Numbered<'a, T> {
    number: usize,
    instance: &'a Instance,
    field: &'a Known<T>,
}

impl<T> Clone for Numbered<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Numbered<'_, T> {}

impl<T> Numbered<'_, T> {
    fn spot(&self) -> Spot {
        Spot {
            instance: self.number,
            node: self.field.node,
        }
    }
}

/// The instance of a number with a field, where it has that.
fn with_number<'a, T>(
    instances: &[&'a Instance],
    number: usize,
    field: fn(&Instance) -> &Option<Known<T>>,
) -> Option<Numbered<'a, T>> {
    let &instance = instances.get(number)?;
    let field = field(instance).as_ref()?;
    Some(Numbered {
        number,
        instance,
        field,
    })
}

/// An instance with a value that does not go with that of an earlier one.
struct Conflict<'a, T> {
    first: Numbered<'a, T>,
    later: Numbered<'a, T>,
}

/// The instances that have a field of which the first one with the same key has another value, or one that it must not have. `are_two`
/// tells whether two set up different instances, `differ` whether such two clash. One that has the first one's name in another
/// organization is compared with the first of another name.
fn conflicts<'a, T: 'a, K: Ord>(
    instances: &[&'a Instance],
    field: fn(&Instance) -> &Option<Known<T>>,
    key: impl Fn(&'a Instance, &'a T) -> Option<K>,
    are_two: impl Fn(&Instance, &Instance) -> bool,
    differ: impl Fn(&Instance, &Instance) -> bool,
) -> Vec<Conflict<'a, T>> {
    let numbered = instances.iter().enumerate();
    let mut keyed: Vec<(K, usize)> = numbered
        .filter_map(|(number, &it)| Some((key(it, &field(it).as_ref()?.value)?, number)))
        .collect();
    keyed.sort_unstable();
    let known = |number| with_number(instances, number, field);
    let groups = keyed.chunk_by(|(one, _), (other, _)| one == other);
    let mut found = Vec::new();
    for group in groups {
        let mut numbers = group.iter().filter_map(|(_, number)| known(*number));
        let Some(first) = numbers.next() else {
            continue;
        };
        let mut other: Option<Numbered<'a, T>> = None;
        for later in numbers {
            let is_elsewhere = first.instance.organization != later.instance.organization;
            let mut firsts = iter::once(first).chain(other.filter(|_| is_elsewhere));
            let Some(first) = firsts.find(|it| are_two(it.instance, later.instance)) else {
                continue;
            };
            other = other.or(Some(later));
            if differ(first.instance, later.instance) {
                found.push(Conflict { first, later });
            }
        }
    }
    found
}

impl<T> Conflict<'_, T> {
    /// What a rule says of the later value; `why` tells what the first one has to do with it.
    fn clash(
        &self,
        rule: &'static Rule,
        message: String,
        help: &'static str,
        why: &'static str,
    ) -> Clash {
        let name = self.first.instance.name.as_ref();
        Clash {
            rule,
            here: self.later.spot(),
            there: self.first.spot(),
            key: name.map_or_else(String::new, |name| name.value.to_string()),
            message,
            help,
            why,
        }
    }

    /// The names of the later and of the first instance.
    fn names(&self) -> (String, String) {
        (
            self.later.instance.shown_name(),
            self.first.instance.shown_name(),
        )
    }
}

pub fn account_duplicate(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let found = conflicts(
        instances,
        |instance| &instance.name,
        |instance, name| Some((instance.organization.as_ref()?, name.to_ascii_lowercase())),
        |_, _| true,
        |_, _| true,
    );
    clashes.extend(found.iter().map(|conflict| {
        conflict.clash(
            &ACCOUNT_DUPLICATE,
            format!(
                "the instance `{}` of this organization is set up twice",
                conflict.later.field.value
            ),
            "keep one of the two, or correct the name: the later import would win",
            "the other set-up of this instance is here",
        )
    }));
}

pub fn callback_shared(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let found = conflicts(
        instances,
        |instance| &instance.callback,
        |_, callback| Some(callback),
        Instance::differ_in_name,
        |_, _| true,
    );
    clashes.extend(found.iter().map(|conflict| {
        let (one, other) = conflict.names();
        conflict.clash(
            &CALLBACK_SHARED,
            format!("the instances {one} and {other} have the same callback server"),
            "write each instance's own URL, as its `instance.url` has it: operators of one would end up on the other",
            "the other instance's callback is here",
        )
    }));
}

pub fn ims_server_differs(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let host = |instance: &Instance| instance.ims_host.as_ref().map(|host| host.value.clone());
    let found = conflicts(
        instances,
        |instance| &instance.ims_host,
        |instance, _| instance.name.as_ref().and(instance.organization.as_ref()),
        Instance::differ_in_name,
        |first, later| host(first) != host(later),
    );
    clashes.extend(found.iter().map(|conflict| {
        conflict.clash(
            &IMS_SERVER_DIFFERS,
            format!(
                "the IMS server is `{}`, but another instance of this organization uses `{}`",
                conflict.later.field.value, conflict.first.field.value
            ),
            "use the server that Adobe named for the organization, the same everywhere",
            "the other instance's IMS server is here",
        )
    }));
}

pub fn mask_shared(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let found = conflicts(
        instances,
        |instance| &instance.mask,
        |instance, mask| {
            instance.name.as_ref()?;
            Some((instance.organization.as_ref()?, mask.parts()?))
        },
        Instance::differ_in_name,
        |_, _| true,
    );
    clashes.extend(found.iter().map(|conflict| {
        let (one, other) = conflict.names();
        conflict.clash(
            &MASK_SHARED,
            format!("the instances {one} and {other} have the same mask: who is admin on one is admin on the other"),
            "name the instance in each mask, unless its operators are to be the same people",
            "the other instance's mask is here",
        )
    }));
}

pub fn secret_shared(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let found = conflicts(
        instances,
        |instance| &instance.secret,
        |instance, secret| instance.client_id.as_ref().and(Some(secret)),
        // One instance that is set up twice is `account-duplicate`.
        |first, later| first.differ_in_name(later) || first.organization != later.organization,
        |first, later| first.client_id != later.client_id,
    );
    let client = |instance: &Instance| instance.client_id.clone().unwrap_or_default();
    clashes.extend(found.iter().map(|conflict| {
        let (one, other) = (
            client(conflict.later.instance),
            client(conflict.first.instance),
        );
        conflict.clash(
            &SECRET_SHARED,
            format!("clients `{one}` and `{other}` take their secret from the same place"),
            "name a place for each client: every client has a secret of its own",
            "the other client's secret is here",
        )
    }));
}

pub fn mask_overlap(instances: &[&Instance], clashes: &mut Vec<Clash>) {
    let numbered = instances.iter().enumerate();
    let mut masks: Vec<(&str, usize)> = numbered
        .filter_map(|(number, it)| {
            it.mask.as_ref()?;
            Some((it.organization.as_deref()?, number))
        })
        .collect();
    masks.sort_unstable();
    let known = |number| with_number(instances, number, |instance| &instance.mask);
    for of_organization in masks.chunk_by(|(one, _), (other, _)| one == other) {
        let mut earlier = Earlier::default();
        for later in of_organization
            .iter()
            .filter_map(|(_, number)| known(*number))
        {
            if let Some((conflict, profile)) = earlier.overlap(later) {
                let (one, other) = conflict.names();
                clashes.push(conflict.clash(
                    &MASK_OVERLAP,
                    format!("a profile such as `{}` maps into both {one} and {other}", excerpt(&profile)),
                    "let neither mask's prefix begin with the other's, so that a profile belongs to one instance",
                    "the other instance's mask is here",
                ));
            }
            earlier.add(later);
        }
    }
}

/// How many masks an instance's mask is compared with: those of one organization that begin alike are few, or wrong together.
const MOST_COMPARED: usize = 100;

/// A longer prefix is compared with no other: no product profile has such a name.
const LONGEST_PREFIX: usize = 1024;

/// The masks of earlier instances of one organization, by prefix and group; of each the first two instances that differ in name.
#[derive(Default)]
struct Earlier<'a>(BTreeMap<(&'a str, &'a str), Vec<Numbered<'a, Mask>>>);

impl<'a> Earlier<'a> {
    fn add(&mut self, later: Numbered<'a, Mask>) {
        if let Some(parts) = later.field.value.parts() {
            let known = self.0.entry(parts).or_default();
            let is_new = |known: &Numbered<'_, Mask>| known.instance.differ_in_name(later.instance);
            if known.len() < 2 && known.iter().all(is_new) {
                known.push(later);
            }
        }
    }

    /// The first instance of another name whose mask is another one and overlaps, and a profile that shows it.
    fn overlap(&self, later: Numbered<'a, Mask>) -> Option<(Conflict<'a, Mask>, String)> {
        let parts = later.field.value.parts()?;
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
            instances.find(|other| other.instance.differ_in_name(later.instance))
        });
        let mut instances: Vec<&Numbered<'a, Mask>> = instances.collect();
        instances.sort_by_key(|it| it.number);
        instances.into_iter().find_map(|&first| {
            let profile = overlap(&first.field.value, &later.field.value)?;
            Some((Conflict { first, later }, profile))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An instance of one organization, with a mask.
    fn instance(name: String, mask: &str) -> Instance {
        let node = NodeId(0);
        let mask = Mask::parse(mask);
        Instance {
            organization: Some("o".into()),
            mask: Some(Known { value: mask, node }),
            name: Some(Known {
                value: name.into(),
                node,
            }),
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
        let mut clashes = Vec::new();
        mask_overlap(&instances.iter().collect::<Vec<_>>(), &mut clashes);
        let found = clashes.iter().map(|it| (it.here.instance, it.key.as_str()));
        assert_eq!(found.collect::<Vec<_>>(), [(2, "0"), (3, "0"), (4, "2")]);
    }
}
