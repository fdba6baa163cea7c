//! The product profiles that there are: one a line, CSV, or the JSON of the User Management API. What looks like another form than
//! it would be read as is refused: a list that is misread says of every group that nobody can sign in.

mod json;
mod table;

use std::{collections::HashMap, str};

use crate::secrets;

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

/// Reads a list: lines as they are, blank ones skipped; a column of a CSV file with a header, which is `column` or one that the Admin
/// Console writes; or what the User Management API gives. A byte-order mark and either line end are taken. `prefixes` is what the
/// masks' profiles begin with: a comma in it parts no names.
///
/// # Errors
/// Where the list is too large, not UTF-8, or something else than it would be read as.
pub fn profiles(
    bytes: &[u8],
    column: Option<&str>,
    prefixes: &[&str],
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
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Hidden as a whole: of a key that spans lines no line would be known for what it is.
    let text = &*secrets::mask(text);
    if json::is_json(text) {
        return match column {
            Some(_) => Err(ListError::new(
                "it is JSON, which has no columns: leave `--column` out",
            )),
            None => json::profiles(text),
        };
    }
    if let Some(profiles) = table::profiles(text, column, prefixes)? {
        return Ok(profiles);
    }
    table::refuse_csv(text, prefixes)?;
    let names = text.lines().filter(|name| !name.trim().is_empty());
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

    fn names(text: &str, column: Option<&str>) -> Vec<String> {
        let profiles = profiles(text.as_bytes(), column, &["Campaign - x - "]).unwrap();
        profiles.listed.into_iter().map(|it| it.name).collect()
    }

    fn counted(text: &str) -> Vec<String> {
        let profiles = profiles(text.as_bytes(), None, &["Campaign - x - "]).unwrap();
        let listed = profiles.listed.into_iter();
        listed
            .map(|it| format!("{}: {:?}", it.name, it.members))
            .collect()
    }

    fn error(text: &str, column: Option<&str>) -> String {
        let refused = profiles(text.as_bytes(), column, &["Campaign - x - "]);
        refused.unwrap_err().to_string()
    }

    #[test]
    fn lines_are_names_as_they_are() {
        assert_eq!(
            names("\u{feff}a b\r\n\r\n \n c \nd", None),
            ["a b", " c ", "d"]
        );
        assert_eq!(names("", None), [""; 0]);
        // One name with a comma is a name.
        assert_eq!(
            names("Campaign - x - admin\nFonts, all\nStock", None).len(),
            3
        );
    }

    #[test]
    fn a_column_is_read_by_the_rules_of_csv() {
        for separator in [",", ";", "\t"] {
            let text = "\u{feff}Name|Users\r\n\"a \"\"b\"\"\"|3\r\n|1\r\n\"two\nlines,three\"|2\r\na \"b\"|1\r\n";
            let text = text
                .replace("a \"b\"|", "\"a \"\"b\"\"\"|")
                .replace('|', separator);
            let expected = ["a \"b\"", "two", "lines", "three"];
            assert_eq!(names(&text, Some("Name")), expected, "{separator:?}");
        }
        // One column alone, and the console's name for it.
        assert_eq!(names("Name\na\nb\n", Some("Name")), ["a", "b"]);
        assert_eq!(names("Product Profile Name\na\nb\n", None), ["a", "b"]);
    }

    #[test]
    fn a_comma_of_the_prefix_parts_nothing() {
        let read = |text: &str, column| {
            let prefixes = ["Campaign, EU - "];
            profiles(text.as_bytes(), column, &prefixes).unwrap().listed
        };
        let cells =
            "User;Profiles\nana;Campaign, EU - admin,Campaign, EU - delivery\nbo;Stock, Fonts\n";
        let names: Vec<String> = read(cells, Some("Profiles"))
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(
            names,
            [
                "Campaign, EU - admin",
                "Campaign, EU - delivery",
                "Stock",
                "Fonts"
            ]
        );
        assert_eq!(
            read("Campaign, EU - admin\nCampaign, EU - delivery\n", None).len(),
            2
        );
    }

    #[test]
    fn the_users_of_the_admin_console_are_counted() {
        for separator in [',', ';'] {
            let text = "\u{feff}Email|Product Configurations|Admin Roles\n\
                        ana@x.com|\"Campaign - x - admin,Campaign - x - delivery\"|\n\
                        bo@x.com|Campaign - x - delivery|\ncy@x.com||\n"
                .replace('|', &separator.to_string());
            assert_eq!(
                counted(&text),
                [
                    "Campaign - x - admin: Some(1)",
                    "Campaign - x - delivery: Some(2)"
                ]
            );
        }
    }

    #[test]
    fn the_user_management_api_is_read() {
        let page = |last: bool, groups: &str| {
            format!("{{\"lastPage\":{last},\"result\":\"success\",\"groups\":[{groups}]}}")
        };
        let profile = r#"{"type":"PRODUCT_PROFILE","groupName":"Campaign - x - admin","memberCount":3,"adminGroupName":"_admin_x"}"#;
        let others = r#"{"type":"USER_GROUP","groupName":"Marketing"},{"type":"PROFILE_ADMIN_GROUP","groupName":"_admin_Campaign - x - admin"}"#;
        let all = format!("{profile},{others}");
        let expected = ["Campaign - x - admin: Some(3)"];
        assert_eq!(counted(&page(true, &all)), expected);
        let pages = [page(false, others), page(true, profile)];
        assert_eq!(counted(&format!("[{}]", pages.join(","))), expected);
        assert_eq!(counted(&pages.join("\n")), expected);
        assert_eq!(counted(&format!("[{all}]")), expected);
        assert_eq!(counted(&page(true, "")), [""; 0]);
        insta::assert_snapshot!(
            [
                error(&page(false, &all), None),
                error(r#"["Campaign - x - admin"]"#, None),
                error(r#"{"result":"success","users":[{"email":"a@x.com","groups":["x"]}],"lastPage":true}"#, None),
                error(r#"{"result":"error.apikey.invalid"}"#, None),
                error("{\"groups\": [", None),
                error("{}", Some("Name")),
            ].join("\n"),
            @r#"
        it is JSON, but its last page is missing (no `"lastPage": true`): get the other pages too, and put them into the file one after the other
        it is JSON, but not of the User Management API's groups: give what `GET /v2/usermanagement/groups/{orgId}/{page}` returns, or write one profile a line
        it is JSON, but of users, where profiles and user groups look alike: give what `GET /v2/usermanagement/groups/{orgId}/{page}` returns
        it is JSON, but not of the User Management API's groups: give what `GET /v2/usermanagement/groups/{orgId}/{page}` returns, or write one profile a line
        it is JSON, but it cannot be read at line 1, column 12: give it as the User Management API returns it, or write one profile a line
        it is JSON, which has no columns: leave `--column` out
        "#
        );
    }

    #[test]
    fn what_would_be_misread_is_refused() {
        insta::assert_snapshot!(
            [
                error("Name,Users\nCampaign - x - admin,3\nStock,9\n", None),
                error("Name;Users\nCampaign - x - admin;3\n", None),
                error("Name\tUsers\nCampaign - x - admin\t3\n", None),
                error("Campaign - x - admin,Campaign - x - delivery\n", None),
                error("\"Campaign - x - admin\"\n\"Campaign - x - delivery\"\n", None),
                error("a,b\n1,2\n3\n", Some("a")),
                error("Name,Users\n", Some("name")),
                error("", Some("name")),
                error("Name,Name\n", Some("Name")),
                error("Email,Product Configurations,Product Configurations\n", None),
                error("PK\u{3}\u{4}", None),
            ].join("\n"),
            @r#"
it looks like CSV (line 1 has commas), not like one profile a line: add `--column NAME` with the column that has the profiles' names (`Name` or `Users`), or write one profile a line
it looks like CSV (line 1 has semicolons), not like one profile a line: add `--column NAME` with the column that has the profiles' names (`Name` or `Users`), or write one profile a line
it looks like CSV (line 1 has tabs), not like one profile a line: add `--column NAME` with the column that has the profiles' names (`Name` or `Users`), or write one profile a line
it looks like CSV (line 1 has commas), not like one profile a line: write one profile a line, without quotation marks
it looks like CSV (line 1 has quotation marks), not like one profile a line: write one profile a line, without quotation marks
line 3 is not CSV as its header has it: it has 1 field where 2 are due
it has no column `name`: choose `Name` or `Users`
it has no column `name`: it is empty
it has the column `Name` twice: rename one
it has the column `Product Configurations` twice: rename one
it is a workbook or an archive, not a text: in Excel, save it as "CSV UTF-8"
"#
        );
        let refused = |bytes: &[u8]| profiles(bytes, None, &[]).unwrap_err();
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
        let text = error("a,p8e-CANARYcanary1234567890abcdefg\n", Some("b"));
        assert!(
            text.contains("choose `a` or `***") && !text.contains("CANARY"),
            "{text}"
        );
    }
}
