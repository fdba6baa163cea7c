//! From an exported package to the manifest that a person would have written: keys in the contract's order, defaults left out,
//! `CHANGE-ME` with a comment where a package cannot know. A secret is never copied, whatever field it stands in.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    manifest::{
        ACCOUNT_LABEL, ACCOUNT_NAME, EXPERIENCE_CLOUD_SERVER, OLD_ACCOUNT_NAME, PRODUCT_CONTEXT,
        built_in_label,
    },
    package::{Attribute, ReadAccount, ReadPackage},
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

/// What an import made.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    let mut writer = Writer::default();
    writer.push(
        "# yaml-language-server: $schema=./ims-manifest.schema.json\n\
         # Imported from a Campaign package. What a package cannot know says CHANGE-ME. `campaign-ims schema >\n\
         # ims-manifest.schema.json` writes the schema that the line above names, for your editor.\n\
         version: 1\n\norganization:\n",
    );
    let get = |attribute| account.get(attribute).unwrap_or_default();
    writer.open(1, "name", "the organization's name, for people");
    let id = get(Attribute::ImsOrgId);
    writer.needed(
        "id",
        id,
        "24 letters and digits, then @AdobeOrg: the Admin Console shows it",
    );
    let tenant = get(Attribute::Tenant);
    writer.needed(
        "tenant",
        tenant,
        "the TENANT of https://TENANT.experiencecloud.adobe.com",
    );
    instance(&mut writer, package);
    external_account(&mut writer, package, account);
    groups(&mut writer, package);
    if account.has_client_secret {
        writer.note(
            "The package holds a client secret. It was not copied; treat the file as a secret, or delete it.",
        );
    }
    Imported {
        text: writer.out,
        open: writer.open,
        notes: writer.notes,
    }
}

fn instance(writer: &mut Writer, package: &ReadPackage) {
    writer.push("\ninstance:\n");
    let name = own_name(package).unwrap_or_default();
    writer.needed("name", name, "as in `nlserver package -instance:NAME`");
    writer.open(1, "url", "the URL that operators reach the instance at");
    writer.open(
        1,
        "hosting",
        "on-premise or hybrid; where Adobe hosts, Adobe sets IMS up",
    );
    let version = package.build_version.as_deref().unwrap_or_default();
    let version = writer
        .value(version)
        .unwrap_or_else(|| CHANGE_ME.to_owned());
    let number = match package.build_number.as_deref().unwrap_or_default() {
        "*" => "\"*\"".to_owned(),
        number => match number.parse::<i64>() {
            Ok(number) if number > 0 => number.to_string(),
            _ => CHANGE_ME.to_owned(),
        },
    };
    if version == CHANGE_ME || number == CHANGE_ME {
        writer.push("  # buildVersion and buildNumber, from the first line of a package that this instance exported\n");
        writer.open += 1;
    }
    let _ = writeln!(
        writer.out,
        "  build: {{ version: {version}, number: {number} }}"
    );
}

/// The instance's name, where the package says that it was rendered from a manifest.
fn own_name(package: &ReadPackage) -> Option<&str> {
    let name = package.name.as_deref()?.strip_prefix("ims-")?;
    let is_own = package.namespace.as_deref() == Some("cus")
        && package
            .label
            .as_deref()?
            .strip_prefix("IMS configuration of ")
            == Some(name);
    is_own.then_some(name)
}

fn external_account(writer: &mut Writer, package: &ReadPackage, account: &ReadAccount) {
    let get = |attribute| account.get(attribute).unwrap_or_default();
    writer.push("\nexternal_account:\n");
    if get(Attribute::Name) != ACCOUNT_NAME {
        writer.needed(
            "name",
            get(Attribute::Name),
            "the package's account has no name",
        );
    }
    writer.unless("label", get(Attribute::Label), ACCOUNT_LABEL);
    let enabled = account.get(Attribute::Active).map_or(Some(true), flag);
    writer.flag("enabled", enabled, true);
    let exported = flag(get(Attribute::PackageAutoExport));
    writer.flag("export_in_packages", exported, false);
    kind(writer, package, account);
    writer.needed_url(
        "ims_server",
        get(Attribute::ImsServer),
        "the production endpoint of IMS, such as https://ims-na1.adobelogin.com",
    );
    scope(writer, get(Attribute::UserScope));
    writer.needed(
        "client_id",
        get(Attribute::ClientId),
        "from Adobe Customer Care",
    );
    writer.push(
        "  # Where the secret is found. Never write the secret itself.\n  # client_secret: { env: IMS_CLIENT_SECRET }\n",
    );
    let same = "the same server as instance.url, over https";
    writer.needed_url("callback_server", get(Attribute::CallbackServer), same);
    writer.needed(
        "association_mask",
        get(Attribute::ImsRightsMask),
        "literal text, then (.*) for the operator group's internal name",
    );
    writer.unless(
        "product_context",
        get(Attribute::ProductContext),
        PRODUCT_CONTEXT,
    );
    if get(Attribute::Server) != EXPERIENCE_CLOUD_SERVER {
        writer.needed_url(
            "experience_cloud_server",
            get(Attribute::Server),
            "empty on the instance; the default is https://marketing.adobe.com",
        );
    }
}

