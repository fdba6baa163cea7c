//! The schema check: what of the schema is broken becomes one clear finding a mistake, in our words and at the right place.

mod located;
mod types;
mod unknown;

use std::collections::{BTreeMap, HashSet};

use serde_json::Value as Json;

use self::located::{At, Children, owner, section};
use super::catalogue::{INVALID_VALUE, MISSING_FIELD};
use crate::{
    diagnostic::{Claims, Diagnostic, excerpt},
    manifest::{
        ENVIRONMENTS, Environment, Manifest,
        schema::{self, Broken, EXAMPLE, Keyword},
    },
    secrets,
    text::suggest::{did_you_mean, list},
    yaml::{self, NodeId, NodeRef, NullForm, Removal, Value, de, steps},
};

/// Checks one environment's tree by the schema.
pub fn environment(tree: NodeRef<'_>, environment: &Environment, claims: &mut Claims) {
    validate(tree, Some(environment), claims, |_| true);
}

/// Checks the text as written, environments and all, for what no patch can mend: unknown fields, and `environments` itself.
pub fn as_written(root: NodeRef<'_>, claims: &mut Claims) {
    if is_plainly_written(root) {
        return;
    }
    validate(root, None, claims, |broken| {
        let path: Vec<String> = steps(&broken.pointer).collect();
        let is_environment = path.first().is_some_and(|first| first == ENVIRONMENTS);
        matches!(broken.keyword, Keyword::Unknown(_)) || is_environment && path.len() <= 2
    });
}

