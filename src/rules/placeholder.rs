//! `placeholder`: found before the schema check, see `manifest::placeholders`.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "placeholder",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/placeholder.md"),
    check: Check::OnTheWay,
};
