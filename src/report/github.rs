//! Workflow commands that GitHub shows as annotations.
//!
//! The escapes are the runner's own (`ActionCommand` in actions/runner): `%`, CR and LF in messages; `:` and `,` too in
//! properties. GitHub shows 10 annotations of each level for a step, so no more are written, and one plain line counts
//! what is left off.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use super::{Context, Report, counted, shown::Finding};
use crate::{diagnostic::Severity, text::show};

/// What GitHub shows of each level for one step.
const MOST_SHOWN: usize = 10;

/// Writes the first findings of each level, in the report's order.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut written: BTreeMap<Severity, usize> = BTreeMap::new();
    for finding in &report.findings {
        let of_severity = written.entry(finding.severity).or_default();
        if *of_severity < MOST_SHOWN {
            *of_severity += 1;
            let file = context.path(finding.location.source.name());
            writeln!(out, "{}", command(&Finding::from(finding), &file))?;
        }
    }
    let left_off = report.findings.len() - written.values().sum::<usize>();
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
        let line = format!("{}: {}\n", context.path(&file.path), file.message);
        out.write_all(show::no_line_commands(&line).as_bytes())?;
    }
    Ok(())
}

fn command(finding: &Finding, file: &str) -> String {
    let (start, end) = (finding.range.start, finding.range.end);
    let last = finding.range.last_line();
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = property(&show::text(file));
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

    #[test]
    fn escapes() {
        assert_eq!(data("50%\n::x"), "50%25%0A::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
