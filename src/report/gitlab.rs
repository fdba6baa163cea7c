//! GitLab's Code Quality report.

use std::io::{self, Write};

use serde::Serialize;

use super::{Report, fingerprint::fingerprints, relative};
use crate::diagnostic::{Finding, Severity};
use crate::text::show;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one issue a line. GitLab compares fingerprints between a branch and its target.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let prints = fingerprints(&report.findings);
    let findings = report.findings.iter().zip(prints);
    let found = findings.map(|(finding, fingerprint)| issue(finding, fingerprint));
    let left_off = report.left_off.iter().map(|file| Issue {
        description: file.sentence(),
        check_name: "findings-left-off",
        fingerprint: format!("left-off-{}", show::uri(relative(&file.path))),
        severity: "info",
        location: Location {
            path: show::value(relative(&file.path)),
            lines: Lines { begin: 1, end: 1 },
        },
    });
    let mut separator = "[\n";
    for issue in found.chain(left_off) {
        out.write_all(separator.as_bytes())?;
        show::json(out, &issue)?;
        separator = ",\n";
    }
    out.write_all(if separator == ",\n" {
        b"\n]\n"
    } else {
        b"[]\n"
    })
}

fn issue(finding: &Finding, fingerprint: String) -> Issue {
    let location = &finding.location;
    let mut description = show::value(&finding.message);
    if !finding.environments.is_empty() {
        let environments = show::value(&finding.environments.join(", "));
        description.push_str(&format!(" (in {environments})"));
    }
    Issue {
        description,
        check_name: finding.rule.id,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location {
            path: show::value(relative(location.source.name())),
            lines: Lines {
                begin: location.source.position(location.range.start).line,
                end: location.source.position(location.range.end).line,
            },
        },
    }
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
{"description":"the document has no organization id","check_name":"org-id-unusual","fingerprint":"bf5c866cf52cfe1fd54e262c14c0e937","severity":"info","location":{"path":"conf/prod.ims.yaml","lines":{"begin":1,"end":1}}},
{"description":"the callback server is not https (in prod, stage)","check_name":"callback-not-https","fingerprint":"78a81284e513a5a8c1963514dee9d7e8","severity":"major","location":{"path":"conf/prod.ims.yaml","lines":{"begin":7,"end":7}}},
{"description":"the client secret is written in clear","check_name":"secret-in-manifest","fingerprint":"0dafc34876c8e3c4118e51b6714cf453","severity":"major","location":{"path":"conf/prod.ims.yaml","lines":{"begin":8,"end":8}}},
{"description":"the mask has an en dash where profiles have a hyphen","check_name":"mask-confusable","fingerprint":"a9bbcd20e9c7850d59ab0ed622e2ae7a","severity":"minor","location":{"path":"conf/prod.ims.yaml","lines":{"begin":9,"end":9}}}
]
"#);
        assert_eq!(fixture::written(Format::Gitlab, &Report::default()), "[]\n");
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
