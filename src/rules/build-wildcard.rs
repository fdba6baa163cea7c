//! `build-wildcard`: a build number that the console does not take.

use super::{Check, Findings, Rule, Subject};
use crate::{finding::Severity, manifest::BuildNumber};

pub static RULE: Rule = Rule {
    id: "build-wildcard",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/build-wildcard.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let build = subject.instance.and_then(|instance| instance.build.get());
    if let Some(number) = build.and_then(|build| build.number.get())
        && matches!(number.value, BuildNumber::Any(_))
    {
        findings.push(RULE.at(
            number,
            "build number `*` is taken by the SOAP installation alone, not by the console or `nlserver`",
            "copy `buildNumber` from the first line of a package that this instance exported",
        ));
    }
}
