//! Findings written out: one format, one file. Nothing here reads the environment, a clock or a file, and nothing reads
//! [`Source::text`](crate::text::Source::text): equal findings give equal bytes, and a secret has no way in.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

use crate::diagnostic::{Finding, Severity};

pub mod fingerprint;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod human;
pub mod json;
mod junit;
#[cfg(feature = "cli")]
mod line;
mod markdown;
mod sarif;
#[cfg(feature = "cli")]
mod snippet;

#[cfg(test)]
mod fixture;

/// The address of the tool, for formats that name one.
const HOME: &str = "https://github.com/campaign-ims/campaign-ims";

/// How many findings of one file are reported.
pub const MOST_FINDINGS: usize = 1_000;

/// What a finding is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For people at a terminal: source lines, help, a summary
    #[cfg(feature = "cli")]
    Human,
    /// For programs: `schemas/findings.schema.json` describes it
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands that annotate a pull request on GitHub
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: one suite a file, one case a rule
    Junit,
    /// Markdown, for a job's summary
    Markdown,
}

/// How many files were checked and what was found in them, findings over the limit included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Summary {
    /// Checked files.
    pub files: usize,
    /// Findings of severity `error`.
    pub errors: usize,
    /// Findings of severity `warning`.
    pub warnings: usize,
    /// Findings of severity `note`.
    pub notes: usize,
}

impl Summary {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }

    /// Whether there is any finding at or above a severity.
    pub fn reaches(&self, severity: Severity) -> bool {
        [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .any(|each| each >= severity && self.count(each) > 0)
    }

    /// "2 errors, 1 warning", or "no findings".
    pub fn in_words(&self) -> String {
        let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter(|&severity| self.count(severity) > 0)
            .map(|severity| counted(self.count(severity), severity.name()))
            .collect();
        if parts.is_empty() {
            return "no findings".to_owned();
        }
        parts.join(", ")
    }
}

/// A file with more findings than are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOff {
    /// The file's name.
    pub path: String,
    /// How many of its findings are not reported.
    pub count: usize,
}

impl LeftOff {
    /// The sentence that every format says in its own way.
    fn sentence(&self) -> String {
        format!(
            "{} more left off: 1,000 a file are shown",
            counted(self.count, "finding")
        )
    }
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Sorted, at most [`MOST_FINDINGS`] a file.
    pub findings: Vec<Finding>,
    /// The names of the checked files, sorted.
    pub files: Vec<String>,
    /// The files with more findings than that, sorted.
    pub left_off: Vec<LeftOff>,
    /// Counts of everything that was found, what is left off included.
    pub summary: Summary,
}

impl Report {
    /// Sorts findings and files, counts, and then cuts each file to [`MOST_FINDINGS`]: the gravest stay, and what
    /// stays keeps its order.
    pub fn new(mut findings: Vec<Finding>, mut files: Vec<String>) -> Self {
        findings.sort_by(|left, right| left.order().cmp(&right.order()));
        files.sort();
        files.dedup();
        let count = |severity| {
            let of_severity = |finding: &&Finding| finding.severity == severity;
            findings.iter().filter(of_severity).count()
        };
        let summary = Summary {
            files: files.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        };
        let left_off = cut(&mut findings, MOST_FINDINGS);
        Self {
            findings,
            files,
            left_off,
            summary,
        }
    }
}

/// Keeps at most `most` findings of each file, the gravest and first ones, in the order that they had.
pub fn cut(findings: &mut Vec<Finding>, most: usize) -> Vec<LeftOff> {
    let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        match by_file.get_mut(finding.location.source.name()) {
            Some(indexes) => indexes.push(index),
            None => {
                by_file.insert(finding.location.source.name().to_owned(), vec![index]);
            }
        }
    }
    let mut keep = vec![true; findings.len()];
    let mut left_off = Vec::new();
    for (path, mut indexes) in by_file {
        if indexes.len() <= most {
            continue;
        }
        indexes.sort_by_key(|&index| Reverse(findings.get(index).map(|finding| finding.severity)));
        let dropped = indexes.split_off(most);
        let count = dropped.len();
        for index in dropped {
            if let Some(kept) = keep.get_mut(index) {
                *kept = false;
            }
        }
        left_off.push(LeftOff { path, count });
    }
    let mut keep = keep.into_iter();
    findings.retain(|_| keep.next().unwrap_or(true));
    left_off
}

