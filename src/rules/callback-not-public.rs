//! `callback-not-public`: a callback that no browser of an operator reaches.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "callback-not-public",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/callback-not-public.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(callback) = &subject.callback else {
        return;
    };
    let Ok(address) = &callback.address else {
        return;
    };
    let host = address.host_name.as_str();
    let why = if address.is_ip {
        "an IP address"
    } else if host == "localhost" {
        "the browser's own machine"
    } else if !host.contains('.') {
        "a name without a domain"
    } else if [".test", ".invalid", ".localhost"]
        .iter()
        .any(|end| host.ends_with(end))
    {
        "in a domain that is reserved for tests"
    } else {
        return;
    };
    findings.push(RULE.at(
        callback.text.place.part(address.host.clone()),
        format!("the callback's host `{}` is {why}, by which Adobe cannot tell your instance from another's", excerpt(host)),
        "write the instance's full name, as Adobe has it on the allowlist of this client",
    ));
}
