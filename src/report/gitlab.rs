//! GitLab's Code Quality report.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Context, Project, Report, json::print, shown::Finding, shown::Truncated};
use crate::diagnostic::{Severity, fingerprints_by, relative};

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
    print(out, &Issues(report, context.project))
}

struct Issues<'a>(&'a Report, Option<&'a Project>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report {
            findings, left_off, ..
        } = self.0;
        let shown = findings.iter().map(Finding::from);
        let shown = shown.zip(fingerprints_by(findings, |path| self.path(path)));
        let found = shown.map(|(finding, fingerprint)| self.issue(finding, fingerprint));
        let left_off = left_off.iter().map(|file| self.notice(file));
        let problems = self.0.shown_problems().zip(1..).map(problem);
        serializer.collect_seq(found.chain(left_off).chain(problems))
    }
}

impl Issues<'_> {
    /// A path from the project's folder on, as GitLab wants it.
    fn path(&self, name: &str) -> String {
        match self.1 {
            Some(project) => project.path(name),
            None => relative(name).to_owned(),
        }
    }

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
                &self.path(&finding.path),
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
            location: location(&self.path(&file.path), 1, 1),
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
    fn paths_are_those_of_the_project() {
        let project = Project {
            root: "/builds/contoso".to_owned(),
            here: "/builds/contoso/ims".to_owned(),
        };
        let context = Context {
            project: Some(&project),
            ..Context::plain("0.1.0")
        };
        let issue = |name: &str| {
            let report = Report::new(fixture::findings_in(name, 1), Vec::new());
            let text = fixture::written_with(Format::Gitlab, &report, &context);
            let issues: Value = serde_json::from_str(&text).unwrap();
            let path = issues[0]["location"]["path"].as_str().unwrap().to_owned();
            (path, issues[0]["fingerprint"].clone())
        };
        let here = issue("a.ims.yaml");
        assert_eq!(here.0, "ims/a.ims.yaml");
        assert_eq!(issue("./a.ims.yaml"), here);
        assert_eq!(issue("/builds/contoso/ims/a.ims.yaml"), here);
        assert_eq!(issue("../b.ims.yaml").0, "b.ims.yaml");
        assert_eq!(issue("../../c/b.ims.yaml").0, "../../c/b.ims.yaml");
        assert_eq!(
            issue("/builds/contoso-2/b.yaml").0,
            "/builds/contoso-2/b.yaml"
        );
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
