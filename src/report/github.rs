//! Workflow commands that GitHub shows as annotations.
//!
//! The escapes are the runner's own (`ActionCommand` in actions/runner): `%`, CR and LF in messages; `:` and `,` too in
//! properties. GitHub shows 10 annotations of each level for a step, so no more are written, and one plain line counts
//! what is left off.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{Report, counted, shown::Finding};
use crate::{
    diagnostic::{Severity, relative},
    text::show,
};

/// What GitHub shows of each level for one step.
const MOST_SHOWN: usize = 10;

/// Writes errors first, then warnings, then notes, each in the report's order.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut written = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let findings = report.findings.iter();
        let of_severity = findings.filter(|finding| finding.severity == severity);
        for finding in of_severity.take(MOST_SHOWN) {
            writeln!(out, "{}", command(&Finding::from(finding)))?;
            written += 1;
        }
    }
    let left_off = report.findings.len() - written;
    if left_off > 0 {
        let findings = counted(left_off, "finding");
        writeln!(
            out,
            "{findings} more not annotated: GitHub shows {MOST_SHOWN} of each level"
        )?;
    }
    for problem in report.shown_problems() {
        writeln!(out, "::error title=the check failed::{}", data(&problem))?;
    }
    for file in &report.left_off {
        let line = format!("{}: {}\n", relative(&file.path), file.message);
        out.write_all(show::no_line_commands(&line).as_bytes())?;
    }
    Ok(())
}

fn command(finding: &Finding) -> String {
    let (start, end) = (finding.range.start, finding.range.end);
    let last = finding.range.last_line();
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = property(relative(&finding.path));
    let mut command = format!("::{level} file={file},line={},endLine={last}", start.line);
    if start.line == end.line {
        let _ = write!(command, ",col={},endColumn={}", start.column, end.column);
    }
    let message = finding.message.clone() + &finding.in_environments();
    let _ = write!(command, ",title={}::{}", finding.rule, data(&message));
    if !finding.help.is_empty() {
        let _ = write!(command, "%0A{}", data(&finding.help));
    }
    command
}

fn data(value: &str) -> String {
    value
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, fixture};

    #[test]
    fn findings() {
        insta::assert_snapshot!(fixture::written(Format::Github, &fixture::report()), @"
::error file=conf/prod.ims.yaml,line=7,endLine=7,col=20,endColumn=47,title=callback-not-https::the callback server is not https (in prod, stage)%0Awrite `https://`
::error file=conf/prod.ims.yaml,line=8,endLine=8,col=18,endColumn=42,title=secret-in-manifest::the client secret is written in clear%0Atake it from the environment: `{ env: NAME }`
::warning file=conf/prod.ims.yaml,line=9,endLine=9,col=30,endColumn=31,title=mask-confusable::the mask has an en dash where profiles have a hyphen%0Awrite `-`
::notice file=conf/prod.ims.yaml,line=1,endLine=1,col=1,endColumn=1,title=org-id-unusual::the document has no organization id
");
    }

    #[test]
    fn escapes() {
        assert_eq!(data("50%\n::x"), "50%25%0A::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        insta::assert_snapshot!(fixture::written(Format::Github, &fixture::hostile()), @"::error file=p/%3A%3Aerror%3A%3Ax<U+000A>%3A%3Awarning%3A%3A<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>,line=2,endLine=5,title=callback-not-https::::error::x%0A::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B> (in ::error::x<U+000A>::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>)%0A::error::x%0A::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>");
    }

    #[test]
    fn a_failed_run() {
        insta::assert_snapshot!(fixture::written(Format::Github, &fixture::failed()), @"::error title=the check failed::cannot read `a`:<U+000A>::error::no <b>such</b> file");
    }

    #[test]
    fn no_more_than_github_shows() {
        let mut findings = fixture::findings_in("a", 25);
        findings[24].severity = Severity::Note;
        let text = fixture::written(Format::Github, &Report::new(findings, vec!["a".to_owned()]));
        assert_eq!(text.matches("::error ").count(), 10);
        assert_eq!(text.matches("::notice ").count(), 1);
        assert!(text.ends_with("14 findings more not annotated: GitHub shows 10 of each level\n"));
        let report = Report::new(fixture::findings_in("a", 1_001), vec!["a".to_owned()]);
        let text = fixture::written(Format::Github, &report);
        assert!(
            text.ends_with("a: 1 finding more left off: 1,000 a file are shown\n"),
            "{text}"
        );
    }

    #[test]
    fn several_lines_have_no_columns() {
        let finding = fixture::finding_in("./a", "b: |\n  x\n  y\n", "|\n  x\n  y");
        let text = fixture::written(Format::Github, &Report::new(vec![finding], Vec::new()));
        assert!(
            text.starts_with("::error file=a,line=1,endLine=3,title="),
            "{text}"
        );
    }
}
