//! The tree as the `jsonschema` crate reads it, so that the schema check and everything else judge one tree.

use std::borrow::Cow;

use jsonschema::{
    json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object},
    types::JsonType,
};
use serde_json::{Map, Number, Value as JsonValue};

use super::node::{Member, Node, Value};

/// The representation's name for `jsonschema::options_for`.
pub struct Yaml;

/// A node of the tree, or a key that is checked as a string.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// A node; aliases are looked through.
    Node(&'a Node),
    /// A key.
    Key(&'a str),
}

impl<'a> View<'a> {
    fn value(self) -> Option<&'a Value> {
        match self {
            Self::Node(node) => Some(&node.resolve().0.value),
            Self::Key(_) => None,
        }
    }
}

impl Json for Yaml {
    type Node<'a> = View<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Self::Node<'_>) -> T) -> T {
        f(View::Key(string))
    }
}

impl<'a> JsonNode<'a, Yaml> for View<'a> {
    type Object = Members<'a>;
    type Array = Items<'a>;
    type Number = YamlNumber;

    fn as_object(&self) -> Option<Members<'a>> {
        match self.value() {
            Some(Value::Mapping(mapping)) => Some(Members(&mapping.members)),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match self.value() {
            Some(Value::Sequence(items)) => Some(Items(items)),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Key(key) => Some(Cow::Borrowed(key)),
            Self::Node(_) => match self.value() {
                Some(Value::String(text)) => Some(Cow::Borrowed(text)),
                _ => None,
            },
        }
    }

    fn as_number(&self) -> Option<YamlNumber> {
        match self.value() {
            Some(Value::Integer(value)) => Some(YamlNumber::Integer(*value)),
            Some(Value::Number(value)) => Some(YamlNumber::Other(*value)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.value() {
            Some(Value::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.value(), Some(Value::Null(_)))
    }

    fn json_type(&self) -> JsonType {
        match self.value() {
            None | Some(Value::String(_)) => JsonType::String,
            Some(Value::Null(_) | Value::Alias(_)) => JsonType::Null,
            Some(Value::Bool(_)) => JsonType::Boolean,
            Some(Value::Integer(_) | Value::Number(_)) => JsonType::Number,
            Some(Value::Sequence(_)) => JsonType::Array,
            Some(Value::Mapping(_)) => JsonType::Object,
        }
    }

    /// Only scalars keep their value: an error's instance is never read, and a copy of a whole document would be made for each.
    fn to_value(&self) -> Cow<'a, JsonValue> {
        Cow::Owned(match self.value() {
            Some(Value::Bool(value)) => JsonValue::Bool(*value),
            Some(Value::Integer(_) | Value::Number(_)) => {
                self.as_number().map_or(JsonValue::Null, |number| {
                    JsonValue::Number(number.to_number().into_owned())
                })
            }
            Some(Value::Sequence(_)) => JsonValue::Array(Vec::new()),
            Some(Value::Mapping(_)) => JsonValue::Object(Map::new()),
            Some(Value::Null(_) | Value::Alias(_)) => JsonValue::Null,
            None | Some(Value::String(_)) => {
                JsonValue::String(self.as_string().unwrap_or_default().into_owned())
            }
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node) => Some(NodeIdentity::new(
                std::ptr::from_ref::<Node>(node.resolve().0) as usize,
            )),
            Self::Key(_) => None,
        }
    }
}

/// The members of a mapping.
pub struct Members<'a>(&'a [Member]);

impl<'a> Object<'a, Yaml> for Members<'a> {
    type Node = View<'a>;
    type MemberName = &'a str;
    type MembersIter =
        std::iter::Map<std::slice::Iter<'a, Member>, fn(&'a Member) -> (&'a str, View<'a>)>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: &Box<str>) -> Option<View<'a>> {
        self.0
            .iter()
            .find(|member| *member.key == **key)
            .map(|member| View::Node(&member.value))
    }

    fn members(&self) -> Self::MembersIter {
        self.0
            .iter()
            .map(|member| (&*member.key, View::Node(&member.value)))
    }
}

/// The items of a list.
pub struct Items<'a>(&'a [std::sync::Arc<Node>]);

impl<'a> Array<'a, Yaml> for Items<'a> {
    type Node = View<'a>;
    type ElementsIter = std::iter::Map<
        std::slice::Iter<'a, std::sync::Arc<Node>>,
        fn(&'a std::sync::Arc<Node>) -> View<'a>,
    >;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.iter().map(|item| View::Node(item))
    }
}

/// A number. Only plain decimal digits are an integer: `1.0` and `1e3` are not, other than JSON Schema has it.
pub enum YamlNumber {
    /// Plain decimal digits.
    Integer(i64),
    /// Any other number.
    Other(f64),
}

impl JsonNumber for YamlNumber {
    fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(value) => u64::try_from(*value).ok(),
            Self::Other(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            Self::Other(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self {
            // Only numbers beyond 2^53 lose digits, and no bound of the schema is near them.
            Self::Integer(value) => Some(*value as f64),
            Self::Other(value) => Some(*value),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_number().to_string())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(match self {
            Self::Integer(value) => Number::from(*value),
            Self::Other(value) => Number::from_f64(*value).unwrap_or_else(|| Number::from(0)),
        })
    }

    fn is_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }
}
