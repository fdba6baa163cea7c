//! From a manifest to its package, and from that to XML: deterministic, every value written, escaped so that every XML parser
//! reads the same strings.

use super::{Attributes, Group, Package, PackageError};
use crate::{
    manifest::{
        BuildNumber, Manifest, built_in_label,
        fields::{self, Kind},
    },
    text::{show, slice},
    yaml::Field,
};

impl Package {
    /// The package of a manifest that has no errors, without the secret; nothing where a field lacks its value.
    ///
    /// Every value is written as the manifest has it. Groups are those that the package creates.
    pub fn of(manifest: &Manifest) -> Option<Self> {
        let instance = manifest.instance.get()?;
        let build = instance.build.get()?;
        let name = instance.name.get()?.as_str();
        let number = match &build.number.get()?.value {
            BuildNumber::Number(number) => number.to_string(),
            BuildNumber::Any(any) => any.clone(),
        };
        let root = Attributes::from([
            ("buildNumber", number),
            ("buildVersion", build.version.get()?.value.clone()),
            ("label", format!("IMS configuration of {name}")),
            ("name", format!("ims-{name}")),
            ("namespace", "cus".to_owned()),
        ]);
        let groups = manifest.groups.get()?.0.iter().filter_map(|(name, group)| {
            let group = group.get()?;
            group.is_created().then(|| Group {
                name: name.value.clone(),
                label: group_label(name, &group.label),
            })
        });
        let mut account = Attributes::new();
        for (name, field) in fields::attributes() {
            match (field.value(manifest), field.kind) {
                (Some(flag), Kind::Flag(_)) => {
                    let bit = if flag == "true" { "1" } else { "0" };
                    account.insert(name, bit.to_owned());
                }
                (Some(value), _) => {
                    account.insert(name, value);
                }
                // The account's type, which is left to the instance.
                (None, Kind::Number(_)) => {}
                (None, _) => return None,
            }
        }
        Some(Self {
            root,
            groups: groups.collect(),
            account,
            client_secret: None,
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

/// Writes `package` as XML: UTF-8 without byte order mark, `\n` at every line's end, two-space indentation, attributes
/// in alphabetical order, groups sorted by name.
///
/// # Errors
/// [`PackageError::Character`] where a value cannot be written in XML 1.0.
pub fn render(package: &Package) -> Result<String, PackageError> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_tag(&mut out, "package", &package.root)?;
    out.push_str(">\n");
    if !package.groups.is_empty() {
        out.push_str("  <entities schema=\"xtk:group\">\n");
        let mut sorted: Vec<&Group> = package.groups.iter().collect();
        sorted.sort_by_key(|it| (&it.name, &it.label));
        for Group { name, label } in sorted {
            out.push_str("    ");
            open_tag(&mut out, "group", [(&"label", label), (&"name", name)])?;
            out.push_str("/>\n");
        }
        out.push_str("  </entities>\n");
    }
    out.push_str("  <entities schema=\"nms:extAccount\">\n    ");
    let mut account = package.account.clone();
    if let Some(secret) = &package.client_secret {
        account.insert("clientSecret", secret.expose().to_owned());
    }
    open_tag(&mut out, "extAccount", &account)?;
    out.push_str("/>\n  </entities>\n</package>\n");
    Ok(out)
}

/// Writes `<element attribute="value" …`, without the tag's end.
fn open_tag<'a>(
    out: &mut String,
    element: &'static str,
    attributes: impl IntoIterator<Item = (&'a &'static str, &'a String)>,
) -> Result<(), PackageError> {
    out.push('<');
    out.push_str(element);
    for (attribute, value) in attributes {
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        let mut before = None;
        for (at, character) in value.char_indices() {
            match character {
                // Azure obeys commands in any line that a job prints.
                '#' if show::completes_command(before, slice(value, at..)) => out.push_str("&#35;"),
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\t' => out.push_str("&#9;"),
                '\n' => out.push_str("&#10;"),
                '\r' => out.push_str("&#13;"),
                _ if is_xml_character(character) => out.push(character),
                _ => {
                    return Err(PackageError::Character {
                        element,
                        attribute,
                        code: u32::from(character),
                    });
                }
            }
            before = Some(character);
        }
        out.push('"');
    }
    Ok(())
}

/// Whether XML 1.0 can carry `character` (the specification's production `Char`).
pub(super) fn is_xml_character(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}
