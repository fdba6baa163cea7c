//! The organization's id and tenant.

use super::{Context, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, excerpt, shown},
    text::suggest::did_you_mean,
    yaml::Spanned,
};

const SUFFIX: &str = "@AdobeOrg";
const COPY: &str = "copy the ID from the Admin Console: 24 letters and digits, then `@AdobeOrg`";
/// What the id of a technical account (Adobe Developer Console) ends in.
const TECHNICAL_ACCOUNT: &str = "@techacct.adobe.com";

/// Whether an id is a person's: `…@AdobeID`, or `…@` with a number and `.e` in a company's own directory.
fn is_persons(suffix: &str) -> bool {
    let number = suffix
        .strip_prefix('@')
        .and_then(|it| it.strip_suffix(".e"));
    let is_number = |it: &str| it.len() == 24 && it.chars().all(|c| c.is_ascii_hexdigit());
    suffix.eq_ignore_ascii_case("@AdobeID") || number.is_some_and(is_number)
}

/// An id's part before the `@`, and the rest.
fn parts(id: &str) -> (&str, &str) {
    id.split_at(id.find('@').unwrap_or(id.len()))
}

pub fn id_format(context: &Context<'_>, claims: &mut Claims) {
    let Some(id) = context.organization.id.get() else {
        return;
    };
    let (name, suffix) = parts(id);
    let count = name.chars().count();
    let mut letters = name.char_indices();
    let other = if suffix.eq_ignore_ascii_case(TECHNICAL_ACCOUNT) {
        Some("a technical account")
    } else {
        is_persons(suffix).then_some("a person")
    };
    if let Some(other) = other {
        claims.push(ORG_ID_FORMAT.at(
            id,
            format!("this is the ID of {other}, not of the organization"),
            "copy the organization ID: it ends in `@AdobeOrg`, and the Admin Console shows it",
        ));
        return;
    }
    if let Some((at, odd)) = letters.find(|(_, letter)| !letter.is_ascii_alphanumeric()) {
        let message = format!(
            "the organization ID holds {}, which is neither a letter from A to Z nor a digit",
            shown(odd)
        );
        claims.push(ORG_ID_FORMAT.at(id.place.part(at..at + odd.len_utf8()), message, COPY));
    } else if count != 24 {
        let characters = if count == 1 {
            "character"
        } else {
            "characters"
        };
        let before = if suffix.is_empty() { "" } else { " before `@`" };
        let message = format!("the organization ID has {count} {characters}{before}, not 24");
        claims.push(ORG_ID_FORMAT.at(id, message, COPY));
    } else if suffix != SUFFIX {
        id_suffix(id, name, suffix, claims);
    }
}

fn id_suffix(id: &Spanned<String>, name: &str, suffix: &str, claims: &mut Claims) {
    let is_near = suffix.is_empty() || did_you_mean(suffix, &[SUFFIX]).is_some();
    let help = match is_near {
        true => format!("write `{name}{SUFFIX}`"),
        false => COPY.to_owned(),
    };
    if suffix.is_empty() {
        claims.push(ORG_ID_FORMAT.at(id, "the organization ID does not end in `@AdobeOrg`", help));
        return;
    }
    let place = id.place.part(name.len()..id.len());
    let message = format!(
        "the organization ID ends in `{}`, not in `{SUFFIX}`",
        excerpt(suffix)
    );
    let diagnostic = ORG_ID_FORMAT.at(place, message, help);
    claims.push(if suffix.eq_ignore_ascii_case(SUFFIX) {
        let change = Change::Replace(place, SUFFIX.to_owned());
        diagnostic.safe_fix(format!("write `{SUFFIX}`"), change)
    } else {
        diagnostic
    });
}

pub fn id_unusual(context: &Context<'_>, claims: &mut Claims) {
    let Some(id) = context.organization.id.get() else {
        return;
    };
    let is_usual = |letter: char| letter.is_ascii_digit() || matches!(letter, 'A'..='F');
    let mut letters = parts(id).0.char_indices();
    if let Some((at, letter)) = letters.find(|(_, letter)| !is_usual(*letter)) {
        claims.push(ORG_ID_UNUSUAL.at(
            id.place.part(at..at + letter.len_utf8()),
            format!("the organization ID holds `{letter}`, but all that were seen are digits and the letters A to F"),
            "compare it with the Admin Console once more, letter by letter; a lower-case letter, or an `O` for a `0`, is easily missed",
        ));
    }
}

pub fn tenant_format(context: &Context<'_>, claims: &mut Claims) {
    let Some(tenant) = context.organization.tenant.get() else {
        return;
    };
    let is_odd = |c: char| matches!(c, '/' | ':' | '@') || c.is_whitespace();
    let written_as = |what| format!("the tenant is written as {what}, but its name alone is due");
    let message = if tenant.contains("://") {
        written_as("a URL")
    } else if tenant.contains('@') {
        written_as("an ID")
    } else if tenant.to_ascii_lowercase().ends_with(".adobe.com") {
        written_as("a host")
    } else if let Some(odd) = tenant.chars().find(|c| is_odd(*c)) {
        format!(
            "the tenant holds {}, which no tenant's name does",
            shown(odd)
        )
    } else {
        return;
    };
    let help = "write the name alone: the `TENANT` of `https://TENANT.experiencecloud.adobe.com`";
    claims.push(TENANT_FORMAT.at(tenant, message, help));
}
