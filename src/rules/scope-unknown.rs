//! `scope-unknown`: a scope that no documented account has.

use super::{Check, Findings, Rule, Subject, scopes};
use crate::{draft::excerpt, finding::Severity, text::suggest::did_you_mean};

pub static RULE: Rule = Rule {
    id: "scope-unknown",
    severity: Severity::Note,
    fix: None,
    page: include_str!("pages/scope-unknown.md"),
    check: Check::Manifest(check),
};

/// For how many scopes a near one is looked for: a list is short, and a look at each of thousands takes seconds.
const MOST_GUESSES: usize = 100;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some((_, items)) = scopes::of(subject) else {
        return;
    };
    let mut guesses = MOST_GUESSES;
    for &item in &items {
        // A needed scope that is there in other letters alone is what `scope-missing` reports.
        let is_near = scopes::NEEDED
            .iter()
            .filter(|needed| item.eq_ignore_ascii_case(needed))
            .any(|needed| !items.iter().any(|other| other.value == *needed));
        if !findings.is_sound(item) || is_near || scopes::DOCUMENTED.contains(&item.as_str()) {
            continue;
        }
        guesses = guesses.saturating_sub(1);
        let meant = if guesses > 0 {
            did_you_mean(item, &scopes::DOCUMENTED)
        } else {
            None
        };
        let help = match meant {
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
