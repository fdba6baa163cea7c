//! Serde over the tree: the typed manifest is read from the same nodes that the schema check saw.

use std::sync::Arc;

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{BoolDeserializer, BorrowedStrDeserializer, Error, U32Deserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    node::{Member, Node, NodeId, NullForm, Spoilt, Value},
    spanned::{FIELD, IS_KEY, NODE, SPANNED, VALUE, VIA},
};

/// Reads a value from a tree. Nodes that are spoilt become [`super::Field::Spoilt`]; unknown fields are passed over.
///
/// # Errors
/// Where the tree does not have the type's form; not after a schema check whose violations are all in `spoilt`.
pub fn from_node<T: DeserializeOwned>(node: &Node, spoilt: &Spoilt) -> Result<T, Error> {
    T::deserialize(At {
        node,
        via: None,
        spoilt,
        extra: None,
        patch: false,
    })
}

/// Reads a value from a tree that has exactly the type's form: an unknown field is an error, but for those of the outermost mapping
/// whose names begin with one of `extra`. In a `patch` a field with the word `null` becomes [`super::Field::Spoilt`].
///
/// # Errors
/// Where the tree does not have the type's form.
pub fn from_node_strict<T: DeserializeOwned>(
    node: &Node,
    extra: &'static [&'static str],
    patch: bool,
) -> Result<T, Error> {
    T::deserialize(At {
        node,
        via: None,
        spoilt: &Spoilt::new(),
        extra: Some(extra),
        patch,
    })
}

/// A node, how it was reached, and what is spoilt.
#[derive(Clone, Copy)]
struct At<'a> {
    node: &'a Node,
    via: Option<NodeId>,
    spoilt: &'a Spoilt,
    /// Where unknown fields are errors: how those begin that are not.
    extra: Option<&'static [&'static str]>,
    /// Whether a field may have the word `null`.
    patch: bool,
}

impl<'a> At<'a> {
    fn resolve(self) -> Self {
        let (node, via) = self.node.resolve();
        Self {
            node,
            via: via.or(self.via),
            ..self
        }
    }

    fn child(self, node: &'a Node, via: Option<NodeId>) -> Self {
        Self {
            node,
            via: via.or(self.via),
            extra: self.extra.map(|_| [].as_slice()),
            ..self
        }
    }

    /// Whether a mapping has no fields but these.
    fn has_only(self, fields: &[&str]) -> bool {
        let Some(extra) = self.extra else {
            return true;
        };
        let is_extra = |key: &str| extra.iter().any(|start| key.starts_with(start));
        let is_known = |key: &str| fields.contains(&key) || is_extra(key);
        let mapping = self.node.mapping();
        mapping.is_none_or(|mapping| mapping.members.iter().all(|member| is_known(&member.key)))
    }
}

impl<'de, 'a: 'de> Deserializer<'de> for At<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let at = self.resolve();
        match &at.node.value {
            Value::Null(_) => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Number(value) => visitor.visit_f64(*value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(items) => visitor.visit_seq(Items {
                at,
                items: items.iter(),
            }),
            Value::Mapping(mapping) => visitor.visit_map(Members {
                at,
                members: mapping.members.iter(),
                value: None,
            }),
            Value::Alias(_) => Err(serde::de::Error::custom("an alias without a target")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.resolve().node.value {
            Value::Null(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let at = self.resolve().node;
        let is_null = self.patch && matches!(at.value, Value::Null(NullForm::Word));
        if name == FIELD && (is_null || self.spoilt.contains(&at.id)) {
            return visitor.visit_unit();
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let at = self.resolve();
        if name == SPANNED {
            return visitor.visit_map(Parts::new(at.node.id, at.via, Content::Node(at)));
        }
        if !at.has_only(fields) {
            return Err(serde::de::Error::custom("an unknown field"));
        }
        match at.node.value {
            Value::Null(_) => visitor.visit_map(Members {
                at,
                members: [].iter(),
                value: None,
            }),
            // Serde would read the fields from a list in their order.
            Value::Sequence(_) => Err(serde::de::Error::custom("a list for a mapping")),
            _ => at.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.resolve().node.value {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            _ => Err(serde::de::Error::custom("not a name")),
        }
    }
}

struct Items<'a> {
    at: At<'a>,
    items: std::slice::Iter<'a, Arc<Node>>,
}

impl<'de, 'a: 'de> SeqAccess<'de> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.items
            .next()
            .map(|item| seed.deserialize(self.at.child(item, None)))
            .transpose()
    }
}

struct Members<'a> {
    at: At<'a>,
    members: std::slice::Iter<'a, Member>,
    value: Option<At<'a>>,
}

impl<'de, 'a: 'de> MapAccess<'de> for Members<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        let value = self.at.child(&member.value, member.via);
        self.value = Some(value);
        let key = Key {
            text: &member.key,
            id: member.value.id,
            via: value.via,
        };
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(serde::de::Error::custom("a value without its key")),
        }
    }
}

/// A key, which has its place by the value's node.
struct Key<'a> {
    text: &'a str,
    id: NodeId,
    via: Option<NodeId>,
}

impl<'de, 'a: 'de> Deserializer<'de> for Key<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Parts::new(self.id, self.via, Content::Key(self.text)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

enum Content<'a> {
    Node(At<'a>),
    Key(&'a str),
}

/// What a `Spanned` asks for, one part after the other.
struct Parts<'a> {
    id: NodeId,
    via: Option<NodeId>,
    content: Content<'a>,
    next: std::slice::Iter<'static, &'static str>,
    current: &'static str,
}

impl<'a> Parts<'a> {
    fn new(id: NodeId, via: Option<NodeId>, content: Content<'a>) -> Self {
        Self {
            id,
            via,
            content,
            next: [NODE, VIA, IS_KEY, VALUE].iter(),
            current: NODE,
        }
    }
}

impl<'de, 'a: 'de> MapAccess<'de> for Parts<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.next.next() else {
            return Ok(None);
        };
        self.current = name;
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.current {
            NODE => seed.deserialize(U32Deserializer::new(self.id.0)),
            VIA => seed.deserialize(OptionalId(self.via)),
            IS_KEY => {
                let is_key = matches!(self.content, Content::Key(_));
                seed.deserialize(BoolDeserializer::new(is_key))
            }
            _ => match self.content {
                Content::Node(at) => seed.deserialize(at),
                Content::Key(text) => seed.deserialize(BorrowedStrDeserializer::new(text)),
            },
        }
    }
}

struct OptionalId(Option<NodeId>);

impl<'de> Deserializer<'de> for OptionalId {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Some(id) => visitor.visit_some(U32Deserializer::new(id.0)),
            None => visitor.visit_none(),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum struct identifier ignored_any
    }
}
