//! `account-type`: an account whose kind is missing, or is another.

use super::{Check, Findings, Rule, Subject, account_name};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "account-type",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/account-type.md"),
    check: Check::Manifest(check),
};

/// Types that are known to be other accounts (schema `nms:extAccount`).
const OTHER_TYPES: [(i64, &str); 6] = [
    (0, "bounce mails"),
    (3, "mid-sourcing"),
    (7, "an external database"),
    (11, "an execution instance"),
    (12, "Adobe Experience Manager"),
    (17, "HDFS"),
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(account) = subject.account else {
        return;
    };
    if let Some(kind) = account.kind.get() {
        if let Some((number, what)) = OTHER_TYPES.iter().find(|(number, _)| *number == kind.value) {
            findings.push(RULE.at(
                kind,
                format!("type {number} is that of an account for {what}, not of the IMS account"),
                "remove `type`: the account exists already. For a new one, write the number that an export of the instance shows",
            ));
        }
        return;
    }
    let Some(name) = account.name.get() else {
        return;
    };
    if account.kind.is_absent() && findings.is_sound(name) && !account_name::is_built_in(name) {
        findings.push(RULE.at(
            name,
            "without `type`, an import that finds no account of this name would create one of another kind",
            "write `Adobe_Experience_Cloud`, which exists already, or add `type` with the number that an export of the instance shows",
        ));
    }
}
