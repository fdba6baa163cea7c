//! `unknown-rule`: found when comments and configuration are read, see `suppress`.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "unknown-rule",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/unknown-rule.md"),
    check: Check::OnTheWay,
};
