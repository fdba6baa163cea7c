//! `mask-not-literal`: a mask whose beginning is a pattern.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-not-literal",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-not-literal.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        if let ProblemKind::NotLiteral { part } = &problem.kind {
            findings.push(RULE.at(
                place,
                format!("{part} stands before the mask's capture group, where only literal text has one meaning"),
                "write the beginning of the names letter by letter, a bracket that belongs to it as `\\[`; where names begin in several ways, each instance takes a mask of its own",
            ));
        }
    }
}
