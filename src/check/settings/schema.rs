//! The JSON Schema of `campaign-ims.toml` (draft 2020-12), made from the list of rules.

use serde_json::{Map, Value, json};

use crate::rules;

/// The schema as it is published, with a line end at the end.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn schema() -> Value {
    let mut ids: Vec<_> = rules::RULES.iter().collect();
    ids.sort_by_key(|rule| rule.id);
    let levels: Map<String, Value> = ids
        .into_iter()
        .map(|rule| {
            let guarded = rule.is_guarded;
            let level = json!({
                "title": rule.id,
                "description": if guarded {
                    "Always an error.".to_owned()
                } else {
                    format!("By itself: {}.", rule.severity)
                },
                "type": "string",
                "enum": if guarded { json!(["error"]) } else { json!(["error", "warning", "note", "off"]) },
            });
            (rule.id.to_owned(), level)
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "campaign-ims.toml",
        "description": "Settings of campaign-ims for the manifests in this folder and below it.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "rules": {
                "title": "Rules",
                "description": "The level of each rule that is not to be at its own.",
                "type": "object",
                "additionalProperties": false,
                "properties": levels,
                "examples": [{"mask-tenant": "off", "group-not-builtin": "error"}],
            },
            "exclude": {
                "title": "Exclude",
                "description": "Globs of files that a walk through folders passes over, relative to this file and read as in a .gitignore, without `!`.",
                "type": "array",
                "items": {"type": "string", "pattern": "^[^!#]"},
                "examples": [["archive/**"]],
            },
            "known_ims_servers": {
                "title": "Known IMS servers",
                "description": "Host names of IMS servers besides those that Adobe documents.",
                "type": "array",
                "items": {"type": "string", "pattern": "^[^\\s/:@?#]+$"},
                "examples": [["ims-de1.adobelogin.com"]],
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_reader_takes() {
        let validator = jsonschema::draft202012::new(&schema()).unwrap();
        assert!(jsonschema::meta::is_valid(&schema()));
        for (settings, right) in [
            (json!({}), true),
            (json!({"rules": {"mask-tenant": "off"}}), true),
            (json!({"rules": {"mask-tenant": "warn"}}), false),
            (json!({"rules": {"secret-in-manifest": "off"}}), false),
            (
                json!({"known_ims_servers": ["https://ims.example.net"]}),
                false,
            ),
            (
                json!({"exclude": ["a/**"], "known_ims_servers": ["ims.example.net"]}),
                true,
            ),
            (json!({"excludes": []}), false),
        ] {
            assert_eq!(validator.is_valid(&settings), right, "{settings}");
        }
    }

    #[test]
    fn the_published_file_is_up_to_date() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/schemas/campaign-ims.schema.json"
        );
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, text()).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(path).unwrap_or_default(),
            text(),
            "run `UPDATE=1 cargo test`"
        );
    }
}