/// The type is needed where the instance's built-in package does not make the account, and kept where a manifest said it.
fn kind(writer: &mut Writer, package: &ReadPackage, account: &ReadAccount) {
    let number = account
        .get(Attribute::Type)
        .and_then(|text| text.parse::<u8>().ok());
    let is_built_in = [ACCOUNT_NAME, OLD_ACCOUNT_NAME].contains(&account.name());
    match number {
        Some(number) if !is_built_in || own_name(package).is_some() => {
            let _ = writeln!(writer.out, "  type: {number}");
        }
        Some(number) => {
            let _ = writeln!(
                writer.out,
                "  # type: {number} # the instance's own number; only an account that does not exist yet needs it"
            );
        }
        None if is_built_in => {}
        None => writer.open(
            1,
            "type",
            "the instance's own number for accounts of this kind",
        ),
    }
}

fn scope(writer: &mut Writer, text: &str) {
    if text.is_empty() {
        writer.open(
            1,
            "scope",
            "a list of what Adobe provisioned, such as [openid, AdobeID, session]",
        );
        return;
    }
    let items: Option<Vec<String>> = text
        .split(',')
        .map(|item| {
            if item.is_empty() {
                Some("''".to_owned())
            } else {
                writer.value(item)
            }
        })
        .collect();
    let Some(items) = items else {
        writer.open(1, "scope", SECRET_HINT);
        return;
    };
    let line = format!("  scope: [{}]\n", items.join(", "));
    if line.len() <= WIDTH {
        writer.push(&line);
        return;
    }
    writer.push("  scope:\n");
    for item in items {
        let _ = writeln!(writer.out, "    - {item}");
    }
}

fn groups(writer: &mut Writer, package: &ReadPackage) {
    writer.push("\n# Operator groups by internal name. Each needs the product profile that the mask and its name make together.\n");
    // Of several entities with one name an import leaves the last one's label.
    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    let mut order = Vec::new();
    for group in &package.groups {
        let label = group.label.as_deref().unwrap_or_default();
        if labels.insert(&group.name, label).is_none() {
            order.push(group.name.as_str());
        }
    }
    let is_open = |name: &str| is_secret(name);
    let count = order.iter().filter(|name| is_open(name)).count();
    if count > 0 {
        writer.note("An operator group was left out: its name looks like a secret.");
    }
    order.retain(|name| !is_open(name));
    if order.is_empty() {
        writer.open(
            0,
            "groups",
            "the package holds none; for example { admin: {}, delivery: {} }",
        );
        return;
    }
    writer.push("groups:\n");
    for name in order {
        let label = labels.get(name).copied().unwrap_or_default();
        group(writer, name, label);
    }
}

fn group(writer: &mut Writer, name: &str, label: &str) {
    let key = scalar(name);
    let key = if key.chars().count() > LONGEST_SIMPLE_KEY {
        format!("  ? {key}\n  :")
    } else {
        format!("  {key}:")
    };
    if built_in_label(name).is_some() {
        let _ = writeln!(writer.out, "{key} {{}}");
        return;
    }
    let _ = writeln!(writer.out, "{key}");
    if label != name {
        writer.text(2, "label", label);
    }
    writer.push("    create: true\n");
}

/// What an attribute says that is 0 or 1; nothing for any other text.
fn flag(text: &str) -> Option<bool> {
    match text {
        "" | "0" | "false" => Some(false),
        "1" | "true" => Some(true),
        _ => None,
    }
}

const SECRET_HINT: &str =
    "what the package has here holds a secret, or looks like one, so it was not copied";

#[derive(Default)]
struct Writer {
    out: String,
    open: usize,
    notes: Vec<String>,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    /// A value that somebody has to decide, with what to write.
    fn open(&mut self, depth: usize, key: &str, hint: &str) {
        self.open += 1;
        let indentation = "  ".repeat(depth);
        let _ = writeln!(self.out, "{indentation}{key}: {CHANGE_ME} # {hint}");
    }

