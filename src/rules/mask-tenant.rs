//! `mask-tenant`: a mask that names neither tenant nor instance.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "mask-tenant",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/mask-tenant.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(prefix) = subject
        .sound_mask(findings)
        .and_then(|mask| mask.literal_prefix())
    else {
        return;
    };
    let (Some(mask), Some(tenant), Some(instance)) = (
        &subject.mask,
        subject
            .organization
            .and_then(|organization| organization.tenant.get()),
        subject.instance.and_then(|instance| instance.name.get()),
    ) else {
        return;
    };
    if !findings.is_sound(tenant) || !findings.is_sound(instance) {
        return;
    }
    let prefix = prefix.to_lowercase();
    if prefix.contains(&tenant.to_lowercase()) || prefix.contains(&instance.to_lowercase()) {
        return;
    }
    findings.push(
        RULE.at(
            mask.text.place.part(mask.mask.prefix().unwrap_or_default()),
            format!(
                "the mask names neither the tenant `{}` nor the instance `{}`",
                tenant.value, instance.value
            ),
            format!(
                "write it like `Campaign - {} - (.*)`, so that profiles of other instances stay apart",
                tenant.value
            ),
        )
        .related(tenant, "the tenant is here"),
    );
}
