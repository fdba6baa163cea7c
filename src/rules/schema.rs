//! The schema check: what the `jsonschema` crate finds becomes one clear finding a mistake, in our words and at the right place.

use std::collections::{BTreeMap, HashSet};

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::Value as Json;

use super::catalogue::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use crate::{
    diagnostic::{Change, Claims, Diagnostic, excerpt},
    manifest::{
        ENVIRONMENTS, Manifest,
        schema::{SCHEMA, VALIDATOR},
    },
    secrets::sounds_like_secret,
    text::suggest::{did_you_mean, list},
    yaml::{self, NodeId, NodeRef, NullForm, Place, Style, Value, de},
};

/// Where an error of the validator is in the tree.
struct At<'a> {
    node: NodeRef<'a>,
    place: Place,
    /// The path in the manifest, with dots; empty for the manifest itself.
    path: String,
}

/// Checks one environment's tree by the schema.
pub fn environment(tree: NodeRef<'_>, claims: &mut Claims) {
    validate(tree, claims, |_| true);
}

/// Checks the text as written, environments and all, for what no patch can mend: unknown fields, and `environments` itself.
pub fn as_written(root: NodeRef<'_>, claims: &mut Claims) {
    if is_plainly_written(root) {
        return;
    }
    validate(root, claims, |error| {
        let path: Vec<String> = steps(error.instance_path().as_str()).collect();
        let is_environment = path.first().is_some_and(|first| first == ENVIRONMENTS);
        let kind = error.kind();
        matches!(kind, ValidationErrorKind::AdditionalProperties { .. })
            || is_environment && path.len() <= 2
    });
}

/// Whether the base and each patch have known fields alone, of the right types: then nothing is wrong with the text as written. Where
/// this says no, the schema itself decides.
fn is_plainly_written(root: NodeRef<'_>) -> bool {
    let reads = |node, extra| de::from_node_strict::<Manifest>(node, extra, true).is_ok();
    let patches = root
        .get(ENVIRONMENTS)
        .filter(|patches| patches.is_mapping());
    reads(root, &["x-", ENVIRONMENTS])
        && patches.is_some_and(|patches| {
            let mut members = patches.members().peekable();
            members.peek().is_some() && members.all(|(_, patch)| reads(patch, &["x-"]))
        })
}

fn validate(tree: NodeRef<'_>, claims: &mut Claims, wanted: impl Fn(&ValidationError<'_>) -> bool) {
    let json = yaml::to_json(tree);
    let mut missing: Vec<(NodeId, String, Diagnostic)> = Vec::new();
    // The required fields that are there under a misspelt name: one mistake, one finding.
    let mut misspelt: Vec<(NodeId, &str)> = Vec::new();
    // Of several errors at one value (its type, and its constant), the first in this order says it all.
    let mut values: BTreeMap<NodeId, (u8, Diagnostic)> = BTreeMap::new();
    for error in VALIDATOR.iter_errors(&json).filter(wanted) {
        let Some(at) = locate(tree, error.instance_path().as_str()) else {
            continue;
        };
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let fields = schema_of(&error).and_then(|schema| schema["properties"].as_object());
                let fields = fields.into_iter().flatten().map(|(name, _)| name.as_str());
                let fields: Vec<&str> = fields.collect();
                for (node, meant, diagnostic) in unknown_fields(&at, unexpected, &fields) {
                    misspelt.extend(meant.map(|meant| (at.place.node, meant)));
                    claims.push(diagnostic);
                    claims.claim_value(node);
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                missing.push((at.place.node, name.to_owned(), missing_field(&at, name)));
            }
            // An unknown field beside `env` or `file` has a finding of its own.
            ValidationErrorKind::MaxProperties { .. } if !at.has_both_references() => {}
            kind => {
                let (rank, diagnostic) = match kind {
                    ValidationErrorKind::Type { .. } => (0, wrong_type(&at, schema_of(&error))),
                    ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. } => {
                        (1, invalid_value(&at, schema_of(&error), kind))
                    }
                    _ => (2, invalid_value(&at, schema_of(&error), kind)),
                };
                let known = values.get(&at.place.node);
                if known.is_none_or(|(known, _)| rank < *known) {
                    values.insert(at.place.node, (rank, diagnostic));
                }
            }
        }
    }
    missing.retain(|(node, name, _)| !misspelt.contains(&(*node, name.as_str())));
    for (_, _, diagnostic) in missing {
        claims.push(diagnostic);
    }
    for (_, diagnostic) in values.into_values() {
        claims.push(diagnostic);
    }
}

impl At<'_> {
    /// Whether a secret reference has both of the fields of which it needs one.
    fn has_both_references(&self) -> bool {
        self.node.get("env").is_some() && self.node.get("file").is_some()
    }
}

/// The steps of a JSON Pointer.
fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

