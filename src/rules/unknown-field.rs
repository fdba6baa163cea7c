//! `unknown-field`: found by the schema check.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    page: include_str!("unknown-field.md"),
    check: Check::OnTheWay,
};
