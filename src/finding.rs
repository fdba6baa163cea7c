//! What a check has to say: findings, where they point, and how they are mended.

use std::{fmt, ops::Range, sync::Arc};

use crate::{draft::Change, rules, text::Source};

pub use crate::yaml::TextEdit;

/// How much a finding weighs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; often intended.
    Note,
    /// Likely a mistake, or a risk.
    Warning,
    /// Sign-in fails, or the wrong people get in.
    Error,
}

impl Severity {
    /// The name that reports and configuration use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A range in a text. The pointer (RFC 6901) addresses the document as written; it is empty for the document itself.
#[derive(Debug, Clone)]
pub struct Location {
    /// The text, with the ranges in it that nothing may show.
    pub source: Arc<Source>,
    /// JSON Pointer into the document as written.
    pub pointer: String,
    /// Half-open byte range.
    pub range: Range<usize>,
}

impl Location {
    /// What locations are sorted by: path, then position.
    pub fn order(&self) -> (&str, usize, usize) {
        (self.source.name(), self.range.start, self.range.end)
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

/// Another place that belongs to a finding, with what it has to do with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What this place has to do with the finding.
    pub message: String,
    /// The other place.
    pub location: Location,
}

/// A way to mend a finding, in the text of its location.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What the fix does, as a command: "write `https`".
    pub title: String,
    /// Whether it can be applied without a person looking at it.
    pub safe: bool,
    /// What it changes, sorted and disjoint.
    pub edits: Vec<TextEdit>,
    /// What the edits mean, for the check that they do nothing else. No report shows it.
    pub changes: Vec<Change>,
}

/// Fixes are equal that write the same: the alias by which each environment reached the place does not count.
impl PartialEq for Fix {
    fn eq(&self, other: &Self) -> bool {
        (&self.title, self.safe, &self.edits) == (&other.title, other.safe, &other.edits)
    }
}

impl Eq for Fix {}

/// Something that a check has to say about a place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's own severity, or the configured one.
    pub severity: Severity,
    /// What is wrong with the value at hand. One sentence, no final dot.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// What somebody has to change.
    pub location: Location,
    /// The environments that it was found in, in the manifest's order; empty where there are none.
    pub environments: Vec<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How to mend it by machine, where that is possible.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding at its rule's own level, of no environment, without related places and fix.
    pub fn new(
        rule: &'static str,
        location: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rules::find(rule).map_or(Severity::Error, |rule| rule.severity),
            message: message.into(),
            help: help.into(),
            location,
            environments: Vec::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// What findings are sorted by: path, position, rule, then the rest so that output never depends on chance.
    pub fn order(&self) -> impl Ord + '_ {
        (
            self.location.order(),
            self.rule,
            &self.message,
            &self.environments,
        )
    }
}
