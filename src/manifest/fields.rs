//! The one table of the manifest's fields and of the package's attributes: what a field is, where it is written, what it is
//! in the package and what it is when nobody wrote it. Titles and descriptions are those of the schema.

use super::{
    ACCOUNT_LABEL, ACCOUNT_NAME, EXPERIENCE_CLOUD_SERVER, Group, Manifest, PRODUCT_CONTEXT,
};
use crate::yaml::{Field, Place, Spanned};

/// What a field's value is for, which decides how it is checked and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A value that other programs compare letter by letter.
    Identifier,
    /// A URL, which can carry user information.
    Url,
    /// The association mask.
    Mask,
    /// Where a secret is found.
    Secret,
    /// Any other text.
    Text,
    /// A flag, a number or one of a few words.
    Other,
}

/// A list of texts as it is written.
type Texts = Field<Vec<Field<String>>>;

/// A field's type, with the way to its value.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text.
    Text(fn(&Manifest) -> Option<&Field<String>>),
    /// A list of texts, which a package writes with commas.
    List(fn(&Manifest) -> Option<&Texts>),
    /// `true` or `false`; `1` or `0` in a package.
    Flag(fn(&Manifest) -> Option<&Field<bool>>),
    /// A number.
    Number(fn(&Manifest) -> Option<&Field<i64>>),
    /// A text of each group.
    GroupText(fn(&Group) -> &Field<String>),
    /// The internal name of each group, which is its key.
    GroupName,
    /// Anything that is read in one place only.
    Other,
}

/// A field of the manifest.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// A JSON pointer; `*` stands for any group's name.
    pub pointer: &'static str,
    /// The attribute of `nms:extAccount`; the names are those of a full record in Adobe's `acc-js-sdk` (`test/mock.js`).
    pub attribute: Option<&'static str>,
    /// The type.
    pub kind: Kind,
    /// What the value is for.
    pub class: Class,
    /// What messages call the value.
    pub noun: &'static str,
    /// The value when nothing is written, in the manifest's words.
    pub default: Option<&'static str>,
}

impl FieldInfo {
    const fn new(pointer: &'static str, kind: Kind) -> Self {
        Self {
            pointer,
            attribute: None,
            kind,
            class: Class::Other,
            noun: "",
            default: None,
        }
    }

    const fn text(
        pointer: &'static str,
        get: fn(&Manifest) -> Option<&Field<String>>,
        class: Class,
        noun: &'static str,
    ) -> Self {
        Self::new(pointer, Kind::Text(get)).is(class, noun)
    }

    const fn is(mut self, class: Class, noun: &'static str) -> Self {
        self.class = class;
        self.noun = noun;
        self
    }

    const fn attribute(mut self, name: &'static str) -> Self {
        self.attribute = Some(name);
        self
    }

    const fn default(mut self, text: &'static str) -> Self {
        self.default = Some(text);
        self
    }
}

