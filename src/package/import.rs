//! From an exported package to the manifest that a person would have written: keys in the contract's order, defaults left out,
//! `CHANGE-ME` with a comment where a package cannot know. A secret is never copied, whatever field it stands in.

use std::{collections::BTreeMap, fmt::Write};

use super::{ReadAccount, ReadPackage, compare, text};
use crate::{
    manifest::{
        fields::{FIELDS, FieldInfo, Kind},
        is_built_in, is_built_in_account,
    },
    secrets,
    text::show,
    yaml,
};

/// What stands where somebody has to decide.
const CHANGE_ME: &str = "CHANGE-ME";
/// A line with more is written on several.
const WIDTH: usize = 100;
/// YAML reads a key on one line only up to 1,024 characters.
const LONGEST_SIMPLE_KEY: usize = 1_000;
const SECRET_HINT: &str =
    "what the package has here holds a secret, or looks like one, so it was not copied";

/// What an import made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The manifest.
    pub text: String,
    /// How many values are left to a person.
    pub open: usize,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// Writes the manifest of an account, one of `package`'s.
///
/// Absent attributes count as empty, 0 or false; an absent `active` as the manifest's default, since Adobe does not say what the
/// instance takes it for.
pub fn manifest(package: &ReadPackage, account: &ReadAccount) -> Imported {
    let mut writer = Writer {
        package,
        account,
        imported: Imported::default(),
    };
    writer.push(
        "# yaml-language-server: $schema=./ims-manifest.schema.json\n\
         # Imported from a Campaign package. What a package cannot know says CHANGE-ME. `campaign-ims schema >\n\
         # ims-manifest.schema.json` writes the schema that the line above names, for your editor.\n\
         version: 1\n\norganization:\n",
    );
    writer.fields("/organization/");
    writer.push("\ninstance:\n");
    writer.fields("/instance/");
    writer.build();
    writer.push("\nexternal_account:\n");
    writer.fields("/external_account/");
    writer.push("\n# Operator groups by internal name. Each needs the product profile that the mask and its name make together.\n");
    writer.groups();
    if account.has_client_secret {
        writer.note(
            "The package holds a client secret. It was not copied; treat the file as a secret, or delete it.",
        );
    }
    writer.imported
}

/// What to write into a field that the package leaves open.
fn hint(field: &FieldInfo) -> Option<&'static str> {
    Some(match field.pointer {
        "/organization/name" => "the organization's name, for people",
        "/organization/id" => "24 letters and digits, then @AdobeOrg: the Admin Console shows it",
        "/organization/tenant" => "the TENANT of https://TENANT.experiencecloud.adobe.com",
        "/instance/name" => "as in `nlserver package -instance:NAME`",
        "/instance/url" => "the URL that operators reach the instance at",
        "/instance/hosting" => "on-premise or hybrid; where Adobe hosts, Adobe sets IMS up",
        "/external_account/name" => "the package's account has no name",
        "/external_account/ims_server" => {
            "the production endpoint of IMS, such as https://ims-na1.adobelogin.com"
        }
        "/external_account/client_id" => "from Adobe Customer Care",
        "/external_account/callback_server" => "the same server as instance.url, over https",
        "/external_account/association_mask" => {
            "literal text, then (.*) for the operator group's internal name"
        }
        "/external_account/experience_cloud_server" => {
            "empty on the instance; the default is https://marketing.adobe.com"
        }
        _ => return None,
    })
}

