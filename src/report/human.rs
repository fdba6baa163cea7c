//! Findings for people: source lines with the exact characters underlined, help, and a summary. Drawn by miette.

use std::{
    error, fmt,
    io::{self, Write},
    ops::Range,
};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use unicode_width::UnicodeWidthChar;

use super::{Context, Report, counted, line::Frame, snippet::Snippet};
use crate::diagnostic::{Finding, Related, Severity};
use crate::text::show;

/// Text is not wrapped wider than this: it would be hard to read.
const WIDEST_TEXT: usize = 120;
const NARROWEST: usize = 40;

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const RESET: &str = "\u{1b}[0m";

/// Writes every finding, then one line with the counts.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let text = render(finding, context).map_err(io::Error::other)?;
        out.write_all(show::no_line_commands(&text).as_bytes())?;
    }
    for file in &report.left_off {
        let path = show::text(&file.path);
        out.write_all(
            show::no_line_commands(&format!("{path}: {}\n", file.sentence())).as_bytes(),
        )?;
    }
    if !report.left_off.is_empty() {
        out.write_all(b"\n")?;
    }
    let (bold, reset) = if context.colour {
        (BOLD, RESET)
    } else {
        ("", "")
    };
    let files = counted(report.summary.files, "file");
    let found = report.summary.in_words();
    writeln!(
        out,
        "{bold}Checked {files}: {found}.{reset}{}",
        fixable(report)
    )
}

/// How many findings a machine can mend.
fn fixable(report: &Report) -> String {
    let count = |safe| {
        let fixes = report
            .findings
            .iter()
            .filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.safe == safe).count()
    };
    match (count(true), count(false)) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" {safe} fixable with `--fix`."),
        (0, risky) => format!(" {risky} fixable with `--fix --unsafe`."),
        (safe, risky) => {
            format!(" {safe} fixable with `--fix`, {risky} more with `--fix --unsafe`.")
        }
    }
}

fn render(finding: &Finding, context: &Context<'_>) -> Result<String, fmt::Error> {
    let source = &finding.location.source;
    let width = context.width.max(NARROWEST);
    let is_label = |related: &&Related| {
        related.location.source.name() == source.name()
            && related.location.range != finding.location.range
            && !related.location.range.is_empty()
    };
    let labels: Vec<&Related> = finding.related.iter().filter(is_label).collect();
    let mut ranges = vec![finding.location.range.clone()];
    ranges.extend(labels.iter().map(|related| related.location.range.clone()));
    let digits = Snippet::digits(source, &ranges);
    let several = ranges.iter().any(|range| Snippet::has_lines(source, range));
    let frame = Frame {
        width: width - digits - 5 - if several { 3 + ranges.len() } else { 0 },
        ellipsis: if context.unicode { "…" } else { "..." },
    };
    let snippet = Snippet::new(source, &ranges, frame);
    let drawn: Vec<Range<usize>> = snippet.drawn().collect();
    let diagnostic = Shown {
        message: show::lines(&finding.message),
        severity: finding.severity,
        labels: labelled(&drawn, &labels, frame.width),
        snippet,
    };
    let mut drawing = String::new();
    handler(finding, context, &drawn, width).render_report(&mut drawing, &diagnostic)?;
    // The handler indents its first line.
    let lines: Vec<&str> = drawing.trim_start().lines().map(str::trim_end).collect();
    let mut text = lines.join("\n") + "\n";
    let others = finding.related.iter().filter(|related| !is_label(related));
    push_notes(&mut text, finding, others, context, width.min(WIDEST_TEXT));
    text.push('\n');
    Ok(text)
}

/// A handler for one finding: its severity and rule stand where other programs have an icon, and the finding's own place
/// has the severity's colour.
fn handler(
    finding: &Finding,
    context: &Context<'_>,
    drawn: &[Range<usize>],
    width: usize,
) -> GraphicalReportHandler {
    let mut theme = match (context.colour, context.unicode) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::ascii(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    let own = match finding.severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Note => theme.styles.advice,
    };
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by_key(|&index| drawn.get(index).map(|place| place.start));
    let other = theme.styles.help;
    let style = |index: &usize| if *index == 0 { own } else { other };
    theme.styles.highlights = order.iter().map(style).collect();
    let title = format!("{}[{}]:", finding.severity, finding.rule.id);
    theme.characters.error.clone_from(&title);
    theme.characters.warning.clone_from(&title);
    theme.characters.advice = title;
    GraphicalReportHandler::new_themed(theme)
        .with_width(width.min(WIDEST_TEXT))
        .with_links(false)
        .without_syntax_highlighting()
        .without_cause_chain()
}

fn labelled(drawn: &[Range<usize>], related: &[&Related], width: usize) -> Vec<LabeledSpan> {
    let span = |place: &Range<usize>| (place.start, place.end.saturating_sub(place.start));
    let mut labels = Vec::with_capacity(drawn.len());
    for (index, place) in drawn.iter().enumerate() {
        labels.push(
            match index.checked_sub(1).and_then(|index| related.get(index)) {
                None => LabeledSpan::new_primary_with_span(None, span(place)),
                Some(related) => {
                    let message = show::lines(&related.message);
                    let text = wrap(&message, (width / 2).max(24)).join("\n");
                    LabeledSpan::new_with_span(Some(text), span(place))
                }
            },
        );
    }
    labels
}

/// What stands below the source lines.
fn push_notes<'a>(
    text: &mut String,
    finding: &Finding,
    others: impl Iterator<Item = &'a Related>,
    context: &Context<'_>,
    width: usize,
) {
    let mut push = |title: &str, said: &str| {
        let indent = title.len() + 4;
        let (on, off) = if context.colour {
            (CYAN, RESET)
        } else {
            ("", "")
        };
        for (index, line) in wrap(said, width.saturating_sub(indent)).iter().enumerate() {
            if index == 0 {
                text.push_str(&format!("  {on}{title}:{off} {line}\n"));
            } else {
                text.push_str(&format!("{:indent$}{line}\n", ""));
            }
        }
    };
    if !finding.help.is_empty() {
        push("help", &show::lines(&finding.help));
    }
    for related in others {
        let source = &related.location.source;
        let start = source.position(related.location.range.start);
        let place = format!(
            "{}:{}:{}",
            show::text(source.name()),
            start.line,
            start.column
        );
        push(
            "note",
            &format!("{}: {place}", show::lines(&related.message)),
        );
    }
    if let Some(last) = Snippet::goes_on_to(&finding.location.source, &finding.location.range) {
        push("note", &format!("it goes on to line {last}"));
    }
    if !finding.environments.is_empty() {
        let names: Vec<String> = finding
            .environments
            .iter()
            .map(|name| show::text(name))
            .collect();
        push("in", &names.join(", "));
    }
    if let Some(fix) = &finding.fix {
        let how = if fix.safe { "--fix" } else { "--fix --unsafe" };
        push("fix", &format!("{} (`{how}`)", show::lines(&fix.title)));
    }
}

/// Lines of at most `width` columns, broken at blanks; a longer word is broken anywhere.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut used) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let size: usize = word.chars().map(columns).sum();
            if used > 0 && used + 1 + size > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if !line.is_empty() {
                line.push(' ');
                used += 1;
            }
            for character in word.chars() {
                if used + columns(character) > width.max(2) {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(character);
                used += columns(character);
            }
        }
        lines.push(line);
    }
    lines
}

fn columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    labels: Vec<LabeledSpan>,
    snippet: Snippet,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests;
