//! `mask-too-broad`: a mask that every profile of the organization matches.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-too-broad",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-too-broad.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        if problem.kind == ProblemKind::TooBroad {
            findings.push(RULE.at(
                place,
                "no literal character stands before the mask's capture group: profiles of every product would map into Campaign",
                "begin with what the names of Campaign's product profiles begin with, such as `Campaign - contoso - (.*)`",
            ));
        }
    }
}
