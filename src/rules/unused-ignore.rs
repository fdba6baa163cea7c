//! `unused-ignore`: found when findings are suppressed, see `suppress`.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "unused-ignore",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/unused-ignore.md"),
    check: Check::OnTheWay,
};
