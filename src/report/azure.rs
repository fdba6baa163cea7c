//! Logging commands that Azure Pipelines shows as issues of a run.
//!
//! The escapes are the agent's own: `%`, CR and LF in messages; `;` and `]` too in properties. Azure knows errors and warnings alone.

use std::io::{self, Write};

use super::{Context, Report, shown::Finding};
use crate::{diagnostic::Severity, text::show};

/// How many issues of each level are written: the log has all.
const MOST_SHOWN: usize = 50;

/// Writes errors first, then warnings, each in the report's order.
///
/// # Errors
/// What `out` fails with.
pub fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    for problem in report.shown_problems() {
        let problem = data(&problem);
        writeln!(
            out,
            "##vso[task.logissue type=error]the check failed: {problem}"
        )?;
    }
    for severity in [Severity::Error, Severity::Warning] {
        let findings = report.findings.iter();
        let of_severity = findings.filter(|finding| finding.severity == severity);
        for finding in of_severity.take(MOST_SHOWN) {
            let path = context.path(finding.location.source.name());
            writeln!(
                out,
                "{}",
                command(&Finding::from(finding), &show::text(&path))
            )?;
        }
    }
    Ok(())
}

fn command(finding: &Finding, path: &str) -> String {
    let start = finding.range.start;
    let mut message = finding.message.clone() + &finding.in_environments();
    if !finding.help.is_empty() {
        message += "\n";
        message += &finding.help;
    }
    format!(
        "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={}]{}",
        finding.severity,
        property(path),
        start.line,
        start.column,
        finding.rule,
        data(&message)
    )
}

fn data(value: &str) -> String {
    let value = value.replace('%', "%AZP25");
    value.replace('\r', "%0D").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    data(value).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    #[test]
    fn properties_are_escaped() {
        assert_eq!(super::property("a;b]%"), "a%3Bb%5D%AZP25");
    }
}
