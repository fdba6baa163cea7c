//! Values that nobody has filled in yet. They are looked for before the schema check, since a placeholder can stand where a number
//! or one of a few words is due.

use std::ops::Range;

use super::catalogue::PLACEHOLDER;
use crate::{
    diagnostic::{Claims, Diagnostic, excerpt},
    manifest::schema::{SCHEMA, member_schema},
    text::url::Address,
    yaml::{NodeRef, Place, Value},
};

/// The organization ID of Adobe's own examples.
const SAMPLE_ID: &str = "C538193582390300A495CC9@AdobeOrg";
/// Words of Adobe's documentation that stand for a name, in a mask or a profile.
const SAMPLE_WORDS: [&str; 2] = ["tenant_id", "internal_name"];
const WORDS: [&str; 5] = ["CHANGE-ME", "CHANGEME", "TODO", "FIXME", "TBD"];
const URL_FIELDS: [&str; 4] = [
    "url",
    "ims_server",
    "callback_server",
    "experience_cloud_server",
];

/// Finds the placeholders of one environment's tree. Fields that the schema lacks are passed over.
pub fn check(tree: NodeRef<'_>, claims: &mut Claims) {
    walk(tree, &Path::Root, claims);
}

/// The way from the manifest to a value. The schema is asked only where a value is a placeholder, which few are.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>),
}

impl Path<'_> {
    /// The schema of the value, where it has one.
    fn schema(&self) -> Option<&'static serde_json::Value> {
        match self {
            Self::Root => Some(&SCHEMA),
            Self::Member(parent, key) => member_schema(parent.schema()?, key),
            Self::Item(parent) => parent.schema()?.get("items"),
        }
    }

    /// The name of the field that the value is in.
    fn field(&self) -> &str {
        match self {
            Self::Root => "",
            Self::Member(_, key) => key,
            Self::Item(parent) => parent.field(),
        }
    }
}

fn walk(node: NodeRef<'_>, path: &Path<'_>, claims: &mut Claims) {
    if let Value::String(text) = node.value() {
        let diagnostic = judge(text, node.place(), path.field());
        if let Some(diagnostic) = diagnostic.filter(|_| path.schema().is_some()) {
            claims.push(diagnostic);
        }
    }
    for item in node.items() {
        walk(item, &Path::Item(path), claims);
    }
    for (key, value) in node.members() {
        walk(value, &Path::Member(path, key), claims);
    }
}

fn judge(text: &str, place: Place, field: &str) -> Option<Diagnostic> {
    let name = if field.is_empty() { "the value" } else { field };
    if is_placeholder(text) {
        return Some(PLACEHOLDER.at(
            place,
            format!("`{name}` still holds the placeholder `{}`", excerpt(text)),
            "write the real value",
        ));
    }
    if text == SAMPLE_ID {
        return Some(PLACEHOLDER.at(
            place,
            format!("`{SAMPLE_ID}` is the organization ID of Adobe's documentation"),
            "write your own organization's ID: the Admin Console shows it",
        ));
    }
    if matches!(field, "association_mask" | "profile")
        && let Some((range, word)) = sample_word(text)
    {
        let meant = if word == "tenant_id" {
            "your tenant's name"
        } else {
            "the group's internal name"
        };
        return Some(PLACEHOLDER.at(
            place.part(range),
            format!("`{word}` stands for a name in Adobe's documentation"),
            format!("write {meant} in its place"),
        ));
    }
    if URL_FIELDS.contains(&field) && is_example(text) {
        return Some(PLACEHOLDER.at(
            place,
            format!("the host of `{name}` is one that is reserved for examples"),
            "write the real host",
        ));
    }
    None
}

fn is_placeholder(text: &str) -> bool {
    let stands_in = |open: &str, close: &str| {
        text.len() > open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    };
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        || text.len() >= 3 && text.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))
        || stands_in("<", ">")
        || stands_in("${", "}")
        || stands_in("{{", "}}")
}

/// A sample word as a word of its own.
fn sample_word(text: &str) -> Option<(Range<usize>, &'static str)> {
    SAMPLE_WORDS.iter().find_map(|word| {
        text.find(word)
            .map(|start| (start..start + word.len(), *word))
    })
}

/// Whether a URL's host is reserved for documentation (RFC 2606), with a scheme or without.
fn is_example(text: &str) -> bool {
    if !text.to_ascii_lowercase().contains("example") {
        return false;
    }
    let address = Address::parse(text).or_else(|_| Address::parse(&format!("https://{text}")));
    address.is_ok_and(|address| {
        let host = address.host_name;
        host.ends_with(".example")
            || ["example.com", "example.org", "example.net"]
                .iter()
                .any(|example| {
                    host.strip_suffix(example)
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        for text in [
            "CHANGE-ME",
            "changeme",
            "Todo",
            "xxx",
            "XxXx",
            "<id>",
            "${ID}",
            "{{ id }}",
            "tbd",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["xx", "contoso", "todo list", "<a", "<>", "xxl", "$ID"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn example_hosts_are_known_with_and_without_a_scheme() {
        for text in [
            "https://example.com",
            "http://www.EXAMPLE.org./x",
            "a.example",
            "https://a.b.example:8443",
        ] {
            assert!(is_example(text), "{text}");
        }
        for text in [
            "https://contoso.com",
            "https://myexample.com",
            "https://example.co",
            "https://example",
        ] {
            assert!(!is_example(text), "{text}");
        }
    }
}
