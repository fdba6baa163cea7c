//! `callback-not-https`: IMS sends operators back over https alone.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{draft::Change, finding::Severity};

pub static RULE: Rule = Rule {
    id: "callback-not-https",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/callback-not-https.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(callback) = &subject.callback else {
        return;
    };
    let Ok(address) = &callback.address else {
        return;
    };
    // One text that is anchored once and used for both is one mistake: `instance-url-not-https` reports it.
    let instance = subject.instance_url.as_ref();
    let is_shared =
        instance.is_some_and(|instance| instance.text.place.node == callback.text.place.node);
    if address.is_https || is_shared {
        return;
    }
    let scheme = callback
        .text
        .get(address.scheme.clone())
        .unwrap_or_default();
    let place = callback.text.place.part(address.scheme.clone());
    // Another port answers https, so somebody has to look where one is written.
    findings.push(
        RULE.at(
            callback.text,
            format!(
                "the callback server uses `{scheme}`, but IMS sends operators back over https alone"
            ),
            "write `https`, and see that the server answers there",
        )
        .fix(
            "write `https`",
            address.port.is_none(),
            vec![Change::Replace(place, "https".to_owned())],
        ),
    );
}
