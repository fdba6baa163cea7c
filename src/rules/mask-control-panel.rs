//! `mask-control-panel`: a mask that makes every operator an administrator of the Control Panel.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "mask-control-panel",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/mask-control-panel.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mask) = &subject.mask else {
        return;
    };
    let (Some(range), Some(prefix)) = (mask.mask.prefix(), mask.mask.literal_prefix()) else {
        return;
    };
    if !prefix.to_ascii_lowercase().contains("admin") {
        return;
    }
    let written = mask
        .text
        .get(range.clone())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let part = match written.find("admin") {
        Some(at) => range.start + at..range.start + at + "admin".len(),
        None => range,
    };
    findings.push(RULE.at(
        mask.text.place.part(part),
        "the mask's prefix has \"admin\" in it, so every profile would grant access to the Campaign Control Panel",
        "name the profiles without \"admin\" but for the group `admin` itself",
    ));
}
