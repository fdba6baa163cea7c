//! `mask-backtracking`: a mask that can keep a server busy.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-backtracking",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/mask-backtracking.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        let ProblemKind::Backtracking { nested, example } = &problem.kind else {
            continue;
        };
        let how = if *nested {
            "repetition within repetition"
        } else {
            "repetitions side by side that take the same text"
        };
        findings.push(RULE.at(
            place,
            format!(
                "the mask has {how}: an engine that backtracks tries every way to share out a name such as `{}`",
                excerpt(example)
            ),
            "capture with a single repetition, such as `(.*)`",
        ));
    }
}
