//! What holds for values of any field: their characters, and URLs as such.

use std::ops::Range;

use super::{Context, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, Diagnostic, Rule},
    manifest::{
        ENVIRONMENTS,
        fields::{Class, FieldInfo},
    },
    secrets,
    text::{is_printable_ascii, is_visible_ascii, lookalike, slice, url},
    yaml::{Comment, NodeId, NodeRef, Place, Spanned, Tree, Value},
};

/// The organization ID of this project's own examples, and the domain of their hosts.
const SAMPLE_ID: &str = "0A1B2C3D4E5F60718293A4B5@AdobeOrg";
const SAMPLE_DOMAIN: &str = "contoso.com";

pub fn sample(context: &Context<'_>, claims: &mut Claims) {
    if let Some(id) = context.organization.id.get()
        && id.value == SAMPLE_ID
    {
        claims.push(SAMPLE_VALUE.at(
            id,
            "this organization ID is the one of the examples of `campaign-ims`",
            "copy your own organization's ID from the Admin Console",
        ));
    }
    for url in context.urls() {
        if let Ok(address) = &url.address
            && address.is_below(SAMPLE_DOMAIN)
        {
            claims.push(SAMPLE_VALUE.at(
                url.text.place.part(address.host.clone()),
                format!(
                    "the host of `{}` is one of the examples of `campaign-ims`",
                    url.field
                ),
                "write your own host",
            ));
        }
    }
}

const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

pub fn control_character(context: &Context<'_>, claims: &mut Claims) {
    for (field, text) in &context.texts {
        if !is_printable_ascii(text) {
            claims.extend(controlled(field.noun, text, text.place));
        }
    }
}

/// The names of environments, as far as any report shows them.
pub fn control_character_in_names(root: NodeRef<'_>, claims: &mut Claims) {
    let environments = root.get(ENVIRONMENTS);
    for (name, patch) in environments.into_iter().flat_map(NodeRef::members) {
        let place = patch.key_place();
        claims.extend(controlled("the name of an environment", name, place));
    }
}

/// The first character of a text that has to go. `noun` is what messages call the text.
fn controlled(noun: &str, text: &str, place: Place) -> Option<Diagnostic> {
    let mut characters = text.char_indices();
    let (at, character) = characters.find(|(_, c)| is_refused(*c))?;
    let kind = if is_bidirectional(character) {
        "a bidirectional control character: the text is shown in another order than it is read"
    } else if is_unlawful_in_xml(character) {
        "a control character that no XML file, and so no package, can hold"
    } else {
        "a control character that nobody sees"
    };
    let code = u32::from(character);
    Some(CONTROL_CHARACTER.at(
        place.part(at..at + character.len_utf8()),
        format!("{noun} holds U+{code:04X}, {kind}"),
        "remove it, or type the text again",
    ))
}

fn is_refused(character: char) -> bool {
    is_unlawful_in_xml(character)
        || is_bidirectional(character)
        || matches!(character, '\u{7f}'..='\u{9f}')
}

