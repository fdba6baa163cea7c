//! Findings of some environments in the base that all of them inherit from, and fixes of keys that several layers have: what the help
//! and the fix say must not change the other environments.

use std::collections::{HashMap, HashSet};

use crate::{
    check::in_patch,
    diagnostic::{Change, Finding, Locator, excerpt},
    manifest::{ENVIRONMENTS, Environment},
    text::suggest::list,
    yaml::{NodeId, NodeRef, Place, Tree, steps},
};

/// So many environments are named; of more, nobody reads the names.
const MOST_NAMES: usize = 3;

/// Says in a finding's help where to write what it asks for, where it is in the base and not of all environments. `names` has every
/// environment of the manifest.
pub fn explain(finding: &mut Finding, names: &[String]) {
    let steps: Vec<String> = steps(&finding.location.pointer).collect();
    // Where its aliases are is not known here.
    let steps = if is_anchor(&steps) { &[] } else { &*steps };
    explain_at(finding, names, steps);
}

fn explain_at(finding: &mut Finding, names: &[String], steps: &[String]) {
    let of_all = finding.environments.len() == names.len();
    if finding.environments.is_empty() || of_all || is_in_patch(&finding.location.pointer) {
        return;
    }
    let paths = paths(finding, steps);
    let end = finding.help.trim_end_matches('.').len();
    finding.help.truncate(end);
    finding.help.push_str(&format!(
        ". Write that under {paths}, not here: this line is for every environment that does not say otherwise"
    ));
}

/// Where a finding's environments would say otherwise than the base does at a path.
fn paths(finding: &Finding, steps: &[String]) -> String {
    let paths = finding.environments.iter().take(MOST_NAMES);
    let paths = paths.map(|name| {
        let path = [ENVIRONMENTS.to_owned(), name.clone()].into_iter();
        path.chain(steps.iter().cloned())
            .collect::<Vec<_>>()
            .join(".")
    });
    let paths: Vec<String> = paths.collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let more = match finding.environments.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(", and of {more} more"),
    };
    list(&paths).replace(" or ", " and ") + &more
}

/// Keeps a finding in the base from leading wrong, where an environment without the finding inherits the same value: no fix changes it,
/// and the help says where to write instead. Where none inherits it, both places are right. A key is renamed all the same:
/// [`Layers::keep_together`] does it everywhere. `aliased` gives the path in the base by which an anchored value is used.
pub fn keep_others(
    finding: &mut Finding,
    names: &[String],
    environments: &[Environment],
    document: &Tree,
    aliased: impl Fn(NodeId) -> Option<Vec<String>>,
) {
    name_patch(finding);
    let of_all = finding.environments.len() == names.len();
    if finding.environments.is_empty()
        || of_all
        || finding.renames()
        || is_in_patch(&finding.location.pointer)
    {
        return;
    }
    let at = |tree: NodeId, steps: &[String]| {
        let root = document.at(tree)?;
        let node = steps.iter().try_fold(root, |node, step| node.child(step));
        Some(node?.place().node)
    };
    let mut steps: Vec<String> = steps(&finding.location.pointer).collect();
    let root = document.root().map(|root| root.id());
    let Some(here) = root.and_then(|root| at(root, &steps)) else {
        return;
    };
    if is_anchor(&steps) {
        let Some(path) = aliased(here) else {
            return;
        };
        steps = path;
    }
    let own: HashSet<&String> = finding.environments.iter().collect();
    let is_other = |name: &String| !own.contains(name);
    let mut others = environments
        .iter()
        .filter(|it| it.name.as_ref().is_some_and(is_other));
    if others.any(|other| at(other.tree, &steps) == Some(here)) {
        finding.fix = None;
        explain_at(finding, names, &steps);
    } else {
        // The others have their own.
        let paths = paths(finding, &steps);
        finding.help.push_str(&format!(" (here, or under {paths})"));
    }
}

/// Of a finding in a patch, the instance's URL that may be wrong instead is the base's, where the patch has none: the patch corrects it.
fn name_patch(finding: &mut Finding) {
    let Some(name) = in_patch(&finding.location.pointer) else {
        return;
    };
    let mut related = finding.related.iter();
    if related.any(|it| !is_in_patch(&it.location.pointer)) {
        let path = format!("`{ENVIRONMENTS}.{}.instance.url`", excerpt(&name));
        finding.help = finding.help.replace("`instance.url`", &path);
    }
}

/// A fix that would have to write more keys is left out.
const MOST_KEYS: usize = 32;

