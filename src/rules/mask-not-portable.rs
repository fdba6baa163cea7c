//! `mask-not-portable`: a construct that regular expression dialects do not share.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, mask::ProblemKind};

pub static RULE: Rule = Rule {
    id: "mask-not-portable",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-not-portable.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (problem, place) in subject.mask_problems() {
        if let ProblemKind::NotPortable { construct } = &problem.kind {
            findings.push(RULE.at(
                place,
                format!("the mask uses {construct}, which not every dialect of regular expressions has"),
                "write it without: which dialect Campaign uses is not documented. Literal text and `(.*)` mean the same in all",
            ));
        }
    }
}
