//! `package-missing`: an instance without the package that brings the account.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, yaml::Field};

pub static RULE: Rule = Rule {
    id: "package-missing",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/package-missing.md"),
    check: Check::Manifest(check),
};

const NEEDED: &str = "experience-cloud-integration";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(packages) = subject
        .instance
        .and_then(|instance| instance.packages.get())
    else {
        return;
    };
    let names: Option<Vec<_>> = packages.iter().map(Field::get).collect();
    if names.is_some_and(|names| !names.iter().any(|name| name.0 == NEEDED)) {
        findings.push(RULE.at(
            packages,
            "the instance lacks the package \"Integration with the Adobe Experience Cloud\", which creates the account",
            format!("install it on the instance first, then add `{NEEDED}` here"),
        ));
    }
}
