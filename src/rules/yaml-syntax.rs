//! `yaml-syntax`: found by the YAML reader.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "yaml-syntax",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/yaml-syntax.md"),
    check: Check::OnTheWay,
};
