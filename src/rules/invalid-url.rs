//! `invalid-url`: a text that is no URL, where one is due.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, text::url};

pub static RULE: Rule = Rule {
    id: "invalid-url",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/invalid-url.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for url in subject.urls() {
        let Err(error) = &url.address else {
            continue;
        };
        // A server without a scheme is what Adobe's own page writes; `ims-server-not-https` says what to write instead.
        let is_server = url.field.ends_with("_server") && !url.field.ends_with("callback_server");
        if is_server && url::scheme_end(url.text).is_none() || !findings.is_sound(url.text) {
            continue;
        }
        let message = format!("`{}` is not a URL: {}", url.field, error.reason);
        findings.push(RULE.at(
            url.text.place.part(error.range.clone()),
            message,
            error.help.clone(),
        ));
    }
}
