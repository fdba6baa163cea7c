//! `wrong-type`: found by the schema check, by the YAML reader (keys) and in patches.

use super::{Check, FixKind, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/wrong-type.md"),
    check: Check::OnTheWay,
};
