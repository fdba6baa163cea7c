//! What is said of a text before any rule is asked: that it is none, what the YAML reader found, and the secrets in it.

use std::iter;

use crate::{
    diagnostic::{Change, Diagnostic},
    manifest::{self, Environment},
    rules::catalogue::{
        SECRET_IN_MANIFEST, WRONG_TYPE, YAML_DUPLICATE_KEY, YAML_LIMITS, YAML_SYNTAX,
    },
    secrets,
    yaml::{NodeId, Place, Problem, ProblemKind, Step, Tree},
};

/// How many nodes all environments of a manifest may have together: more would take seconds and hundreds of megabytes, from a few kilobytes.
const MOST_NODES: usize = 250_000;

/// What is wrong where a manifest's environments are too many for its size.
pub(super) fn too_many_nodes(environments: &[Environment], document: &Tree) -> Option<Diagnostic> {
    let count = environments.len();
    let first = environments.first().filter(|_| count > 1)?;
    let largest = document.at(first.tree)?.size();
    if largest.saturating_mul(count) <= MOST_NODES {
        return None;
    }
    let place = document.root()?.get(manifest::ENVIRONMENTS)?.key_place();
    let message = format!(
        "{count} environments of {largest} nodes each are more than {MOST_NODES} nodes together"
    );
    Some(YAML_LIMITS.at(place, message, "write several manifests"))
}

/// What is said of XML, such as a package.
pub(super) fn xml(text: &str) -> Problem {
    let start = text.find('<').unwrap_or(0);
    let help = "name the manifest instead; `campaign-ims import FILE` makes one from a package";
    let range = start..text.len().min(start + 1);
    Problem::syntax(range, "this is XML, where a manifest is due", help)
}

/// What is said of a file that holds others, of which nothing can be shown.
pub(super) fn not_unpacked(how: &str) -> Problem {
    let message = format!("this is {how}, where a manifest is due");
    Problem::syntax(0..0, message, "unpack it first; the manifest is a text")
}

/// The mapping that a merge key stands in which merges no mapping.
pub(super) fn merged_into(problem: &Problem, document: &Tree) -> Option<NodeId> {
    let node = problem
        .node
        .filter(|_| problem.kind == ProblemKind::MergeType)?;
    let around = iter::once(node).chain(document.ancestors(node));
    let mut around = around.filter_map(|node| document.node(node));
    let merge = around.find(|it| matches!(&it.step, Step::Key(key) if **key == *"<<"))?;
    merge.parent
}

/// What the YAML reader has to say.
pub(super) fn problem_diagnostic(problem: Problem) -> Diagnostic {
    let rule = match problem.kind {
        ProblemKind::Syntax => &YAML_SYNTAX,
        ProblemKind::Limits => &YAML_LIMITS,
        ProblemKind::DuplicateKey => &YAML_DUPLICATE_KEY,
        ProblemKind::KeyType | ProblemKind::MergeType => &WRONG_TYPE,
    };
    let node = problem.node.unwrap_or(NodeId::NONE);
    let key = Place::value(node, None).key();
    if problem.kind == ProblemKind::KeyType && problem.node.is_some() {
        let diagnostic = rule.at(key, problem.message, problem.help);
        return diagnostic.safe_fix("put the key in quotes", Change::Quote(key));
    }
    // Of a key that comes twice the value may still be a secret.
    let place = match problem.kind {
        ProblemKind::DuplicateKey => key,
        _ => Place::text(node, problem.range),
    };
    let diagnostic = rule.at(
        place,
        secrets::mask(&problem.message),
        secrets::mask(&problem.help),
    );
    match problem.first {
        Some(first) => diagnostic.related(Place::value(first, None).key(), "the first one is here"),
        None => diagnostic,
    }
}

pub(super) fn secret_diagnostic(secret: &secrets::Secret) -> Diagnostic {
    SECRET_IN_MANIFEST.at(
        Place::text(secret.node.unwrap_or(NodeId::NONE), secret.range.clone()),
        format!("{} stands here in clear", secret.what),
        "replace it at its source, because it has been in the file; then remove it, and write a reference such as \
         `client_secret: { env: IMS_CLIENT_SECRET }`",
    )
}
