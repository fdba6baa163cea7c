//! Findings written out: one format, one file. Nothing here reads the environment, a clock or a file: equal findings give
//! equal bytes. `shown` makes a finding safe to show, `excerpt` the lines around it; nothing else reads an input's text.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

use crate::{
    diagnostic::{Finding, Rule, Severity, relative},
    text::show,
};

mod azure;
mod concise;
#[cfg(feature = "cli")]
mod excerpt;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;
mod shown;

pub use azure::write as write_azure;
use shown::Truncated;

/// How many findings of one file are reported.
pub const MOST_FINDINGS: usize = 1_000;

/// How many instances are described after a check without errors.
pub const MOST_INSTANCES: usize = 10;

/// What a finding is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For people at a terminal: source lines, help, a summary
    #[cfg(feature = "cli")]
    Human,
    /// One line for each finding: `path:line:column: level[rule] message`
    Concise,
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
    fn of(findings: &[Finding], files: usize) -> Self {
        let count = |severity| {
            let findings = findings.iter();
            findings.filter(|each| each.severity == severity).count()
        };
        Self {
            files,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    fn counts(&self) -> [(Severity, usize); 3] {
        [
            (Severity::Error, self.errors),
            (Severity::Warning, self.warnings),
            (Severity::Note, self.notes),
        ]
    }

    /// Whether there is any finding at or above a severity.
    pub fn reaches(&self, least: Severity) -> bool {
        let mut counts = self.counts().into_iter();
        counts.any(|(severity, count)| severity >= least && count > 0)
    }

    /// "2 errors, 1 warning", or "no findings".
    pub fn in_words(&self) -> String {
        let counts = self.counts().into_iter().filter(|(_, count)| *count > 0);
        let words: Vec<_> = counts
            .map(|(severity, count)| counted(count, severity.name()))
            .collect();
        if words.is_empty() {
            return "no findings".to_owned();
        }
        words.join(", ")
    }
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Sorted, at most [`MOST_FINDINGS`] a file.
    pub findings: Vec<Finding>,
    /// The names of the checked files, sorted.
    pub files: Vec<String>,
    /// Why the check failed, a message each; empty where it did not. A report of a check that failed never reads as clean.
    pub problems: Vec<String>,
    /// The files with more findings than that, sorted.
    left_off: Vec<Truncated>,
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
        let summary = Summary::of(&findings, files.len());
        let left_off = cut(&mut findings, MOST_FINDINGS);
        Self {
            findings,
            files,
            problems: Vec::new(),
            left_off,
            summary,
        }
    }

    /// What was left off of each file, in a sentence.
    #[cfg(feature = "cli")]
    pub fn left_off(&self) -> impl Iterator<Item = &str> {
        self.left_off.iter().map(|it| it.message.as_str())
    }

    /// The problems as they may be shown, a line each.
    fn shown_problems(&self) -> impl Iterator<Item = String> {
        self.problems.iter().map(|problem| show::text(problem))
    }
}

/// Keeps at most `most` findings of each file, the gravest and first ones, in the order that they had.
fn cut(findings: &mut Vec<Finding>, most: usize) -> Vec<Truncated> {
    findings.sort_by_key(|finding| (Reverse(finding.severity), finding.rule.rank));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    findings.retain(|finding| {
        let path = finding.location.source.name();
        let count = counts.entry(path.to_owned()).or_default();
        *count += 1;
        *count <= most
    });
    findings.sort_by(|left, right| left.order().cmp(&right.order()));
    let over = counts.iter().filter(|(_, count)| **count > most);
    over.map(|(path, count)| Truncated::new(path, count - most))
        .collect()
}

/// Which product profiles become which operator groups, of one instance.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The environment, or the instance where there are no environments.
    pub name: String,
    /// Product profile and operator group.
    pub rows: Vec<(String, String)>,
}

/// What one instance expects of the Admin Console.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The instance's name.
    pub instance: String,
    /// What the product profiles of its groups begin with.
    pub prefix: String,
    /// Its groups, in the manifest's order.
    pub groups: Vec<String>,
    /// Those of them that the package creates.
    pub created: Vec<String>,
}

