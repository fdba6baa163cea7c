//! Drift: what a manifest wants against what an instance exported.

use std::collections::{BTreeMap, BTreeSet};

use super::{Package, ReadAccount, ReadPackage, group_label};
use crate::{
    manifest::{
        Manifest,
        fields::{self, FieldInfo, Kind},
        is_built_in_account,
    },
    secrets,
    yaml::{Place, to_step},
};

/// One thing that differs. What looks like a secret in either value is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where the manifest says it: a JSON pointer.
    pub field: String,
    /// The manifest's value, or for a default that nobody wrote, the key of the mapping that lacks it.
    pub place: Place,
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
    /// Another list, whose order means nothing.
    List,
    /// Both are names of the IMS account, today's and that of older builds: it is the same account, but an import would
    /// not find it and would create a second one.
    ImsAccountName,
    /// The group is missing where the package lists groups.
    GroupMissing,
    /// The group is missing, but another one has its label. The package's value is that one's name.
    GroupRenamed,
}

/// Compares the attributes that a manifest owns; secrets and build attributes are not among them. Nothing where the manifest has
/// errors.
///
/// `account` is the one of `found` to compare with. Absent attributes count as empty, 0 or false, as exports leave these out; an
/// absent `active` is not compared, its default not being public. Groups are compared where `found` lists groups at all: in what
/// `render` wrote those that the manifest creates, as it holds no others; in an export all of the manifest.
/// Differences of the account come first, in the order of its attributes, then those of groups, by name.
pub fn compare(
    manifest: &Manifest,
    found: &ReadPackage,
    account: &ReadAccount,
) -> Option<Vec<Difference>> {
    Package::of(manifest)?;
    let mut differences = Vec::new();
    for (attribute, field) in fields::attributes() {
        if let Some(wanted) = field.value(manifest) {
            let place = field.place(manifest)?;
            let found = account.get(attribute);
            differences.extend(value(field, attribute, place, wanted, found));
        }
    }
    if found.has_group_entities {
        differences.extend(groups(manifest, found)?);
    }
    Some(differences)
}

/// What an absent attribute counts as, in the manifest's words.
pub fn counts_as(attribute: &str) -> &'static str {
    match fields::of_attribute(attribute).map(|it| it.kind) {
        Some(Kind::Flag(_)) => "false",
        Some(Kind::Number(_)) => "0",
        _ => "",
    }
}

fn value(
    field: &FieldInfo,
    attribute: &'static str,
    place: Place,
    manifest: String,
    found: Option<&str>,
) -> Option<Difference> {
    if attribute == "active" && found.is_none() {
        return None;
    }
    let text = found.unwrap_or_default();
    let shown = match field.kind {
        Kind::Flag(_) => flag(text).map(|it| it.to_string()),
        _ => None,
    };
    let shown = shown.as_deref().unwrap_or(text);
    let is_equal = match field.kind {
        Kind::Number(_) if text.is_empty() => manifest == "0",
        Kind::Number(_) => text
            .parse()
            .is_ok_and(|number: u8| manifest == number.to_string()),
        Kind::List(_) => items(&manifest) == items(text),
        _ => manifest == shown,
    };
    if is_equal {
        return None;
    }
    let are_names =
        attribute == "name" && is_built_in_account(&manifest) && is_built_in_account(text);
    Some(Difference {
        field: field.pointer.to_owned(),
        place,
        attribute,
        kind: match field.kind {
            _ if are_names => DifferenceKind::ImsAccountName,
            Kind::List(_) => DifferenceKind::List,
            _ => DifferenceKind::Value,
        },
        manifest: secrets::mask_value(field.name(), &manifest),
        package: found.map(|_| secrets::mask_value(field.name(), shown)),
    })
}

/// What an attribute says that is 0 or 1; nothing for any other text.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text {
        "" | "0" | "false" => Some(false),
        "1" | "true" => Some(true),
        _ => None,
    }
}

/// The items of a list, as a package writes it.
pub fn items(list: &str) -> BTreeSet<&str> {
    list.split(',').filter(|it| !it.is_empty()).collect()
}

fn groups(manifest: &Manifest, found: &ReadPackage) -> Option<Vec<Difference>> {
    // Of several entities with one name the last one wins, as an import would have it.
    let present: BTreeMap<&str, Option<&str>> = found
        .groups
        .iter()
        .map(|it| (it.name.as_str(), it.label.as_deref()))
        .collect();
    let mut with_label: BTreeMap<&str, &str> = BTreeMap::new();
    let known = manifest.groups.get()?.0.iter();
    let known: BTreeSet<&str> = known.map(|(name, _)| name.as_str()).collect();
    // A group that the manifest has, too, is no other one's new name.
    for group in found.groups.iter().filter(|it| !known.contains(&*it.name)) {
        let label = group.label.as_deref().filter(|label| !label.is_empty());
        label.map(|label| with_label.entry(label).or_insert(&group.name));
    }
    let is_own = found.rendered_for().is_some();
    let mut wanted: Vec<_> = manifest.groups.get()?.0.iter().collect();
    wanted.sort_by_key(|(name, _)| name.as_str());
    let mut differences = Vec::new();
    for (name, group) in wanted {
        let Some(group) = group.get().filter(|it| !is_own || it.is_created()) else {
            continue;
        };
        let field = format!("/groups/{}", to_step(&secrets::mask(name)));
        let label = group_label(name, &group.label);
        let Some(found) = present.get(name.as_str()) else {
            let renamed = with_label.get(&*label).map(|name| secrets::mask(name));
            differences.push(Difference {
                field,
                place: name.place,
                attribute: "name",
                manifest: secrets::mask(name),
                kind: match renamed {
                    Some(_) => DifferenceKind::GroupRenamed,
                    None => DifferenceKind::GroupMissing,
                },
                package: renamed,
            });
            continue;
        };
        if group.is_created() && found.unwrap_or_default() != label {
            differences.push(Difference {
                field: format!("{field}/label"),
                place: group.label.get().map_or(name.place, |it| it.place),
                attribute: "label",
                manifest: secrets::mask_value("label", &label),
                package: found.map(|it| secrets::mask_value("label", it)),
                kind: DifferenceKind::Value,
            });
        }
    }
    Some(differences)
}
