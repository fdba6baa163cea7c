//! `missing-field`: found by the schema check.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "missing-field",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/missing-field.md"),
    check: Check::OnTheWay,
};
