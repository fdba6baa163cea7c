//! Mappings for people: a table for the terminal and one in Markdown.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Mapping, Row, Status};
use crate::{
    report::painted,
    text::{show, wrap::wrap},
};

/// The most columns that a cell is padded to.
const MOST_WIDTH: usize = 80;

/// A table for each environment, and below it what is wrong, in words.
pub fn table(mappings: &[Mapping], colour: bool, width: usize) -> String {
    let tables = mappings.iter().map(|it| one(it, colour, width));
    show::no_line_commands(&tables.collect::<Vec<_>>().join("\n"))
}

fn one(mapping: &Mapping, colour: bool, columns: usize) -> String {
    let heading = heading(mapping, show::text);
    let mut text = painted(&heading, "1", colour) + "\n";
    let _ = writeln!(text, "Association mask: {}\n", show::text(&mapping.mask));
    let columns_of = Columns::of(mapping);
    let mut lines = vec![columns_of.head()];
    for row in &mapping.rows {
        let group = row.group.as_deref().map_or("-".to_owned(), show::text);
        let mut cells = columns_of.cells(row, show::text(&row.profile), group);
        if columns_of.status
            && let Some(status) = cells.last_mut()
        {
            *status = painted(status, colour_of(row.standing()), colour);
        }
        lines.push(cells);
    }
    let mut widths: Vec<usize> = Vec::new();
    for cells in &lines {
        widths.resize(cells.len(), 0);
        for (width, cell) in widths.iter_mut().zip(cells) {
            // One long name must not make every row as long.
            *width = cell.width().min(MOST_WIDTH).max(*width);
        }
    }
    for cells in &lines {
        for (index, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let gap = match index + 1 == cells.len() {
                true => 0,
                false => width.saturating_sub(cell.width()),
            };
            let _ = write!(text, "  {cell}{}", " ".repeat(gap));
        }
        text.push('\n');
    }
    let wrong = |row: &&Row| row.standing().is_wrong();
    let wrong: Vec<_> = mapping.rows.iter().filter(wrong).collect();
    if !wrong.is_empty() {
        text.push('\n');
    }
    for row in wrong {
        let status = row.standing();
        let status = painted(status.as_str(), colour_of(status), colour);
        let _ = writeln!(text, "  {status}  {}", show::text(&row.profile));
        text.push_str(&wrap(&format!("{}.", row.in_words()), "    ", columns));
    }
    if let Some(words) = unlisted(mapping) {
        text.push('\n');
        text.push_str(&wrap(&words, "  ", columns));
    }
    text
}

/// Which columns there is anything to say in.
struct Columns {
    members: bool,
    status: bool,
}

impl Columns {
    fn of(mapping: &Mapping) -> Self {
        let is_wrong = |row: &Row| row.standing().is_wrong();
        Self {
            members: mapping.rows.iter().any(|row| row.members.is_some()),
            status: mapping.is_compared || mapping.rows.iter().any(is_wrong),
        }
    }

    fn head(&self) -> Vec<String> {
        let head = ["Product profile", "Operator group"].into_iter();
        let head = head.chain(self.members.then_some("Members"));
        let head = head.chain(self.status.then_some("Status"));
        head.map(str::to_owned).collect()
    }

    fn cells(&self, row: &Row, profile: String, group: String) -> Vec<String> {
        let members = row
            .members
            .map_or_else(|| "-".to_owned(), |it| it.to_string());
        let status = row.standing().as_str().to_owned();
        let cells = [profile, group].into_iter();
        let cells = cells.chain(self.members.then_some(members));
        cells.chain(self.status.then_some(status)).collect()
    }
}

/// What to do about the built-in groups that the manifest does not list.
fn unlisted(mapping: &Mapping) -> Option<String> {
    let unlisted = |row: &&Row| row.standing() == Status::Unlisted;
    let groups = mapping.rows.iter().filter(unlisted);
    let groups: Vec<String> = groups
        .filter_map(|row| Some(format!("`{}: {{}}`", show::text(row.group.as_deref()?))))
        .collect();
    let words = "are of built-in groups that the manifest does not list. So that they are checked too, add to `groups`";
    (!groups.is_empty()).then(|| {
        format!(
            "The profiles that are unlisted {words}: {}.",
            groups.join(", ")
        )
    })
}

fn heading(mapping: &Mapping, shown: fn(&str) -> String) -> String {
    let instance = shown(&mapping.instance);
    match &mapping.environment {
        Some(environment) => format!("{} ({instance})", shown(environment)),
        None => instance,
    }
}

fn colour_of(status: Status) -> &'static str {
    match status {
        Status::Ok => "32",
        Status::Mismatch | Status::Missing | Status::Misspelt => "31",
        Status::Undeclared => "33",
        Status::Unlisted => "36",
        Status::Unmatched => "2",
    }
}

/// A heading and a table for each environment, as GitHub shows them.
pub fn markdown(mappings: &[Mapping]) -> String {
    let sections: Vec<String> = mappings.iter().map(section).collect();
    show::no_line_commands(&sections.join("\n"))
}

fn section(mapping: &Mapping) -> String {
    let heading = heading(mapping, show::markdown_cell);
    let mask = show::markdown_inline_code(&mapping.mask);
    let columns = Columns::of(mapping);
    let head = columns.head();
    let mut text = format!("### Product profiles and operator groups of {heading}\n\n");
    text += &format!("Association mask: {mask}\n\n");
    text += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in &mapping.rows {
        let group = row.group.as_deref();
        let group = group.map(show::markdown_inline_code).unwrap_or_default();
        let profile = show::markdown_inline_code(&row.profile);
        let mut cells = columns.cells(row, profile, group);
        let words = show::markdown_message(&row.in_words());
        if let Some(status) = cells.last_mut().filter(|_| !words.is_empty()) {
            *status = match row.standing().is_wrong() {
                true => format!("**{status}**: {words}"),
                false => format!("{status}: {words}"),
            };
        }
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text
}
