//! What the tests of the rules share: a manifest judged as `check` judges it.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::PathBuf;

use campaign_ims::{check, check::ignore, check::settings::Settings, diagnostic::Location};

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

impl Found {
    fn new(
        rule: &'static str,
        location: &Location,
        message: &str,
        help: &str,
        has_fix: bool,
    ) -> Self {
        let start = location.source.position(location.range.start);
        let end = location.source.position(location.range.end);
        Self {
            rule,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: location.source.text()[location.range.clone()].to_owned(),
            message: message.to_owned(),
            help: help.to_owned(),
            has_fix,
        }
    }
}

/// Everything that the rules say of a text, rules between its environments included.
pub fn check_all(text: &str) -> Vec<Found> {
    check_bytes(text.as_bytes().to_vec())
}

/// As [`check_all`], for bytes.
pub fn check_bytes(bytes: Vec<u8>) -> Vec<Found> {
    let settings = Settings::default();
    let mut judged = check::judge("test.ims.yaml", bytes, &settings, None);
    let ignores = ignore::apply(&mut judged, &settings, false);
    let mut found: Vec<Found> = judged
        .findings
        .iter()
        .map(|finding| {
            let has_fix = finding.fix.is_some();
            Found::new(
                finding.rule.id,
                &finding.location,
                &finding.message,
                &finding.help,
                has_fix,
            )
        })
        .collect();
    let between = check::between(&judged.instances).into_iter();
    found.extend(
        between
            .filter(|finding| !ignores.covers(finding))
            .map(|finding| {
                Found::new(
                    finding.rule.id,
                    &finding.location,
                    &finding.message,
                    &finding.help,
                    false,
                )
            }),
    );
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
