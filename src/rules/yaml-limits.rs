//! `yaml-limits`: found by the YAML reader.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "yaml-limits",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/yaml-limits.md"),
    check: Check::OnTheWay,
};
