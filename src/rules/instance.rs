//! The Campaign instance: its name, its URL, who hosts it, and what is installed on it.

use super::{Context, callback, catalogue::*, release};
use crate::{
    diagnostic::{Change, Claims, excerpt, shown},
    manifest::{Hosting, INTEGRATION},
    text::{slice, suggest::plain},
    yaml::{Field, Spanned},
};

/// Whether a name can be the name of an instance, and of a file. Asked again where a file's name is made of it.
pub fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_ascii_alphanumeric());
    begins && name.len() <= 64 && name.chars().all(is_allowed) && !is_device(name)
}

fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

pub fn name(context: &Context<'_>, claims: &mut Claims) {
    let Some(name) = context.instance.name.get() else {
        return;
    };
    let odd = name.char_indices().find(|(_, c)| !is_allowed(*c));
    let count = name.chars().count();
    let (place, message) = if let Some((at, odd)) = odd {
        let place = name.place.part(at..at + odd.len_utf8());
        (place, format!("the instance's name holds {}", shown(odd)))
    } else if name.starts_with(['_', '-']) {
        let name_shown = excerpt(name);
        let message =
            format!("the instance's name `{name_shown}` does not begin with a letter or digit");
        (name.place.part(0..1), message)
    } else if count > 64 {
        (
            name.place,
            format!("the instance's name has {count} characters"),
        )
    } else if is_device(name) {
        let message = format!(
            "`{}` is the name of a device on Windows, so no file can have it",
            name.value
        );
        (name.place, message)
    } else {
        return;
    };
    claims.push(INSTANCE_NAME.at(
        place,
        message,
        "write the name as in `nlserver package -instance:NAME`: letters, digits, `_` and `-`, at most 64, first a letter or digit",
    ));
}

/// Whether Windows keeps a name for a device, whatever its extension.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match name.as_bytes() {
        [b'c', b'o', b'm', digit] | [b'l', b'p', b't', digit] => digit.is_ascii_digit(),
        _ => matches!(name.as_str(), "con" | "prn" | "aux" | "nul"),
    }
}

pub fn url_not_https(context: &Context<'_>, claims: &mut Claims) {
    let Some(url) = &context.instance_url else {
        return;
    };
    if let Ok(address) = &url.address
        && !address.is_https
    {
        let scheme = slice(url.text, address.scheme.clone());
        let message = format!(
            "the instance's URL uses `{scheme}`, but IMS sends operators back over https alone"
        );
        let place = url.text.place.part(address.scheme.clone());
        let change = Change::Replace(place, "https".to_owned());
        // Another port answers https, so somebody has to look where one is written.
        let is_safe = address.port.is_none();
        let help = callback::https_help(address);
        let diagnostic = INSTANCE_URL_NOT_HTTPS.at(url.text, message, help);
        claims.push(diagnostic.fix("write `https`", is_safe, change));
    }
}

/// Adobe's v8 guardrails and FAQ: version 8 "cannot be deployed on an on-premise or hybrid environment".
pub fn hosting_managed(context: &Context<'_>, claims: &mut Claims) {
    let instance = context.instance;
    if let Some(hosting) = instance.hosting.get()
        && hosting.value == Hosting::Hosted
    {
        claims.push(HOSTING_MANAGED.at(
            hosting,
            "Adobe owns the IMS set-up of hosted and managed instances",
            "ask Adobe Customer Care for the change; if the instance is your own, write `on-premise` or `hybrid`",
        ));
        return;
    }
    let build = instance.build.get();
    let release = instance.release.get();
    let version = build.and_then(|build| build.version.get());
    let of_8 = |text: &&Spanned<String>| release::major(text) == Some(8);
    let Some((text, what)) = release
        .filter(of_8)
        .map(|text| (text, "release"))
        .or_else(|| version.filter(of_8).map(|text| (text, "build version")))
    else {
        return;
    };
    claims.push(HOSTING_MANAGED.at(
        text,
        format!(
            "{what} {} is Campaign v8, which Adobe alone hosts: it owns the IMS set-up there",
            excerpt(text)
        ),
        "ask Adobe Customer Care for the change; if the instance is version 7, copy release and build from it",
    ));
}

pub fn url_adobe(context: &Context<'_>, claims: &mut Claims) {
    let (Some(url), Some(hosting)) = (&context.instance_url, context.instance.hosting.get()) else {
        return;
    };
    let Ok(address) = &url.address else {
        return;
    };
    // Adobe's domain itself is nobody's instance.
    let is_adobes = address.host_name.ends_with(".campaign.adobe.com");
    if hosting.value == Hosting::Hosted || !is_adobes {
        return;
    }
    let message = format!(
        "`{}` is a host where Adobe runs Campaign, but `hosting` is not `hosted`",
        excerpt(&address.host_name)
    );
    let diagnostic = INSTANCE_URL_ADOBE.at(
        url.text.place.part(address.host.clone()),
        message,
        "write the URL of your own instance; if Adobe hosts this one, ask Adobe Customer Care for the change",
    );
    claims.push(
        diagnostic
            .related(hosting, "the hosting is here")
            .needs(hosting),
    );
}

pub fn package_missing(context: &Context<'_>, claims: &mut Claims) {
    let Some(packages) = context.instance.packages.get() else {
        return;
    };
    let names: Option<Vec<_>> = packages.iter().map(Field::get).collect();
    let Some(names) = names.filter(|names| !names.iter().any(|name| name.0 == INTEGRATION)) else {
        return;
    };
    let mut names = names.iter().map(|name| &*name.0);
    let help = match names.find(|name| plain(name).contains("experiencecloud")) {
        Some(label) => format!("write `{INTEGRATION}` for `{}`", excerpt(label)),
        None => format!("install it on the instance first, then add `{INTEGRATION}` here"),
    };
    claims.push(PACKAGE_MISSING.at(
        packages,
        "the instance lacks the package \"Integration with the Adobe Experience Cloud\", which creates the account",
        help,
    ));
}
