//! `patch-no-effect`: found when patches are applied, see `manifest::environments`.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "patch-no-effect",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/patch-no-effect.md"),
    check: Check::OnTheWay,
};
