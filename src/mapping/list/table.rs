//! A column of a CSV file.

use std::collections::HashSet;

use super::{ListError, Profiles};
use crate::{
    secrets,
    text::{show, suggest},
};

/// What may stand between the cells of a file, and its name.
const SEPARATORS: [(u8, &str); 3] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs")];
/// The column of the Admin Console's list of users, which has a line for each user.
const OF_USERS: &str = "Product Configurations";
/// Other columns with the names of product profiles.
const OF_PROFILES: [&str; 3] = [
    "Product Profile",
    "Product Profiles",
    "Product Profile Name",
];

type Reader<'a> = csv::Reader<&'a [u8]>;

fn reader(text: &str, separator: u8) -> Reader<'_> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// The cells of the first line, for the separator that parts it.
fn header(text: &str) -> Result<(u8, Vec<String>), ListError> {
    let mut best = (b',', Vec::new());
    for (separator, _) in SEPARATORS {
        let mut reader = reader(text, separator);
        let header = reader.headers().map_err(|error| problem(&error))?;
        if header.len() > best.1.len() {
            best = (separator, header.iter().map(str::to_owned).collect());
        }
    }
    Ok(best)
}

/// Reads a column; nothing where none was asked for, and there is none that the Admin Console writes.
pub(super) fn profiles(
    text: &str,
    column: Option<&str>,
    prefixes: &[&str],
) -> Result<Option<Profiles>, ListError> {
    let (separator, header) = header(text)?;
    let known = |name: &&str| header.iter().any(|it| it == name);
    let columns: Vec<&str> = match column {
        Some(column) => vec![column],
        None => {
            let all = [OF_USERS].into_iter().chain(OF_PROFILES);
            all.filter(known).collect()
        }
    };
    if columns.is_empty() {
        return Ok(None);
    }
    let places = columns.iter().map(|column| place(&header, column));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    if ends_in_quotes(text, separator) {
        return Err(ListError::new(
            "a quotation mark is never closed, so it may be cut off: export the list again, or write `\"\"` for one that belongs to a name",
        ));
    }
    let mut names = Vec::new();
    for record in reader(text, separator).records() {
        let record = record.map_err(|error| problem(&error))?;
        let cells = places.iter().filter_map(|index| record.get(*index));
        // A user whom two columns give one profile is one member.
        let mut known = HashSet::new();
        let parts = cells.flat_map(|cell| parts(cell, prefixes));
        names.extend(parts.filter(|name| known.insert(name.clone())));
    }
    let is_of_users = columns.contains(&OF_USERS);
    Ok(Some(Profiles::of_rows(names.into_iter(), is_of_users)))
}

/// Whether a quotation mark at the start of a cell is never closed; within a cell another one is doubled.
fn ends_in_quotes(text: &str, separator: u8) -> bool {
    let (mut is_quoted, mut is_start) = (false, true);
    for byte in text.bytes() {
        match byte {
            b'"' if is_quoted || is_start => is_quoted = !is_quoted,
            _ => {}
        }
        // Behind a mark that closes, another one opens again.
        is_start = byte == separator || matches!(byte, b'\n' | b'\r' | b'"');
    }
    is_quoted
}

/// Where a column is.
fn place(header: &[String], column: &str) -> Result<usize, ListError> {
    let mut places = header.iter().enumerate().filter(|(_, it)| *it == column);
    let found = (places.next(), places.next());
    let column = show::text(&secrets::mask_value("", column));
    Err(ListError::new(match (found, header) {
        ((Some((index, _)), None), _) => return Ok(index),
        ((Some(_), Some(_)), _) => format!("it has the column `{column}` twice: rename one"),
        (_, []) => format!("it has no column `{column}`: it is empty"),
        _ => format!("it has no column `{column}`: choose {}", listed(header)),
    }))
}

/// The names in a cell: parted by commas, semicolons or lines, but for those that a mask's prefix has.
fn parts(cell: &str, prefixes: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = cell;
    loop {
        let passed = prefix_of(rest, prefixes);
        let after = rest.get(passed..).unwrap_or_default();
        let end = after.find([',', ';', '\n', '\r']).map(|at| passed + at);
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if !name.trim().is_empty() {
            parts.push(name.to_owned());
        }
        let Some(end) = end else {
            return parts;
        };
        // A blank behind what parts is no part of the name.
        rest = rest.get(end + 1..).unwrap_or_default();
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
}

/// The bytes of the mask's prefix that a name begins with.
fn prefix_of(name: &str, prefixes: &[&str]) -> usize {
    let lengths = prefixes.iter().filter(|it| name.starts_with(**it));
    lengths.map(|it| it.len()).max().unwrap_or(0)
}

/// Refuses what is CSV, though it would be read as a name a line: with tabs, in quotation marks, or with commas or semicolons in most
/// lines.
///
/// # Errors
/// Where it is CSV.
pub(super) fn refuse_csv(text: &str, prefixes: &[&str]) -> Result<(), ListError> {
    let lines = || {
        let lines = text.lines().enumerate();
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(index, line)| {
            let rest = line.get(prefix_of(line, prefixes)..).unwrap_or_default();
            (index + 1, rest)
        })
    };
    let count = lines().count();
    let quoted =
        lines().find(|(_, line)| line.len() > 1 && line.starts_with('"') && line.ends_with('"'));
    let found = quoted.map(|(line, _)| (line, "quotation marks"));
    let found = found.or_else(|| {
        SEPARATORS.into_iter().find_map(|(separator, name)| {
            let mut having = lines().filter(|(_, line)| line.as_bytes().contains(&separator));
            let (first, _) = having.next()?;
            let is_csv = separator == b'\t' || 2 * (having.count() + 1) > count;
            is_csv.then_some((first, name))
        })
    });
    let Some((line, separator)) = found else {
        return Ok(());
    };
    let header = header(text).map_or_else(|_| Vec::new(), |(_, header)| header);
    let has_names = |cell: &String| prefix_of(cell, prefixes) > 0;
    let advice = match header.iter().any(has_names) {
        true => "write one profile a line, without quotation marks".to_owned(),
        false => format!(
            "add `--column NAME` with the column that has the profiles' names ({}), or write one profile a line",
            listed(&header)
        ),
    };
    Err(ListError::new(format!(
        "it looks like CSV (line {line} has {separator}), not like one profile a line: {advice}"
    )))
}

/// The names of columns, for people.
fn listed(header: &[String]) -> String {
    suggest::list(header.iter().take(50).map(|it| show::text(it)))
}

/// What `csv` says, without any of the list.
fn problem(error: &csv::Error) -> ListError {
    let line = error.position().map_or(1, csv::Position::line);
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            let fields = if *len == 1 { "field" } else { "fields" };
            let due = if *expected_len == 1 { "is" } else { "are" };
            format!("it has {len} {fields} where {expected_len} {due} due")
        }
        _ => "it cannot be read".to_owned(),
    };
    ListError::new(format!(
        "line {line} is not CSV as its header has it: {problem}"
    ))
}
