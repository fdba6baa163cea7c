//! Values of another type than the schema's.

use serde_json::Value as Json;

use super::{At, flow, section};
use crate::{
    diagnostic::{Change, Diagnostic},
    manifest::schema::{self, EXAMPLE},
    rules::catalogue::WRONG_TYPE,
    secrets,
    text::suggest::list,
    yaml::{self, NullForm, Place, Style, Value},
};

/// What a type of JSON Schema is called in YAML.
fn type_name(name: &str) -> &'static str {
    match name {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "a string",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number in plain digits",
        _ => "a value",
    }
}

pub fn is_what(value: &Value) -> &'static str {
    match value {
        Value::Null(NullForm::Empty) => "empty",
        Value::Null(_) => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(value) if value.is_finite() && value.abs() >= 1e18 => "too large a number",
        Value::Integer(_) | Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) | Value::Alias(_) => "a mapping",
    }
}

pub fn wrong_type(at: &At<'_>, schema: &Json) -> Diagnostic {
    let types: Vec<&str> = match schema.get("type") {
        Some(Json::String(name)) => vec![name],
        Some(Json::Array(names)) => names
            .iter()
            .filter_map(Json::as_str)
            .filter(|name| *name != "null")
            .collect(),
        _ => Vec::new(),
    };
    let due: Vec<&str> = types.iter().map(|name| type_name(name)).collect();
    let due = if types == ["integer", "string"] {
        "a whole number in plain digits, or `\"*\"`".to_owned()
    } else {
        due.join(" or ")
    };
    let owner = if at.path.is_empty() {
        "a manifest".to_owned()
    } else {
        format!("`{}`", at.path)
    };
    let message = format!("{owner} must be {due}, but is {}", is_what(at.node.value()));
    let place = if matches!(at.node.value(), Value::Null(NullForm::Empty)) {
        at.place.key()
    } else {
        at.place
    };
    let advice = advice(at, schema, &types, &due);
    advice.diagnostic(place, message)
}

/// What to write, and how a program can.
struct Advice {
    help: String,
    fix: Option<(String, bool, Change)>,
}

impl Advice {
    fn help(help: impl Into<String>) -> Self {
        let help = help.into();
        Self { help, fix: None }
    }

    /// To write other YAML in place of the value.
    fn write(at: &At<'_>, help: impl Into<String>, is_safe: bool, yaml: String) -> Self {
        let title = format!("write `{yaml}`");
        Self {
            help: help.into(),
            fix: Some((title, is_safe, Change::Write(at.place, yaml))),
        }
    }

    fn diagnostic(self, place: Place, message: String) -> Diagnostic {
        let diagnostic = WRONG_TYPE.at(place, message, self.help);
        match self.fix {
            Some((title, is_safe, change)) => diagnostic.fix(title, is_safe, change),
            None => diagnostic,
        }
    }
}

