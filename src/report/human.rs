//! Findings for people: source lines with the exact characters underlined, help, and a summary. Drawn by miette.

use std::{
    fmt,
    io::{self, Write},
    ops::Range,
};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use unicode_width::UnicodeWidthStr;

use super::{
    Context, MOST_INSTANCES, Report, counted,
    excerpt::{Excerpt, MOST_LINES},
    painted,
    shown::{Finding, Related},
};
use crate::{
    diagnostic::{self, Severity},
    text::{show, wrap},
};

/// Text is not wrapped wider than this: it would be hard to read.
const WIDEST_TEXT: usize = 120;
const NARROWEST: usize = 40;
const NARROWEST_LABEL: usize = 24;

const BOLD: &str = "1";
const CYAN: &str = "36";

/// How many groups of one instance are named.
const MOST_GROUPS: usize = 20;

/// Writes every finding, then what each instance expects, and at last the counts.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let text = render(finding, context).map_err(io::Error::other)?;
        out.write_all(show::no_line_commands(&text).as_bytes())?;
    }
    for file in &report.left_off {
        let line = format!("{}: {}\n", file.path, file.message);
        out.write_all(show::no_line_commands(&line).as_bytes())?;
    }
    if !report.left_off.is_empty() {
        out.write_all(b"\n")?;
    }
    let mut end = String::new();
    if report.problems.is_empty() {
        end += &expectations(context);
    }
    if !report.findings.is_empty() {
        end += "More about a rule: `campaign-ims explain RULE`.\n";
    }
    out.write_all(show::no_line_commands(&end).as_bytes())?;
    writeln!(out, "{}", summary(report, context))
}

/// A line for each instance: the product profiles that it expects, and the groups that its package creates.
fn expectations(context: &Context<'_>) -> String {
    let mut text = String::new();
    for each in context.expected.iter().take(MOST_INSTANCES) {
        let (instance, prefix) = (show::text(&each.instance), show::text(&each.prefix));
        text += &format!("{instance}: {prefix}{{{}}}", names(&each.groups));
        if !each.created.is_empty() {
            text += &format!("; the package creates {}", names(&each.created));
        }
        text.push('\n');
    }
    let more = context.expecting.saturating_sub(MOST_INSTANCES);
    if more > 0 {
        text += &format!("and {} more\n", counted(more, "instance"));
    }
    text
}

fn names(groups: &[String]) -> String {
    let shown = groups.iter().take(MOST_GROUPS).map(|it| show::text(it));
    let more = groups.len().saturating_sub(MOST_GROUPS);
    let more = (more > 0).then(|| format!("and {more} more"));
    shown.chain(more).collect::<Vec<_>>().join(", ")
}

/// The counts, and what can be fixed.
fn summary(report: &Report, context: &Context<'_>) -> String {
    let files = counted(report.summary.files, "file");
    let found = report.summary.in_words();
    let checked = match (report.problems.is_empty(), report.files.is_empty()) {
        (true, _) => format!("Checked {files}: {found}."),
        (false, true) => "The check failed.".to_owned(),
        (false, false) => format!("The check failed. Checked {files} all the same: {found}."),
    };
    let room = text_room(context);
    let said = checked.clone() + &fixable(report);
    // A line end takes the place of a blank, so the counts are as long as before.
    let said = wrap::lines(&said, room, room).join("\n");
    let (counts, rest) = said.split_at(checked.len());
    painted(counts, BOLD, context.colour) + rest
}

fn text_width(context: &Context<'_>) -> usize {
    context.width.clamp(NARROWEST, WIDEST_TEXT)
}

/// The columns of a line of text: two stay free, as miette has it.
fn text_room(context: &Context<'_>) -> usize {
    text_width(context) - 2
}

/// How many findings a machine can mend.
fn fixable(report: &Report) -> String {
    let fixes = || report.findings.iter().filter_map(|each| each.fix.as_ref());
    let count = |safe| fixes().filter(|fix| fix.safe == safe).count();
    match (count(true), count(false)) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" {safe} fixable with `--fix`."),
        (0, risky) => format!(" {risky} fixable with `--fix --unsafe`."),
        (safe, risky) => {
            format!(" {safe} fixable with `--fix`, {risky} more with `--fix --unsafe`.")
        }
    }
}

/// A finding as miette wants it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Drawing {
    message: String,
    help: Option<String>,
    excerpt: Excerpt,
    labels: Vec<LabeledSpan>,
}

impl Diagnostic for Drawing {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.help.as_ref()?))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

