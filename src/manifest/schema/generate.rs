//! The published schema, derived from the types. `UPDATE=1 cargo test` writes it.
//!
//! The types describe one environment in full. The published schema is for the file: it requires fields only where there are no
//! `environments`, and takes a patch, every field optional and null allowed, for each of them.

use serde_json::{Map, Value, json};

use super::EXAMPLE;
use crate::{
    address::SITE,
    manifest::{
        ACCOUNT_NAME, BUILT_IN, DOCUMENTED_SCOPES, IMS_HOSTS, INTEGRATION, Manifest,
        OLD_ACCOUNT_NAME, PRODUCT_CONTEXT, fields::FIELDS,
    },
};

/// The mark by which the types say that a field is required.
const REQUIRED: &str = "x-required";

/// The schema as it is derived from the types, with a line end at the end: what the published file has to hold.
pub fn generated() -> String {
    let (mut base, required) = derived();
    let mut patch = base.clone();
    make_patch(&mut patch);
    let secret = "/properties/external_account/properties/client_secret";
    if let Some(Value::Object(secret)) = patch.pointer_mut(secret) {
        secret.extend(one_place());
    }
    let mut schema = Map::new();
    schema.insert(
        "$schema".into(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    let address = format!("{SITE}schemas/ims-manifest.schema.json");
    schema.insert("$id".into(), json!(address));
    if let Some(Value::Object(properties)) = base.get_mut("properties") {
        properties.insert("environments".into(), environments(patch));
    }
    if let Value::Object(base) = base {
        schema.extend(base);
    }
    schema.insert("patternProperties".into(), free_names());
    schema.insert("if".into(), json!({"not": {"required": ["environments"]}}));
    schema.insert("then".into(), required);
    let mut schema = Value::Object(schema);
    for_editors(&mut schema, "");
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Adds what editors show and offer, at a pointer into the manifest. An example is there for messages; editors would offer it as a value,
/// so what they may offer takes its place.
fn for_editors(schema: &mut Value, pointer: &str) {
    let Value::Object(fields) = schema else {
        return;
    };
    if let Some(Value::Array(examples)) = fields.remove("examples") {
        fields.insert(
            EXAMPLE.into(),
            examples.into_iter().next().unwrap_or_default(),
        );
    }
    if let Some(Value::String(text)) = fields.get("description") {
        let field = FIELDS.iter().find(|field| field.pointer == pointer);
        let attribute = field.and_then(|field| field.attribute);
        let package = attribute.map(|name| format!("\n\nIn the package: `{name}`."));
        let text = format!("{text}{}", package.unwrap_or_default());
        fields.insert("markdownDescription".into(), json!(text));
    }
    for (keyword, value) in offered(pointer) {
        fields.insert(keyword.into(), value);
    }
    for (keyword, value) in fields {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, field) in properties {
                    for_editors(field, &format!("{pointer}/{name}"));
                }
            }
            ("items", items) => for_editors(items, &format!("{pointer}/items")),
            ("additionalProperties", any) => {
                let inner = match pointer {
                    "/environments" => String::new(),
                    outer => format!("{outer}/*"),
                };
                for_editors(any, &inner);
            }
            _ => {}
        }
    }
}

/// What an editor offers and says beside the schema, in the keywords of `yaml-language-server`.
fn offered(pointer: &str) -> Vec<(&'static str, Value)> {
    let built_in = || {
        let groups = BUILT_IN.iter().map(|(name, label)| {
            json!({
                "label": name,
                "description": label.unwrap_or("a group of an optional package"),
                "body": { *name: {} },
            })
        });
        groups.collect::<Vec<_>>()
    };
    match pointer {
        "/groups" => vec![("defaultSnippets", Value::Array(built_in()))],
        "/external_account/scope/items" => vec![("examples", json!(DOCUMENTED_SCOPES))],
        "/external_account/ims_server" => vec![(
            "examples",
            json!(IMS_HOSTS.map(|host| format!("https://{host}"))),
        )],
        "/external_account/name" => vec![("examples", json!([ACCOUNT_NAME, OLD_ACCOUNT_NAME]))],
        "/external_account/product_context" => {
            vec![("examples", json!([PRODUCT_CONTEXT, "dma_campaign"]))]
        }
        // Its number is not public, and an editor would offer 0.
        "/external_account/type" => vec![("doNotSuggest", json!(true))],
        "/instance/packages/items" => {
            vec![("examples", json!([INTEGRATION]))]
        }
        "/instance/build/number" => vec![(
            "patternErrorMessage",
            json!(
                "Write the number without quotes, such as 9394; \"*\" is for the SOAP installation alone."
            ),
        )],
        "/external_account/client_secret/env" => vec![(
            "patternErrorMessage",
            json!("Write the name of an environment variable: letters, digits and _."),
        )],
        _ => Vec::new(),
    }
}

