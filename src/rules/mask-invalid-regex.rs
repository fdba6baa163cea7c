//! `mask-invalid-regex`: a mask that is no regular expression.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-invalid-regex",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-invalid-regex.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        if let ProblemKind::InvalidRegex { reason } = &problem.kind {
            findings.push(RULE.at(
                place,
                format!("the mask is not a regular expression: {reason}"),
                "correct it; a character that is meant literally gets a backslash, such as `\\(`",
            ));
        }
    }
}