fn advice(at: &At<'_>, schema: &Json, types: &[&str], due: &str) -> Advice {
    let written = at.node.resolve().node();
    let text = written.text.as_deref().unwrap_or_default();
    let example = schema.get(EXAMPLE).map(flow);
    let options = options(schema);
    let number = whole_number(text, schema);
    let group = section(&at.path).strip_prefix("groups.");
    match (at.node.value(), types) {
        (Value::Bool(_) | Value::Integer(_) | Value::Number(_), ["string"])
            if !options.is_empty() && !options.contains(&text) =>
        {
            Advice::help(format!("write one of {}", list(&options)))
        }
        // With quotes alone it would be `build-version`.
        (Value::Integer(_) | Value::Number(_), ["string"])
            if at.path.ends_with("build.version") && text.starts_with('7') =>
        {
            let help = "write `\"6.7\"`, which version 7 says of itself in its exports";
            Advice::write(at, help, false, "\"6.7\"".to_owned())
        }
        (Value::Bool(_) | Value::Integer(_) | Value::Number(_), ["string"]) => Advice {
            help: format!("put it in quotes: `\"{text}\"`"),
            fix: Some(("put it in quotes".to_owned(), true, Change::Quote(at.place))),
        },
        (Value::String(_) | Value::Integer(_), ["boolean"]) => Advice::help(match boolean(text) {
            Some(value) => format!(
                "write `{value}`, without quotes: in YAML 1.2 only `true` and `false` are booleans"
            ),
            None => "write `true` or `false`, without quotes".to_owned(),
        }),
        (Value::Integer(_) | Value::Number(_) | Value::String(_), ["integer", ..])
            if number.is_some() =>
        {
            let number = number.unwrap_or_default();
            let help = match written.style {
                Style::Plain if number == text => format!("write `{number}` without the tag"),
                _ if number == text => "write it without quotes".to_owned(),
                _ => format!("write `{number}`"),
            };
            Advice::write(at, help, true, number.to_owned())
        }
        (Value::String(text), ["object"]) if at.is_secret() => {
            reference(at, secrets::foreign_reference(text))
        }
        (Value::Bool(false) | Value::String(_), ["object"]) if group.is_some() && is_no(text) => {
            Advice::help(match at.is_in_patch {
                true => "write `null` to remove the group here, or `{}` to leave it as it is",
                false => "remove the line where the group is not meant, else write `{}`",
            })
        }
        (_, ["object"]) if is_misplaced_field_of_group(at) => {
            Advice::help("this is a field of a group: indent it below the group's name")
        }
        (Value::String(_), ["object"]) if written.style == Style::Plain && text.contains(':') => {
            Advice::help("write a space after the colon, or each field on a line of its own")
        }
        (Value::String(text), ["object"]) if group.is_some() => {
            let profile = match at.node.hidden_text() {
                Some(_) => "NAME",
                None => text,
            };
            let [group, profile] = [group.unwrap_or_default(), profile].map(yaml::scalar);
            Advice::help(format!(
                "if this is the group's product profile, write `{group}: {{ profile: {profile} }}`"
            ))
        }
        (Value::String(text), ["array"]) if text.contains(char::is_alphanumeric) => {
            match scopes(text) {
                Some(yaml) => Advice::write(at, format!("write the list `{yaml}`"), true, yaml),
                None => Advice::help("write a list, such as `[openid, AdobeID, session]`"),
            }
        }
        (Value::String(_), ["integer"]) if at.path.ends_with("external_account.type") => {
            Advice::help(
                "copy `type` of this account from a package that the instance exported, or remove it",
            )
        }
        _ if at.path.is_empty() => Advice::help(
            "write its fields, beginning with `version: 1`; `campaign-ims init` prints a manifest to start from",
        ),
        (Value::Mapping(_), ["string"]) => Advice::help(quote_help(at, example.as_deref())),
        _ => Advice::help(match example {
            Some(example) => format!("write it like `{example}`"),
            None if types == ["object"] => "write a mapping, such as `{}`".to_owned(),
            None => match (limit(schema, "minimum"), limit(schema, "maximum")) {
                (Some(least), Some(most)) => {
                    format!("write a whole number from {least} to {most}")
                }
                _ => format!("write {due}"),
            },
        }),
    }
}

/// Whether a text says that something is not to be there.
fn is_no(text: &str) -> bool {
    let words = [
        "absent", "false", "n", "no", "none", "null", "off", "remove", "removed",
    ];
    words
        .iter()
        .any(|word| text.trim().eq_ignore_ascii_case(word))
}

impl At<'_> {
    /// Whether a reference to the client secret is due here.
    pub fn is_secret(&self) -> bool {
        self.path.ends_with("external_account.client_secret")
    }
}

