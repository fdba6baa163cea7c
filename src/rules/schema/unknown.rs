//! Fields that the schema lacks, and what was meant by them.

use std::{collections::HashSet, iter};

use serde_json::Value as Json;

use super::{At, owner, section};
use crate::{
    diagnostic::{Change, Diagnostic, excerpt},
    manifest::{ENVIRONMENTS, IMS_HOSTS, fields::FIELDS, schema},
    rules::catalogue::UNKNOWN_FIELD,
    secrets,
    text::suggest::{did_you_mean, edits, list, plain},
    yaml::{NodeRef, NullForm, Value},
};

/// The mappings that fields can be in, but for the top level.
const SECTIONS: [&str; 5] = [
    "organization",
    "instance",
    "instance.build",
    "external_account",
    "external_account.client_secret",
];

/// What exports, the form and other tools call a field, without signs and in lower case.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("accessurl", "url"),
    ("buildnumber", "number"),
    ("buildversion", "version"),
    ("extaccount", "external_account"),
    ("host", "url"),
    ("ims", "external_account"),
    ("imsclientidentifier", "client_id"),
    ("operatorgroups", "groups"),
    ("org", "organization"),
    ("orgid", "id"),
    ("redirecturi", "callback_server"),
    ("redirecturl", "callback_server"),
];

/// A field that the schema lacks.
pub(super) struct Unknown<'a> {
    /// Its value.
    pub value: NodeRef<'a>,
    /// The path of the field that was meant, with dots.
    pub meant: Option<String>,
    pub diagnostic: Diagnostic,
}

/// What was meant by the name of a field.
enum Meant {
    /// A field of the same mapping.
    Here(String),
    /// A field of the same mapping, whose value stands right behind the colon.
    Joined(String),
    /// A field of other sections.
    Elsewhere(Vec<&'static str>, String),
    /// A field of the top level.
    Outside,
    /// The name of a group, which is its key.
    GroupName,
    /// The opposite of a flag of the same mapping.
    Opposite(String),
    /// Nothing that is known.
    Nothing,
}

/// A finding for each field of a mapping that the schema lacks, with the field that was probably meant.
pub(super) fn fields<'a>(at: &At<'a>, unexpected: &[String], schema: &Json) -> Vec<Unknown<'a>> {
    if let Some(section) = taken_for_a_name(at) {
        return vec![section];
    }
    let fields = schema["properties"].as_object();
    let fields = fields.into_iter().flatten().map(|(name, _)| name.as_str());
    let fields: Vec<&str> = fields.collect();
    let unexpected: HashSet<&str> = unexpected.iter().map(String::as_str).collect();
    let written: HashSet<&str> = at.node.members().map(|(key, _)| &**key).collect();
    let unknown = at.node.members();
    let unknown = unknown.filter(|(key, _)| unexpected.contains(&***key));
    unknown
        .map(|(key, value)| field(at, key, value, &fields, &written))
        .collect()
}