/// Where a check runs: absolute paths with `/`.
#[derive(Debug, Clone)]
pub struct Project {
    /// The project's folder.
    pub root: String,
    /// The current folder.
    pub here: String,
}

impl Project {
    /// A path as the project has it; as it is where it is outside of the project.
    fn path(&self, name: &str) -> String {
        let absolute = match name.starts_with('/') {
            true => name.to_owned(),
            false => format!("{}/{name}", self.here),
        };
        let mut steps: Vec<&str> = Vec::new();
        for step in absolute.split('/') {
            match step {
                "" | "." => {}
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        let root: Vec<&str> = self.root.split('/').filter(|it| !it.is_empty()).collect();
        match steps.strip_prefix(root.as_slice()) {
            Some(below) if !below.is_empty() => below.join("/"),
            _ => relative(name).to_owned(),
        }
    }
}

/// What a report needs to know besides the findings.
#[derive(Clone, Default)]
pub struct Context<'a> {
    /// Whether to colour the human format.
    pub colour: bool,
    /// Whether a rule's id is a link to its page, as terminals show links (OSC 8).
    pub links: bool,
    /// Whether to draw with Unicode characters, or with ASCII alone.
    pub unicode: bool,
    /// Width of the terminal, in columns.
    pub width: usize,
    /// The rules that ran.
    pub rules: &'a [&'static Rule],
    /// The tool's version, three numbers with dots.
    pub version: &'a str,
    /// The severity from which on findings fail the check; `None` where nothing does.
    pub fail_on: Option<Severity>,
    /// What `map` says, for the Markdown summary; may be empty.
    pub mappings: &'a [Mapping],
    /// What each of the first instances expects, for people; may be empty.
    pub expected: &'a [Expected],
    /// How many instances expect something, those that are not shown included.
    pub expecting: usize,
    /// The project that the check runs in, for formats whose paths are relative to it.
    pub project: Option<&'a Project>,
    /// What a path is appended to for a link, as in `https://github.com/OWNER/REPOSITORY/blob/SHA/`.
    pub link_base: Option<&'a str>,
}

impl Context<'_> {
    /// A path from the project's folder on, where there is a project: what platforms look for.
    fn path(&self, name: &str) -> String {
        match self.project {
            Some(project) => project.path(name),
            None => relative(name).to_owned(),
        }
    }

    /// Monochrome, 80 columns, no rules: what a piped report starts from.
    pub fn plain(version: &str) -> Context<'_> {
        Context {
            unicode: true,
            width: 80,
            version,
            fail_on: Some(Severity::Error),
            ..Context::default()
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
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, context, out),
        Format::Github => github::write(report, context, out),
        Format::Gitlab => gitlab::write(report, context, out),
        Format::Junit => junit::write(report, context, out),
        Format::Markdown => markdown::write(report, context, out),
    }
}

/// A text in a terminal's style (`1` is bold, `31` red), where there are colours.
pub fn painted(text: &str, style: &str, is_coloured: bool) -> String {
    match is_coloured {
        true => format!("\u{1b}[{style}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}

/// "1 file", "2 files".
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_project() {
        let project = Project {
            root: "/builds/contoso".to_owned(),
            here: "/builds/contoso/ims".to_owned(),
        };
        for (name, expected) in [
            ("a.ims.yaml", "ims/a.ims.yaml"),
            ("./a.ims.yaml", "ims/a.ims.yaml"),
            ("/builds/contoso/ims/a.ims.yaml", "ims/a.ims.yaml"),
            ("../b.ims.yaml", "b.ims.yaml"),
            ("../../c/b.ims.yaml", "../../c/b.ims.yaml"),
            ("/builds/contoso-2/b.yaml", "/builds/contoso-2/b.yaml"),
        ] {
            assert_eq!(project.path(name), expected);
        }
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
        assert_eq!(left_off[0].left_off, 3);
    }
}
