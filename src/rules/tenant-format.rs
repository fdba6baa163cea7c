//! `tenant-format`: a URL or an ID where the tenant's name is due.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::shown, finding::Severity};

pub static RULE: Rule = Rule {
    id: "tenant-format",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/tenant-format.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(tenant) = subject
        .organization
        .and_then(|organization| organization.tenant.get())
    else {
        return;
    };
    if !findings.is_sound(tenant) {
        return;
    }
    let wrong = |character: char| matches!(character, '/' | ':' | '@') || character.is_whitespace();
    let what = if tenant.contains("://") {
        "a URL"
    } else if tenant.contains('@') {
        "an ID"
    } else if tenant.to_ascii_lowercase().ends_with(".adobe.com") {
        "a host"
    } else if let Some(character) = tenant.chars().find(|character| wrong(*character)) {
        let what = shown(character);
        findings.push(RULE.at(
            tenant,
            format!("the tenant holds {what}, which no tenant's name does"),
            HELP,
        ));
        return;
    } else {
        return;
    };
    findings.push(RULE.at(
        tenant,
        format!("the tenant is written as {what}, but its name alone is due"),
        HELP,
    ));
}

const HELP: &str =
    "write the name alone: the `TENANT` of `https://TENANT.experiencecloud.adobe.com`";
