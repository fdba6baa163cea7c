//! `build-version`: a build version that no import will match.

use super::{Check, Findings, Rule, Subject, releases};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "build-version",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/build-version.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(instance) = subject.instance else {
        return;
    };
    let Some(version) = instance.build.get().and_then(|build| build.version.get()) else {
        return;
    };
    let Some(&[major, ..]) = releases::numbers(version).as_deref() else {
        return;
    };
    if !findings.is_sound(version) {
        return;
    }
    if major == 7 {
        findings.push(RULE.at(
            version,
            format!("`{}` is a product release, not a build version", excerpt(version)),
            "write `\"6.7\"`, which version 7 says of itself in its exports; the release goes in `instance.release`",
        ));
        return;
    }
    let Some(release) = instance.release.get() else {
        return;
    };
    let product = if major == 6 { 7 } else { major };
    if let Some(&[release_major, ..]) = releases::numbers(release).as_deref()
        && release_major != product
    {
        findings.push(
            RULE.at(
                version,
                format!(
                    "build version `{}` belongs to version {product} of Campaign, not to release {}",
                    excerpt(version),
                    excerpt(release)
                ),
                "copy `buildVersion` from the first line of a package that this instance exported",
            )
            .related(release, "the release is here"),
        );
    }
}