    /// A text that a manifest must have.
    fn needed(&mut self, key: &str, text: &str, hint: &str) {
        if text.is_empty() {
            self.open(1, key, hint);
        } else {
            self.text(1, key, text);
        }
    }

    /// A URL that a manifest must have; not copied where it may carry user information.
    fn needed_url(&mut self, key: &str, text: &str, hint: &str) {
        if secrets::in_url(text).is_some_and(|part| !part.is_empty()) {
            self.open(1, key, SECRET_HINT);
        } else {
            self.needed(key, text, hint);
        }
    }

    /// A text, unless it is the default.
    fn unless(&mut self, key: &str, text: &str, default: &str) {
        if text != default {
            self.text(1, key, text);
        }
    }

    fn flag(&mut self, key: &str, flag: Option<bool>, default: bool) {
        match flag {
            Some(flag) if flag == default => {}
            Some(flag) => {
                let _ = writeln!(self.out, "  {key}: {flag}");
            }
            None => self.open(1, key, "true or false; the package says neither 0 nor 1"),
        }
    }

    fn text(&mut self, depth: usize, key: &str, text: &str) {
        if is_secret(text) {
            self.open(depth, key, SECRET_HINT);
        } else {
            let indentation = "  ".repeat(depth);
            let _ = writeln!(self.out, "{indentation}{key}: {}", scalar(text));
        }
    }

    /// A value within a flow collection; nothing where it is empty or a secret.
    fn value(&mut self, text: &str) -> Option<String> {
        (!text.is_empty() && !is_secret(text)).then(|| scalar(text))
    }
}

fn is_secret(text: &str) -> bool {
    !secrets::in_text(text).hidden.is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package;

    fn import(xml: &str) -> Imported {
        let package = package::read(xml.as_bytes()).unwrap();
        manifest(&package, package.account().unwrap())
    }

    #[test]
    fn a_console_export() {
        let imported = import(
            r#"<package buildNumber="9349" buildVersion="6.7">
              <entities schema="xtk:group"><group name="admin" label="Administrator"/><group name="reviewers" label="Reviewers"/>
              <group name="eu"  label="eu"/></entities>
              <entities schema="nms:extAccount"><extAccount active="1" callbackServer="https://campaign.contoso.com"
              clientId="Campaign1" clientSecret="@57QS5VHMb9BCsojLVrKI/Q==" imsOrgId="4E3D60F754C8E5D50A4C98A2@AdobeOrg"
              imsRightsMask="Campaign #1: (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Marketing_Cloud"
              server="https://me:pw@marketing.adobe.com" type="22" userScope="openid,AdobeID,session"/></entities></package>"#,
        );
        insta::assert_snapshot!(imported.text, @"
# yaml-language-server: $schema=./ims-manifest.schema.json
# Imported from a Campaign package. What a package cannot know says CHANGE-ME. `campaign-ims schema >
# ims-manifest.schema.json` writes the schema that the line above names, for your editor.
version: 1

organization:
  name: CHANGE-ME # the organization's name, for people
  id: 4E3D60F754C8E5D50A4C98A2@AdobeOrg
  tenant: CHANGE-ME # the TENANT of https://TENANT.experiencecloud.adobe.com

instance:
  name: CHANGE-ME # as in `nlserver package -instance:NAME`
  url: CHANGE-ME # the URL that operators reach the instance at
  hosting: CHANGE-ME # on-premise or hybrid; where Adobe hosts, Adobe sets IMS up
  build: { version: '6.7', number: 9349 }

external_account:
  name: Adobe_Marketing_Cloud
  # type: 22 # the instance's own number; only an account that does not exist yet needs it
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  # Where the secret is found. Never write the secret itself.
  # client_secret: { env: IMS_CLIENT_SECRET }
  callback_server: https://campaign.contoso.com
  association_mask: 'Campaign #1: (.*)'
  product_context: ''
  experience_cloud_server: CHANGE-ME # what the package has here holds a secret, or looks like one, so it was not copied

# Operator groups by internal name. Each needs the product profile that the mask and its name make together.
groups:
  admin: {}
  reviewers:
    label: Reviewers
    create: true
  eu:
    create: true
");
        assert_eq!(imported.open, 6);
        assert!(
            imported
                .notes
                .iter()
                .any(|note| note.contains("client secret"))
        );
    }

    #[test]
    fn hidden_characters_and_commands_are_escapes() {
        assert_eq!(
            scalar("a\u{202e}\u{85}\t\"\u{e0041}"),
            r#""a\u202E\x85\t\"\U000E0041""#
        );
        assert_eq!(scalar("##[x]"), r##""#\x23[x]""##);
        assert_eq!(scalar("no"), "'no'");
    }
}
