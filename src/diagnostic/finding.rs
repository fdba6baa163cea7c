//! Findings: diagnostics with ranges, as every report reads them.

use std::{ops::Range, sync::Arc};

use super::{Fix, Rule, Severity};
use crate::text::Source;

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
        self.order() == other.order() && self.pointer == other.pointer
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

/// Fixes are equal that write the same: the alias by which each environment reached the place does not count.
fn is_same_fix(one: Option<&Fix>, other: Option<&Fix>) -> bool {
    let written = |fix: &Fix| (fix.title.clone(), fix.safe, fix.edits.clone());
    one.map(written) == other.map(written)
}

/// Something that a check has to say about a place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The rule's own severity, or the configured one.
    pub severity: Severity,
    /// What is wrong with the value at hand. One sentence, no final dot.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// What tells it from others of its rule at its place, whatever its words.
    pub key: String,
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
    /// Whether its fix writes a key.
    pub(crate) fn renames(&self) -> bool {
        self.fix.iter().flat_map(Fix::keys).next().is_some()
    }

    /// A finding at its rule's own level, of no environment, without related places and fix.
    pub fn new(
        rule: &'static Rule,
        location: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            help: help.into(),
            key: String::new(),
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
            self.rule.id,
            &self.message,
            &self.environments,
        )
    }

    /// Whether two findings, of different environments, say the same of the same place.
    pub fn is_same(&self, other: &Self) -> bool {
        self.location == other.location
            && self.rule == other.rule
            && self.message == other.message
            && is_same_fix(self.fix.as_ref(), other.fix.as_ref())
    }
}
