//! Markdown for a job's summary: a table whose places are links, and the mapping as a Mermaid diagram.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    Context, Mapping, Report, counted,
    shown::{Finding, Range, Uri},
};
use crate::{
    diagnostic::{Severity, relative},
    text::show,
};

/// How many rows the table has.
const MOST_ROWS: usize = 500;

/// How many bytes the findings have, and all together: GitHub drops a summary of more than 1 MiB.
const MOST_OF_FINDINGS: usize = 500_000;
const MOST_BYTES: usize = 900_000;

/// What Mermaid draws at most: 500 arrows, and a text of 50,000 characters.
const MOST_ARROWS: usize = 500;
const MOST_OF_A_CHART: usize = 45_000;

/// A chart with more rows than this is folded.
const MOST_UNFOLDED: usize = 25;

/// Writes a heading, the counts, the table and the mappings.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("## Adobe Campaign IMS configuration\n\n");
    if !report.problems.is_empty() {
        text.push_str("⛔ **The check failed**, so this is not all that there is to say:\n\n");
        for problem in report.shown_problems() {
            let _ = writeln!(text, "- {}", show::markdown_message(&problem));
        }
        text.push('\n');
    }
    let files = counted(report.summary.files, "file");
    let severities = report.findings.iter().map(|finding| finding.severity);
    if let Some(worst) = severities.max() {
        let (icon, found) = (icon_of(worst), report.summary.in_words());
        let _ = writeln!(text, "{icon} Checked {files}: **{found}**.\n");
        table(&mut text, report, context);
    } else if report.problems.is_empty() {
        let _ = writeln!(text, "✅ Checked {files}: no findings.");
    }
    for file in &report.left_off {
        let path = show::markdown_inline_code(relative(&file.path));
        let _ = writeln!(text, "\n{path}: {}.", file.message);
    }
    for (index, mapping) in context.mappings.iter().enumerate() {
        let chart = diagram(mapping);
        if text.len() + chart.len() > MOST_BYTES {
            let more = counted(context.mappings.len() - index, "chart");
            text += &format!("\n{more} more left off: the summary would be too long.\n");
            break;
        }
        text.push_str(&chart);
    }
    out.write_all(show::no_line_commands(&text).as_bytes())
}

fn table(text: &mut String, report: &Report, context: &Context<'_>) {
    text.push_str("| | Rule | Place | Finding |\n|---|---|---|---|\n");
    let mut rows = 0;
    for finding in report.findings.iter().take(MOST_ROWS) {
        let before = text.len();
        row(text, &Finding::from(finding), context);
        if text.len() > MOST_OF_FINDINGS {
            text.truncate(before);
            break;
        }
        rows += 1;
    }
    let more = report.findings.len() - rows;
    if more > 0 {
        let findings = counted(more, "finding");
        *text += &format!("\n{findings} more not in this table, which has an end.\n");
    }
}

fn row(text: &mut String, finding: &Finding, context: &Context<'_>) {
    let mut said = show::markdown_message(&finding.message);
    if !finding.environments.is_empty() {
        let names = finding.environments.iter();
        let names: Vec<String> = names.map(|name| show::markdown_inline_code(name)).collect();
        let _ = write!(said, " (in {})", names.join(", "));
    }
    if !finding.help.is_empty() {
        let help = show::markdown_message(&finding.help);
        let _ = write!(said, "<br>*Help:* {help}");
    }
    for related in &finding.related {
        let message = show::markdown_message(&related.message);
        let place = place(&related.path, &related.uri, related.range, context);
        let _ = write!(said, "<br>*See:* {message}, {place}");
    }
    let severity = finding.severity;
    let icon = icon_of(severity);
    let rule = show::markdown_inline_code(finding.rule);
    let place = place(&finding.path, &finding.uri, finding.range, context);
    *text += &format!("| {icon}&nbsp;{severity} | {rule} | {place} | {said} |\n");
}

/// A link to the lines, relative to the repository's root where no base is given. A file elsewhere has no page there.
fn place(path: &str, uri: &Uri, range: Range, context: &Context<'_>) -> String {
    let (start, end) = (range.start.line, range.last_line());
    let shown = show::markdown_inline_code(&format!("{}:{start}", relative(path)));
    if !uri.is_below {
        return shown;
    }
    let base = context.link_base.unwrap_or_default();
    let lines = match start == end {
        true => format!("L{start}"),
        false => format!("L{start}-L{end}"),
    };
    format!("[{shown}]({base}{}#{lines})", uri.text)
}

fn diagram(mapping: &Mapping) -> String {
    let name = show::markdown_inline_code(&mapping.name);
    let mut arrows = String::new();
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    let mut drawn = 0;
    for (index, (profile, group)) in mapping.rows.iter().take(MOST_ARROWS).enumerate() {
        let next = groups.len();
        let id = *groups.entry(group).or_insert(next);
        let profile = show::mermaid_label(profile);
        let group = show::mermaid_label(group);
        let arrow = format!("  p{index}[\"{profile}\"] --> g{id}([\"{group}\"])\n");
        if arrows.len() + arrow.len() > MOST_OF_A_CHART {
            break;
        }
        arrows.push_str(&arrow);
        drawn += 1;
    }
    let mut chart = format!("```mermaid\nflowchart LR\n{arrows}```\n");
    let count = mapping.rows.len();
    if count > drawn {
        let more = counted(count - drawn, "profile");
        chart += &format!("\n{more} more, which `campaign-ims map` lists.\n");
    }
    let title = format!("Product profiles and operator groups of {name}");
    if count <= MOST_UNFOLDED {
        return format!("\n### {title}\n\n{chart}");
    }
    let profiles = counted(count, "profile");
    format!("\n<details><summary>{title}: {profiles}</summary>\n\n{chart}\n</details>\n")
}

fn icon_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
        Severity::Note => "🔵",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn what_is_long_is_folded_and_cut() {
        let row = |index: usize| (format!("Campaign - {index}"), format!("g{index}"));
        let mapping = |count: usize| Mapping {
            name: "prod".to_owned(),
            rows: (0..count).map(row).collect(),
        };
        assert!(diagram(&mapping(25)).starts_with("\n### "));
        let folded = diagram(&mapping(26));
        assert!(folded.starts_with("\n<details><summary>"), "{folded}");
        let cut = diagram(&mapping(501));
        assert_eq!(cut.matches(" --> ").count(), 500);
        assert!(cut.contains("\n1 profile more, which "), "{cut}");
        let mut long = mapping(400);
        long.rows
            .iter_mut()
            .for_each(|row| row.0.push_str(&"x".repeat(400)));
        assert!(diagram(&long).len() < 50_000);
        let mappings: Vec<Mapping> = (0..500).map(|_| mapping(100)).collect();
        let context = Context {
            mappings: &mappings,
            ..Context::plain("0.1.0")
        };
        let mut findings = fixture::findings_in("a", 500);
        findings
            .iter_mut()
            .for_each(|it| it.help.push_str(&"x".repeat(5_000)));
        let report = Report::new(findings, Vec::new());
        let mut text = Vec::new();
        write(&report, &context, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.len() < 1_000_000);
        assert!(text.contains("findings more not in this table"));
        assert!(text.contains("charts more left off"));
    }
}
