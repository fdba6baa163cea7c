//! `mask-confusable`: characters that look like others, in a mask.

use super::{Check, Findings, FixKind, Rule, Subject, confusable};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "mask-confusable",
    severity: Severity::Error,
    fix: Some(FixKind::Unsafe),
    page: include_str!("pages/mask-confusable.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if let Some(mask) = &subject.mask {
        confusable::report(&RULE, "the mask", mask.text, findings);
    }
}