/// Empty values of the base that every environment overrides: what they were meant to be is not said.
pub fn empty_in_base(root: NodeRef<'_>, claims: &mut Claims) {
    fn is_null(node: NodeRef<'_>) -> bool {
        matches!(node.value(), Value::Null(_))
    }
    fn has_null(node: NodeRef<'_>) -> bool {
        is_null(node) || node.members().any(|(_, it)| has_null(it))
    }
    // Most bases have none, and an empty group is a group.
    let mut members = root.members();
    let has_any = members.any(|(key, value)| match &**key {
        ENVIRONMENTS => false,
        "groups" => is_null(value) || value.members().any(|(_, it)| !is_null(it) && has_null(it)),
        key => !key.starts_with("x-") && has_null(value),
    });
    if !has_any {
        return;
    }
    let mut found = Claims::default();
    validate(root, None, &mut found, |broken| {
        let path: Vec<String> = steps(&broken.pointer).collect();
        let node = path.iter().try_fold(root, |node, step| node.child(step));
        matches!(broken.keyword, Keyword::Type)
            && path.first().is_some_and(|first| first != ENVIRONMENTS)
            && node.is_some_and(is_null)
    });
    found.settle(None);
    for diagnostic in found.into_diagnostics() {
        if !claims.is_claimed(diagnostic.place.node) {
            claims.push(diagnostic);
        }
    }
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

fn validate(
    tree: NodeRef<'_>,
    environment: Option<&Environment>,
    claims: &mut Claims,
    wanted: impl Fn(&Broken) -> bool,
) {
    let json = yaml::to_json(tree);
    let removals = environment.map_or(&[][..], |it| &it.removals);
    let patch = environment.and_then(|it| it.patch);
    let is_in_patch = |node: NodeRef<'_>| patch.is_some_and(|patch| node.is_within(patch));
    let mut missing: Vec<(String, Diagnostic)> = Vec::new();
    // The required fields that are there under a misspelt name: one mistake, one finding.
    let mut misspelt: HashSet<String> = HashSet::new();
    // Of several errors at one value (its type, and its constant), the first in this order says it all.
    let mut values: BTreeMap<NodeId, (u8, Diagnostic)> = BTreeMap::new();
    // An anchored mapping may be used in several places.
    let mut unknown = HashSet::new();
    let mut children = Children::default();
    for broken in schema::broken(&json).into_iter().filter(wanted) {
        let Some(mut at) = children.locate(tree, &broken.pointer) else {
            continue;
        };
        at.is_in_patch = is_in_patch(at.node);
        if at.is_secret() && holds_secret(at.node, claims) {
            // The secret is what has to go; nothing more can be said of a value that holds it.
            claims.claim_value(at.place.node);
            continue;
        }
        let schema = broken.schema;
        match broken.keyword {
            Keyword::Unknown(names) => {
                if let Some(reference) = at.foreign_reference(&names) {
                    // A wrong type is an environment's, not the text's.
                    if environment.is_some() {
                        at.node = reference;
                        at.place = reference.place();
                        values.insert(at.place.node, (0, types::foreign_mapping(&at)));
                    }
                    continue;
                }
                for field in unknown::fields(&at, &names, schema) {
                    if let Some(meant) = field.meant {
                        // `group-not-builtin` speaks of a group that lacks it.
                        if meant.ends_with(".create") {
                            claims.mark_incomplete(at.place.node);
                        }
                        // What a patch means to change is not judged by what is above it.
                        let kept = children.find(tree, &meant);
                        let kept = kept.filter(|it| !is_in_patch(*it));
                        if let Some(kept) = kept.filter(|_| is_in_patch(field.value)) {
                            claims.claim_value(kept.id());
                        }
                        misspelt.insert(meant);
                    }
                    if unknown.insert(field.diagnostic.place.node) {
                        claims.push(field.diagnostic);
                    }
                    claims.claim_value(field.value.id());
                }
            }
            Keyword::Required(name) => {
                let path = [at.path.as_str(), &name].join(".");
                let path = path.trim_start_matches('.').to_owned();
                missing.push((path, missing_field(&at, &name, removals)));
            }
            // An environment whose name is no string has a finding of its own.
            Keyword::MinProperties if at.path == ENVIRONMENTS && at.node.has_other_keys() => {}
            // An unknown field beside `env` or `file` has a finding of its own.
            Keyword::MaxProperties if !at.has_both_references() => {}
            keyword => {
                if keyword == Keyword::MaxProperties {
                    at.point_at_patch(is_in_patch);
                }
                // `group-not-builtin` speaks of the group that lacks it.
                if keyword == Keyword::Type
                    && types::is_misplaced_field_of_group(&at)
                    && let Some(group) = at.before()
                {
                    claims.mark_incomplete(group.id());
                }
                let (rank, diagnostic) = match keyword {
                    Keyword::Pattern if at.is_quoted_number(schema) => {
                        (0, types::wrong_type(&at, schema))
                    }
                    Keyword::Type => (0, types::wrong_type(&at, schema)),
                    Keyword::Constant | Keyword::Enum => (1, invalid_value(&at, schema, &keyword)),
                    Keyword::MinProperties => (2, too_few(&at, schema, removals)),
                    _ => (2, invalid_value(&at, schema, &keyword)),
                };
                let known = values.get(&at.place.node);
                if known.is_none_or(|(known, _)| rank < *known) {
                    values.insert(at.place.node, (rank, diagnostic));
                }
            }
        }
    }
    missing.retain(|(path, _)| !misspelt.contains(path));
    // The fields of a section that seems to be empty stand beside it.
    for section in misspelt.iter().filter_map(|path| path.rsplit_once('.')) {
        let section = children.find(tree, section.0);
        let empty = section.filter(|it| matches!(it.value(), Value::Null(NullForm::Empty)));
        empty.and_then(|it| values.remove(&it.id()));
    }
    claims.extend(missing.into_iter().map(|(_, diagnostic)| diagnostic));
    claims.extend(values.into_values().map(|(_, diagnostic)| diagnostic));
}

/// Whether a value, or one within it, is a secret.
fn holds_secret(node: NodeRef<'_>, claims: &Claims) -> bool {
    let mut within = node.members().map(|(_, value)| value).chain(node.items());
    claims.is_secret(node.id()) || within.any(|value| holds_secret(value, claims))
}

impl<'a> At<'a> {
    /// The reference to a secret as another tool has them, where unexpected fields are all of it. In a patch it is the patch's.
    fn foreign_reference(&self, unexpected: &[String]) -> Option<NodeRef<'a>> {
        let mut keys = unexpected.iter();
        if !self.is_secret() || !keys.all(|key| secrets::FOREIGN_KEYS.contains(&key.as_str())) {
            return None;
        }
        if self.node.members().count() == unexpected.len() {
            return Some(self.node);
        }
        let written = self.node.get(unexpected.first()?)?.outer()?;
        (written.members().count() == unexpected.len()).then_some(written)
    }

    /// Moves from a secret reference with two places to the patch that brings one of them: the patch has to change.
    fn point_at_patch(&mut self, is_in_patch: impl Fn(NodeRef<'_>) -> bool) {
        let fields = ["env", "file"].into_iter();
        let mut written = fields.filter_map(|field| self.node.get(field)?.outer());
        if let Some(written) = written.find(|it| is_in_patch(*it)) {
            self.is_in_patch = true;
            self.place = written.place();
            self.node = written;
        }
    }

    /// The member before it of the mapping that it is written in.
    fn before(&self) -> Option<NodeRef<'a>> {
        let members = self.node.outer()?.members().map(|(_, value)| value);
        members.take_while(|it| it.id() != self.node.id()).last()
    }

    /// Whether it is a build number in quotes.
    fn is_quoted_number(&self, schema: &Json) -> bool {
        let is_number = matches!(self.node.value(), Value::String(text) if types::whole_number(text, schema).is_some());
        is_number && self.path.ends_with("build.number")
    }

    /// Whether a secret reference has both of the fields of which it needs one.
    fn has_both_references(&self) -> bool {
        self.node.get("env").is_some() && self.node.get("file").is_some()
    }
}

