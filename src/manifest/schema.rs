//! The JSON Schema of the manifest (draft 2020-12), derived from the types.
//!
//! It is a file that a test keeps equal to what the types say; the program reads the file.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

/// The published schema, as `schemas/ims-manifest.schema.json` has it; a test keeps that file equal to what the types say.
pub const TEXT: &str = include_str!("../../schemas/ims-manifest.schema.json");

/// The schema as a value. Reading it is a fraction of the work of deriving it, which every start of the program would pay.
#[expect(
    clippy::expect_used,
    reason = "the schema is a constant; a test reads it"
)]
pub(crate) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(TEXT).expect("the schema is JSON"));

/// The published schema, compiled. It is compiled where a manifest is not plainly right, so most runs never pay for it
/// (`docs/decisions/schema-check.md`).
#[expect(
    clippy::expect_used,
    reason = "the schema is a constant; a test compiles it"
)]
pub(crate) static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema compiles"));

/// The schema of a mapping's member: of its own field, else of any member.
pub(crate) fn member_schema<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    let field = schema.get("properties").and_then(|fields| fields.get(key));
    let any = || {
        schema
            .get("additionalProperties")
            .filter(|any| any.is_object())
    };
    field.or_else(any)
}

#[cfg(test)]
mod generate;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{generate::generated, *};

    #[test]
    fn the_schema_compiles_and_is_a_valid_schema() {
        assert!(jsonschema::meta::is_valid(&SCHEMA));
        assert!(!VALIDATOR.is_valid(&json!({})));
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
    fn the_file_is_up_to_date() {
        let root = env!("CARGO_MANIFEST_DIR");
        let path = format!("{root}/schemas/ims-manifest.schema.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, generated()).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(published, generated(), "run `UPDATE=1 cargo test`");
    }
}