/// What a report says about a rule.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    /// The rule's id.
    pub id: &'static str,
    /// Its level before any configuration.
    pub severity: Severity,
    /// One sentence.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Where the page is published.
    pub help_uri: Option<String>,
}

/// Which product profiles become which operator groups, of one instance.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The environment, or the instance where there are no environments.
    pub name: String,
    /// Product profile and operator group.
    pub rows: Vec<(String, String)>,
}

/// What a report needs to know besides the findings.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// Whether to colour the human format.
    pub colour: bool,
    /// Whether to draw with Unicode characters, or with ASCII alone.
    pub unicode: bool,
    /// Width of the terminal, in columns.
    pub width: usize,
    /// The rules that there are.
    pub rules: &'a [RuleInfo],
    /// The ids of the rules that ran.
    pub ran: &'a [&'static str],
    /// The tool's version, three numbers with dots.
    pub version: &'a str,
    /// The severity from which on findings fail the check; `None` where nothing does.
    pub fail_on: Option<Severity>,
    /// Seconds since 1970 for formats that need a time stamp.
    pub source_date_epoch: Option<u64>,
    /// What `map` says, for the Markdown summary; may be empty.
    pub mappings: &'a [Mapping],
    /// What a path is appended to for a link, as in `https://github.com/OWNER/REPOSITORY/blob/SHA/`.
    pub link_base: Option<&'a str>,
}

impl Context<'_> {
    /// Monochrome, 80 columns, no rules: what a piped report starts from.
    pub fn plain(version: &str) -> Context<'_> {
        Context {
            colour: false,
            unicode: true,
            width: 80,
            rules: &[],
            ran: &[],
            version,
            fail_on: Some(Severity::Error),
            source_date_epoch: None,
            mappings: &[],
            link_base: None,
        }
    }
}

/// Writes a report.
///
/// # Errors
/// What `out` fails with, a closed pipe among it.
pub fn write(
    format: Format,
    report: &Report,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        #[cfg(feature = "cli")]
        Format::Human => human::write(report, context, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, context, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, context, out),
        Format::Markdown => markdown::write(report, context, out),
    }
}

/// "1 file", "2 files".
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A path as formats for other programs want it: without `./` in front.
fn relative(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_singular_and_plural() {
        let mut summary = Summary {
            files: 1,
            ..Summary::default()
        };
        assert_eq!(summary.in_words(), "no findings");
        assert!(!summary.reaches(Severity::Note));
        summary.errors = 2;
        summary.notes = 1;
        assert_eq!(summary.in_words(), "2 errors, 1 note");
        assert!(summary.reaches(Severity::Warning));
    }

    #[test]
    fn the_gravest_findings_stay_and_all_are_counted() {
        let mut findings = fixture::findings_in("a.ims.yaml", 5);
        findings[4].severity = Severity::Error;
        for finding in &mut findings[..4] {
            finding.severity = Severity::Warning;
        }
        let left_off = cut(&mut findings, 2);
        let severities: Vec<_> = findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Warning, Severity::Error]);
        assert_eq!(left_off[0].count, 3);
        let report = Report::new(fixture::findings_in("a", 1_003), vec!["a".into()]);
        assert_eq!(report.findings.len(), 1_000);
        assert_eq!(report.summary.errors, 1_003);
        assert!(report.left_off[0].sentence().starts_with("3 findings more"));
    }

    #[test]
    fn paths_lose_their_dot() {
        assert_eq!(relative("././a/b"), "a/b");
        assert_eq!(relative("../a"), "../a");
        assert_eq!(relative(".//a"), "a");
    }
}