fn missing_field(at: &At<'_>, name: &str, removals: &[Removal]) -> Diagnostic {
    let keys = at.path.split('.').filter(|key| !key.is_empty());
    let field = schema::at(keys.chain([name]));
    let description = field
        .and_then(|field| field["description"].as_str())
        .unwrap_or_default();
    let example = field
        .and_then(|field| field.get(EXAMPLE))
        .map(flow)
        .unwrap_or_default();
    let mut nulls = removals.iter();
    let is_it = |it: &&Removal| it.from == Some(at.node.id()) && &*it.key == name;
    let diagnostic = match nulls.find(is_it) {
        Some(null) => MISSING_FIELD.at(
            null.place,
            format!("this `null` removes `{name}`, which {} needs", owner(&at.path)),
            format!("remove `{name}: null`, or write the value instead, such as `{name}: {example}`. {description}"),
        ),
        None => MISSING_FIELD.at(
            at.place.key(),
            format!("{} lacks `{name}`", owner(&at.path)),
            format!("add it, such as `{name}: {example}`. {description}"),
        ),
    };
    diagnostic.key(name).needs(at.place)
}

/// A mapping with no field left: a `null` of the patch took the last one, or none is written.
fn too_few(at: &At<'_>, schema: &Json, removals: &[Removal]) -> Diagnostic {
    let found = invalid_value(at, schema, &Keyword::MinProperties);
    let mut nulls = removals.iter();
    match nulls.find(|it| it.from == Some(at.node.id())) {
        Some(null) => {
            let help = format!(
                "write the value in place of `null`, or remove `{}: null`",
                null.key
            );
            INVALID_VALUE.at(
                null.place,
                format!("with this `null`, {}", found.message),
                help,
            )
        }
        None => found,
    }
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

fn invalid_value(at: &At<'_>, schema: &Json, keyword: &Keyword) -> Diagnostic {
    let example = schema.get(EXAMPLE).map(flow).unwrap_or_default();
    let shown = match at.node.value() {
        Value::String(text) => format!("`{}`", excerpt(text)),
        Value::Integer(value) => format!("`{value}`"),
        value => types::is_what(value).to_owned(),
    };
    let path = &at.path;
    let (message, help) = match keyword {
        Keyword::Constant => {
            let known = &schema["const"];
            (
                format!("`{path}` is {shown}, but only {known} is known"),
                format!("write `{path}: {known}`"),
            )
        }
        Keyword::Enum => {
            let options = types::options(schema);
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
        Keyword::MinLength => (
            format!("`{path}` is an empty string"),
            match example.as_str() {
                "" => "write its value, or remove it".to_owned(),
                example => format!("write its value, such as `{example}`"),
            },
        ),
        Keyword::MinProperties if path == ENVIRONMENTS => (
            "`environments` names no environment".to_owned(),
            "add one, such as `prod: {}`, or remove the field".to_owned(),
        ),
        Keyword::MinProperties => (
            format!("`{path}` says neither `env` nor `file`"),
            "write `{ env: NAME }` or `{ file: PATH }`".to_owned(),
        ),
        Keyword::MaxProperties => (
            format!("`{path}` has both `env` and `file`"),
            match ["env", "file"].iter().find(|it| at.node.get(it).is_none()) {
                Some(of_base) => {
                    format!("add `{of_base}: null`: a patch keeps what it does not remove")
                }
                None if at.is_in_patch => {
                    "keep one of the two; where the base has the other, write `null` for it"
                        .to_owned()
                }
                None => "keep one of the two".to_owned(),
            },
        ),
        // The pattern of `env` alone: its value is never shown, as people paste the secret there.
        Keyword::Pattern if path.ends_with(".env") => (
            format!("`{path}` is not the name of an environment variable"),
            format!(
                "write the name of a variable, such as `{example}`: letters, digits and `_`. If this is the secret itself, replace it: it has been in the file"
            ),
        ),
        Keyword::Pattern => (
            format!("`{path}` is {shown}, which is not a build number"),
            format!("write a whole number such as `{example}`, or `\"*\"` for any"),
        ),
        Keyword::Minimum => {
            let limit = &schema["minimum"];
            (
                format!("`{path}` is {shown}, which is less than {limit}"),
                format!("write a whole number from {limit}"),
            )
        }
        Keyword::Maximum => {
            let limit = &schema["maximum"];
            (
                format!("`{path}` is {shown}, which is more than {limit}"),
                format!("write a whole number up to {limit}"),
            )
        }
        _ => (
            format!("`{path}` has a value that is not allowed"),
            format!("write it like `{example}`"),
        ),
    };
    INVALID_VALUE.at(at.place, message, help)
}
