//! The external account: its name, its type, whether it is enabled, and its product context.

use super::{
    Context,
    catalogue::{self, ACCOUNT_DISABLED, ACCOUNT_TYPE, PRODUCT_CONTEXT},
};
use crate::{
    diagnostic::{Claims, excerpt},
    manifest::{ACCOUNT_NAME, OLD_ACCOUNT_NAME, is_built_in_account},
};

/// Numbers of account types that are known to be others (seen in Adobe's own code and exports).
const OTHER_TYPES: [(i64, &str); 6] = [
    (0, "bounce mails"),
    (3, "mid-sourcing"),
    (7, "an external database"),
    (11, "an execution instance"),
    (12, "Adobe Experience Manager"),
    (17, "HDFS"),
];

pub fn name(context: &Context<'_>, claims: &mut Claims) {
    if let Some(name) = context.account.name.get()
        && !is_built_in_account(name)
    {
        claims.push(catalogue::ACCOUNT_NAME.at(
            name,
            format!("`{}` is not the name of the account that Campaign signs operators in with", excerpt(name)),
            format!("write `{ACCOUNT_NAME}`, or `{OLD_ACCOUNT_NAME}` if that is what the instance has: there must be exactly one such account"),
        ));
    }
}

pub fn kind(context: &Context<'_>, claims: &mut Claims) {
    let account = context.account;
    if let Some(kind) = account.kind.get()
        && let Some((number, what)) = OTHER_TYPES.iter().find(|(number, _)| *number == kind.value)
    {
        let name = account.name.get();
        let help = match name.filter(|name| !is_built_in_account(name)) {
            None => {
                "remove `type`: the account exists already. For a new one, write the number that an export of the instance shows"
            }
            Some(_) => {
                "write the number that an export of the instance shows; or remove `type`, and write `name: Adobe_Experience_Cloud`, which exists already"
            }
        };
        let message =
            format!("type {number} is that of an account for {what}, not of the IMS account");
        claims.push(ACCOUNT_TYPE.at(kind, message, help));
    }
    if let Some(name) = account.name.get()
        && account.kind.is_absent()
        && !is_built_in_account(name)
    {
        claims.push(ACCOUNT_TYPE.at(
            name,
            "without `type`, an import that finds no account of this name would create one of another kind",
            "write `Adobe_Experience_Cloud`, which exists already, or add `type` with the number that an export of the instance shows",
        ));
    }
}

pub fn disabled(context: &Context<'_>, claims: &mut Claims) {
    if let Some(enabled) = context.account.enabled.get()
        && !enabled.value
    {
        claims.push(ACCOUNT_DISABLED.at(
            enabled,
            "the account is disabled, so nobody signs in with an Adobe ID",
            "write `enabled: true`, or remove the field",
        ));
    }
}

pub fn product_context(context: &Context<'_>, claims: &mut Claims) {
    let Some(value) = context.account.product_context.get() else {
        return;
    };
    if !matches!(value.as_str(), "" | "dma_campaign_classic" | "dma_campaign") {
        claims.push(PRODUCT_CONTEXT.at(
            value,
            format!("`{}` is not a product context of Campaign", excerpt(value)),
            "write `dma_campaign_classic`, or `\"\"` where the form has no such field; IMS must have the same",
        ));
    }
}
