//! `account-disabled`: an account that signs nobody in.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "account-disabled",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/account-disabled.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if let Some(enabled) = subject.account.and_then(|account| account.enabled.get())
        && !enabled.value
    {
        findings.push(RULE.at(
            enabled,
            "the account is disabled, so nobody signs in with an Adobe ID",
            "write `enabled: true`, or remove the field",
        ));
    }
}