/// The types' schema, and apart from it which fields are required.
fn derived() -> (Value, Value) {
    let mut base: Value = schemars::schema_for!(Manifest).into();
    tidy(&mut base);
    let required = take_required(&mut base);
    if let Some(groups) = base.pointer_mut("/properties/groups/additionalProperties") {
        allow_null(groups);
    }
    (base, required)
}

/// What a patch for a secret's place may not hold: whatever it is a patch for, the result would have two places.
fn one_place() -> Map<String, Value> {
    let is_env = json!({"properties": {"env": {"type": "string"}}, "required": ["env"]});
    let no_file = json!({"properties": {"file": {"type": "null"}}});
    let keywords = [("if", is_env), ("then", no_file)].into_iter();
    keywords.map(|(it, schema)| (it.into(), schema)).collect()
}

/// The fields of a manifest, and of a patch for it, that may hold anything.
fn free_names() -> Value {
    json!({"^x-": true})
}

fn environments(mut patch: Value) -> Value {
    if let Value::Object(patch) = &mut patch {
        patch.insert("title".into(), json!("Environment"));
        patch.insert(
            "description".into(),
            json!("A JSON Merge Patch (RFC 7396) over everything above. The word null removes a field or a group."),
        );
        patch.insert(
            "examples".into(),
            json!([{"instance": {"name": "contoso-stage", "url": "https://stage.contoso.com"}}]),
        );
        patch.remove("$schema");
        patch.insert("patternProperties".into(), free_names());
    }
    json!({
        "type": "object",
        "title": "Environments",
        "description": "Environments by name, at least one. Each is the manifest with its patch applied, and is checked and rendered by itself.",
        "minProperties": 1,
        "additionalProperties": patch,
        "examples": [{"prod": {}, "stage": {"instance": {"name": "contoso-stage"}}}],
    })
}

/// Writes enumerations as `enum`, drops what only Rust has a use for, and makes a mapping's example of those of its required fields.
fn tidy(schema: &mut Value) {
    let Value::Object(fields) = schema else {
        return;
    };
    fields.remove("format");
    fields.remove("$schema");
    if let Some(Value::Array(choices)) = fields.remove("oneOf") {
        let values = choices
            .iter()
            .filter_map(|choice| choice.get("const").cloned());
        fields.insert("type".into(), json!("string"));
        fields.insert("enum".into(), Value::Array(values.collect()));
    }
    for child in children(fields) {
        tidy(child);
    }
    if let Some(Value::Object(properties)) = fields.get("properties")
        && !fields.contains_key("examples")
    {
        let required = properties
            .iter()
            .filter(|(_, field)| field.get(REQUIRED).is_some());
        let example: Map<String, Value> = required
            .filter_map(|(name, field)| Some((name.clone(), field.pointer("/examples/0")?.clone())))
            .collect();
        fields.insert("examples".into(), json!([example]));
    }
}

/// The subschemas that the types' schema can have.
fn children(fields: &mut Map<String, Value>) -> Vec<&mut Value> {
    let mut children = Vec::new();
    for (keyword, value) in fields {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => children.extend(properties.values_mut()),
            ("items" | "additionalProperties", value) if value.is_object() => children.push(value),
            _ => {}
        }
    }
    children
}

/// Takes the marks of required fields away; gives a schema that says nothing but which fields are required, and how many. A patch can
/// add what the base lacks, and remove what it has too much.
fn take_required(schema: &mut Value) -> Value {
    let mut required = Vec::new();
    let mut properties = Map::new();
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        for (name, field) in fields {
            if field
                .as_object_mut()
                .is_some_and(|field| field.remove(REQUIRED).is_some())
            {
                required.push(json!(name));
            }
            let inner = take_required(field);
            if inner != json!({}) {
                properties.insert(name.clone(), inner);
            }
        }
    }
    let mut result = Map::new();
    for keyword in ["minProperties", "maxProperties"] {
        let count = schema.as_object_mut().and_then(|it| it.remove(keyword));
        result.extend(count.map(|count| (keyword.to_owned(), count)));
    }
    if !required.is_empty() {
        result.insert("required".into(), Value::Array(required));
    }
    if !properties.is_empty() {
        result.insert("properties".into(), Value::Object(properties));
    }
    Value::Object(result)
}

/// Makes a schema take what a merge patch for its values may hold.
fn make_patch(schema: &mut Value) {
    allow_null(schema);
    if let Value::Object(fields) = schema {
        fields.remove("default");
        for (keyword, value) in fields {
            match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    properties.values_mut().for_each(make_patch)
                }
                // Lists are replaced as a whole, so their items stay as they are.
                ("additionalProperties", value) if value.is_object() => make_patch(value),
                _ => {}
            }
        }
    }
}

fn allow_null(schema: &mut Value) {
    let Value::Object(fields) = schema else {
        return;
    };
    if let Some(value) = fields.remove("const") {
        fields.insert("enum".into(), json!([value]));
    }
    if let Some(Value::Array(values)) = fields.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    match fields.get_mut("type") {
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        Some(kind @ Value::String(_)) => *kind = json!([kind.clone(), "null"]),
        _ => {}
    }
}
