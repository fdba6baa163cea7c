//! What the User Management API says of groups: a page, several one after the other or in an array, or the groups alone.

use serde::Deserialize;
use serde_json::{Deserializer, Value};

use super::{ListError, Listed, Profiles};

/// The one type of group that is a product profile. Beside each there are groups of its administrators and developers.
const PRODUCT_PROFILE: &str = "PRODUCT_PROFILE";
const ENDPOINT: &str = "give what `GET /v2/usermanagement/groups/{orgId}/{page}` returns";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    groups: Vec<Group>,
    last_page: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    r#type: String,
    group_name: String,
    member_count: Option<u64>,
}

/// Whether a text is meant as JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

pub(super) fn profiles(text: &str) -> Result<Profiles, ListError> {
    let mut values: Vec<Value> = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value.map_err(|error| unreadable(&error))? {
            Value::Array(items) => values.extend(items),
            value => values.push(value),
        }
    }
    if values.iter().any(|value| value.get("users").is_some()) {
        return Err(unusable(&format!(
            "of users, where profiles and user groups look alike: {ENDPOINT}"
        )));
    }
    let is_page = |value: &Value| value.get("groups").is_some();
    let (mut groups, mut lasts) = (Vec::new(), Vec::new());
    for value in values {
        if is_page(&value) {
            let page: Page = read(value)?;
            groups.extend(page.groups);
            lasts.push(page.last_page.unwrap_or(true));
        } else {
            groups.push(read(value)?);
        }
    }
    // The pages may be in any order.
    if !lasts.is_empty() && !lasts.contains(&true) {
        return Err(unusable(
            "its last page is missing (no `\"lastPage\": true`): get the other pages too, and put them into the file one after the other",
        ));
    }
    let profiles = groups.into_iter().filter(|it| it.r#type == PRODUCT_PROFILE);
    let listed = profiles.map(|group| Listed {
        name: group.group_name,
        members: group.member_count,
    });
    Ok(Profiles {
        listed: listed.collect(),
        is_of_users: false,
    })
}

fn read<T: for<'a> Deserialize<'a>>(value: Value) -> Result<T, ListError> {
    serde_json::from_value(value).map_err(|_| {
        unusable(&format!(
            "not of the User Management API's groups: {ENDPOINT}, or write one profile a line"
        ))
    })
}

fn unusable(problem: &str) -> ListError {
    ListError::new(format!("it is JSON, but {problem}"))
}

/// What is wrong, without any of the list.
fn unreadable(error: &serde_json::Error) -> ListError {
    let (line, column) = (error.line(), error.column());
    unusable(&format!(
        "it cannot be read at line {line}, column {column}: give it as the User Management API returns it, or write one profile a line"
    ))
}