fn field<'a>(
    at: &At<'a>,
    key: &str,
    value: NodeRef<'a>,
    fields: &[&str],
    written: &HashSet<&str>,
) -> Unknown<'a> {
    let section = section(&at.path);
    let place = value.key_place();
    let message = format!("{} has no field `{}`", owner(&at.path), excerpt(key));
    let is_written = |field: &str| written.contains(field);
    let within = |field: &str| match section {
        "" => field.to_owned(),
        section => format!("{section}.{field}"),
    };
    let odd_blank = key
        .chars()
        .next()
        .filter(|c| c.is_whitespace() && !c.is_ascii());
    let (help, meant, fix) = match meant(section, key, value, fields) {
        _ if odd_blank.is_some() => {
            let code = odd_blank.map_or(0, u32::from);
            let help = format!(
                "indent it with ordinary spaces: U+{code:04X} before the name looks like one and is none"
            );
            let section = SECTIONS
                .iter()
                .find(|section| has_field(section, key.trim()));
            (
                help,
                section.map(|section| format!("{section}.{}", key.trim())),
                None,
            )
        }
        Meant::Here(field) if is_written(&field) => {
            let help =
                format!("did you mean `{field}`? It is written already: remove one of the two");
            (help, Some(within(&field)), None)
        }
        Meant::Here(field) if field == "client_secret" => {
            let help = "did you mean `client_secret: { env: IMS_CLIENT_SECRET }`? The secret itself is never written here";
            (help.to_owned(), Some(within(&field)), None)
        }
        Meant::Here(field) => {
            let help = format!("did you mean `{field}`?");
            let fix = is_same_name(key, &field).then(|| field.clone());
            (help, Some(within(&field)), fix)
        }
        Meant::Opposite(field) => {
            let help = match value.value() {
                Value::Bool(value) => format!("write `{field}: {}`", !value),
                _ => format!("write `{field}`, which says the opposite"),
            };
            (help, Some(within(&field)), None)
        }
        Meant::Joined(field) => {
            let help = format!("write a space after the colon: `{field}: …`");
            (help, Some(within(&field)), None)
        }
        Meant::Elsewhere(sections, field) => {
            let layer = layer(&at.path);
            let places: Vec<String> = sections
                .iter()
                .map(|it| match layer {
                    "" => (*it).to_owned(),
                    layer => format!("{layer}.{it}"),
                })
                .collect();
            let mut written = sections.iter().zip(&places);
            let written = written.find(|(section, _)| has_value(at, &format!("{section}.{field}")));
            let help = match written {
                Some((_, place)) => {
                    format!(
                        "`{field}` belongs under `{place}`, where it is written: remove it here"
                    )
                }
                None => format!("`{field}` belongs under {}: write it there", list(&places)),
            };
            let first = sections.first().filter(|_| sections.len() == 1);
            (
                help,
                first.map(|section| format!("{section}.{field}")),
                None,
            )
        }
        Meant::Outside => (
            belongs_outside(at, key, layer(&at.path)),
            Some(key.to_owned()),
            None,
        ),
        Meant::GroupName => {
            let help =
                "remove it: the group's key is its internal name, and `label` is what people see";
            (help.to_owned(), None, None)
        }
        Meant::Nothing if at.is_secret() => {
            let help = "write `env: NAME` or `file: PATH` in its place";
            (help.to_owned(), None, None)
        }
        Meant::Nothing => (unknown_help(key, fields, at.path.is_empty()), None, None),
    };
    let diagnostic = UNKNOWN_FIELD.at(place, message, help);
    let diagnostic = match fix {
        Some(field) => {
            let title = format!("write `{field}`");
            diagnostic.safe_fix(title, Change::Replace(place, field))
        }
        None => diagnostic,
    };
    Unknown {
        value,
        meant,
        diagnostic,
    }
}

fn meant(section: &str, key: &str, value: NodeRef<'_>, fields: &[&str]) -> Meant {
    // `x-…` is a place for anchors, not another spelling.
    if key.starts_with("x-") || key.starts_with("x_") {
        return Meant::Nothing;
    }
    let here = |field: &str| Meant::Here(field.to_owned());
    let plain_key = plain(key);
    if let Some(field) = fields.iter().find(|field| plain(field) == plain_key) {
        return here(field);
    }
    // `server` is the package's name for `experience_cloud_server`.
    let is_ims = |text: &str| IMS_HOSTS.iter().any(|host| text.contains(host));
    let is_of_ims = matches!(value.value(), Value::String(text) if is_ims(text));
    if matches!(key, "host" | "server" | "url") && is_of_ims && fields.contains(&"ims_server") {
        return here("ims_server");
    }
    if let Some(field) = other_name(key).filter(|field| fields.contains(field)) {
        return here(field);
    }
    if let Some(field) = joined(key, value, fields) {
        return Meant::Joined(field);
    }
    if let Some(field) = opposite(key, value, fields) {
        return Meant::Opposite(field);
    }
    if section.starts_with("groups.") && matches!(plain(key).as_str(), "name" | "internalname") {
        return Meant::GroupName;
    }
    let is_secret = secrets::sounds_like_secret(key);
    if is_secret && fields.contains(&"client_secret") {
        return here("client_secret");
    }
    if let Some(meant) = elsewhere(section, key) {
        return meant;
    }
    if is_top_level(key) && !fields.contains(&key) {
        return Meant::Outside;
    }
    // A secret is nowhere else, so no other name is near to it.
    let near = did_you_mean(key, fields).filter(|field| !is_secret && *field != "client_secret");
    let near = near.or_else(|| by_words(key, fields));
    near.map_or(Meant::Nothing, here)
}

