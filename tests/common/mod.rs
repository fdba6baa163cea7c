//! What the tests of the rules share: a manifest judged as `check` judges it.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{path::PathBuf, sync::Arc};

use campaign_ims::{check, finding::Finding};

/// A finding: the rule and, in lines and columns, the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub rule: &'static str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    /// The text at the place.
    pub text: String,
    pub message: String,
    pub help: String,
    pub has_fix: bool,
}

impl From<&Finding> for Found {
    fn from(finding: &Finding) -> Self {
        let location = &finding.location;
        let start = location.source.position(location.range.start);
        let end = location.source.position(location.range.end);
        Self {
            rule: finding.rule,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: location.source.text()[location.range.clone()].to_owned(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            has_fix: finding.fix.is_some(),
        }
    }
}

/// Everything that the rules say of a text, rules between its environments included.
pub fn check_all(text: &str) -> Vec<Found> {
    check_bytes(text.as_bytes().to_vec())
}

/// As [`check_all`], for bytes.
pub fn check_bytes(bytes: Vec<u8>) -> Vec<Found> {
    let checked = check::text("a", "test.ims.yaml", bytes, &Arc::default(), None);
    let across = check::across(&[&checked]);
    let findings = checked.judged.findings.iter().chain(&across);
    let mut found: Vec<Found> = findings.map(Found::from).collect();
    found.sort_by_key(|found| (found.line, found.column, found.rule));
    found
}

/// The rules that spoke.
pub fn rules_of(found: &[Found]) -> Vec<&'static str> {
    let mut rules: Vec<&str> = found.iter().map(|found| found.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// A path below the package's folder.
pub fn path(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(below)
}