/// The keys of the base and of each patch by their paths, aliases expanded: patches go by keys, so equal paths belong together.
#[derive(Default)]
pub struct Layers {
    /// The values at each path, and whether the base has one of them.
    paths: Vec<(Vec<NodeId>, bool)>,
    /// The paths of each value.
    of_value: HashMap<NodeId, Vec<usize>>,
}

impl Layers {
    pub fn new(document: &Tree) -> Self {
        let mut layers = Self::default();
        let Some(root) = document.root() else {
            return layers;
        };
        let base = root.members().filter(|(key, _)| &***key != ENVIRONMENTS);
        let patches = root.get(ENVIRONMENTS);
        let patches = patches.into_iter().flat_map(NodeRef::members);
        let patches = patches.flat_map(|(_, patch)| patch.members());
        // Each key with the number of the path that it is at, and what is still to be walked.
        let mut numbers: HashMap<(Option<usize>, &str), usize> = HashMap::new();
        let mut seen = HashSet::new();
        let base = base.map(|it| (None, it, true));
        let patches = patches.map(|it| (None, it, false));
        let mut waiting: Vec<_> = base.chain(patches).collect();
        while let Some((above, (key, value), of_base)) = waiting.pop() {
            let number = *numbers.entry((above, key)).or_insert(layers.paths.len());
            if number == layers.paths.len() {
                layers.paths.push((Vec::new(), false));
            }
            let node = value.node().id;
            if !seen.insert((number, node)) {
                continue;
            }
            if let Some((values, has_base)) = layers.paths.get_mut(number) {
                values.push(node);
                *has_base |= of_base;
            }
            layers.of_value.entry(node).or_default().push(number);
            waiting.extend(value.members().map(|it| (Some(number), it, of_base)));
        }
        layers
    }

    /// The other values that a value's key has at the same paths; nothing where they are too many. Keys of patches alone do not belong
    /// together.
    fn others(&self, node: NodeId) -> Option<HashSet<NodeId>> {
        let paths = self.of_value.get(&node).into_iter().flatten();
        let values = paths.filter_map(|path| self.paths.get(*path));
        let values = values.filter(|(_, has_base)| *has_base);
        let mut others = HashSet::new();
        for other in values.flat_map(|(values, _)| values) {
            if *other != node && others.insert(*other) && others.len() > MOST_KEYS {
                return None;
            }
        }
        Some(others)
    }

    /// Lets a fix that writes another key write it in every layer: else a patch would no longer meet what it patches.
    pub fn keep_together(&self, finding: &mut Finding, locator: Locator<'_>) {
        let Some(mut fix) = finding.fix.take() else {
            return;
        };
        let mut more = Vec::new();
        for (place, new) in fix.keys() {
            let Some(others) = self.others(place.node) else {
                finding
                    .help
                    .push_str(", here and in every environment that has it");
                return;
            };
            let change = |node| Change::Replace(Place { node, ..place }, new.to_owned());
            more.extend(others.into_iter().map(change));
        }
        fix.changes.extend(more);
        if locator.taken_key(&fix).is_none() {
            finding.fix = locator.fix(fix);
        }
    }
}

/// Whether a path is one of a place for anchors.
fn is_anchor(steps: &[String]) -> bool {
    steps.first().is_some_and(|step| step.starts_with("x-"))
}

/// The paths in the base by which values are used through aliases, the first of each.
pub fn aliased(document: &Tree) -> HashMap<NodeId, Vec<String>> {
    let mut paths: HashMap<NodeId, Vec<String>> = HashMap::new();
    let members = document.root().into_iter().flat_map(NodeRef::members);
    let members = members.map(|(key, value)| (vec![key.to_string()], value));
    let mut waiting: Vec<_> = members.collect();
    waiting.retain(|(path, _)| !is_anchor(path) && path.as_slice() != [ENVIRONMENTS]);
    while let Some((path, value)) = waiting.pop() {
        let below = |step: String| [path.as_slice(), &[step]].concat();
        let members = value.members();
        let mut next: Vec<_> = members
            .map(|(key, value)| (below(key.to_string()), value))
            .collect();
        let items = value.items().enumerate();
        next.extend(items.map(|(number, item)| (below(number.to_string()), item)));
        if value.place().via.is_some() {
            if paths.contains_key(&value.id()) {
                continue;
            }
            paths.insert(value.id(), path);
        }
        waiting.append(&mut next);
    }
    paths
}

fn is_in_patch(pointer: &str) -> bool {
    pointer.split('/').nth(1) == Some(ENVIRONMENTS)
}