/// Every field that has a value of its own, in the order of the contract.
pub static FIELDS: [FieldInfo; 28] = [
    FieldInfo::new("/version", Kind::Other),
    FieldInfo::text(
        "/organization/name",
        |it| Some(&it.organization.get()?.name),
        Class::Text,
        "the organization's name",
    ),
    FieldInfo::text(
        "/organization/id",
        |it| Some(&it.organization.get()?.id),
        Class::Identifier,
        "the organization ID",
    )
    .attribute("imsOrgId"),
    FieldInfo::text(
        "/organization/tenant",
        |it| Some(&it.organization.get()?.tenant),
        Class::Identifier,
        "the tenant",
    )
    .attribute("tenant"),
    FieldInfo::text(
        "/instance/name",
        |it| Some(&it.instance.get()?.name),
        Class::Identifier,
        "the instance's name",
    ),
    FieldInfo::text(
        "/instance/url",
        |it| Some(&it.instance.get()?.url),
        Class::Url,
        "the instance's URL",
    ),
    FieldInfo::new("/instance/hosting", Kind::Other),
    FieldInfo::text(
        "/instance/build/version",
        |it| Some(&it.instance.get()?.build.get()?.version),
        Class::Text,
        "the build version",
    ),
    FieldInfo::new("/instance/build/number", Kind::Other),
    FieldInfo::text(
        "/instance/release",
        |it| Some(&it.instance.get()?.release),
        Class::Text,
        "the release",
    ),
    FieldInfo::new("/instance/packages", Kind::Other),
    FieldInfo::text(
        "/external_account/name",
        |it| Some(&it.external_account.get()?.name),
        Class::Identifier,
        "the account's name",
    )
    .attribute("name")
    .default(ACCOUNT_NAME),
    FieldInfo::text(
        "/external_account/label",
        |it| Some(&it.external_account.get()?.label),
        Class::Text,
        "the account's label",
    )
    .attribute("label")
    .default(ACCOUNT_LABEL),
    FieldInfo::new(
        "/external_account/enabled",
        Kind::Flag(|it| Some(&it.external_account.get()?.enabled)),
    )
    .attribute("active")
    .default("true"),
    FieldInfo::new(
        "/external_account/export_in_packages",
        Kind::Flag(|it| Some(&it.external_account.get()?.export_in_packages)),
    )
    .attribute("packageAutoExport")
    .default("false"),
    FieldInfo::new(
        "/external_account/type",
        Kind::Number(|it| Some(&it.external_account.get()?.kind)),
    )
    .attribute("type"),
    FieldInfo::text(
        "/external_account/ims_server",
        |it| Some(&it.external_account.get()?.ims_server),
        Class::Url,
        "the IMS server",
    )
    .attribute("imsServer"),
    FieldInfo::new(
        "/external_account/scope",
        Kind::List(|it| Some(&it.external_account.get()?.scope)),
    )
    .is(Class::Identifier, "the scope")
    .attribute("userScope"),
    FieldInfo::text(
        "/external_account/client_id",
        |it| Some(&it.external_account.get()?.client_id),
        Class::Identifier,
        "the client ID",
    )
    .attribute("clientId"),
    FieldInfo::new("/external_account/client_secret/env", Kind::Other)
        .is(Class::Secret, "the secret's variable"),
    FieldInfo::text(
        "/external_account/client_secret/file",
        |it| Some(&it.external_account.get()?.client_secret.get()?.file),
        Class::Secret,
        "the secret's file",
    ),
    FieldInfo::text(
        "/external_account/callback_server",
        |it| Some(&it.external_account.get()?.callback_server),
        Class::Url,
        "the callback server",
    )
    .attribute("callbackServer"),
    FieldInfo::text(
        "/external_account/association_mask",
        |it| Some(&it.external_account.get()?.association_mask),
        Class::Mask,
        "the mask",
    )
    .attribute("imsRightsMask"),
    FieldInfo::text(
        "/external_account/product_context",
        |it| Some(&it.external_account.get()?.product_context),
        Class::Identifier,
        "the product context",
    )
    .attribute("productContext")
    .default(PRODUCT_CONTEXT),
    FieldInfo::text(
        "/external_account/experience_cloud_server",
        |it| Some(&it.external_account.get()?.experience_cloud_server),
        Class::Url,
        "the Experience Cloud server",
    )
    .attribute("server")
    .default(EXPERIENCE_CLOUD_SERVER),
    FieldInfo::new("/groups/*", Kind::GroupName).is(Class::Identifier, "the group's name"),
    FieldInfo::new("/groups/*/label", Kind::GroupText(|it| &it.label))
        .is(Class::Text, "the group's label"),
    FieldInfo::new("/groups/*/profile", Kind::GroupText(|it| &it.profile))
        .is(Class::Identifier, "the profile"),
];

/// The fields that a package has as attributes of the account, in the order of their names there.
pub fn attributes() -> Vec<(&'static str, &'static FieldInfo)> {
    let mut found: Vec<_> = FIELDS
        .iter()
        .filter_map(|field| Some((field.attribute?, field)))
        .collect();
    found.sort_by_key(|(name, _)| *name);
    found
}

/// The field that a package's attribute comes from.
pub fn of_attribute(name: &str) -> Option<&'static FieldInfo> {
    FIELDS.iter().find(|field| field.attribute == Some(name))
}

/// The texts that a manifest has written, each with its field.
pub fn texts(manifest: &Manifest) -> Vec<(&'static FieldInfo, &Spanned<String>)> {
    let groups = || manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let mut found = Vec::new();
    for field in &FIELDS {
        match field.kind {
            Kind::Text(get) => {
                found.extend(get(manifest).and_then(Field::get).map(|it| (field, it)))
            }
            Kind::List(get) => {
                let list = get(manifest).and_then(Field::get).into_iter();
                let items = list.flat_map(|it| it.value.iter().filter_map(Field::get));
                found.extend(items.map(|it| (field, it)));
            }
            Kind::GroupText(get) => {
                let texts = groups().filter_map(|(_, group)| get(group.get()?).get());
                found.extend(texts.map(|it| (field, it)));
            }
            Kind::GroupName => {
                let judged = groups().filter(|(_, group)| group.get().is_some());
                found.extend(judged.map(|(name, _)| (field, name)));
            }
            Kind::Flag(_) | Kind::Number(_) | Kind::Other => {}
        }
    }
    found
}