fn locate<'a>(tree: NodeRef<'a>, pointer: &str) -> Option<At<'a>> {
    let mut node = tree;
    let mut path = String::new();
    for step in steps(pointer) {
        if node.is_mapping() {
            node = node.get(&step)?;
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
        } else {
            node = node.items().nth(step.parse().ok()?)?;
            path.push_str(&format!("[{step}]"));
        }
    }
    let place = node.place();
    Some(At { node, place, path })
}

/// The schema that an error's keyword stands in.
fn schema_of(error: &ValidationError<'_>) -> Option<&'static Json> {
    let path = error.schema_path().as_str();
    SCHEMA.pointer(path.rsplit_once('/').map_or("", |(parent, _)| parent))
}

/// A finding for each field of a mapping that the schema lacks, with the field that was probably meant.
fn unknown_fields<'f>(
    at: &At<'_>,
    unexpected: &[String],
    fields: &[&'f str],
) -> Vec<(NodeId, Option<&'f str>, Diagnostic)> {
    let unexpected: HashSet<&str> = unexpected.iter().map(String::as_str).collect();
    let written: HashSet<&str> = at.node.members().map(|(key, _)| &**key).collect();
    let owner = owner(&at.path);
    let help = unknown_help(fields, at.path.is_empty());
    let unknown = at.node.members();
    let unknown = unknown.filter(|(key, _)| unexpected.contains(&***key));
    unknown
        .map(|(key, value)| {
            let place = value.key_place();
            // A value under a plain field is shown, so no name of a secret is taken for one, and nothing is renamed into or out of one.
            let is_secret = sounds_like_secret(key);
            let meant = did_you_mean(key, fields);
            let meant = meant.filter(|field| !is_secret || sounds_like_secret(field));
            let help = match meant {
                Some(field) if written.contains(field) => {
                    format!("did you mean `{field}`? It is written already: remove one of the two")
                }
                Some(field) => format!("did you mean `{field}`?"),
                None => help.clone(),
            };
            let message = format!("{owner} has no field `{}`", excerpt(key));
            let draft = UNKNOWN_FIELD.at(place, message, help);
            let may_be = |field: &&str| !written.contains(field) && !sounds_like_secret(field);
            let draft = match meant.filter(may_be) {
                Some(field) => {
                    let change = Change::Replace(place, field.to_owned());
                    draft.safe_fix(format!("write `{field}`"), change)
                }
                None => draft,
            };
            (value.id(), meant, draft)
        })
        .collect()
}

fn unknown_help(fields: &[&str], is_root: bool) -> String {
    let anchors = if is_root {
        "; a place for anchors is a field that begins with `x-`"
    } else {
        ""
    };
    if fields.is_empty() {
        "remove it".to_owned()
    } else {
        format!("remove it, or write one of {}{anchors}", list(fields))
    }
}

fn owner(path: &str) -> String {
    // A patch is spoken of as what it patches: the environment is named beside the finding.
    let mut steps = path.splitn(3, '.');
    let path = match (steps.next(), steps.next()) {
        (Some(ENVIRONMENTS), Some(_)) => steps.next().unwrap_or_default(),
        _ => path,
    };
    if path.is_empty() {
        "the manifest".to_owned()
    } else {
        format!("`{path}`")
    }
}

fn missing_field(at: &At<'_>, name: &str) -> Diagnostic {
    let pointer: String = at
        .path
        .split('.')
        .filter(|step| !step.is_empty())
        .chain([name])
        .flat_map(|step| ["/properties/", step])
        .collect();
    let field = SCHEMA.pointer(&pointer);
    let description = field
        .and_then(|field| field["description"].as_str())
        .unwrap_or_default();
    let example = field
        .and_then(|field| field["examples"].get(0))
        .map(flow)
        .unwrap_or_default();
    MISSING_FIELD
        .at(
            at.place.key(),
            format!("{} lacks `{name}`", owner(&at.path)),
            format!("add it, such as `{name}: {example}`. {description}"),
        )
        .key(name)
}

/// An example as YAML in one line.
fn flow(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", flow(value)))
                .collect();
            if fields.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", fields.join(", "))
            }
        }
        Json::Array(items) => format!(
            "[{}]",
            items.iter().map(flow).collect::<Vec<_>>().join(", ")
        ),
        Json::String(text) => crate::yaml::scalar(text),
        other => other.to_string(),
    }
}

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

fn is_what(value: &Value) -> &'static str {
    match value {
        Value::Null(NullForm::Empty) => "empty",
        Value::Null(_) => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(value) if value.abs() >= 1e18 => "too large a number",
        Value::Integer(_) | Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) | Value::Alias(_) => "a mapping",
    }
}