/// The advice for a reference to a secret; `name` is the variable that it names.
fn reference(at: &At<'_>, name: Option<&str>) -> Advice {
    let yaml = format!("{{ env: {} }}", name.unwrap_or("IMS_CLIENT_SECRET"));
    let help = format!("write `{yaml}`, and let the pipeline put the secret into that variable");
    let title = format!("write `{yaml}`");
    Advice {
        help,
        fix: Some((title, false, Change::Overwrite(at.place, yaml))),
    }
}

/// A mapping under `client_secret` that refers to the secret as another tool does, such as `{ vault: PATH }`.
pub fn foreign_mapping(at: &At<'_>) -> Diagnostic {
    let message = format!("`{}` must be a mapping with `env` or `file`", at.path);
    reference(at, None).diagnostic(at.place, message)
}

/// The number that a text of decimal digits says, in plain digits; nothing where the schema does not allow it.
pub fn whole_number<'t>(text: &'t str, schema: &Json) -> Option<&'t str> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let digits = digits.trim_start_matches('0');
    let digits = match digits.is_empty() && text.ends_with('0') {
        true => "0",
        false => digits,
    };
    let is_plain = digits.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = digits.parse().ok().filter(|_| is_plain)?;
    let is_allowed = limit(schema, "minimum").is_none_or(|least| number >= least)
        && limit(schema, "maximum").is_none_or(|most| number <= most);
    is_allowed.then_some(digits)
}

fn limit(schema: &Json, keyword: &str) -> Option<i64> {
    schema.get(keyword)?.as_i64()
}

/// The words that a schema allows; none where it allows any text.
pub fn options(schema: &Json) -> Vec<&str> {
    let options = schema["enum"].as_array().into_iter().flatten();
    options.filter_map(Json::as_str).collect()
}

/// A scope string as the form has it, as a list; also one that was taken from a list or a URL. Nothing where a part is no scope's name.
fn scopes(text: &str) -> Option<String> {
    let text = text.replace("%20", " ");
    let is_between = |c: char| ",;+|[]\"'".contains(c) || c.is_ascii_whitespace();
    let parts = || {
        text.split(is_between)
            .filter(|part| part.contains(char::is_alphanumeric))
    };
    // Of a list the blanks behind its dashes may be missing.
    let are_items = parts().all(|part| part.starts_with('-'));
    let parts: Vec<&str> = match are_items {
        true => parts().map(|part| part.trim_start_matches('-')).collect(),
        false => parts().collect(),
    };
    let is_of_name = |c: char| c.is_alphanumeric() || "._:/-".contains(c);
    let are_names = parts.iter().all(|part| part.chars().all(is_of_name));
    let parts = || parts.iter().map(|part| yaml::scalar(part));
    are_names.then(|| format!("[{}]", parts().collect::<Vec<_>>().join(", ")))
}

/// Whether a field of a group stands where groups do.
pub fn is_misplaced_field_of_group(at: &At<'_>) -> bool {
    let name = section(&at.path).strip_prefix("groups.");
    let is_field = name.is_some_and(|name| schema::at(["groups", "*", name]).is_some());
    is_field && !matches!(at.node.value(), Value::Null(_))
}

/// `Campaign: x - (.*)` without quotes is a mapping; people do not see it.
fn quote_help(at: &At<'_>, example: Option<&str>) -> String {
    let mut keys = at.node.members().map(|(key, _)| key);
    // A word in lower case is more like the name of a field.
    let is_of_text = |key: &str| key.contains(|c: char| !c.is_ascii_lowercase() && c != '_');
    let is_text = keys.next().is_some_and(|key| is_of_text(key)) && keys.next().is_none();
    match example {
        _ if is_text => {
            "a text with `: ` in it is read as a mapping: use single quotes around the whole text"
                .to_owned()
        }
        Some(example) => format!(
            "write it like `{example}`; use single quotes around a text with `: ` or ` #` in it"
        ),
        None => "use single quotes around the whole text".to_owned(),
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "1" => Some(true),
        "no" | "n" | "off" | "false" | "0" => Some(false),
        _ => None,
    }
}