/// The row of a field, by the keys on the way to it.
pub fn at(keys: &[&str]) -> Option<&'static FieldInfo> {
    FIELDS.iter().find(|field| {
        let known = field.pointer.split('/').skip(1);
        let matches = |(known, key): (&str, &&str)| known == "*" || known == *key;
        known.clone().count() == keys.len() && known.zip(keys).all(matches)
    })
}

/// Whether a field of this name holds a text.
pub fn is_text(name: &str) -> bool {
    let is_text = |field: &FieldInfo| matches!(field.kind, Kind::Text(_) | Kind::GroupText(_));
    FIELDS.iter().any(|it| is_text(it) && it.is_called(name))
}

/// Whether a field of this name is a URL, wherever it is.
pub fn is_url(name: &str) -> bool {
    let is_url = |field: &FieldInfo| field.class == Class::Url;
    FIELDS.iter().any(|it| is_url(it) && it.is_called(name))
}

impl FieldInfo {
    fn is_called(&self, name: &str) -> bool {
        let before = self.pointer.strip_suffix(name);
        before.is_some_and(|before| before.ends_with('/'))
    }

    /// The field's own name.
    pub fn name(&self) -> &'static str {
        self.pointer.rsplit('/').next().unwrap_or(self.pointer)
    }

    /// The value in the manifest's words (`true`, `openid,AdobeID`), the default where none is written. Nothing where there is
    /// none, or where the written one has an error.
    pub fn value(&self, manifest: &Manifest) -> Option<String> {
        fn or_default<T>(
            field: &Field<T>,
            default: Option<&str>,
            words: impl Fn(&T) -> Option<String>,
        ) -> Option<String> {
            match field {
                Field::Written(value) => words(value),
                Field::Absent => default.map(str::to_owned),
                Field::Claimed => None,
            }
        }
        match self.kind {
            Kind::Text(get) => or_default(get(manifest)?, self.default, |it| Some(it.clone())),
            Kind::Flag(get) => or_default(get(manifest)?, self.default, |it| Some(it.to_string())),
            Kind::Number(get) => {
                or_default(get(manifest)?, self.default, |it| Some(it.to_string()))
            }
            Kind::List(get) => or_default(get(manifest)?, self.default, |items| {
                let items = items.iter().map(|it| Some(it.get()?.as_str()));
                Some(items.collect::<Option<Vec<_>>>()?.join(","))
            }),
            Kind::GroupText(_) | Kind::GroupName | Kind::Other => None,
        }
    }

    /// Where the value is written; for a default that nobody wrote, the key of the mapping that lacks it.
    pub fn place(&self, manifest: &Manifest) -> Option<Place> {
        fn written<T>(field: Option<&Field<T>>) -> Option<Place> {
            Some(field?.get()?.place)
        }
        let written = match self.kind {
            Kind::Text(get) => written(get(manifest)),
            Kind::Flag(get) => written(get(manifest)),
            Kind::Number(get) => written(get(manifest)),
            Kind::List(get) => written(get(manifest)),
            Kind::GroupText(_) | Kind::GroupName | Kind::Other => return None,
        };
        written.or_else(|| {
            let mapping = if self.pointer.starts_with("/organization/") {
                manifest.organization.get()?.place
            } else {
                manifest.external_account.get()?.place
            };
            Some(mapping.key())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The fields of a schema that have a value of their own, with their defaults.
    fn leaves(pointer: String, schema: &Value, found: &mut Vec<(String, Option<String>)>) {
        if pointer == "/environments" {
            return;
        }
        let inner = schema["properties"].as_object();
        let any = Some(&schema["additionalProperties"]).filter(|it| it.is_object());
        if inner.is_none() && any.is_none() {
            let default = schema.get("default");
            let words = default.map(|it| it.as_str().map_or(it.to_string(), str::to_owned));
            found.push((pointer.clone(), words));
        }
        for (name, field) in inner.into_iter().flatten() {
            leaves(format!("{pointer}/{name}"), field, found);
        }
        if let Some(any) = any {
            found.push((format!("{pointer}/*"), None));
            leaves(format!("{pointer}/*"), any, found);
        }
    }

    #[test]
    fn the_table_and_the_schema_have_the_same_fields_and_defaults() {
        let mut found = Vec::new();
        leaves(String::new(), &crate::manifest::schema::SCHEMA, &mut found);
        // A flag of each group, which is read with the group.
        found.retain(|(pointer, _)| pointer != "/groups/*/create");
        let table = FIELDS.iter();
        let table = table.map(|it| (it.pointer.to_owned(), it.default.map(str::to_owned)));
        assert_eq!(table.collect::<Vec<_>>(), found);
    }
}
