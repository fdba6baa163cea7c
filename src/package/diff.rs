//! Drift: what a manifest wants against what an instance exported.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, Attribute, IMS_ACCOUNT_NAMES, Package, ReadAccount, ReadPackage};

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where the manifest says it: a JSON pointer.
    pub field: String,
    /// The attribute in the package: of the account, or `name` or `label` of a group.
    pub attribute: &'static str,
    /// What the manifest wants, in the manifest's words: `true`, or `openid,AdobeID` for a list.
    pub manifest: String,
    /// What the package says, in the same words where it has them; `None` where it says nothing.
    pub package: Option<String>,
    /// What kind of difference it is.
    pub kind: DifferenceKind,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Another value.
    Value,
    /// Both are names of the IMS account, today's and that of older builds: it is the same account, but an import would
    /// not find it and would create a second one.
    ImsAccountName,
    /// The group is missing where the package lists groups.
    GroupMissing,
}

/// Compares the attributes that a manifest owns; secrets and build attributes are not among them.
///
/// `expected` is what `render` would write, its groups those with `create: true`; `other_groups` are the names of the
/// manifest's other groups; `account` is the one of `found` to compare with. Absent attributes count as empty, 0 or
/// false, as exports leave these out; an absent `active` is not compared, its default not being public. Groups are
/// compared where `found` lists groups at all. Differences of the account come first, in the order of its attributes,
/// then those of groups, by name.
pub fn diff(
    expected: &Package,
    other_groups: &[&str],
    found: &ReadPackage,
    account: &ReadAccount,
) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Attribute::ALL
        .into_iter()
        .filter_map(|attribute| compare(&expected.account, attribute, account.get(attribute)))
        .collect();
    if found.has_group_entities {
        groups(expected, other_groups, found, &mut differences);
    }
    differences
}

fn compare(expected: &Account, attribute: Attribute, found: Option<&str>) -> Option<Difference> {
    let text = found.unwrap_or_default();
    let (manifest, package, equal) = match attribute {
        Attribute::Active => {
            found?;
            flags(expected.active, text)
        }
        Attribute::PackageAutoExport => flags(expected.package_auto_export, text),
        Attribute::Type => {
            let wanted = expected.account_type?;
            let number = if text.is_empty() {
                Some(0)
            } else {
                text.parse().ok()
            };
            (wanted.to_string(), text.to_owned(), number == Some(wanted))
        }
        Attribute::UserScope => {
            let equal = scopes(&expected.user_scope) == scopes(text);
            (expected.user_scope.clone(), text.to_owned(), equal)
        }
        _ => {
            let wanted = wanted_text(expected, attribute);
            (wanted.to_owned(), text.to_owned(), wanted == text)
        }
    };
    if equal {
        return None;
    }
    let is_ims_name = |it: &str| IMS_ACCOUNT_NAMES.contains(&it);
    let kind = if attribute == Attribute::Name && is_ims_name(&manifest) && is_ims_name(&package) {
        DifferenceKind::ImsAccountName
    } else {
        DifferenceKind::Value
    };
    Some(Difference {
        field: attribute.pointer().to_owned(),
        attribute: attribute.as_str(),
        manifest,
        package: found.map(|_| package),
        kind,
    })
}

fn wanted_text(account: &Account, attribute: Attribute) -> &str {
    match attribute {
        Attribute::CallbackServer => &account.callback_server,
        Attribute::ClientId => &account.client_id,
        Attribute::ImsOrgId => &account.ims_org_id,
        Attribute::ImsRightsMask => &account.ims_rights_mask,
        Attribute::ImsServer => &account.ims_server,
        Attribute::Label => &account.label,
        Attribute::Name => &account.name,
        Attribute::ProductContext => &account.product_context,
        Attribute::Server => &account.server,
        Attribute::Tenant => &account.tenant,
        Attribute::UserScope => &account.user_scope,
        Attribute::Active | Attribute::PackageAutoExport | Attribute::Type => "",
    }
}

/// Both sides in the manifest's words, and whether they are equal.
fn flags(wanted: bool, found: &str) -> (String, String, bool) {
    let found_flag = match found {
        "" | "0" | "false" => Some(false),
        "1" | "true" => Some(true),
        _ => None,
    };
    let shown = found_flag.map_or_else(|| found.to_owned(), |it| it.to_string());
    (wanted.to_string(), shown, found_flag == Some(wanted))
}

fn scopes(list: &str) -> BTreeSet<&str> {
    list.split(',').filter(|it| !it.is_empty()).collect()
}

fn groups(
    expected: &Package,
    other_groups: &[&str],
    found: &ReadPackage,
    differences: &mut Vec<Difference>,
) {
    let created = expected
        .groups
        .iter()
        .map(|it| (it.name.as_str(), Some(it.label.as_str())));
    let others = other_groups.iter().map(|&name| (name, None));
    let wanted: BTreeMap<&str, Option<&str>> = others.chain(created).collect();
    // Of several entities with one name the last one wins, as an import would have it.
    let present: BTreeMap<&str, Option<&str>> = found
        .groups
        .iter()
        .map(|it| (it.name.as_str(), it.label.as_deref()))
        .collect();
    for (name, label) in wanted {
        let field = format!("/groups/{}", name.replace('~', "~0").replace('/', "~1"));
        match (present.get(name), label) {
            (None, _) => differences.push(Difference {
                field,
                attribute: "name",
                manifest: name.to_owned(),
                package: None,
                kind: DifferenceKind::GroupMissing,
            }),
            (Some(found), Some(label)) if found.unwrap_or_default() != label => {
                differences.push(Difference {
                    field: format!("{field}/label"),
                    attribute: "label",
                    manifest: label.to_owned(),
                    package: found.map(str::to_owned),
                    kind: DifferenceKind::Value,
                })
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
