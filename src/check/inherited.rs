//! Findings of some environments in the base that all of them inherit from: what the help says must not change the others.

use std::collections::HashSet;

use crate::{
    diagnostic::Finding,
    manifest::{ENVIRONMENTS, Environment},
    text::suggest::list,
    yaml::{NodeId, Tree, steps},
};

/// So many environments are named; of more, nobody reads the names.
const MOST_NAMES: usize = 3;

/// Says in a finding's help where to write what it asks for, where it is in the base and not of all environments. `names` has every
/// environment of the manifest.
pub fn explain(finding: &mut Finding, names: &[String]) {
    let of_all = finding.environments.len() == names.len();
    if finding.environments.is_empty() || of_all || is_in_patch(&finding.location.pointer) {
        return;
    }
    let steps: Vec<String> = steps(&finding.location.pointer).collect();
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
        ". Write that under {paths}{more}, not here: this line is for every environment that does not say otherwise"
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
    let steps: Vec<String> = steps(&finding.location.pointer).collect();
    // An anchored value is where its aliases are, too.
    if steps.first().is_some_and(|step| step.starts_with("x-")) {
        return;
    }
    let at = |tree: NodeId| {
        let root = document.at(tree)?;
        let node = steps.iter().try_fold(root, |node, step| node.child(step));
        Some(node?.place().node)
    };
    let Some(here) = document.root().and_then(|root| at(root.id())) else {
        return;
    };
    let own: HashSet<&String> = finding.environments.iter().collect();
    let is_other = |name: &String| !own.contains(name);
    let mut others = environments
        .iter()
        .filter(|it| it.name.as_ref().is_some_and(is_other));
    if others.any(|other| at(other.tree) == Some(here)) {
        finding.fix = None;
        explain(finding, names);
    }
}

fn is_in_patch(pointer: &str) -> bool {
    pointer.split('/').nth(1) == Some(ENVIRONMENTS)
}
