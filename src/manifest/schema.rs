//! The JSON Schema of the manifest (draft 2020-12), derived from the types.
//!
//! The types describe one environment in full. The published schema is for the file: it requires fields only where there are no
//! `environments`, and takes a patch, every field optional and null allowed, for each of them.

use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::Manifest;
use crate::yaml::json::Yaml;

/// The mark by which the types say that a field is required.
const REQUIRED: &str = "x-required";

/// The published schema, as `schemas/ims-manifest.schema.json` has it; a test keeps that file equal to [`generated`].
pub const TEXT: &str = include_str!("../../schemas/ims-manifest.schema.json");

/// The schema as a value. Reading it is a fraction of the work of deriving it, which every start of the program would pay.
pub(super) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// The schema of one environment, its patch applied: the published one without what is for people and without `environments`.
/// It judges the same, and is read and compiled in a quarter of the time, which every start of the program pays.
pub(super) static CORE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("core.schema.json")).unwrap_or_default());

/// The schema of one environment, compiled for the YAML tree; nothing only if the schema itself were wrong, which a test rules
/// out.
///
/// It is compiled by draft 7, which gives the keywords that it uses the same meaning as draft 2020-12: the crate compiles the
/// draft's meta-schema first, and that of 2020-12 costs more than everything else that a check of one manifest does.
pub(super) static ENVIRONMENT: LazyLock<Option<Validator<Yaml>>> =
    LazyLock::new(|| compile(&CORE, Draft::Draft7));

/// The published schema, compiled for the YAML tree.
pub(super) static FILE: LazyLock<Option<Validator<Yaml>>> =
    LazyLock::new(|| compile(&SCHEMA, Draft::Draft7));

fn compile(schema: &Value, draft: Draft) -> Option<Validator<Yaml>> {
    jsonschema::options_for::<Yaml>()
        .with_draft(draft)
        .build(schema)
        .ok()
}

/// The schema of a mapping's member: of its own field, else of any member.
pub(super) fn member_schema<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    let field = schema.get("properties").and_then(|fields| fields.get(key));
    let any = || {
        schema
            .get("additionalProperties")
            .filter(|any| any.is_object())
    };
    field.or_else(any)
}

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

/// The schema of one environment, as it is derived from the types: what `core.schema.json` has to hold.
#[cfg(test)]
fn generated_core() -> String {
    let (mut schema, required) = derived();
    strip(&mut schema);
    require(&mut schema, &required);
    if let Value::Object(fields) = &mut schema {
        fields.insert("patternProperties".into(), json!({"^x-": true}));
    }
    format!("{schema}\n")
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

/// Drops what is for people.
#[cfg(test)]
fn strip(schema: &mut Value) {
    if let Value::Object(fields) = schema {
        for keyword in ["title", "description", "examples", "default"] {
            fields.remove(keyword);
        }
        children(fields).into_iter().for_each(strip);
    }
}

/// Puts required fields back where they are required.
#[cfg(test)]
fn require(schema: &mut Value, required: &Value) {
    if let (Value::Object(fields), Some(names)) = (&mut *schema, required.get("required")) {
        fields.insert("required".into(), names.clone());
    }
    for (name, required) in required["properties"].as_object().into_iter().flatten() {
        if let Some(field) = schema.pointer_mut(&format!("/properties/{name}")) {
            require(field, required);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_compiles_and_is_a_valid_schema() {
        assert!(ENVIRONMENT.is_some() && FILE.is_some());
        assert!(compile(&SCHEMA, Draft::Draft202012).is_some());
        assert!(jsonschema::meta::is_valid(&SCHEMA));
    }

    #[test]
    fn every_field_teaches() {
        fn walk(path: &str, schema: &Value, patch: bool) {
            for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                let path = format!("{path}/{name}");
                let patch = patch || name == "environments";
                assert!(field["title"].is_string(), "{path} has no title");
                assert!(
                    field["description"].is_string(),
                    "{path} has no description"
                );
                // The number of the account type is not public, so no example can be right.
                assert!(
                    field["examples"].is_array() || name == "type",
                    "{path} has no example"
                );
                walk(&path, field, patch);
                if field["additionalProperties"].is_object() {
                    walk(&path, &field["additionalProperties"], patch);
                }
            }
        }
        walk("", &SCHEMA, false);
    }

    #[test]
    fn the_files_are_up_to_date() {
        let root = env!("CARGO_MANIFEST_DIR");
        for (path, text) in [
            ("schemas/ims-manifest.schema.json", generated()),
            ("src/manifest/core.schema.json", generated_core()),
        ] {
            let path = format!("{root}/{path}");
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            let published = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(published, text, "run `UPDATE=1 cargo test`");
        }
    }

    #[test]
    fn the_core_judges_as_the_published_schema_does() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/right");
        let mut judged = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_none_or(|end| end != "yaml") {
                continue;
            }
            let text = std::fs::read_to_string(file).unwrap();
            let document = crate::yaml::parse(&text).0.unwrap();
            for environment in crate::manifest::environments(&document.root).0 {
                let mut fields = environment.tree.mapping().unwrap().members.len();
                while fields > 0 {
                    fields -= 1;
                    // Right as it is, and wrong without one of its fields.
                    let mut tree = (*environment.tree.resolve().0).clone();
                    if let crate::yaml::Value::Mapping(mapping) = &mut tree.value {
                        mapping.members.remove(fields);
                    }
                    for tree in [&*environment.tree, &tree] {
                        let view = crate::yaml::json::View::Node(tree);
                        let core = ENVIRONMENT.as_ref().unwrap().is_valid(view);
                        assert_eq!(core, FILE.as_ref().unwrap().is_valid(view));
                        judged += 1;
                    }
                }
            }
        }
        assert!(judged > 100);
    }

    #[test]
    fn only_keywords_are_used_that_mean_the_same_in_both_drafts() {
        const SAME: [&str; 24] = [
            "$schema",
            "title",
            "description",
            "examples",
            "default",
            "type",
            "enum",
            "const",
            "properties",
            "additionalProperties",
            "patternProperties",
            "required",
            "minLength",
            "pattern",
            "minimum",
            "maximum",
            "minProperties",
            "maxProperties",
            "items",
            "if",
            "then",
            "not",
            "minItems",
            "uniqueItems",
        ];
        fn walk(schema: &Value) {
            for (keyword, value) in schema.as_object().into_iter().flatten() {
                assert!(SAME.contains(&keyword.as_str()), "{keyword}");
                match keyword.as_str() {
                    "properties" | "patternProperties" => {
                        value.as_object().unwrap().values().for_each(walk)
                    }
                    "additionalProperties" | "items" | "if" | "then" | "not" => walk(value),
                    _ => {}
                }
            }
        }
        walk(&SCHEMA);
    }
}
