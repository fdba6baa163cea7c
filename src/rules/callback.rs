//! The callback server: where IMS sends operators back to (Adobe's page "Configuring IMS").

use super::{Context, catalogue::*, context::UrlContext};
use crate::{
    diagnostic::{Change, Claims, excerpt},
    text::{
        slice,
        url::{self, Address},
    },
};

/// The callback, where it is a URL.
fn callback<'c, 'a>(context: &'c Context<'a>) -> Option<(&'c UrlContext<'a>, &'c Address)> {
    let callback = context.callback.as_ref()?;
    Some((callback, callback.address.as_ref().ok()?))
}

/// What to do about a URL of the instance that is not https.
pub fn https_help(address: &Address) -> &'static str {
    match address.port {
        None => "write `https`, and see that the server answers there",
        Some(_) => "write `https`, and the port that answers it, or none",
    }
}

pub fn not_https(context: &Context<'_>, claims: &mut Claims) {
    let Some((callback, address)) = callback(context) else {
        return;
    };
    // One text that is anchored once and used for both is one mistake: `instance-url-not-https` reports it.
    let instance = context.instance_url.as_ref();
    let is_shared =
        instance.is_some_and(|instance| instance.text.place.node == callback.text.place.node);
    if address.is_https || is_shared {
        return;
    }
    let scheme = slice(callback.text, address.scheme.clone());
    let place = callback.text.place.part(address.scheme.clone());
    let message = format!(
        "the callback server uses `{scheme}`, but IMS sends operators back over https alone"
    );
    // Another port answers https, so somebody has to look where one is written.
    let is_safe = address.port.is_none();
    let help = https_help(address);
    let change = Change::Replace(place, "https".to_owned());
    let diagnostic = CALLBACK_NOT_HTTPS.at(callback.text, message, help);
    claims.push(diagnostic.fix("write `https`", is_safe, change));
}

pub fn host_mismatch(context: &Context<'_>, claims: &mut Claims) {
    let (Some((callback, here)), Some(instance)) = (callback(context), &context.instance_url)
    else {
        return;
    };
    let Ok(there) = &instance.address else {
        return;
    };
    let (part, message, help) = if here.host_name != there.host_name {
        let (callback, instance) = (excerpt(&here.host_name), excerpt(&there.host_name));
        (
            here.host.clone(),
            format!(
                "the callback's host is `{callback}`, but the instance is reached at `{instance}`"
            ),
            format!("write `{instance}`, or correct `instance.url`"),
        )
    } else if here.is_https && there.is_https && here.port_number != there.port_number {
        let port = |number: Option<u16>| {
            number.map_or_else(|| "none".to_owned(), |number| number.to_string())
        };
        (
            here.port.clone().unwrap_or_else(|| here.host.clone()),
            format!(
                "the callback's port is {}, but the instance is reached at port {}",
                port(here.port_number),
                port(there.port_number)
            ),
            "write the same port in both, or correct `instance.url`".to_owned(),
        )
    } else {
        return;
    };
    let place = callback.text.place.part(part);
    let diagnostic = CALLBACK_HOST_MISMATCH.at(place, message, help);
    claims.push(diagnostic.related(instance.text, "the instance is reached here"));
}

pub fn extra_parts(context: &Context<'_>, claims: &mut Claims) {
    let Some((callback, address)) = callback(context) else {
        return;
    };
    let rest = slice(callback.text, address.rest.clone());
    let Some(what) = url::extra_part(rest) else {
        return;
    };
    claims.push(CALLBACK_EXTRA_PARTS.at(
        callback.text.place.part(address.rest.clone()),
        format!(
            "the callback server has {what}, but Campaign expects the address of the server alone"
        ),
        format!("remove `{}`", excerpt(rest)),
    ));
}

pub fn not_public(context: &Context<'_>, claims: &mut Claims) {
    let Some((callback, address)) = callback(context) else {
        return;
    };
    let host = address.host_name.as_str();
    let is_reserved = || {
        [".test", ".invalid", ".localhost"]
            .iter()
            .any(|end| host.ends_with(end))
    };
    let why = if address.is_ip {
        "an IP address"
    } else if host == "localhost" {
        "the browser's own machine"
    } else if !host.contains('.') {
        "a name without a domain"
    } else if is_reserved() {
        "in a domain that is reserved for tests"
    } else {
        return;
    };
    claims.push(CALLBACK_NOT_PUBLIC.at(
        callback.text.place.part(address.host.clone()),
        format!("the callback's host `{}` is {why}, by which Adobe cannot tell your instance from another's", excerpt(host)),
        "write the instance's full name, as Adobe has it on the allowlist of this client",
    ));
}
