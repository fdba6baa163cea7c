//! The patches of environments: whether something is removed must be said, and there must be something to remove.

use super::catalogue::{PATCH_NO_EFFECT, WRONG_TYPE};
use crate::{
    diagnostic::{Claims, Diagnostic, excerpt},
    manifest::{Environment, schema},
    yaml::{NodeRef, NullForm, Removal, Tree, Value},
};

/// Looks at the patch of an environment.
pub fn check(environment: &Environment, document: &Tree, claims: &mut Claims) {
    let patch = environment.patch.and_then(|patch| document.at(patch));
    if let Some(patch) = patch {
        empty_values(patch, &mut Vec::new(), claims);
    }
    let removals = environment.removals.iter();
    for removal in removals.filter(|it| it.from.is_none()) {
        let Removal { place, key, .. } = removal;
        let help = match &removal.near {
            Some(near) => format!("`{}` is above: write the same name in both", excerpt(near)),
            None => "remove the line, or correct the name of the field".to_owned(),
        };
        claims.push(PATCH_NO_EFFECT.at(
            *place,
            format!("this `null` removes nothing: there is no `{key}` above that it could remove"),
            help,
        ));
    }
}

/// Nulls in a patch that are not the written word: whether something is removed must be said. `path` has the keys on the way there.
fn empty_values<'a>(patch: NodeRef<'a>, path: &mut Vec<&'a str>, claims: &mut Claims) {
    for (key, value) in patch.members() {
        path.push(key);
        match value.value() {
            Value::Null(NullForm::Word) => {}
            Value::Null(form) => claims.extend(empty_value(value, *form, path)),
            _ => empty_values(value, path, claims),
        }
        path.pop();
    }
}

/// A null that is not the written word. In a field that does not exist nothing is looked at.
fn empty_value(value: NodeRef<'_>, form: NullForm, path: &[&str]) -> Option<Diagnostic> {
    // The schema is read here alone: nearly no patch needs it.
    let schema = schema::at(path.iter().copied())?;
    let key = path.last()?;
    let place = value.place();
    let written = match form {
        NullForm::Tilde => "`~`",
        _ => "an empty value",
    };
    let help = if schema.get("properties").is_some() {
        "write `{}` or `null`: `{}` changes nothing, `null` removes"
    } else {
        "write a value, or `null` to remove the field (a mapping takes `{}` or `null`)"
    };
    // Where nothing is written, the key is what can be pointed at.
    let place = match form {
        NullForm::Empty => place.key(),
        _ => place,
    };
    let message = format!("`{key}` has {written} in a patch, which could mean two things");
    Some(WRONG_TYPE.at(place, message, help))
}
