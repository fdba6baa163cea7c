//! The patches of environments: whether something is removed must be said, and there must be something to remove.

use serde_json::Value as Json;

use super::catalogue::{PATCH_NO_EFFECT, WRONG_TYPE};
use crate::{
    diagnostic::Claims,
    manifest::{
        Environment,
        schema::{SCHEMA, member_schema},
    },
    yaml::{NodeRef, NullForm, Tree, Value},
};

/// Looks at the patch of an environment.
pub fn check(environment: &Environment, document: &Tree, claims: &mut Claims) {
    let patch = environment.patch.and_then(|patch| document.at(patch));
    if let Some(patch) = patch {
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
fn empty_values(patch: NodeRef<'_>, schema: Option<&Json>, claims: &mut Claims) {
    for (key, value) in patch.members() {
        let schema = schema.and_then(|schema| member_schema(schema, key));
        match value.value() {
            Value::Null(NullForm::Word) => {}
            // In a field that does not exist nothing is looked at.
            Value::Null(_) if schema.is_none() => {}
            Value::Null(form) => {
                let place = value.place();
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
                    if *form == NullForm::Empty {
                        place.key()
                    } else {
                        place
                    },
                    format!("`{key}` has {written} in a patch, which could mean two things"),
                    help,
                ));
            }
            _ => empty_values(value, schema, claims),
        }
    }
}
