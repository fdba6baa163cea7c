//! `product-context`: a product context that IMS does not know for Campaign.

use super::{Check, Findings, Rule, Subject};
use crate::{draft::excerpt, finding::Severity};

pub static RULE: Rule = Rule {
    id: "product-context",
    severity: Severity::Warning,
    fix: None,
    page: include_str!("pages/product-context.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(context) = subject
        .account
        .and_then(|account| account.product_context.get())
    else {
        return;
    };
    if findings.is_sound(context)
        && !matches!(
            context.as_str(),
            "" | "dma_campaign_classic" | "dma_campaign"
        )
    {
        findings.push(RULE.at(
            context,
            format!("`{}` is not a product context of Campaign", excerpt(context)),
            "write `dma_campaign_classic`, or `\"\"` where the form has no such field; IMS must have the same",
        ));
    }
}
