//! `mask-whitespace`: white space in a mask that no profile's name has.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{
    draft::Change,
    finding::Severity,
    mask::{ProblemKind, Whitespace},
};

pub static RULE: Rule = Rule {
    id: "mask-whitespace",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/mask-whitespace.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        let ProblemKind::Whitespace(which) = &problem.kind else {
            continue;
        };
        let (what, title) = match which {
            Whitespace::Leading => ("begins with white space", "remove the white space"),
            Whitespace::Trailing => ("ends with white space", "remove the white space"),
            Whitespace::Doubled => ("has white space twice in a row", "keep one space"),
            Whitespace::Odd => ("holds a tab or a line break", "write a single space"),
        };
        let message =
            format!("the mask {what}, and would match only profiles whose names have the same");
        let draft = RULE.at(place, message, title);
        findings.push(match &problem.replacement {
            Some(mended) => draft.safe_fix(title, Change::Replace(place, mended.clone())),
            None => draft,
        });
    }
}
