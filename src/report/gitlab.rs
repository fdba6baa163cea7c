//! GitLab's Code Quality report.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Context, Report, json::print, shown::Finding, shown::Truncated};
use crate::diagnostic::{Severity, fingerprints_by};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Value,
}

/// Writes one issue a line. GitLab compares fingerprints between a branch and its target.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    print(out, &Issues(report, context))
}

struct Issues<'a>(&'a Report, &'a Context<'a>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report {
            findings, left_off, ..
        } = self.0;
        let shown = findings.iter().map(Finding::from);
        let shown = shown.zip(fingerprints_by(findings, |path| self.1.path(path)));
        let found = shown.map(|(finding, fingerprint)| self.issue(finding, fingerprint));
        let left_off = left_off.iter().map(|file| self.notice(file));
        let problems = self.0.shown_problems().zip(1..).map(problem);
        serializer.collect_seq(found.chain(left_off).chain(problems))
    }
}

impl Issues<'_> {
    fn issue(&self, finding: Finding, fingerprint: String) -> Issue {
        Issue {
            description: finding.message.clone() + &finding.in_environments(),
            check_name: finding.rule,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: location(
                &self.1.path(&finding.path),
                finding.range.start.line,
                finding.range.last_line(),
            ),
        }
    }

    fn notice(&self, file: &Truncated) -> Issue {
        Issue {
            description: file.message.clone(),
            check_name: "findings-left-off",
            fingerprint: format!("left-off-{}", file.uri.text),
            severity: "info",
            location: location(&self.1.path(&file.path), 1, 1),
        }
    }
}

/// Why the check failed. GitLab wants a file for it.
fn problem((message, number): (String, usize)) -> Issue {
    Issue {
        description: format!("the check failed: {message}"),
        check_name: "check-failed",
        fingerprint: format!("check-failed-{number}"),
        severity: "blocker",
        location: location(".", 1, 1),
    }
}

fn location(path: &str, begin: usize, end: usize) -> Value {
    json!({ "path": path, "lines": { "begin": begin, "end": end } })
}
