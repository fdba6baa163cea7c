//! `release-not-ready`: a release that cannot sign operators in through IMS as it should.

use super::{Check, Findings, Rule, Subject, releases};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "release-not-ready",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/release-not-ready.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(release) = subject.instance.and_then(|instance| instance.release.get()) else {
        return;
    };
    let special = ["7.3.2.IMS", "7.3.3.IMS"]
        .iter()
        .any(|ready| release.eq_ignore_ascii_case(ready));
    let late = releases::numbers(release).is_some_and(|numbers| numbers >= vec![7, 3, 5]);
    if findings.is_sound(release) && !special && !late {
        findings.push(RULE.at(
            release,
            format!("release {} is not one that Adobe made ready for IMS", excerpt(release)),
            "upgrade the instance first: to 7.4.1, which Adobe recommends, or to 7.3.5, 7.3.3.IMS or 7.3.2.IMS",
        ));
    }
}
