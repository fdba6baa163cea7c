//! Findings of some environments in the base that all of them inherit from: what the help says must not change the others.

use crate::{
    diagnostic::Finding,
    manifest::{ENVIRONMENTS, Environment},
    text::suggest::list,
    yaml::{NodeId, Tree},
};

/// So many environments are named; of more, nobody reads the names.
const MOST_NAMES: usize = 3;

/// Says in a finding's help where to write what it asks for, where it is in the base and not of all environments. `names` has every
/// environment of the manifest.
pub fn explain(finding: &mut Finding, names: &[String]) {
    let of_all = names.iter().all(|name| finding.environments.contains(name));
    if finding.environments.is_empty() || of_all || is_in_patch(&finding.location.pointer) {
        return;
    }
    let steps = steps(&finding.location.pointer);
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
    let paths = list(&paths).replace(" or ", " and ");
    finding.help.push_str(&format!(
        ". Write that under {paths}{more}: this line is for every environment that does not say otherwise"
    ));
}

/// Keeps a finding in the base from leading wrong, where an environment without the finding inherits the same value: no fix changes it,
/// and the help says where to write instead.
pub fn keep_others(
    finding: &mut Finding,
    names: &[String],
    environments: &[Environment],
    document: &Tree,
) {
    let of_all = finding.environments.len() == names.len();
    if of_all || is_in_patch(&finding.location.pointer) {
        return;
    }
    let steps = steps(&finding.location.pointer);
    // An anchored value is where its aliases are, too.
    if steps.first().is_some_and(|step| step.starts_with("x-")) {
        return;
    }
    let at = |tree: NodeId| {
        let root = document.at(tree)?;
        let node = steps.iter().try_fold(root, |node, step| {
            let mut items = node.items();
            node.get(step).or_else(|| items.nth(step.parse().ok()?))
        });
        Some(node?.place().node)
    };
    let Some(here) = document.root().and_then(|root| at(root.id())) else {
        return;
    };
    let mut others = environments.iter().filter(|environment| {
        let name = environment.name.as_ref();
        name.is_some_and(|name| !finding.environments.contains(name))
    });
    if others.any(|other| at(other.tree) == Some(here)) {
        finding.fix = None;
        explain(finding, names);
    }
}

fn is_in_patch(pointer: &str) -> bool {
    pointer.split('/').nth(1) == Some(ENVIRONMENTS)
}

fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}
