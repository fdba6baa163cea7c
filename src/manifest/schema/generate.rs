//! The published schema, derived from the types. `UPDATE=1 cargo test` writes it.
//!
//! The types describe one environment in full. The published schema is for the file: it requires fields only where there are no
//! `environments`, and takes a patch, every field optional and null allowed, for each of them.

use serde_json::{Map, Value, json};

use crate::{address::SITE, manifest::Manifest};

/// The mark by which the types say that a field is required.
const REQUIRED: &str = "x-required";

/// The schema as it is derived from the types, with a line end at the end: what the published file has to hold.
pub fn generated() -> String {
    let (mut base, required) = derived();
    let mut patch = base.clone();
    make_patch(&mut patch);
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
    schema.insert("patternProperties".into(), json!({"^x-": true}));
    schema.insert("if".into(), json!({"not": {"required": ["environments"]}}));
    schema.insert("then".into(), required);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
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

/// Takes the marks of required fields away; gives a schema that says nothing but which fields are required.
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
        // A patch may add one member and remove another, or name just the one that it changes.
        fields.remove("minProperties");
        fields.remove("maxProperties");
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