fn wrong_type(at: &At<'_>, schema: Option<&Json>) -> Diagnostic {
    let types: Vec<&str> = match schema.map(|schema| &schema["type"]) {
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
    let written = at.node.resolve().node();
    let text = written.text.as_deref().unwrap_or_default();
    let example = schema
        .and_then(|schema| schema["examples"].get(0))
        .map(flow);
    let help = match (at.node.value(), types.as_slice()) {
        (Value::Bool(_) | Value::Integer(_) | Value::Number(_), ["string"]) => {
            let help = format!("put it in quotes: `\"{text}\"`");
            return WRONG_TYPE.at(place, message, help).safe_fix("put it in quotes", Change::Quote(place));
        }
        (Value::String(_), ["boolean"]) => match boolean(text) {
            Some(value) => format!(
                "write `{value}`, without quotes: in YAML 1.2 only `true` and `false` are booleans"
            ),
            None => "write `true` or `false`, without quotes".to_owned(),
        },
        (Value::String(_), ["integer", ..])
            if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() =>
        {
            "write it without quotes".to_owned()
        }
        (Value::String(_), ["object"])
            if written.style == Style::Plain && text.contains(':') =>
        {
            "write a space after the colon, or each field on a line of its own".to_owned()
        }
        _ if at.path.is_empty() => {
            "write its fields, beginning with `version: 1`; `campaign-ims init` prints a manifest to start from".to_owned()
        }
        (Value::Mapping(_), ["string"]) => quote_help(at, example.as_deref()),
        _ => match example {
            Some(example) => format!("write it like `{example}`"),
            None if types == ["object"] => "write a mapping, such as `{}`".to_owned(),
            None => format!("write {due}"),
        },
    };
    WRONG_TYPE.at(place, message, help)
}

/// `Campaign: x - (.*)` without quotes is a mapping; people do not see it.
fn quote_help(at: &At<'_>, example: Option<&str>) -> String {
    let single = at.node.members().count() == 1;
    match example {
        _ if single => {
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

fn invalid_value(at: &At<'_>, schema: Option<&Json>, kind: &ValidationErrorKind) -> Diagnostic {
    let example = schema
        .and_then(|schema| schema["examples"].get(0))
        .map(flow)
        .unwrap_or_default();
    let shown = match at.node.value() {
        Value::String(text) => format!("`{}`", excerpt(text)),
        Value::Integer(value) => format!("`{value}`"),
        value => is_what(value).to_owned(),
    };
    let path = &at.path;
    let (message, help) = match kind {
        ValidationErrorKind::Constant { expected_value } => (
            format!("`{path}` is {shown}, but only {expected_value} is known"),
            format!("write `{path}: {expected_value}`"),
        ),
        ValidationErrorKind::Enum { options } => {
            let options: Vec<&str> = options
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .collect();
            let meant = match at.node.value() {
                Value::String(text) => did_you_mean(text, &options),
                _ => None,
            };
            let help = match meant {
                Some(option) => format!("did you mean `{option}`? Allowed are {}", list(&options)),
                None => format!("write one of {}", list(&options)),
            };
            (format!("`{path}` is {shown}, which is not allowed"), help)
        }
        ValidationErrorKind::MinLength { .. } => (
            format!("`{path}` is an empty string"),
            format!("write its value, such as `{example}`"),
        ),
        ValidationErrorKind::MinProperties { .. } if path == ENVIRONMENTS => (
            "`environments` names no environment".to_owned(),
            "add one, such as `prod: {}`, or remove the field".to_owned(),
        ),
        ValidationErrorKind::MinProperties { .. } => (
            format!("`{path}` says neither `env` nor `file`"),
            "write `{ env: NAME }` or `{ file: PATH }`".to_owned(),
        ),
        ValidationErrorKind::MaxProperties { .. } => (
            format!("`{path}` has both `env` and `file`"),
            "keep one of the two; in a patch, remove the other with `null`".to_owned(),
        ),
        // The pattern of `env` alone: its value is never shown, as people paste the secret there.
        ValidationErrorKind::Pattern { .. } if path.ends_with(".env") => (
            format!("`{path}` is not the name of an environment variable"),
            format!(
                "write the name of a variable, such as `{example}`: letters, digits and `_`. If this is the secret itself, replace it: it has been in the file"
            ),
        ),
        ValidationErrorKind::Pattern { .. } => {
            let digits = matches!(at.node.value(), Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()));
            let help = if digits {
                "write the number without quotes".to_owned()
            } else {
                format!("write a whole number such as `{example}`, or `\"*\"` for any")
            };
            (
                format!("`{path}` is {shown}, which is not a build number"),
                help,
            )
        }
        ValidationErrorKind::Minimum { limit } => (
            format!("`{path}` is {shown}, which is less than {limit}"),
            format!("write a whole number from {limit}"),
        ),
        ValidationErrorKind::Maximum { limit } => (
            format!("`{path}` is {shown}, which is more than {limit}"),
            format!("write a whole number up to {limit}"),
        ),
        _ => (
            format!("`{path}` has a value that is not allowed"),
            format!("write it like `{example}`"),
        ),
    };
    INVALID_VALUE.at(at.place, message, help)
}
