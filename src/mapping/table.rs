//! Mappings for people: a table for the terminal and one in Markdown.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Mapping, Status};
use crate::{text::show, text::wrap::wrap};

/// The most columns that a row is padded to.
const MOST_WIDTH: usize = 80;

/// A table for each environment, and below it what is wrong, in words.
pub fn table(mappings: &[Mapping], colour: bool, width: usize) -> String {
    let mut text = String::new();
    for (index, mapping) in mappings.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        one(&mut text, mapping, colour, width);
    }
    show::no_line_commands(&text)
}

fn one(text: &mut String, mapping: &Mapping, colour: bool, columns: usize) {
    let paint = |code: &str, text: &str| {
        if colour && !code.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    };
    let _ = writeln!(text, "{}", paint("1", &heading(mapping)));
    let _ = writeln!(text, "Association mask: {}\n", show::text(&mapping.mask));
    let rows: Vec<[String; 3]> = mapping
        .rows
        .iter()
        .map(|row| {
            let group = row
                .group
                .as_deref()
                .map_or_else(|| "-".to_owned(), show::text);
            [
                show::text(&row.profile),
                group,
                row.status.as_str().to_owned(),
            ]
        })
        .collect();
    let head = ["Product profile", "Operator group", "Status"].map(str::to_owned);
    let width = |column: fn(&[String; 3]) -> &String| {
        let widths = rows.iter().chain([&head]).map(|row| column(row).width());
        // One long name must not make every row as long.
        widths.max().unwrap_or(0).min(MOST_WIDTH)
    };
    let (first, second) = (width(|[it, _, _]| it), width(|[_, it, _]| it));
    let line = |[profile, group, status]: &[String; 3], code: &str| {
        let gap = " ".repeat(first.saturating_sub(profile.width()));
        let other_gap = " ".repeat(second.saturating_sub(group.width()));
        format!(
            "  {profile}{gap}  {group}{other_gap}  {}\n",
            paint(code, status)
        )
    };
    text.push_str(&line(&head, ""));
    for (row, cells) in mapping.rows.iter().zip(&rows) {
        text.push_str(&line(cells, colour_of(row.status)));
    }
    let wrong: Vec<_> = mapping
        .rows
        .iter()
        .filter(|row| row.status.is_wrong())
        .collect();
    if !wrong.is_empty() {
        text.push('\n');
    }
    for row in wrong {
        let status = paint(colour_of(row.status), row.status.as_str());
        let _ = writeln!(text, "  {status}  {}", show::text(&row.profile));
        text.push_str(&wrap(&format!("{}.", row.in_words()), "    ", columns));
    }
}

fn heading(mapping: &Mapping) -> String {
    let instance = show::text(&mapping.instance);
    match &mapping.environment {
        Some(environment) => format!("{} ({instance})", show::text(environment)),
        None => instance,
    }
}

fn colour_of(status: Status) -> &'static str {
    match status {
        Status::Ok => "32",
        Status::Mismatch | Status::Missing => "31",
        Status::Undeclared => "33",
        Status::Unmatched => "2",
    }
}

/// A heading and a table for each environment, as GitHub shows them.
pub fn markdown(mappings: &[Mapping]) -> String {
    let mut text = String::new();
    for (index, mapping) in mappings.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let instance = show::markdown_cell(&mapping.instance);
        let heading = match &mapping.environment {
            Some(environment) => format!("{} ({instance})", show::markdown_cell(environment)),
            None => instance,
        };
        let mask = show::markdown_inline_code(&mapping.mask);
        let _ = writeln!(
            text,
            "### Product profiles and operator groups of {heading}\n\nAssociation mask: {mask}\n\n\
             | Product profile | Operator group | Status |\n|---|---|---|"
        );
        for row in &mapping.rows {
            let profile = show::markdown_inline_code(&row.profile);
            let group = row
                .group
                .as_deref()
                .map(show::markdown_inline_code)
                .unwrap_or_default();
            let words = row.in_words();
            let status = match row.status {
                status if status.is_wrong() => {
                    format!(
                        "**{}**: {}",
                        status.as_str(),
                        show::markdown_message(&words)
                    )
                }
                status => status.as_str().to_owned(),
            };
            let _ = writeln!(text, "| {profile} | {group} | {status} |");
        }
    }
    show::no_line_commands(&text)
}
