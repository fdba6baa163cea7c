//! `mask-not-prefix`: a mask that goes on after the group's name.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-not-prefix",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-not-prefix.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        if problem.kind == ProblemKind::NotPrefix {
            findings.push(RULE.at(
                place,
                "something follows the mask's capture group, but a mask is what stands before the group's name",
                "end the mask with the capture group, and name the product profiles accordingly",
            ));
        }
    }
}
