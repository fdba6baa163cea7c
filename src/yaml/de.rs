//! Serde over the tree: the typed manifest is read from the same nodes that the schema check saw.

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, SeqAccess, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    NodeId, NodeRef, NullForm, Place, Value,
    spanned::{FIELD, KEYED, SPANNED},
};

/// Reads a value from a tree. The nodes (aliases resolved) that are claimed, as their values have findings that leave nothing to
/// judge, become [`super::Field::Claimed`]; unknown fields are passed over.
///
/// # Errors
/// Where the tree does not have the type's form; not after a schema check whose violations are all claimed.
pub fn from_node<T: DeserializeOwned>(
    node: NodeRef<'_>,
    is_claimed: &dyn Fn(NodeId) -> bool,
) -> Result<T, Error> {
    T::deserialize(At {
        node,
        is_claimed,
        extra: None,
        patch: false,
    })
}

/// Reads a value from a tree that has exactly the type's form: an unknown field is an error, but for those of the outermost mapping
/// whose names begin with one of `extra`. In a `patch` a field with the word `null` becomes [`super::Field::Claimed`].
///
/// # Errors
/// Where the tree does not have the type's form.
pub fn from_node_strict<T: DeserializeOwned>(
    node: NodeRef<'_>,
    extra: &'static [&'static str],
    patch: bool,
) -> Result<T, Error> {
    T::deserialize(At {
        node,
        is_claimed: &|_| false,
        extra: Some(extra),
        patch,
    })
}

/// A node, and what is claimed.
#[derive(Clone, Copy)]
struct At<'a> {
    node: NodeRef<'a>,
    is_claimed: &'a dyn Fn(NodeId) -> bool,
    /// Where unknown fields are errors: how those begin that are not.
    extra: Option<&'static [&'static str]>,
    /// Whether a field may have the word `null`.
    patch: bool,
}

impl<'a> At<'a> {
    fn child(self, node: NodeRef<'a>) -> Self {
        let extra = self.extra.map(|_| [].as_slice());
        Self {
            node,
            extra,
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
        self.node.members().all(|(key, _)| is_known(key))
    }

    fn visit_map<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error>
    where
        'a: 'de,
    {
        let members = self.node.members();
        let members = members.map(|(key, value)| (&**key, self.child(value)));
        visitor.visit_map(MapDeserializer::new(members))
    }
}

impl<'de, 'a: 'de> IntoDeserializer<'de, Error> for At<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de, 'a: 'de> Deserializer<'de> for At<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::Null(_) | Value::Alias(_) => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Number(value) => visitor.visit_f64(*value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(_) => {
                let items = self.node.items().map(|item| self.child(item));
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Value::Mapping(_) => self.visit_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::Null(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let is_null = matches!(self.node.value(), Value::Null(NullForm::Word));
        let is_claimed = self.patch && is_null || (self.is_claimed)(self.node.id());
        match name == FIELD && is_claimed {
            true => visitor.visit_unit(),
            false => visitor.visit_newtype_struct(self),
        }
    }

    /// A struct's mapping may be empty and unwritten.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !self.has_only(fields) {
            return Err(Error::custom("an unknown field"));
        }
        match self.node.value() {
            Value::Null(_) => self.visit_map(visitor),
            // Serde would read the fields from a list in their order.
            Value::Sequence(_) => Err(Error::custom("a list for a mapping")),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let place = match name {
            SPANNED => self.node.place(),
            KEYED => self.node.key_place(),
            _ => return self.deserialize_any(visitor),
        };
        let parts = Parts {
            place: Some(place),
            value: Some(self),
        };
        visitor.visit_seq(parts)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            _ => Err(Error::custom("not a name")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        map identifier ignored_any
    }
}

/// What a `Spanned` asks for: a place, as its node and its alias in one number, then the value.
struct Parts<'a> {
    place: Option<Place>,
    value: Option<At<'a>>,
}

impl<'de, 'a: 'de> SeqAccess<'de> for Parts<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if let Some(place) = self.place.take() {
            let via = place.via.unwrap_or(NodeId::NONE);
            let number = u64::from(place.node.0) << 32 | u64::from(via.0);
            return seed.deserialize(number.into_deserializer()).map(Some);
        }
        let value = self.value.take();
        value.map(|value| seed.deserialize(value)).transpose()
    }
}
