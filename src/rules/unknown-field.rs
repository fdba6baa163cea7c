//! `unknown-field`: found by the schema check.

use super::{Check, FixKind, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/unknown-field.md"),
    check: Check::OnTheWay,
};
