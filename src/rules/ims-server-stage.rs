//! `ims-server-stage`: Adobe's own staging endpoint of IMS.

use super::{Check, Findings, Rule, Subject, ims};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "ims-server-stage",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/ims-server-stage.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some((text, host, range)) = ims::host(subject) else {
        return;
    };
    if !ims::is_stage(&host) {
        return;
    }
    let host = excerpt(&host);
    findings.push(RULE.at(
        text.place.part(range),
        format!("`{host}` is a staging endpoint of IMS, which no instance of Campaign signs in through"),
        "write `https://ims-na1.adobelogin.com`: stage instances of Campaign use this production endpoint too",
    ));
}