/// The field that an attribute of a package, a label of the form or another tool's name stands for.
fn other_name(key: &str) -> Option<&'static str> {
    let attribute = FIELDS.iter().find(|field| field.attribute == Some(key));
    let key = plain(key);
    let other = || OTHER_NAMES.iter().find(|(name, _)| *name == key);
    let attribute = attribute.map(|field| field.name());
    attribute.or_else(|| other().map(|(_, field)| *field))
}

/// The field of `{number:9394}`: without a blank behind the colon, all of it is a key.
fn joined(key: &str, value: NodeRef<'_>, fields: &[&str]) -> Option<String> {
    let (name, _) = key.split_once(':')?;
    let is_alone = matches!(value.value(), Value::Null(NullForm::Empty));
    let mut fields = fields.iter().filter(|_| is_alone);
    let field = fields.find(|field| plain(field) == plain(name))?;
    Some((*field).to_owned())
}

/// A section that stands where the names of groups or of environments are due: what it holds is none of a group's or a patch's.
fn taken_for_a_name<'a>(at: &At<'a>) -> Option<Unknown<'a>> {
    let (above, name) = at
        .path
        .rsplit_once('.')
        .filter(|(_, it)| is_top_level(it))?;
    let (what, help, meant) = match (above, section(above)) {
        (ENVIRONMENTS, _) => (
            "the name of an environment",
            "an environment's name, such as `prod`, stands above its sections: indent this section below that name".to_owned(),
            None,
        ),
        (_, "groups") => (
            "an operator group",
            belongs_outside(at, name, layer(above)),
            Some(name.to_owned()),
        ),
        _ => return None,
    };
    let message = format!("`{name}` is taken for {what} here");
    Some(Unknown {
        value: at.node,
        meant,
        diagnostic: UNKNOWN_FIELD.at(at.place.key(), message, help),
    })
}

fn belongs_outside(at: &At<'_>, name: &str, layer: &str) -> String {
    match layer {
        "" if has_value(at, name) => {
            format!("`{name}` belongs at the top level, where it is written: remove it here")
        }
        "" => format!("`{name}` belongs at the top level: write it without indentation"),
        _ if name == ENVIRONMENTS => belongs_outside(at, name, ""),
        layer if has_value(at, name) => {
            format!("`{name}` belongs right under `{layer}`, where it is written: remove it here")
        }
        layer => format!("`{name}` belongs right under `{layer}`: write it there"),
    }
}

/// Whether the base, or the patch that a mapping is in, has a value at a path with dots.
fn has_value(at: &At<'_>, path: &str) -> bool {
    let outer: Vec<_> = iter::successors(Some(at.node), |node| node.outer()).collect();
    // A patch is below `environments` and its name.
    let levels = if layer(&at.path).is_empty() { 1 } else { 3 };
    let top = outer.len().checked_sub(levels).and_then(|at| outer.get(at));
    let mut keys = path.split('.');
    top.is_some_and(|top| keys.try_fold(*top, |node, key| node.get(key)).is_some())
}

/// The environment of a path, as far as it is one of the text as written; empty for the base.
fn layer(path: &str) -> &str {
    let section = section(path);
    let layer = path.strip_suffix(section).unwrap_or_default();
    layer.trim_end_matches('.')
}

fn is_top_level(name: &str) -> bool {
    !name.starts_with("x-") && schema::at([name]).is_some()
}

