//! `invalid-value`: found by the schema check.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "invalid-value",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/invalid-value.md"),
    check: Check::OnTheWay,
};
