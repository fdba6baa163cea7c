//! `callback-host-mismatch`: operators are sent to another server than the one that they came from.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "callback-host-mismatch",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/callback-host-mismatch.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let (Some(callback), Some(instance)) = (&subject.callback, &subject.instance_url) else {
        return;
    };
    let (Ok(here), Ok(there)) = (&callback.address, &instance.address) else {
        return;
    };
    let draft = if here.host_name != there.host_name {
        RULE.at(
            callback.text.place.part(here.host.clone()),
            format!(
                "the callback's host is `{}`, but the instance is reached at `{}`",
                excerpt(&here.host_name),
                excerpt(&there.host_name)
            ),
            format!(
                "write `{}`, or correct `instance.url`",
                excerpt(&there.host_name)
            ),
        )
    } else if here.is_https && there.is_https && here.port_number != there.port_number {
        let port = |number: Option<u16>| {
            number.map_or_else(|| "none".to_owned(), |number| number.to_string())
        };
        RULE.at(
            callback
                .text
                .place
                .part(here.port.clone().unwrap_or_else(|| here.host.clone())),
            format!(
                "the callback's port is {}, but the instance is reached at port {}",
                port(here.port_number),
                port(there.port_number)
            ),
            "write the same port in both, or correct `instance.url`",
        )
    } else {
        return;
    };
    findings.push(draft.related(instance.text, "the instance is reached here"));
}
