//! What a check has to say: findings, where they point, and how they are mended.

use std::{collections::HashMap, fmt, ops::Range, sync::Arc};

use sha2::{Digest, Sha256};

use crate::{draft::Change, text::Source};

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
    /// What tells it from other findings of its rule at its pointer, such as a field's name. Part of the fingerprint, never
    /// shown.
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

/// One fingerprint for each finding, by which SARIF, GitLab and a baseline know it when its lines have moved: 32 hexadecimal
/// digits, made of the rule, the path, the pointer and the key. Equal findings are told apart by how many came before, so
/// they must be sorted. No text of the manifest is hashed: the hash of a secret would be a way to guess it.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<[&str; 4], u64> = HashMap::new();
    let mut fingerprint = |finding| {
        let parts = identity(finding);
        let before = seen.entry(parts).or_default();
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(before.to_be_bytes());
        *before += 1;
        let digest = hash.finalize();
        digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    findings.iter().map(&mut fingerprint).collect()
}

fn identity(finding: &Finding) -> [&str; 4] {
    let location = &finding.location;
    [
        finding.rule,
        relative(location.source.name()),
        &location.pointer,
        &finding.key,
    ]
}

/// A path as other programs want it: without `./` in front.
pub fn relative(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(path: &str, text: &str, key: &str) -> Finding {
        Finding {
            rule: "unknown-field",
            severity: Severity::Error,
            message: format!("`{text}` is wrong"),
            help: String::new(),
            key: key.to_owned(),
            location: Location {
                source: Arc::new(Source::new(path, text)),
                pointer: "/a".to_owned(),
                range: 0..text.len(),
            },
            environments: Vec::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    #[test]
    fn fingerprints_are_made_of_rule_path_pointer_and_key() {
        let all = fingerprints(&[
            finding("a", "one", "x"),
            finding("a", "two", "x"),
            finding("a", "one", "y"),
            finding("b", "one", "x"),
        ]);
        for (index, fingerprint) in all.iter().enumerate() {
            assert_eq!(fingerprint.len(), 32);
            assert!(!all[..index].contains(fingerprint));
        }
        let moved_and_reworded = finding("./a", "# more\n\none", "x");
        assert_eq!(all[0], fingerprints(&[moved_and_reworded])[0]);
    }

    #[test]
    fn paths_lose_their_dot() {
        assert_eq!(relative("././a/b"), "a/b");
        assert_eq!(relative("../a"), "../a");
        assert_eq!(relative(".//a"), "a");
    }
}
