//! `value-confusable`: characters that look like others, in a value that is compared letter by letter.

use super::{Check, Findings, FixKind, Rule, Subject, confusable};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "value-confusable",
    severity: Severity::Error,
    fix: Some(FixKind::Unsafe),
    page: include_str!("pages/value-confusable.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (what, text) in subject.identifiers() {
        confusable::report(&RULE, what, text, findings);
    }
}
