//! `callback-extra-parts`: more than the address of a server.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "callback-extra-parts",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/callback-extra-parts.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(callback) = &subject.callback else {
        return;
    };
    let Ok(address) = &callback.address else {
        return;
    };
    let rest = callback.text.get(address.rest.clone()).unwrap_or_default();
    let what = match rest {
        "" | "/" => return,
        _ if rest.contains('#') => "a fragment",
        _ if rest.contains('?') => "a query",
        _ => "a path",
    };
    findings.push(RULE.at(
        callback.text.place.part(address.rest.clone()),
        format!(
            "the callback server has {what}, but Campaign expects the address of the server alone"
        ),
        format!("remove `{}`", excerpt(rest)),
    ));
}
