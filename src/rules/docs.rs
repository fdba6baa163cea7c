//! The list of all rules, `docs/rules.md`, made from the registry and the rules' pages.

use std::fmt::Write as _;

use super::{Check, FixKind, RULES, Rule};
use crate::finding::Severity;

/// The parts of the rule book, and what the ids of the rules in them begin with. The longest beginning decides; rules between
/// instances are a part of their own, whatever their ids.
const GROUPS: [(&str, &[&str]); 8] = [
    (
        "YAML and schema",
        &[
            "yaml-",
            "unknown-field",
            "missing-",
            "wrong-",
            "invalid-value",
            "patch-",
        ],
    ),
    (
        "Values",
        &["placeholder", "control-character", "value-", "secret-"],
    ),
    (
        "URLs and servers",
        &[
            "invalid-url",
            "url-",
            "instance-url-",
            "ims-server-",
            "callback-",
        ],
    ),
    ("Organization", &["org-id-", "tenant-"]),
    ("Association mask", &["mask-"]),
    ("Groups", &["group-"]),
    (
        "Account and build",
        &[
            "account-",
            "product-",
            "scope-",
            "hosting-",
            "instance-",
            "release-",
            "build-",
            "package-",
        ],
    ),
    ("Housekeeping", &["unused-ignore", "unknown-rule"]),
];

const BETWEEN: &str = "Between instances";

/// The part of the rule book that a rule is in; nothing for an id that begins like no other.
pub fn group(rule: &Rule) -> Option<&'static str> {
    if let Check::Instances(_) = rule.check {
        return Some(BETWEEN);
    }
    GROUPS
        .iter()
        .flat_map(|(title, beginnings)| {
            beginnings.iter().map(move |beginning| (*title, *beginning))
        })
        .filter(|(_, beginning)| rule.id.starts_with(beginning))
        .max_by_key(|(_, beginning)| beginning.len())
        .map(|(title, _)| title)
}

/// The titles of the parts, in their order.
pub fn groups() -> Vec<&'static str> {
    let mut titles: Vec<&str> = GROUPS.iter().map(|(title, _)| *title).collect();
    titles.insert(titles.len().saturating_sub(1), BETWEEN);
    titles
}

/// What `docs/rules.md` holds.
pub fn rules_markdown() -> String {
    let mut text = String::from(
        "# Rules\n\n\
         Each rule has a page with an example of what it finds; `campaign-ims explain RULE` prints it.\n\
         **E** error, **W** warning, **N** note; **F** has a fix that `--fix` applies, **f** one that needs `--unsafe` as well.\n\n\
         This file is made from the pages: change them, and run `UPDATE=1 cargo test`.\n",
    );
    for title in groups() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {title}\n\n");
        for rule in RULES.iter().filter(|rule| group(rule) == Some(title)) {
            let id = rule.id;
            let _ = writeln!(
                text,
                "- [`{id}`](../src/rules/pages/{id}.md) **{}**: {}",
                marks(rule),
                rule.summary()
            );
        }
    }
    text
}

fn marks(rule: &Rule) -> String {
    let level = match rule.severity {
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Note => "N",
    };
    let fix = match rule.fix {
        Some(FixKind::Safe) => " F",
        Some(FixKind::Unsafe) => " f",
        None => "",
    };
    format!("{level}{fix}")
}
