//! One line for each finding: `path:line:column: level[rule] message`.

use std::io::{self, Write};

use super::{Report, shown::Finding};
use crate::{diagnostic::relative, text::show};

/// Writes the findings in the report's order.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(Finding::from);
    let left_off = report
        .left_off
        .iter()
        .map(|file| format!("{}: {}", relative(&file.path), file.message));
    let problems = report.shown_problems();
    let problems = problems.map(|problem| format!("the check failed: {problem}"));
    let lines = findings.map(|finding| line(&finding));
    for line in lines.chain(left_off).chain(problems) {
        out.write_all(show::no_line_commands(&(line + "\n")).as_bytes())?;
    }
    Ok(())
}

pub(super) fn line(finding: &Finding) -> String {
    let (path, start) = (relative(&finding.path), finding.range.start);
    let place = format!("{path}:{}:{}", start.line, start.column);
    let message = finding.message.replace('\n', " ");
    format!("{place}: {}[{}] {message}", finding.severity, finding.rule)
}
