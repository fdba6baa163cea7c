//! `mask-unescaped`: a metacharacter that is meant as itself.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{
    draft::{Change, excerpt},
    finding::Severity,
    mask::ProblemKind,
};

pub static RULE: Rule = Rule {
    id: "mask-unescaped",
    severity: Severity::Warning,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/mask-unescaped.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        let ProblemKind::Unescaped { written, lets_in } = &problem.kind else {
            continue;
        };
        let meant = problem.replacement.clone().unwrap_or_default();
        findings.push(
            RULE.at(
                place,
                format!(
                    "`{written}` in the mask is not taken literally: it also lets in profiles that begin with `{}`",
                    excerpt(lets_in)
                ),
                format!("write `{meant}`"),
            )
            .safe_fix(format!("write `{meant}`"), Change::Replace(place, meant)),
        );
    }
}
