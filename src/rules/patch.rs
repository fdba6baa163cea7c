//! The patches of environments: whether something is removed must be said, and there must be something to remove.

use serde_json::Value as Json;

use super::catalogue::{PATCH_NO_EFFECT, WRONG_TYPE};
use crate::{
    diagnostic::Claims,
    manifest::{
        Environment,
        schema::{SCHEMA, member_schema},
    },
    yaml::{Node, NullForm, Place, Value},
};

/// Looks at the patch of an environment.
pub fn check(environment: &Environment, claims: &mut Claims) {
    if let Some(patch) = &environment.patch {
        empty_values(patch, Some(&SCHEMA), claims);
    }
    for (place, key) in &environment.without_effect {
        claims.push(PATCH_NO_EFFECT.at(
            *place,
            format!("this `null` removes nothing: there is no `{key}` above that it could remove"),
            "remove the line, or correct the name of the field",
        ));
    }
}

/// Nulls in a patch that are not the written word: whether something is removed must be said.
fn empty_values(patch: &Node, schema: Option<&Json>, claims: &mut Claims) {
    let (node, via) = patch.resolve();
    let Value::Mapping(mapping) = &node.value else {
        return;
    };
    for member in &mapping.members {
        let schema = schema.and_then(|schema| member_schema(schema, &member.key));
        let (value, value_via) = member.value.resolve();
        match value.value {
            Value::Null(NullForm::Word) => {}
            // In a field that does not exist nothing is looked at.
            Value::Null(_) if schema.is_none() => {}
            Value::Null(form) => {
                let place = Place::value(value.id, value_via.or(member.via).or(via));
                let written = match form {
                    NullForm::Tilde => "`~`",
                    _ => "an empty value",
                };
                let help = if schema.is_some_and(|schema| schema.get("properties").is_some()) {
                    "write `{}` or `null`: `{}` changes nothing, `null` removes"
                } else {
                    "write a value, or `null` to remove the field (a mapping takes `{}` or `null`)"
                };
                claims.push(WRONG_TYPE.at(
                    // Nothing is written, so the key is what can be pointed at.
                    if form == NullForm::Empty {
                        place.key()
                    } else {
                        place
                    },
                    format!(
                        "`{}` has {written} in a patch, which could mean two things",
                        member.key
                    ),
                    help,
                ));
            }
            _ => empty_values(&member.value, schema, claims),
        }
    }
}
