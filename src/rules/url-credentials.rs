//! `url-credentials`: a URL that carries a user name or a password.

use std::ops::Range;

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, secrets, text::url};

pub static RULE: Rule = Rule {
    id: "url-credentials",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/url-credentials.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for url in subject.urls() {
        let range = match &url.address {
            Ok(address) => address.user_information.clone(),
            Err(_) => secrets::in_url(url.text)
                .filter(|user| is_user(url.text, user)),
        };
        if let Some(range) = range {
            findings.push(RULE.at(
                url.text.place.part(range.start..range.end + 1),
                format!("`{}` carries user information before the host", url.field),
                "remove everything up to and including `@`, and change that password: it has been in the file",
            ));
        }
    }
}

/// Whether what stands before `@` in a text that is no URL is surely user information.
fn is_user(text: &str, range: &Range<usize>) -> bool {
    let user = text.get(range.clone()).unwrap_or_default();
    match url::scheme_end(text) {
        Some(_) => !user.contains(char::is_whitespace),
        None => !user.contains(['/', ' ']),
    }
}