/// The only field whose name has all words of a key: `mask` is short for `association_mask`. What is due at a server is a URL, so words
/// that say no more do not count.
fn by_words<'f>(key: &str, fields: &[&'f str]) -> Option<&'f str> {
    let key = key.to_ascii_lowercase();
    let words = key.split(['_', '-', '.', ' ']);
    let words = words.filter(|it| !matches!(*it, "host" | "server" | "uri" | "url" | "value"));
    let words: Vec<&str> = words.collect();
    let has = |field: &str, word: &str| field.split('_').any(|it| it == word);
    let has_all = |field: &&&str| words.iter().all(|word| has(field, word));
    if words.is_empty() {
        return None;
    }
    let mut found = fields.iter().filter(has_all);
    let only = found.next().filter(|field| **field != "client_secret")?;
    found.next().is_none().then_some(only)
}

/// The flag that `disabled`, `not_enabled` or `is_disabled` is the opposite of, and `created`, as what exists is not to be made.
fn opposite(key: &str, value: NodeRef<'_>, fields: &[&str]) -> Option<String> {
    let name = plain(key);
    if let Some(field) = fields.iter().find(|field| is_done(key, field)) {
        return Some((*field).to_owned());
    }
    let name = name.strip_prefix("is").unwrap_or(&name);
    let bare = ["dis", "un", "not", "non", "no"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))?;
    let is_flag = matches!(value.value(), Value::Bool(_) | Value::String(_));
    let field = fields.iter().find(|field| {
        let field = plain(field);
        let field = field.trim_end_matches('d');
        let bare = bare.trim_end_matches('d');
        !bare.is_empty() && is_flag && (field == bare || field.trim_start_matches("en") == bare)
    });
    field.map(|field| (*field).to_owned())
}

/// The sections that have a field of this name, also one that is written with its section before a dot.
fn elsewhere(section: &str, key: &str) -> Option<Meant> {
    let (parent, name) = match key.rsplit_once('.') {
        Some((parent, name)) => (Some(parent), name),
        None => (None, key),
    };
    let (known, plain_name) = (other_name(name), plain(name));
    let mut name_there = None;
    let sections = SECTIONS.iter().copied().filter(|other| {
        let is_other = *other != section && parent.is_none_or(|parent| other.ends_with(parent));
        let fields = schema_at(other).and_then(|schema| schema["properties"].as_object());
        let mut names = fields
            .into_iter()
            .flatten()
            .map(|(field, _)| field.as_str());
        let found = names.find(|field| plain(field) == plain_name || known == Some(*field));
        let found = found.filter(|_| is_other);
        name_there = name_there.or(found);
        found.is_some()
    });
    let sections: Vec<&'static str> = sections.collect();
    let is_found = !sections.is_empty();
    is_found.then(|| Meant::Elsewhere(sections, name_there.unwrap_or(name).to_owned()))
}

fn has_field(section: &str, name: &str) -> bool {
    let fields = schema_at(section).and_then(|schema| schema.get("properties"));
    fields.is_some_and(|fields| fields.get(name).is_some())
}

fn schema_at(section: &str) -> Option<&'static Json> {
    schema::at(section.split('.'))
}

/// Whether a name can be corrected without asking: it differs in case and punctuation alone, or, long enough, in one letter.
fn is_same_name(key: &str, field: &str) -> bool {
    let is_near = plain(key).chars().count() >= 5 && edits(key, field) <= 1;
    let is_of_secret = secrets::sounds_like_secret(key) || secrets::sounds_like_secret(field);
    !is_of_secret && !is_done(key, field) && (plain(key) == plain(field) || is_near)
}

/// Whether a name says that what the field asks for is done.
fn is_done(key: &str, field: &str) -> bool {
    field == "create" && plain(key) == "created"
}

fn unknown_help(key: &str, fields: &[&str], is_root: bool) -> String {
    if fields.is_empty() {
        return "remove it".to_owned();
    }
    let fields = list(fields);
    if is_root {
        format!(
            "remove it, or write one of {fields}; a place for anchors is a field that begins with `x-`"
        )
    } else if key.starts_with("x-") {
        format!(
            "remove it: a field that begins with `x-` stands at the top level alone. Here the fields are {fields}"
        )
    } else {
        format!("remove it, or write one of {fields}")
    }
}