struct Writer<'a> {
    package: &'a ReadPackage,
    account: &'a ReadAccount,
    imported: Imported,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.imported.text.push_str(text);
    }

    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.imported.text, "{}{line}", "  ".repeat(depth));
    }

    fn note(&mut self, text: &str) {
        self.imported.notes.push(text.to_owned());
    }

    /// A value that somebody has to decide, with what to write.
    fn open(&mut self, depth: usize, key: &str, hint: &str) {
        self.imported.open += 1;
        self.line(depth, &format!("{key}: {CHANGE_ME} # {hint}"));
    }

    fn text(&mut self, depth: usize, key: &str, text: &str) {
        if is_secret(key, text) {
            self.open(depth, key, SECRET_HINT);
        } else {
            self.line(depth, &format!("{key}: {}", scalar(text)));
        }
    }

    /// The fields of a section, in the contract's order.
    fn fields(&mut self, section: &str) {
        for field in FIELDS.iter().filter(|it| it.pointer.starts_with(section)) {
            match (field.pointer, field.attribute) {
                ("/external_account/client_secret/env", _) => self.push(
                    "  # Where the secret is found. Never write the secret itself.\n  # client_secret: { env: IMS_CLIENT_SECRET }\n",
                ),
                ("/instance/name", _) => {
                    let name = self.package.rendered_for().unwrap_or_default();
                    self.value(field, name);
                }
                (_, Some(attribute)) => self.attribute(field, self.account.get(attribute)),
                (_, None) => {
                    if let Some(hint) = hint(field) {
                        self.open(1, field.name(), hint);
                    }
                }
            }
        }
    }

    fn attribute(&mut self, field: &FieldInfo, found: Option<&str>) {
        let text = found.unwrap_or_default();
        match field.kind {
            Kind::Flag(_) if found.is_none() && field.attribute == Some("active") => {}
            Kind::Flag(_) => match compare::flag(text).map(|it| it.to_string()) {
                Some(flag) if field.default == Some(&flag) => {}
                Some(flag) => self.line(1, &format!("{}: {flag}", field.name())),
                None => self.open(
                    1,
                    field.name(),
                    "true or false; the package says neither 0 nor 1",
                ),
            },
            Kind::Number(_) => self.account_type(text),
            Kind::List(_) => self.scope(text),
            _ => self.value(field, text),
        }
    }

    /// A text, unless it is the default.
    fn value(&mut self, field: &FieldInfo, text: &str) {
        match hint(field) {
            _ if field.default == Some(text) => {}
            Some(hint) if text.is_empty() => self.open(1, field.name(), hint),
            _ => self.text(1, field.name(), text),
        }
    }

    fn build(&mut self) {
        let version = match text(&self.package.root, "buildVersion") {
            version if version.is_empty() || is_secret("version", version) => CHANGE_ME.to_owned(),
            version => scalar(version),
        };
        let number = match text(&self.package.root, "buildNumber") {
            "*" => "\"*\"".to_owned(),
            number => match number.parse::<i64>() {
                Ok(number) if number > 0 => number.to_string(),
                _ => CHANGE_ME.to_owned(),
            },
        };
        if version == CHANGE_ME || number == CHANGE_ME {
            self.line(1, "# buildVersion and buildNumber, from the first line of a package that this instance exported");
            self.imported.open += 1;
        }
        self.line(
            1,
            &format!("build: {{ version: {version}, number: {number} }}"),
        );
    }

    /// The type is needed where the instance's built-in package does not make the account, and kept where a manifest said it.
    fn account_type(&mut self, text: &str) {
        let is_built_in = is_built_in_account(self.account.name());
        match text.parse::<u8>() {
            Ok(number) if !is_built_in || self.package.rendered_for().is_some() => {
                self.line(1, &format!("type: {number}"));
            }
            Ok(number) => self.line(
                1,
                &format!("# type: {number} # the instance's own number; only an account that does not exist yet needs it"),
            ),
            Err(_) if is_built_in => {}
            Err(_) => self.open(
                1,
                "type",
                "the instance's own number for accounts of this kind",
            ),
        }
    }

    fn scope(&mut self, text: &str) {
        if text.is_empty() {
            let hint = "a list of what Adobe provisioned, such as [openid, AdobeID, session]";
            return self.open(1, "scope", hint);
        }
        if text.split(',').any(|item| is_secret("", item)) {
            return self.open(1, "scope", SECRET_HINT);
        }
        let items: Vec<String> = text.split(',').map(scalar).collect();
        let line = format!("scope: [{}]", items.join(", "));
        if line.len() < WIDTH - 2 {
            return self.line(1, &line);
        }
        self.line(1, "scope:");
        for item in items {
            self.line(2, &format!("- {item}"));
        }
    }

    fn groups(&mut self) {
        // Of several entities with one name an import leaves the last one's label.
        let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
        let mut order = Vec::new();
        for group in &self.package.groups {
            let label = group.label.as_deref().unwrap_or_default();
            if labels.insert(&group.name, label).is_none() {
                order.push(group.name.as_str());
            }
        }
        if order.iter().any(|name| is_secret("", name)) {
            self.note("An operator group was left out: its name looks like a secret.");
        }
        order.retain(|name| !is_secret("", name));
        if order.is_empty() {
            let hint = "the package holds none; for example { admin: {}, delivery: {} }";
            return self.open(0, "groups", hint);
        }
        self.push("groups:\n");
        for name in order {
            let key = scalar(name);
            let key = if key.chars().count() > LONGEST_SIMPLE_KEY {
                format!("? {key}\n  :")
            } else {
                format!("{key}:")
            };
            if is_built_in(name) {
                self.line(1, &format!("{key} {{}}"));
                continue;
            }
            self.line(1, &key);
            let label = labels.get(name).copied().unwrap_or_default();
            if label != name {
                self.text(2, "label", label);
            }
            // An export is of groups that exist.
            let create = self.package.rendered_for().is_some();
            self.line(2, &format!("create: {create}"));
        }
    }
}

fn is_secret(key: &str, text: &str) -> bool {
    !secrets::in_value(key, text).hidden.is_empty()
}

/// A string as a YAML scalar, on one line. What must not be shown as itself is an escape, which keeps the value.
fn scalar(text: &str) -> String {
    if show::characters(text).all(|(_, _, instead)| instead.is_none()) {
        return yaml::scalar(text);
    }
    let mut out = String::from("\"");
    for (_, character, instead) in show::characters(text) {
        let code = u32::from(character);
        let _ = match (character, instead) {
            ('"' | '\\', _) => write!(out, "\\{character}"),
            ('\t', _) => write!(out, "\\t"),
            ('\n', _) => write!(out, "\\n"),
            ('\r', _) => write!(out, "\\r"),
            (_, None) => write!(out, "{character}"),
            (..='\u{ff}', Some(_)) => write!(out, "\\x{code:02X}"),
            (..='\u{ffff}', Some(_)) => write!(out, "\\u{code:04X}"),
            (_, Some(_)) => write!(out, "\\U{code:08X}"),
        };
    }
    out.push('"');
    out
}
