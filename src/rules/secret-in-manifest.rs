//! `secret-in-manifest`: found before anything is shown, see `secrets`.

use super::{Check, Rule};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "secret-in-manifest",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/secret-in-manifest.md"),
    check: Check::OnTheWay,
};
