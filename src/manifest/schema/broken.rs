//! What of the schema a manifest breaks.
//!
//! The program asks the `jsonschema` crate. The page for browsers, which would be twice as large with it, asks `small`, which knows
//! the keywords of this one schema. Tests hold the two against each other.

use serde_json::Value;

/// A keyword of the schema that a value does not keep.
#[derive(Debug, PartialEq)]
pub struct Broken {
    /// The JSON Pointer to the value.
    pub pointer: String,
    /// The part of the schema that the keyword stands in.
    pub schema: &'static Value,
    pub keyword: Keyword,
}

/// The keywords that a manifest can break.
#[derive(Debug, PartialEq)]
pub enum Keyword {
    /// `additionalProperties`: the members that the schema lacks.
    Unknown(Vec<String>),
    /// `required`: a member that is not there.
    Required(String),
    /// `type`.
    Type,
    /// `const`.
    Constant,
    /// `enum`.
    Enum,
    /// `pattern`.
    Pattern,
    /// `minLength`.
    MinLength,
    /// `minimum`.
    Minimum,
    /// `maximum`.
    Maximum,
    /// `minProperties`.
    MinProperties,
    /// `maxProperties`.
    MaxProperties,
}

#[cfg(feature = "cli")]
pub use full::broken;
#[cfg(not(feature = "cli"))]
pub use small::broken;

#[cfg(feature = "cli")]
mod full {
    use std::sync::LazyLock;

    use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};

    use super::{super::SCHEMA, Broken, Keyword, Value};

    /// The published schema, compiled where a manifest is not plainly right: most runs never pay for it
    /// (`docs/decisions/schema-check.md`).
    #[expect(
        clippy::expect_used,
        reason = "the schema is a constant; a test compiles it"
    )]
    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema compiles"));

    /// What a value breaks.
    pub fn broken(value: &Value) -> Vec<Broken> {
        VALIDATOR.iter_errors(value).filter_map(told).collect()
    }

    fn told(error: ValidationError<'_>) -> Option<Broken> {
        let keyword = match error.kind() {
            Kind::AdditionalProperties { unexpected } => Keyword::Unknown(unexpected.clone()),
            Kind::Required { property } => Keyword::Required(property.as_str()?.to_owned()),
            Kind::Type { .. } => Keyword::Type,
            Kind::Constant { .. } => Keyword::Constant,
            Kind::Enum { .. } => Keyword::Enum,
            Kind::Pattern { .. } => Keyword::Pattern,
            Kind::MinLength { .. } => Keyword::MinLength,
            Kind::Minimum { .. } => Keyword::Minimum,
            Kind::Maximum { .. } => Keyword::Maximum,
            Kind::MinProperties { .. } => Keyword::MinProperties,
            Kind::MaxProperties { .. } => Keyword::MaxProperties,
            kind => unreachable!("the schema has no keyword for {kind:?}"),
        };
        let (schema, _) = error.schema_path().as_str().rsplit_once('/')?;
        Some(Broken {
            pointer: error.instance_path().as_str().to_owned(),
            schema: SCHEMA.pointer(schema)?,
            keyword,
        })
    }
}

#[cfg(any(test, not(feature = "cli")))]
mod small {
    use std::{collections::BTreeMap, sync::LazyLock};

    use regex::Regex;
    use serde_json::Map;

    use super::{
        super::{SCHEMA, member_schema},
        Broken, Keyword, Value,
    };
    use crate::yaml::to_step;

