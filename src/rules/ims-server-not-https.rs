//! `ims-server-not-https`: a server of Adobe that is not named by an https URL.

use super::{Check, Findings, FixKind, Rule, Subject};
use crate::{
    draft::Change,
    finding::Severity,
    text::url::{self, Address},
};

pub static RULE: Rule = Rule {
    id: "ims-server-not-https",
    severity: Severity::Error,
    fix: Some(FixKind::Safe),
    page: include_str!("pages/ims-server-not-https.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for url in [&subject.ims_server, &subject.experience_cloud_server]
        .into_iter()
        .flatten()
    {
        if !findings.is_sound(url.text) {
            continue;
        }
        let text = &url.text.value;
        let draft = match url::scheme_end(text) {
            Some(end) => {
                let scheme = text.get(..end).unwrap_or_default();
                if scheme.eq_ignore_ascii_case("https") {
                    continue;
                }
                let place = url.text.place.part(0..end);
                let draft = RULE.at(
                    url.text,
                    format!(
                        "`{}` uses `{scheme}`, but Adobe's servers take https alone",
                        url.field
                    ),
                    "write `https`",
                );
                draft.safe_fix("write `https`", Change::Replace(place, "https".to_owned()))
            }
            None => {
                let message = format!("`{}` has no `https://` before the host", url.field);
                let mended = format!("https://{text}");
                let is_host = text.starts_with(|first: char| first.is_ascii_alphanumeric())
                    && !text.contains(':');
                if is_host && Address::parse(&mended).is_ok() {
                    let draft = RULE.at(url.text, message, format!("write `{mended}`"));
                    draft.safe_fix(
                        "write `https://` before it",
                        Change::Replace(url.text.place, mended),
                    )
                } else {
                    RULE.at(
                        url.text,
                        message,
                        "write the whole URL, such as `https://ims-na1.adobelogin.com`",
                    )
                }
            }
        };
        findings.push(draft);
    }
}
