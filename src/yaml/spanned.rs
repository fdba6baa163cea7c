//! Values that carry their place in the type.

use std::{fmt, marker::PhantomData, ops::Deref};

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{NodeId, Place};

/// The struct name by which [`super::de`] knows that a place is asked for.
pub(super) const SPANNED: &str = "$campaign_ims::Spanned";
/// The same for the place of the key.
pub(super) const KEYED: &str = "$campaign_ims::Keyed";
/// The newtype name by which [`super::de`] knows that a value may be claimed.
pub(super) const FIELD: &str = "$campaign_ims::Field";

/// A value with the place that it is written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<&Spanned<T>> for Place {
    fn from(spanned: &Spanned<T>) -> Self {
        spanned.place
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(SPANNED, 2, Parts(PhantomData))
    }
}

/// A value with the place of its key.
struct Keyed<T>(Spanned<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, place } =
            deserializer.deserialize_tuple_struct(KEYED, 2, Parts(PhantomData))?;
        Ok(Self(Spanned::new(value, place.key())))
    }
}

/// Reads a place, its node and its alias in one number, and a value.
struct Parts<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Parts<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let missing = || serde::de::Error::custom("no place is known here");
        let number: u64 = parts.next_element()?.ok_or_else(missing)?;
        let value = parts.next_element()?.ok_or_else(missing)?;
        // Two halves of 32 bits.
        let [node, via] = [number >> 32, number & u64::from(u32::MAX)]
            .map(|half| NodeId(u32::try_from(half).unwrap_or(u32::MAX)));
        let via = Some(via).filter(|via| *via != NodeId::NONE);
        Ok(Spanned::new(value, Place::value(node, via)))
    }
}

/// A field of a mapping: not written, written, or written in a way that leaves nothing to judge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// Not written.
    #[default]
    Absent,
    /// Written, but it has a finding already that leaves nothing to judge.
    Claimed,
    /// Written, with its place.
    Written(Spanned<T>),
}

impl<T> Field<T> {
    /// The value where one is written that can be judged.
    pub fn get(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Written(spanned) => Some(spanned),
            Self::Absent | Self::Claimed => None,
        }
    }

    /// The value, or the default where none is written, at the key of the mapping that lacks it; `None` where it is claimed.
    pub fn or(&self, default: impl FnOnce() -> T, mapping: Place) -> Option<Spanned<T>>
    where
        T: Clone,
    {
        match self {
            Self::Written(spanned) => Some(spanned.clone()),
            Self::Absent => Some(Spanned::new(default(), mapping.key())),
            Self::Claimed => None,
        }
    }

    /// Whether nothing is written.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> Visitor<'de> for Either<T> {
            type Value = Field<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field")
            }

            fn visit_unit<E>(self) -> Result<Field<T>, E> {
                Ok(Field::Claimed)
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Field<T>, D::Error> {
                Spanned::deserialize(deserializer).map(Field::Written)
            }
        }

        deserializer.deserialize_newtype_struct(FIELD, Either(PhantomData))
    }
}

/// The members of a mapping whose keys are names, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Spanned<String>, Field<T>)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> Visitor<'de> for Members<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, Keyed(field))) = map.next_entry::<String, _>()? {
                    entries.push((Spanned::new(key, field.place), field.value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}
