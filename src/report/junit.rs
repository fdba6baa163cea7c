//! JUnit XML that is valid against both schemas in use, that of Jenkins' xUnit plugin and that of Ant (Windy Road): one
//! suite a file, one case a rule. What fails the check is a failure; what does not is told in the suite's output.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, Write},
};

use super::{Context, Report, concise, counted, shown::Finding};
use crate::{
    diagnostic::{self, Severity},
    text::show,
};

/// The findings of one file, by rule.
type ByRule<'a> = BTreeMap<&'a str, Vec<&'a diagnostic::Finding>>;

/// Writes a suite for each file, clean ones too.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let files = report.files.iter().map(|file| (&**file, ByRule::new()));
    let mut files: BTreeMap<&str, ByRule<'_>> = files.collect();
    for finding in &report.findings {
        let rules = files.entry(finding.location.source.name()).or_default();
        rules.entry(finding.rule.id).or_default().push(finding);
    }
    let left_off = report.left_off.iter();
    let left_off: BTreeMap<&str, &str> =
        left_off.map(|each| (&*each.path, &*each.message)).collect();
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")?;
    for (id, (file, by_rule)) in files.iter().enumerate() {
        let note = left_off.get(&*show::text(file)).copied();
        let path = show::text(&context.path(file));
        out.write_all(suite(id, &path, by_rule, note, context).as_bytes())?;
    }
    out.write_all(failed(report, files.len()).as_bytes())?;
    out.write_all(b"</testsuites>\n")
}

/// A suite for why the check failed; nothing where it did not.
fn failed(report: &Report, id: usize) -> String {
    let problems = report.shown_problems().map(|problem| {
        let problem = show::xml(&format!("the check failed: {problem}"));
        format!(
            "    <testcase classname=\"campaign-ims\" name=\"check\" time=\"0\">\n      \
             <error message=\"{problem}\" type=\"error\">{problem}</error>\n    </testcase>\n"
        )
    });
    let cases: String = problems.collect();
    let count = report.problems.len();
    match count {
        0 => cases,
        _ => element(id, "campaign-ims", [count, 0, count], &cases, ""),
    }
}

/// A suite's element. `counts` are its errors, failures and cases.
fn element(id: usize, name: &str, counts: [usize; 3], cases: &str, told: &str) -> String {
    let [errors, failures, tests] = counts;
    format!(
        "  <testsuite errors=\"{errors}\" failures=\"{failures}\" hostname=\"localhost\" id=\"{id}\" name=\"{name}\" \
         package=\"campaign-ims\" skipped=\"0\" tests=\"{tests}\" time=\"0\" timestamp=\"1970-01-01T00:00:00\">\n    <properties/>\n{cases}    \
         <system-out>{told}</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
    )
}

fn suite(
    id: usize,
    path: &str,
    by_rule: &ByRule<'_>,
    note: Option<&str>,
    context: &Context<'_>,
) -> String {
    let name = show::xml(if path.is_empty() { "-" } else { path });
    let ran = context.rules.iter().map(|rule| rule.id);
    let rules: BTreeSet<&str> = ran.chain(by_rule.keys().copied()).collect();
    let fails = |finding: &Finding| {
        let least = context.fail_on;
        least.is_some_and(|least| finding.severity >= least)
    };
    let (mut cases, mut told, mut failures) = (String::new(), String::new(), 0);
    for rule in &rules {
        let findings = by_rule.get(rule).into_iter().flatten();
        let findings = findings.map(|finding| Finding {
            path: path.to_owned(),
            ..Finding::from(*finding)
        });
        let (failing, others): (Vec<_>, Vec<_>) = findings.partition(fails);
        let _ = write!(
            cases,
            "    <testcase classname=\"{name}\" name=\"{rule}\" time=\"0\""
        );
        if failing.is_empty() {
            cases.push_str("/>\n");
        } else {
            failures += 1;
            let _ = write!(cases, ">\n{}    </testcase>\n", failure(&failing));
        }
        told.extend(others.iter().map(|other| line(other) + "\n"));
    }
    told.extend(note.map(|note| note.to_owned() + "\n"));
    element(id, &name, [0, failures, rules.len()], &cases, &told)
}

/// One element for all findings of a rule: a case may fail only once.
fn failure(findings: &[Finding]) -> String {
    let worst = findings.iter().map(|finding| finding.severity).max();
    let worst = worst.unwrap_or(Severity::Error);
    let message = match findings {
        [only] => show::xml(&only.message),
        more => counted(more.len(), "finding"),
    };
    let lines: Vec<String> = findings.iter().map(line).collect();
    let lines = lines.join("\n");
    format!("      <failure message=\"{message}\" type=\"{worst}\">{lines}</failure>\n")
}

/// A finding on one line, which begins with its path and so with nothing that a runner obeys.
fn line(finding: &Finding) -> String {
    let mut line = format!("at {}{}", concise::line(finding), finding.in_environments());
    if !finding.help.is_empty() {
        line.push_str("; help: ");
        line.push_str(&finding.help);
    }
    show::xml(&line.replace('\n', " "))
}
