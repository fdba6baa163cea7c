//! What the rules about the IMS server share.

use std::ops::Range;

use super::Subject;
use crate::{
    text::url::{self, Address},
    yaml::Spanned,
};

/// The production endpoints of IMS (Adobe's page "Configuring IMS").
pub const DOCUMENTED: [&str; 2] = ["ims-na1.adobelogin.com", "adobeid-na1.services.adobe.com"];

/// The IMS server's host as it is compared, and its range in the text; also of a server that is written without a scheme.
pub fn host<'a>(subject: &Subject<'a>) -> Option<(&'a Spanned<String>, String, Range<usize>)> {
    let url = subject.ims_server.as_ref()?;
    let text = url.text;
    match &url.address {
        Ok(address) => Some((text, address.host_name.clone(), address.host.clone())),
        Err(_) if url::scheme_end(text).is_some() => None,
        Err(_) => {
            let shift = "https://".len();
            // `https:/x` and the like: the scheme would be taken for the host.
            if ["http:", "https:"]
                .iter()
                .any(|scheme| starts_with(text, scheme))
            {
                return None;
            }
            let address = Address::parse(&format!("https://{}", text.value)).ok()?;
            let range =
                address.host.start.checked_sub(shift)?..address.host.end.checked_sub(shift)?;
            Some((text, address.host_name, range))
        }
    }
}

fn starts_with(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Whether a host is named as Adobe's staging endpoints are (same page): its first label ends in `-stg1`.
pub fn is_stage(host: &str) -> bool {
    let (label, _) = host.split_once('.').unwrap_or((host, ""));
    label.ends_with("-stg1")
}
