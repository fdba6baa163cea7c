//! The list of all rules, `docs/rules.md`, made from the catalogue and the rules' pages.

use std::fmt::Write as _;

use crate::diagnostic::{FixKind, Rule, Severity, Topic};

/// The parts of the list, in their order.
const TOPICS: [(Topic, &str); 9] = [
    (Topic::Schema, "YAML and schema"),
    (Topic::Values, "Values"),
    (Topic::Servers, "URLs and servers"),
    (Topic::Organization, "Organization"),
    (Topic::Mask, "Association mask"),
    (Topic::Groups, "Groups"),
    (Topic::Account, "Account and build"),
    (Topic::Across, "Between instances"),
    (Topic::Ignores, "Housekeeping"),
];

/// What `docs/rules.md` holds.
pub fn rules_markdown() -> String {
    let mut text = String::from(
        "# Rules\n\n\
         Each rule has a page with an example of what it finds; `campaign-ims explain RULE` prints it.\n\
         **E** error, **W** warning, **N** note; **F** has a fix that `--fix` applies, **f** one that needs `--unsafe` as well.\n\n\
         This file is made from the pages: change them, and run `UPDATE=1 cargo test`.\n",
    );
    for (topic, title) in TOPICS {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {title}\n\n");
        for rule in super::RULES.iter().filter(|rule| rule.topic == topic) {
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
        FixKind::Safe => " F",
        FixKind::Unsafe => " f",
        FixKind::NoFix => "",
    };
    format!("{level}{fix}")
}