fn render(finding: &diagnostic::Finding, context: &Context<'_>) -> Result<String, fmt::Error> {
    let location = &finding.location;
    let width = context.width.max(NARROWEST);
    let shown = Finding::from(finding);
    let is_label = |(related, _): &(&diagnostic::Related, &Related)| {
        related.location.source.name() == location.source.name()
            && related.location.range != location.range
            && !related.location.range.is_empty()
    };
    let related = finding.related.iter().zip(&shown.related);
    let (mut labels, mut others): (Vec<_>, Vec<_>) = related.partition(is_label);
    let ellipsis = if context.unicode { "…" } else { "..." };
    let draw = |texts: &[(&Range<usize>, Option<String>)]| {
        let own = std::iter::once((&location.range, None));
        let marks = own.chain(texts.iter().cloned());
        Excerpt::new(&location.source, marks, width, ellipsis)
    };
    // A label has the room to the right of its place; where that is too narrow, it is a note.
    let places: Vec<_> = labels
        .iter()
        .map(|(it, _)| (&it.location.range, None))
        .collect();
    let rooms = match places.is_empty() {
        true => Vec::new(),
        false => draw(&places).rooms(text_width(context)),
    };
    let mut rooms = rooms.into_iter().skip(1);
    let mut texts = Vec::new();
    labels.retain(|(related, shown)| {
        let room = rooms
            .next()
            .unwrap_or(0)
            .min((width / 2).max(NARROWEST_LABEL));
        let lines = wrap::lines(&shown.message, room, room);
        let is_narrow = room < NARROWEST_LABEL && lines.len() > 1;
        let fits = !is_narrow && lines.iter().all(|line| line.width() <= room);
        match fits {
            true => texts.push((&related.location.range, Some(lines.join("\n")))),
            false => others.push((*related, *shown)),
        }
        fits
    });
    let excerpt = draw(&texts);
    // What stands before the message.
    let title = format!("{}[{}]:", shown.severity, shown.rule);
    let in_lines = |text: &str, first, others| {
        let columns = text_room(context);
        wrap::lines(text, columns.saturating_sub(first), columns - others).join("\n")
    };
    let drawing = Drawing {
        message: in_lines(&shown.message, title.len() + 3, "  | ".len()),
        help: (!shown.help.is_empty())
            .then(|| in_lines(&shown.help, "  help: ".len(), "  help: ".len())),
        labels: excerpt.labels(),
        excerpt,
    };
    let mut drawn = String::new();
    handler(&shown, title, &drawing.labels, context)
        .with_width(text_width(context))
        .render_report(&mut drawn, &drawing)?;
    let mut text = String::with_capacity(drawn.len());
    // The handler indents its first line.
    for line in drawn.trim_start().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if context.links {
        let rule = shown.rule;
        let address = finding.rule.address();
        let link = format!("[\u{1b}]8;;{address}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\]");
        text = text.replacen(&format!("[{rule}]"), &link, 1);
    }
    let others = others.into_iter().map(|(_, related)| related);
    for (title, note) in notes(&shown, others) {
        let indentation = title.len() + 4;
        let room = text_room(context) - indentation;
        let lines = wrap::lines(&note, room, room).join(&format!("\n{:indentation$}", ""));
        let title = painted(&format!("{title}:"), CYAN, context.colour);
        text.push_str(&format!("  {title} {lines}\n"));
    }
    text.push('\n');
    Ok(text)
}

/// A handler for one finding: its title stands where other programs have an icon, and the finding's own place has the
/// severity's colour. Texts are in lines already.
fn handler(
    finding: &Finding,
    title: String,
    labels: &[LabeledSpan],
    context: &Context<'_>,
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
    let other = theme.styles.help;
    let style = |label: &LabeledSpan| if label.primary() { own } else { other };
    theme.styles.highlights = labels.iter().map(style).collect();
    theme.styles.error = own;
    theme.characters.error = title;
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .without_syntax_highlighting()
        .without_cause_chain()
        .with_wrap_lines(false)
}

/// What stands below the help.
fn notes<'a>(
    finding: &Finding,
    related: impl Iterator<Item = &'a Related>,
) -> Vec<(&'static str, String)> {
    let place = |related: &Related| {
        let Related { message, path, .. } = related;
        let start = related.range.start;
        format!("{message}: {path}:{}:{}", start.line, start.column)
    };
    let mut notes: Vec<_> = related.map(|related| ("note", place(related))).collect();
    let last = finding.range.last_line();
    if last >= finding.range.start.line + MOST_LINES {
        notes.push(("note", format!("it goes on to line {last}")));
    }
    if !finding.environments.is_empty() {
        notes.push(("in", finding.environments.join(", ")));
    }
    if let Some(fix) = &finding.fix {
        let how = if fix.safe { "--fix" } else { "--fix --unsafe" };
        notes.push(("fix", format!("{} (`{how}`)", fix.title)));
    }
    notes
}

#[cfg(test)]
mod tests;
