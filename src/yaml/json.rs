//! The tree as JSON, for the schema check.

use serde_json::{Number, Value as Json};

use super::{NodeRef, Value};

/// A node as JSON, aliases expanded. A number that is not written in plain decimal digits (`1.0`, `1e3`) is no whole number in JSON
/// either, other than JSON Schema would have it.
pub fn to_json(node: NodeRef<'_>) -> Json {
    match node.value() {
        Value::Null(_) | Value::Alias(_) => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Number(value) if value.fract() == 0.0 => Json::from(0.5),
        Value::Number(value) => Number::from_f64(*value).map_or(Json::from(0.5), Json::Number),
        Value::String(text) => Json::from(&**text),
        Value::Sequence(_) => node.items().map(to_json).collect(),
        Value::Mapping(_) => {
            let members = node.members();
            let members = members.map(|(key, value)| (key.to_string(), to_json(value)));
            Json::Object(members.collect())
        }
    }
}
