//! GitLab's Code Quality report.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Report, json::print, shown::Finding, shown::Truncated};
use crate::diagnostic::{Severity, fingerprints, relative};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Value,
}

/// Writes one issue a line. GitLab compares fingerprints between a branch and its target.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    print(out, &Issues(report))
}

struct Issues<'a>(&'a Report);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report {
            findings, left_off, ..
        } = self.0;
        let shown = findings.iter().map(Finding::from);
        let found = shown.zip(fingerprints(findings)).map(issue);
        let left_off = left_off.iter().map(notice);
        let problems = self.0.shown_problems().zip(1..).map(problem);
        serializer.collect_seq(found.chain(left_off).chain(problems))
    }
}

fn issue((finding, fingerprint): (Finding, String)) -> Issue {
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
            &finding.path,
            finding.range.start.line,
            finding.range.last_line(),
        ),
    }
}

fn notice(file: &Truncated) -> Issue {
    Issue {
        description: file.message.clone(),
        check_name: "findings-left-off",
        fingerprint: format!("left-off-{}", file.uri.text),
        severity: "info",
        location: location(&file.path, 1, 1),
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
    json!({ "path": relative(path), "lines": { "begin": begin, "end": end } })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::report::{Format, fixture};

    #[test]
    fn findings() {
        insta::assert_snapshot!(fixture::written(Format::Gitlab, &fixture::report()), @r#"
[
{"description":"the document has no organization id","check_name":"org-id-unusual","fingerprint":"6de484a0c114a6c1176479f32eb16c31","severity":"info","location":{"path":"conf/prod.ims.yaml","lines":{"begin":1,"end":1}}},
{"description":"the callback server is not https (in prod, stage)","check_name":"callback-not-https","fingerprint":"909958deb0072da9c0c1480410a35fb1","severity":"major","location":{"path":"conf/prod.ims.yaml","lines":{"begin":7,"end":7}}},
{"description":"the client secret is written in clear","check_name":"secret-in-manifest","fingerprint":"d4813eef828e9756028e9d65858447b9","severity":"major","location":{"path":"conf/prod.ims.yaml","lines":{"begin":8,"end":8}}},
{"description":"the mask has an en dash where profiles have a hyphen","check_name":"mask-confusable","fingerprint":"83b33e0ff61f328a93c2e0dd96f8e9af","severity":"minor","location":{"path":"conf/prod.ims.yaml","lines":{"begin":9,"end":9}}}
]
"#);
        assert_eq!(fixture::written(Format::Gitlab, &Report::default()), "[]\n");
    }

    #[test]
    fn a_failed_run() {
        insta::assert_snapshot!(fixture::written(Format::Gitlab, &fixture::failed()), @r#"
[
{"description":"the check failed: cannot read `a`:<U+000A>::error::no <b>such</b> file","check_name":"check-failed","fingerprint":"check-failed-1","severity":"blocker","location":{"path":".","lines":{"begin":1,"end":1}}}
]
"#);
    }

    #[test]
    fn fingerprints_are_unique() {
        let report = Report::new(fixture::findings_in("./a", 1_001), vec!["./a".to_owned()]);
        let text = fixture::written(Format::Gitlab, &report);
        let issues: serde_json::Value = serde_json::from_str(&text).unwrap();
        let issues = issues.as_array().unwrap();
        let prints: HashSet<_> = issues
            .iter()
            .map(|issue| issue["fingerprint"].to_string())
            .collect();
        assert_eq!((issues.len(), prints.len()), (1_001, 1_001));
        assert_eq!(issues[1_000]["check_name"], "findings-left-off");
    }
}
