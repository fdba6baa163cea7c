//! `account-name`: a name that the built-in account does not have.

use super::{Check, Findings, Rule, Subject};
use crate::{
    draft::excerpt,
    finding::Severity,
    manifest::{ACCOUNT_NAME, OLD_ACCOUNT_NAME},
};

pub static RULE: Rule = Rule {
    id: "account-name",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/account-name.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(name) = subject.account.and_then(|account| account.name.get()) else {
        return;
    };
    if findings.is_sound(name) && !is_built_in(name) {
        findings.push(RULE.at(
            name,
            format!("`{}` is not the name of the account that Campaign signs operators in with", excerpt(name)),
            format!("write `{ACCOUNT_NAME}`, or `{OLD_ACCOUNT_NAME}` if that is what the instance has: there must be exactly one such account"),
        ));
    }
}

/// Whether the built-in package of Campaign creates an account of this name.
pub fn is_built_in(name: &str) -> bool {
    matches!(name, ACCOUNT_NAME | OLD_ACCOUNT_NAME)
}
