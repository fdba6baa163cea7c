//! The JSON Schema of the manifest (draft 2020-12), derived from the types.
//!
//! It is a file that a test keeps equal to what the types say; the program reads the file.

use std::sync::LazyLock;

use serde_json::Value;

pub(crate) use broken::{Broken, Keyword, broken};

mod broken;

/// The keyword of an example, of which messages make use.
pub(crate) const EXAMPLE: &str = "x-example";

/// The published schema, as `schemas/ims-manifest.schema.json` has it; a test keeps that file equal to what the types say.
pub const TEXT: &str = include_str!("../../schemas/ims-manifest.schema.json");

/// The schema as a value. Reading it is a fraction of the work of deriving it, which every start of the program would pay.
#[expect(
    clippy::expect_used,
    reason = "the schema is a constant; a test reads it"
)]
pub(crate) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(TEXT).expect("the schema is JSON"));

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

/// The schema of a value, by the keys on the way to it.
pub(crate) fn at<'k>(keys: impl IntoIterator<Item = &'k str>) -> Option<&'static Value> {
    let mut keys = keys.into_iter();
    keys.try_fold(&*SCHEMA, |schema, key| member_schema(schema, key))
}

#[cfg(test)]
mod generate;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{generate::generated, *};
    use crate::{manifest::Manifest, yaml};

    #[test]
    fn the_schema_compiles_and_is_a_valid_schema() {
        assert!(jsonschema::meta::is_valid(&SCHEMA));
        assert!(!broken(&json!({})).is_empty());
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
                    !field[EXAMPLE].is_null() || name == "type",
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

    /// What is read strictly and called plainly right is right by the schema: of each right manifest with one value replaced, one
    /// field removed or one added.
    #[test]
    fn plainly_right_is_right_by_the_schema() {
        let (mut plain, mut right) = (0, 0);
        for text in crate::text::table::right_manifests() {
            if text.contains("environments:") {
                continue;
            }
            let lines: Vec<&str> = text.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                let key = line.split_once(':').map_or("", |(key, _)| key);
                for new in [
                    "", "x: 1", "null", "\"\"", "1", "1.0", "true", "[]", "{}", "[a]", "\"*\"",
                    "a b",
                ] {
                    let mut lines: Vec<String> =
                        lines.iter().map(|line| (*line).to_owned()).collect();
                    lines[at] = match new {
                        "" => String::new(),
                        "x: 1" => {
                            format!("{line}\n{}x: 1", &key[..key.len() - key.trim_start().len()])
                        }
                        new => format!("{key}: {new}"),
                    };
                    let (document, problems) = yaml::parse(&lines.join("\n"));
                    let Some(document) = document.filter(|_| problems.is_empty()) else {
                        continue;
                    };
                    let manifest = yaml::de::from_node_strict::<Manifest>(
                        document.root().unwrap(),
                        &["x-"],
                        false,
                    );
                    let is_plain = manifest.is_ok_and(|manifest| manifest.is_plainly_right());
                    let is_right = broken(&yaml::to_json(document.root().unwrap())).is_empty();
                    assert!(is_right || !is_plain, "{}", lines.join("\n"));
                    plain += usize::from(is_plain);
                    right += usize::from(is_right);
                }
            }
        }
        // Most of what is right is plainly right, else the strict reading would be of no use.
        assert!(plain > 500 && plain * 10 > right * 9, "{plain} of {right}");
    }
}
