//! The product profiles that there are: one a line, CSV, or the JSON of the User Management API. What looks like another form than
//! it would be read as is refused: a list that is misread says of every group that nobody can sign in.

mod json;
mod table;

use std::{collections::HashMap, str};

use crate::{manifest, mask::Mask, secrets};

/// The most that a list may have, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Product profiles, in the list's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profiles {
    /// The profiles.
    pub listed: Vec<Listed>,
    /// Whether it is a list of users: then it does not have the profiles that have no members.
    pub is_of_users: bool,
}

/// A product profile of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name, as the list has it.
    pub name: String,
    /// How many members it has, where the list says.
    pub members: Option<u64>,
}

/// Why a list cannot be used, in words; nothing of the list is in them but the names of its columns.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ListError(String);

impl ListError {
    fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// Reads a list: lines as they are, blank ones skipped; a column of a CSV file with a header, which is `column`, or all that the Admin
/// Console writes; or what the User Management API gives. A byte-order mark and either line end are taken. A comma or semicolon in what
/// the profiles of one of `masks` begin with parts no names; without masks, none does.
///
/// # Errors
/// Where the list is too large, not UTF-8, or something else than it would be read as.
pub fn profiles(
    bytes: &[u8],
    column: Option<&str>,
    masks: Option<&[Mask]>,
) -> Result<Profiles, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::new(
            "it has more than 16 MiB: a list of product profiles is far shorter",
        ));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(ListError::new(
            "it is a workbook or an archive, not a text: in Excel, save it as \"CSV UTF-8\"",
        ));
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', valid).count() + 1;
        ListError::new(format!(
            "line {line} is not UTF-8: save the list as UTF-8 (in Excel, as \"CSV UTF-8\")"
        ))
    })?;
    if let Some(at) = text.find('\0') {
        let line = text.get(..at).unwrap_or_default().lines().count().max(1);
        return Err(ListError::new(format!(
            "line {line} holds a NUL, as texts in UTF-16 do: save the list as UTF-8"
        )));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Excel's word for what parts the cells. An empty line stays, so that lines count as they are.
    let behind = text.strip_prefix("sep=");
    let behind = behind.and_then(|it| it.split_at_checked(it.find('\n')?));
    let text = behind
        .filter(|(sep, _)| sep.trim_end().len() <= 1)
        .map_or(text, |(_, rest)| rest);
    let elements = ["<package", "<entities", "<extAccount"];
    let is_package =
        text.trim_start().starts_with('<') && elements.iter().any(|it| text.contains(it));
    if is_package || manifest::has_lines_of_one(bytes, 2) {
        return Err(ListError::new(
            "it is a manifest or a package, not a list of product profiles: write a name on each line, or export one from the Admin Console",
        ));
    }
    // Hidden as a whole: of a key that spans lines no line would be known for what it is.
    let text = &*secrets::mask_value("profile", text);
    if json::is_json(text) {
        return match column {
            Some(_) => Err(ListError::new(
                "it is JSON, which has no columns: leave `--column` out",
            )),
            None => json::profiles(text),
        };
    }
    let prefixes = masks.iter().copied().flatten();
    let prefixes: Vec<&str> = prefixes.filter_map(Mask::literal_prefix).collect();
    if let Some(profiles) = table::profiles(text, column, &prefixes)? {
        return Ok(profiles);
    }
    if masks.is_some() {
        table::refuse_csv(text, &prefixes)?;
    }
    // Old systems end lines with CR alone.
    let names = text
        .split(['\n', '\r'])
        .filter(|name| !name.trim().is_empty());
    Ok(Profiles::from(names.map(str::to_owned).collect::<Vec<_>>()))
}

impl From<Vec<String>> for Profiles {
    fn from(names: Vec<String>) -> Self {
        let listed = names.into_iter().map(|name| Listed {
            name,
            members: None,
        });
        Self {
            listed: listed.collect(),
            is_of_users: false,
        }
    }
}

impl Profiles {
    /// From the names of many rows, each profile once.
    fn of_rows(names: impl Iterator<Item = String>, is_of_users: bool) -> Self {
        let mut listed: Vec<Listed> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for name in names {
            let index = *known.entry(name).or_insert_with_key(|name| {
                let name = name.clone();
                let members = is_of_users.then_some(0);
                listed.push(Listed { name, members });
                listed.len() - 1
            });
            let members = listed.get_mut(index).and_then(|it| it.members.as_mut());
            members.into_iter().for_each(|members| *members += 1);
        }
        Self {
            listed,
            is_of_users,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    /// What is read of a list, `["list", "column"]`: each profile, and its members where they are counted; or why it is refused.
    fn told(input: &str) -> Vec<String> {
        let (text, column): (String, Option<String>) = serde_json::from_str(input).unwrap();
        let masks = ["Campaign - x - (.*)", "Campaign, EU - (.*)"].map(Mask::parse);
        let profiles = match profiles(text.as_bytes(), column.as_deref(), Some(&masks)) {
            Ok(profiles) => profiles.listed.into_iter(),
            Err(error) => return vec![format!("refused: {error}")],
        };
        let line = |Listed { name, members }| match members {
            Some(members) => format!("{name:?} {members}"),
            None => format!("{name:?}"),
        };
        profiles.map(line).collect()
    }

    #[test]
    fn lists_are_read_as_the_table_says() {
        table::check("lists", told);
    }

    #[test]
    fn what_is_no_text_or_too_long_is_refused() {
        let refused = |bytes: &[u8]| profiles(bytes, None, Some(&[])).unwrap_err();
        assert_eq!(
            refused(b"a\nb\n\xff"),
            ListError::new(
                "line 3 is not UTF-8: save the list as UTF-8 (in Excel, as \"CSV UTF-8\")"
            )
        );
        assert_eq!(
            refused(&vec![b'a'; MAX_BYTES + 1]),
            ListError::new("it has more than 16 MiB: a list of product profiles is far shorter")
        );
    }
}
