//! The product profiles that there are: one a line, or a column of a CSV file.

use std::str;

use crate::{secrets, text::show, text::suggest};

/// The most that a list may have, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Why a list cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Over [`MAX_BYTES`].
    #[error("it has more than 16 MiB: a list of product profiles is far shorter")]
    TooLarge,
    /// Not UTF-8.
    #[error("line {line} is not UTF-8: save the list as UTF-8")]
    Utf8 {
        /// From 1.
        line: usize,
    },
    /// No such column.
    #[error("it has no column `{column}`: {known}{hint}")]
    NoColumn {
        /// The column that was asked for.
        column: String,
        /// Those that there are.
        known: String,
        /// What may be behind it.
        hint: &'static str,
    },
    /// Two columns of that name.
    #[error("it has the column `{column}` twice: rename one")]
    ColumnTwice {
        /// The column that was asked for.
        column: String,
    },
    /// Not CSV.
    #[error("line {line} is not CSV as its header has it: {problem}")]
    Csv {
        /// From 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// Reads the names of a list: lines as they are, blank ones skipped; or with `column`, that column of a CSV file with a header.
/// A byte-order mark and either line end are taken.
///
/// # Errors
/// Where the list is too large, not UTF-8, or no CSV with that column.
pub fn profiles(bytes: &[u8], column: Option<&str>) -> Result<Vec<String>, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::TooLarge);
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        ListError::Utf8 {
            line: memchr::memchr_iter(b'\n', valid).count() + 1,
        }
    })?;
    // As a whole: a private key has several lines.
    let text = &secrets::mask(text.strip_prefix('\u{feff}').unwrap_or(text));
    let names = match column {
        None => text.lines().map(str::to_owned).collect(),
        Some(column) => csv_column(text, column)?,
    };
    Ok(names
        .into_iter()
        .filter(|name: &String| !name.trim().is_empty())
        .collect())
}

fn csv_column(text: &str, column: &str) -> Result<Vec<String>, ListError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| problem(&error))?.clone();
    let mut places = header
        .iter()
        .enumerate()
        .filter(|(_, name)| *name == column);
    let Some((index, _)) = places.next() else {
        let known: Vec<String> = header
            .iter()
            .take(50)
            .map(|name| show::text(&secrets::mask(name)))
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let hint = match known.as_slice() {
            [one] if one.contains([';', '\t']) => " (columns are parted by commas)",
            _ => "",
        };
        return Err(ListError::NoColumn {
            column: show::text(column),
            known: match known.as_slice() {
                [] => "it is empty".to_owned(),
                known => format!("choose {}", suggest::list(known)),
            },
            hint,
        });
    };
    if places.next().is_some() {
        return Err(ListError::ColumnTwice {
            column: show::text(column),
        });
    }
    let mut names = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| problem(&error))?;
        names.push(record.get(index).unwrap_or_default().to_owned());
    }
    Ok(names)
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
    ListError::Csv { line, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_names_as_they_are() {
        let list = profiles(b"\xef\xbb\xbfa b\r\n\r\n \n c \nd", None).unwrap();
        assert_eq!(list, ["a b", " c ", "d"]);
        assert_eq!(profiles(b"", None).unwrap(), [""; 0]);
    }

    #[test]
    fn a_column_is_read_by_the_rules_of_csv() {
        let text = "\u{feff}Name,Users\r\n\"a, \"\"b\"\"\",3\r\n,1\r\n\"two\nlines\",2\r\n";
        let list = profiles(text.as_bytes(), Some("Name")).unwrap();
        assert_eq!(list, ["a, \"b\"", "two\nlines"]);
    }

    #[test]
    fn what_is_wrong_has_a_line() {
        let error = |bytes: &[u8], column| profiles(bytes, column).unwrap_err();
        assert_eq!(error(b"a\nb\n\xff", None), ListError::Utf8 { line: 3 });
        assert_eq!(
            error(b"a,b\n1,2\n3\n", Some("a")).to_string(),
            "line 3 is not CSV as its header has it: it has 1 field where 2 are due"
        );
        assert_eq!(
            error(b"Name,Users\n", Some("name")).to_string(),
            "it has no column `name`: choose `Name` or `Users`"
        );
        assert_eq!(
            error(b"", Some("name")).to_string(),
            "it has no column `name`: it is empty"
        );
        let text = error(b"a,p8e-CANARYcanary1234567890abcdefg\n", Some("b")).to_string();
        assert!(
            text.contains("choose `a` or `***") && !text.contains("CANARY"),
            "{text}"
        );
        assert!(
            error(b"Name;Users\n", Some("Name"))
                .to_string()
                .ends_with("(columns are parted by commas)")
        );
        assert!(matches!(
            error(b"a,a\n", Some("a")),
            ListError::ColumnTwice { .. }
        ));
        assert_eq!(error(&vec![b'a'; MAX_BYTES + 1], None), ListError::TooLarge);
    }
}
