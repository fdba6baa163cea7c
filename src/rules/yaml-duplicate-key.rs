//! `yaml-duplicate-key`: found by the YAML reader.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "yaml-duplicate-key",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/yaml-duplicate-key.md"),
    check: Check::OnTheWay,
};
