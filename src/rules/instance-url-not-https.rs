//! `instance-url-not-https`: an instance that is not reached over https.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{draft::Change, finding::Severity};

pub static RULE: Rule = Rule {
    id: "instance-url-not-https",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/instance-url-not-https.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(url) = &subject.instance_url else {
        return;
    };
    let Ok(address) = &url.address else {
        return;
    };
    if address.is_https {
        return;
    }
    let scheme = url.text.get(address.scheme.clone()).unwrap_or_default();
    let place = url.text.place.part(address.scheme.clone());
    findings.push(
        RULE.at(
            url.text,
            format!(
                "the instance's URL uses `{scheme}`, but IMS sends operators back over https alone"
            ),
            "write `https`",
        )
        .safe_fix("write `https`", Change::Replace(place, "https".to_owned())),
    );
}