    /// The schema's patterns, of texts and of names.
    static PATTERNS: LazyLock<BTreeMap<&'static str, Regex>> = LazyLock::new(|| {
        let mut patterns = BTreeMap::new();
        collect(&SCHEMA, &mut patterns);
        patterns
    });

    #[expect(
        clippy::expect_used,
        reason = "the schema is a constant; a test compiles it"
    )]
    fn collect(schema: &'static Value, patterns: &mut BTreeMap<&'static str, Regex>) {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            let names = value.as_object().filter(|_| keyword == "patternProperties");
            let names = names.into_iter().flatten().map(|(name, _)| name.as_str());
            let own = value.as_str().filter(|_| keyword == "pattern");
            for pattern in names.chain(own) {
                patterns.insert(pattern, Regex::new(pattern).expect("a pattern"));
            }
            collect(value, patterns);
        }
    }

    fn matches(pattern: &str, text: &str) -> bool {
        let pattern = PATTERNS.get(pattern);
        pattern.is_some_and(|pattern| pattern.is_match(text))
    }

    /// What a value breaks.
    pub fn broken(value: &Value) -> Vec<Broken> {
        let mut broken = Vec::new();
        check(value, &SCHEMA, "", &mut broken);
        broken
    }

    fn check(value: &Value, schema: &'static Value, pointer: &str, broken: &mut Vec<Broken>) {
        let mut tell = |keyword| {
            broken.push(Broken {
                pointer: pointer.to_owned(),
                schema,
                keyword,
            });
        };
        for (keyword, due) in schema.as_object().into_iter().flatten() {
            if let Some(keyword) = breaks(value, keyword, due) {
                tell(keyword);
            }
        }
        if let Some(members) = value.as_object() {
            for name in names(&schema["required"]).filter(|name| !members.contains_key(*name)) {
                tell(Keyword::Required(name.to_owned()));
            }
            let unknown = unknown(members, schema);
            if !unknown.is_empty() {
                tell(Keyword::Unknown(unknown));
            }
            for (name, member) in members {
                if let Some(schema) = member_schema(schema, name) {
                    check(
                        member,
                        schema,
                        &format!("{pointer}/{}", to_step(name)),
                        broken,
                    );
                }
            }
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            check(
                item,
                &schema["items"],
                &format!("{pointer}/{index}"),
                broken,
            );
        }
        if applies(value, &schema["if"]) {
            check(value, &schema["then"], pointer, broken);
        }
    }

    /// The keyword, if a single value breaks it.
    fn breaks(value: &Value, keyword: &str, due: &Value) -> Option<Keyword> {
        let text = value.as_str();
        let number = value.as_f64().zip(due.as_f64());
        let size =
            |size: Option<usize>| size.zip(due.as_u64()).map(|(size, due)| (size as u64, due));
        let length = size(text.map(|text| text.chars().count()));
        let members = size(value.as_object().map(Map::len));
        let (is_broken, keyword) = match keyword {
            "type" => (!is_of(value, due), Keyword::Type),
            "const" => (value != due, Keyword::Constant),
            "enum" => {
                let options = due.as_array();
                (
                    options.is_some_and(|options| !options.contains(value)),
                    Keyword::Enum,
                )
            }
            "pattern" => {
                let pattern = text.zip(due.as_str());
                let is_broken = pattern.is_some_and(|(text, pattern)| !matches(pattern, text));
                (is_broken, Keyword::Pattern)
            }
            "minLength" => (length.is_some_and(|(is, due)| is < due), Keyword::MinLength),
            "minimum" => (number.is_some_and(|(is, due)| is < due), Keyword::Minimum),
            "maximum" => (number.is_some_and(|(is, due)| is > due), Keyword::Maximum),
            "minProperties" => (
                members.is_some_and(|(is, due)| is < due),
                Keyword::MinProperties,
            ),
            "maxProperties" => (
                members.is_some_and(|(is, due)| is > due),
                Keyword::MaxProperties,
            ),
            _ => return None,
        };
        is_broken.then_some(keyword)
    }

    /// Whether a value is of a type, or of one of several.
    fn is_of(value: &Value, due: &Value) -> bool {
        if let Value::Array(types) = due {
            return types.iter().any(|due| is_of(value, due));
        }
        match value {
            Value::Null => due == "null",
            Value::Bool(_) => due == "boolean",
            Value::Number(number) => due == "integer" && !number.is_f64(),
            Value::String(_) => due == "string",
            Value::Array(_) => due == "array",
            Value::Object(_) => due == "object",
        }
    }

    /// Whether there is a condition that holds for a value.
    fn applies(value: &Value, condition: &'static Value) -> bool {
        let keeps = |schema| {
            let mut broken = Vec::new();
            check(value, schema, "", &mut broken);
            broken.is_empty()
        };
        match condition.get("not") {
            Some(not) => !keeps(not),
            None => condition.is_object() && keeps(condition),
        }
    }

    fn names(list: &Value) -> impl Iterator<Item = &str> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(Value::as_str)
    }

    fn unknown(members: &Map<String, Value>, schema: &Value) -> Vec<String> {
        if schema["additionalProperties"] != Value::Bool(false) {
            return Vec::new();
        }
        let free = schema["patternProperties"].as_object();
        let is_free = |name: &str| free.is_some_and(|free| free.keys().any(|p| matches(p, name)));
        let names = members
            .keys()
            .filter(|name| schema["properties"].get(name).is_none());
        names.filter(|name| !is_free(name)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Values that may stand in for another. The tree gives no number that is whole and has a fraction (`1.0`).
    const ODDITIES: &str = r#"[
        null, true, 0, 1, -1, 12, 0.5, 18446744073709551615, "", "é", "*", "9394", "A_B", "a b",
        [], [1], ["a"], {}, {"x-a": 1}, {"a~b/c": {}}, {"env": "A"}, {"env": "A", "file": "b"},
        {"environments": {}}
    ]"#;

    /// Each value within a value, as its pointer.
    fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        let members = value.as_object().into_iter().flatten();
        for (name, member) in members {
            pointers(member, &format!("{at}/{}", crate::yaml::to_step(name)), all);
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            pointers(item, &format!("{at}/{index}"), all);
        }
    }

    fn judge(value: &Value) -> usize {
        let (mut full, mut small) = (full::broken(value), small::broken(value));
        for broken in [&mut full, &mut small] {
            broken.sort_by_key(|broken| format!("{broken:?}"));
        }
        assert_eq!(small, full, "{value:#}");
        full.len()
    }

    /// Every place of every right manifest, with each oddity in its place, beside it, or nothing there.
    #[test]
    fn the_small_reading_and_the_crate_agree() {
        let oddities: Vec<Value> = serde_json::from_str(ODDITIES).unwrap();
        let (mut found, mut seen) = (0, HashSet::new());
        for text in crate::text::table::right_manifests() {
            let (document, _) = crate::yaml::parse(&text);
            let right = crate::yaml::to_json(document.unwrap().root().unwrap());
            assert_eq!(judge(&right), 0);
            let mut all = Vec::new();
            pointers(&right, "", &mut all);
            for pointer in all.iter().filter(|pointer| seen.insert((*pointer).clone())) {
                for oddity in &oddities {
                    let mut value = right.clone();
                    *value.pointer_mut(pointer).unwrap() = oddity.clone();
                    found += judge(&value);
                    let mut value = right.clone();
                    if let Some(members) = value.pointer_mut(pointer).unwrap().as_object_mut() {
                        members.insert("env".to_owned(), oddity.clone());
                        found += judge(&value);
                    }
                }
                let (parent, step) = pointer.rsplit_once('/').unwrap_or_default();
                let mut value = right.clone();
                if let Some(members) = value.pointer_mut(parent).unwrap().as_object_mut() {
                    members.shift_remove(&crate::yaml::from_step(step));
                    found += judge(&value);
                }
            }
        }
        assert!(found > 5_000, "{found}");
    }
}
