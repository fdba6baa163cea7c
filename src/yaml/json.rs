//! The tree as JSON, for the schema check.

use serde_json::{Map, Number, Value as Json};

use super::node::{Node, Value};

/// A node as JSON, aliases expanded. A number that is not written in plain decimal digits (`1.0`, `1e3`) is no whole number in JSON
/// either, other than JSON Schema would have it.
pub fn to_json(node: &Node) -> Json {
    match &node.resolve().0.value {
        Value::Null(_) | Value::Alias(_) => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Number(value) if value.fract() == 0.0 => Json::from(0.5),
        Value::Number(value) => Number::from_f64(*value).map_or(Json::from(0.5), Json::Number),
        Value::String(text) => Json::from(&**text),
        Value::Sequence(items) => items.iter().map(|item| to_json(item)).collect(),
        Value::Mapping(mapping) => {
            let members = mapping.members.iter();
            let members = members.map(|member| (member.key.to_string(), to_json(&member.value)));
            Json::Object(members.collect::<Map<_, _>>())
        }
    }
}
