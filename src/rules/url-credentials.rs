//! `url-credentials`: a URL that carries a user name or a password.

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
            Err(_) => secrets::user_information(url.text)
                .into_iter()
                .next()
                .or_else(|| without_scheme(url.text)),
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

/// What stands before `@` in a server that is written without a scheme.
fn without_scheme(text: &str) -> Option<std::ops::Range<usize>> {
    let at = text.find('@')?;
    let user = text.get(..at)?;
    let is_user = url::scheme_end(text).is_none() && !user.contains(['/', ' ']);
    is_user.then_some(0..at)
}
