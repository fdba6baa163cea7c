//! `scope-missing`: scopes without which nobody signs in.

use super::{Check, Findings, Rule, Subject, scopes};
use crate::{finding::Severity, text::suggest::list};

pub static RULE: Rule = Rule {
    id: "scope-missing",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/scope-missing.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some((list_of_scopes, items)) = scopes::of(subject) else {
        return;
    };
    if !items.iter().all(|item| findings.is_sound(*item)) {
        return;
    }
    let missing = scopes::NEEDED
        .into_iter()
        .filter(|needed| !items.iter().any(|item| item.value == **needed));
    let (near, absent): (Vec<&str>, Vec<&str>) =
        missing.partition(|needed| items.iter().any(|item| item.eq_ignore_ascii_case(needed)));
    for needed in near {
        if let Some(item) = items.iter().find(|item| item.eq_ignore_ascii_case(needed)) {
            findings.push(RULE.at(
                *item,
                format!(
                    "`{}` is not the scope `{needed}`: upper and lower case count",
                    item.value
                ),
                format!("write `{needed}`"),
            ));
        }
    }
    if !absent.is_empty() {
        let names = list(&absent).replace(" or ", " and ");
        findings.push(RULE.at(
            list_of_scopes,
            format!("the scope lacks {names}"),
            format!("add {names}, unless IMS provisioned this client without"),
        ));
    }
}
