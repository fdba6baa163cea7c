//! The IMS server and the Experience Cloud server: hosts of Adobe's (Adobe's page "Configuring IMS").

use std::ops::Range;

use super::{Context, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, excerpt},
    manifest::IMS_HOSTS,
    text::{
        slice,
        url::{self, Address},
    },
    yaml::Spanned,
};

/// The IMS server's host as it is compared, and its range in the text; also of a server that is written without a scheme.
fn host<'a>(context: &Context<'a>) -> Option<(&'a Spanned<String>, String, Range<usize>)> {
    let url = context.ims_server.as_ref()?;
    let text = url.text;
    if let Ok(address) = &url.address {
        return Some((text, address.host_name.clone(), address.host.clone()));
    }
    let lower = text.to_ascii_lowercase();
    // Of `https:/x` and the like the scheme would be taken for the host.
    let has_scheme = lower.starts_with("http:") || lower.starts_with("https:");
    if url::scheme_end(text).is_some() || has_scheme {
        return None;
    }
    let shift = "https://".len();
    let address = Address::parse(&format!("https://{}", text.value)).ok()?;
    let range = address.host.start.checked_sub(shift)?..address.host.end.checked_sub(shift)?;
    Some((text, address.host_name, range))
}

/// Whether a host is named as Adobe's staging endpoints are: its first label ends in `-stg1`.
fn is_stage(host: &str) -> bool {
    let (label, _) = host.split_once('.').unwrap_or((host, ""));
    label.ends_with("-stg1")
}

pub fn not_https(context: &Context<'_>, claims: &mut Claims) {
    let servers = [&context.ims_server, &context.experience_cloud_server];
    for url in servers.into_iter().flatten() {
        let (text, field) = (&url.text.value, url.field);
        if let Some(end) = url::scheme_end(text) {
            let scheme = slice(text, 0..end);
            if !scheme.eq_ignore_ascii_case("https") {
                let message =
                    format!("`{field}` uses `{scheme}`, but Adobe's servers take https alone");
                let change = Change::Replace(url.text.place.part(0..end), "https".to_owned());
                let diagnostic = IMS_SERVER_NOT_HTTPS.at(url.text, message, "write `https`");
                // Another port answers https, so somebody has to look where one is written.
                let address = url.address.as_ref();
                let is_safe = address.is_ok_and(|address| address.port.is_none());
                claims.push(diagnostic.fix("write `https`", is_safe, change));
            }
            continue;
        }
        // White space before the scheme is `invalid-url`.
        if url::scheme_end(text.trim_start()).is_some() {
            continue;
        }
        let message = format!("`{field}` has no `https://` before the host");
        let mut whole = format!("https://{text}");
        let is_host =
            text.starts_with(|first: char| first.is_ascii_alphanumeric()) && !text.contains(':');
        let address = Address::parse(&whole).ok().filter(|_| is_host);
        claims.push(if let Some(address) = address {
            // `ims-server-extra-parts` would have the rest removed.
            let rest = slice(&whole, address.rest.clone());
            if field.ends_with(".ims_server") && url::extra_part(rest).is_some() {
                whole.truncate(address.rest.start);
            }
            let help = format!("write `{whole}`");
            let change = Change::Replace(url.text.place, whole);
            let diagnostic = IMS_SERVER_NOT_HTTPS.at(url.text, message, help.clone());
            diagnostic.safe_fix(help, change)
        } else {
            let help = "write the whole URL, such as `https://ims-na1.adobelogin.com`";
            IMS_SERVER_NOT_HTTPS.at(url.text, message, help)
        });
    }
}

pub fn extra_parts(context: &Context<'_>, claims: &mut Claims) {
    let Some((url, address)) = context
        .ims_server
        .as_ref()
        .and_then(|url| Some((url, url.address.as_ref().ok()?)))
    else {
        return;
    };
    let rest = slice(url.text, address.rest.clone());
    let Some(what) = url::extra_part(rest) else {
        return;
    };
    let place = url.text.place.part(address.rest.clone());
    let message = format!("the IMS server has {what}, but the address of the server alone is due");
    let help = format!("remove `{}`", excerpt(rest));
    let change = Change::Replace(place, String::new());
    let diagnostic = IMS_SERVER_EXTRA_PARTS.at(place, message, help.clone());
    claims.push(diagnostic.safe_fix(help, change));
}

pub fn stage(context: &Context<'_>, claims: &mut Claims) {
    if let Some((text, host, range)) = host(context)
        && is_stage(&host)
    {
        let host = excerpt(&host);
        claims.push(IMS_SERVER_STAGE.at(
            text.place.part(range),
            format!("`{host}` is a staging endpoint of IMS, which no instance of Campaign signs in through"),
            "write `https://ims-na1.adobelogin.com`: stage instances of Campaign use this production endpoint too",
        ));
    }
}

pub fn unknown(context: &Context<'_>, claims: &mut Claims) {
    let Some((text, host, range)) = host(context) else {
        return;
    };
    let is_known = context.known_ims_servers.contains(&host);
    if is_known || is_stage(&host) {
        return;
    }
    if IMS_HOSTS.contains(&host.as_str()) {
        let address = context
            .ims_server
            .as_ref()
            .and_then(|url| url.address.as_ref().ok());
        // With another scheme the port is no mistake of its own.
        let is_https =
            |scheme: &Range<usize>| slice(text, scheme.clone()).eq_ignore_ascii_case("https");
        let address = address.filter(|it| is_https(&it.scheme) && it.port_number != Some(443));
        if let Some(port) = address.and_then(|address| address.port.clone()) {
            let written = slice(text, port.clone());
            claims.push(IMS_SERVER_UNKNOWN.at(
                text.place.part(port.clone()),
                format!("Adobe documents `{host}` without a port, but `{written}` is written"),
                format!("remove `{written}`, or add `{host}` to `known_ims_servers` in `campaign-ims.toml` if Adobe gave it to you so"),
            ));
        }
        return;
    }
    let host = excerpt(&host);
    claims.push(IMS_SERVER_UNKNOWN.at(
        text.place.part(range),
        format!("`{host}` is not an IMS server that Adobe documents"),
        format!("write `https://ims-na1.adobelogin.com`, or add `{host}` to `known_ims_servers` in `campaign-ims.toml` if Adobe gave it to you"),
    ));
}
