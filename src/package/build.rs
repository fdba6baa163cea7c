//! From a manifest to its package.

use super::{Account, Group, Package};
use crate::{
    manifest::{
        ACCOUNT_LABEL, ACCOUNT_NAME, BuildNumber, EXPERIENCE_CLOUD_SERVER, Manifest,
        PRODUCT_CONTEXT, built_in_label,
    },
    yaml::Field,
};

impl Package {
    /// The package of a manifest that has no errors, without the secret; nothing where a field lacks its value.
    ///
    /// Every value is written as the manifest has it. Groups are those that the package creates.
    pub fn of(manifest: &Manifest) -> Option<Self> {
        let organization = manifest.organization.get()?;
        let instance = manifest.instance.get()?;
        let account = manifest.external_account.get()?;
        let build = instance.build.get()?;
        let name = text(&instance.name)?;
        let groups = manifest.groups.get()?.0.iter().filter_map(|(name, group)| {
            let group = group.get()?;
            group.create.get()?.value.then(|| Group {
                name: name.value.clone(),
                label: group_label(name, &group.label),
            })
        });
        let scope: Option<Vec<&str>> = account
            .scope
            .get()?
            .iter()
            .map(|scope| scope.get().map(|scope| scope.as_str()))
            .collect();
        Some(Self {
            build_number: match &build.number.get()?.value {
                BuildNumber::Number(number) => number.to_string(),
                BuildNumber::Any(any) => any.clone(),
            },
            build_version: text(&build.version)?,
            label: format!("IMS configuration of {name}"),
            name: format!("ims-{name}"),
            namespace: "cus".to_owned(),
            groups: groups.collect(),
            account: Account {
                active: flag(&account.enabled, true)?,
                callback_server: text(&account.callback_server)?,
                client_id: text(&account.client_id)?,
                client_secret: None,
                ims_org_id: text(&organization.id)?,
                ims_rights_mask: text(&account.association_mask)?,
                ims_server: text(&account.ims_server)?,
                label: text_or(&account.label, ACCOUNT_LABEL)?,
                name: text_or(&account.name, ACCOUNT_NAME)?,
                package_auto_export: flag(&account.export_in_packages, false)?,
                product_context: text_or(&account.product_context, PRODUCT_CONTEXT)?,
                server: text_or(&account.experience_cloud_server, EXPERIENCE_CLOUD_SERVER)?,
                tenant: text(&organization.tenant)?,
                account_type: match &account.kind {
                    Field::Absent => None,
                    Field::Spoilt => return None,
                    Field::Written(kind) => Some(u8::try_from(kind.value).ok()?),
                },
                user_scope: scope?.join(","),
            },
        })
    }
}

/// The label that a group has: the written one, a built-in group's own, else its name.
pub fn group_label(name: &str, label: &Field<String>) -> String {
    match label.get() {
        Some(label) => label.value.clone(),
        None => built_in_label(name).unwrap_or(name).to_owned(),
    }
}

fn text(field: &Field<String>) -> Option<String> {
    field.get().map(|text| text.value.clone())
}

fn text_or(field: &Field<String>, default: &str) -> Option<String> {
    match field {
        Field::Absent => Some(default.to_owned()),
        _ => text(field),
    }
}

fn flag(field: &Field<bool>, default: bool) -> Option<bool> {
    match field {
        Field::Absent => Some(default),
        _ => field.get().map(|flag| flag.value),
    }
}
