//! `hosting-managed`: an instance whose sign-in set-up is Adobe's.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, manifest::Hosting};

pub static RULE: Rule = Rule {
    id: "hosting-managed",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/hosting-managed.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(hosting) = subject.instance.and_then(|instance| instance.hosting.get()) else {
        return;
    };
    if hosting.value == Hosting::Hosted {
        findings.push(RULE.at(
            hosting,
            "Adobe owns the IMS set-up of hosted and managed instances",
            "ask Adobe Customer Care for the change; if the instance is your own, write `on-premise` or `hybrid`",
        ));
    }
}