/// XML 1.0, production 2.
fn is_unlawful_in_xml(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Unicode's property `Bidi_Control`.
fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub fn whitespace(context: &Context<'_>, claims: &mut Claims) {
    for (what, text) in context.identifiers() {
        if is_visible_ascii(text) {
            continue;
        }
        let trimmed = text.trim_matches(WHITE);
        // An empty item of a list is `scope-malformed`.
        if text.is_empty() || trimmed.is_empty() && what == "the scope" {
            continue;
        }
        let start = text.len() - text.trim_start_matches(WHITE).len();
        let end = text.trim_end_matches(WHITE).len();
        let (range, where_it_is) = if start > 0 {
            (0..start, "begins with white space")
        } else if end < text.len() {
            (end..text.len(), "ends with white space")
        } else if let Some(at) = trimmed.find(['\t', '\n', '\r'])
            // Several scopes in one item are `scope-malformed`.
            && what != "the scope"
        {
            (at..at + 1, "holds a tab or a line break")
        } else {
            continue;
        };
        let parts = trimmed.split(['\t', '\n', '\r']).map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        // Of what is compared letter by letter, profiles alone have blanks within.
        let is_known = parts.len() == 1 || parts.len() > 1 && what == "the profile";
        let help = match trimmed.len() == text.len() && is_known {
            true => "write a single space",
            false => "remove the white space",
        };
        let message = format!("{what} {where_it_is}, which Adobe and Campaign take as part of it");
        let diagnostic = VALUE_WHITESPACE.at(text.place.part(range), message, help);
        claims.push(match is_known {
            true => diagnostic.safe_fix(help, Change::Replace(text.place, parts.join(" "))),
            false => diagnostic,
        });
    }
}

pub fn confusable(context: &Context<'_>, claims: &mut Claims) {
    for (what, text) in context.identifiers() {
        look_alikes(&VALUE_CONFUSABLE, what, text, claims);
    }
}

/// Reports each character of a text that looks like another, with the one that was probably meant. A text that `control-character`
/// reports is left to that rule.
pub fn look_alikes(rule: &'static Rule, what: &str, text: &Spanned<String>, claims: &mut Claims) {
    if text.is_ascii() || text.chars().any(is_refused) {
        return;
    }
    let found = lookalike::find(text);
    let unseen = found.iter().filter(|it| it.replacement.is_empty());
    let is_nothing = unseen.map(|it| it.range.len()).sum::<usize>() == text.len();
    if let Some(first) = found.first().filter(|_| is_nothing) {
        let message = format!("{what} is {} and nothing that anybody sees", first.name);
        claims.push(rule.at(text.place, message, "write the real value"));
        return;
    }
    for found in found {
        let place = text.place.part(found.range.clone());
        let (expected, help) = match found.replacement.as_str() {
            "" => ("nothing".to_owned(), "remove it".to_owned()),
            " " => ("a space".to_owned(), "write a space".to_owned()),
            other => {
                let code: Vec<String> = other.chars().map(lookalike::describe).collect();
                (
                    format!("`{other}` ({})", code.join(", ")),
                    format!("write `{other}`"),
                )
            }
        };
        let name = &found.name;
        let message = format!("{what} holds {name}, where {expected} was probably meant");
        let change = Change::Replace(place, found.replacement.clone());
        let diagnostic = rule.at(place, message, help.clone());
        claims.push(diagnostic.fix(help, found.safe, change));
    }
}

pub fn url_credentials(context: &Context<'_>, claims: &mut Claims) {
    for url in context.urls() {
        let range = match &url.address {
            Ok(address) => address.user_information.clone(),
            Err(_) => secrets::in_url(url.text).filter(|user| is_user(url.text, user)),
        };
        if let Some(range) = range {
            let what = format!("`{}`", url.field);
            claims.push(with_credentials(url.text.place, range, &what));
        }
    }
    let others = context.texts.iter();
    // Most texts have no sign of it.
    let may_be_one = |field: &FieldInfo, text: &str| {
        field.class != Class::Url && text.as_bytes().contains(&b':')
    };
    for (_, text) in others.filter(|(field, text)| may_be_one(field, text)) {
        for user in secrets::in_urls(text) {
            claims.push(with_credentials(text.place, user, "a URL in this text"));
        }
    }
}

/// The same of what stands in comments, and in the fields of a manifest or a patch that may hold anything. What an alias leads to is
/// looked at where it is written.
pub fn url_credentials_elsewhere(document: &Tree, text: &str, claims: &mut Claims) {
    fn walk(node: NodeRef<'_>, claims: &mut Claims) {
        let place = node.place();
        if place.via.is_some() {
            return;
        }
        if let Value::String(text) = node.value()
            && claims.is_clean(place)
        {
            let text = node.hidden_text().unwrap_or(text);
            for user in secrets::in_urls(text) {
                claims.push(with_credentials(place, user, "a URL in this text"));
            }
        }
        let members = node.members().map(|(_, value)| value);
        members
            .chain(node.items())
            .for_each(|inner| walk(inner, claims));
    }
    for Comment { range } in &document.comments {
        for user in secrets::in_urls(slice(text, range.clone())) {
            let place = Place::text(NodeId::NONE, range.start..range.end);
            let user = range.start + user.start..range.start + user.end;
            claims.push(with_credentials(place, user, "a URL in this comment"));
        }
    }
    let root = document.root().into_iter();
    let patches = root.clone().filter_map(|root| root.get(ENVIRONMENTS));
    let patches = patches.flat_map(|it| it.members().map(|(_, patch)| patch));
    let members = root.chain(patches).flat_map(NodeRef::members);
    let free = members.filter(|(key, _)| key.starts_with("x-"));
    free.for_each(|(_, value)| walk(value, claims));
}

fn with_credentials(place: Place, user: Range<usize>, what: &str) -> Diagnostic {
    URL_CREDENTIALS.at(
        place.part(user.start..user.end + 1),
        format!("{what} carries user information before the host"),
        "remove what stands between `://` and the host, `@` included, and change that password: it has been in the file",
    )
}

/// Whether what stands before `@` in a text that is no URL is surely user information.
fn is_user(text: &str, range: &Range<usize>) -> bool {
    url::scheme_end(text).is_some() && !slice(text, range.clone()).contains(char::is_whitespace)
}

pub fn invalid_url(context: &Context<'_>, claims: &mut Claims) {
    for url in context.urls() {
        let Err(error) = &url.address else {
            continue;
        };
        // A server without a scheme is what Adobe's own page writes; `ims-server-not-https` says what to write instead.
        let is_adobes = url.field.ends_with("_server") && !url.field.ends_with("callback_server");
        if is_adobes && url::scheme_end(url.text.trim_start()).is_none() {
            continue;
        }
        let help = match url.text.contains('@') && url::scheme_end(url.text).is_none() {
            true => {
                "write `https://` and the host, without what stands before `@`; if that was a password, change it"
            }
            false => error.help,
        };
        claims.push(INVALID_URL.at(
            url.text.place.part_of(url.text, error.range.clone()),
            format!("`{}` is not a URL: {}", url.field, error.reason),
            help,
        ));
    }
}
