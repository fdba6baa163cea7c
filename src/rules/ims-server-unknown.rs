//! `ims-server-unknown`: a server that nobody documents as one of IMS.

use super::{Check, Findings, Rule, Subject, ims};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "ims-server-unknown",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/ims-server-unknown.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some((text, host, range)) = ims::host(subject) else {
        return;
    };
    if ims::DOCUMENTED.contains(&host.as_str())
        || ims::is_stage(&host)
        || subject.settings.known_ims_servers.contains(&host)
    {
        return;
    }
    let host = excerpt(&host);
    findings.push(RULE.at(
        text.place.part(range),
        format!("`{host}` is not an IMS server that Adobe documents"),
        format!("write `https://ims-na1.adobelogin.com`, or add `{host}` to `known_ims_servers` in `campaign-ims.toml` if Adobe gave it to you"),
    ));
}
