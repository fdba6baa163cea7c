//! `mask-capture`: a mask that captures no group's name, or several.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-capture",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-capture.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        let draft = match &problem.kind {
            ProblemKind::MissingCapture => RULE.at(
                place,
                "the mask has no capture group, so no profile leads to an operator group",
                "end it with `(.*)`: what that captures is the group's internal name",
            ),
            ProblemKind::SurplusCapture => RULE.at(
                place,
                "the mask has a capture group besides the last one, and which of them names the operator group is not documented",
                "make it literal text, or write `(?:…)` if it must be a group",
            ),
            _ => continue,
        };
        findings.push(draft);
    }
}
