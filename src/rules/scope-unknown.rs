//! `scope-unknown`: a scope that no documented account has.

use super::{Check, Findings, Rule, Subject, scopes};
use crate::{draft::excerpt, finding::Severity, manifest::suggest::did_you_mean};

pub static RULE: Rule = Rule {
    id: "scope-unknown",
    severity: Severity::Note,
    fix: None,
    page: include_str!("scope-unknown.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some((_, items)) = scopes::of(subject) else {
        return;
    };
    for &item in &items {
        // A needed scope that is there in other letters alone is what `scope-missing` reports.
        let is_near = scopes::NEEDED
            .iter()
            .filter(|needed| item.eq_ignore_ascii_case(needed))
            .any(|needed| !items.iter().any(|other| other.value == *needed));
        if !findings.is_sound(item) || is_near || scopes::DOCUMENTED.contains(&item.as_str()) {
            continue;
        }
        let help = match did_you_mean(item, &scopes::DOCUMENTED) {
            Some(scope) => format!(
                "did you mean `{scope}`? A scope that IMS did not provision keeps operators from the sign-in page"
            ),
            None => "compare it with what Adobe provisioned: a scope too many keeps operators from the sign-in page"
                .to_owned(),
        };
        findings.push(RULE.at(
            item,
            format!("`{}` is in no account that Adobe documents", excerpt(item)),
            help,
        ));
    }
}
