//! A [`Package`] to XML: deterministic, every value written, escaped so that every XML parser reads the same strings.

use super::{Account, Group, Package};

/// Why a package cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A value has a character that no XML 1.0 document can carry, not even escaped.
    #[error(
        "attribute `{attribute}` of <{element}> holds U+{code:04X}, which XML cannot carry: remove the character"
    )]
    Character {
        /// The element's name.
        element: &'static str,
        /// The attribute's name.
        attribute: &'static str,
        /// The character's code point.
        code: u32,
    },
}

/// Writes `package` as XML: UTF-8 without byte order mark, `\n` at every line's end, two-space indentation, attributes
/// in alphabetical order, groups sorted by name.
///
/// # Errors
/// [`WriteError::Character`] where a value cannot be written in XML 1.0.
pub fn render(package: &Package) -> Result<String, WriteError> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let root = [
        ("buildNumber", package.build_number.as_str()),
        ("buildVersion", &package.build_version),
        ("label", &package.label),
        ("name", &package.name),
        ("namespace", &package.namespace),
    ];
    open_tag(&mut out, "package", &root)?;
    out.push_str(">\n");
    if !package.groups.is_empty() {
        out.push_str("  <entities schema=\"xtk:group\">\n");
        groups(&mut out, &package.groups)?;
        out.push_str("  </entities>\n");
    }
    out.push_str("  <entities schema=\"nms:extAccount\">\n    ");
    account(&mut out, &package.account)?;
    out.push_str("  </entities>\n</package>\n");
    Ok(out)
}

fn groups(out: &mut String, groups: &[Group]) -> Result<(), WriteError> {
    let mut sorted: Vec<&Group> = groups.iter().collect();
    sorted.sort_by(|a, b| (&a.name, &a.label).cmp(&(&b.name, &b.label)));
    for group in sorted {
        out.push_str("    ");
        open_tag(
            out,
            "group",
            &[("label", &group.label), ("name", &group.name)],
        )?;
        out.push_str("/>\n");
    }
    Ok(())
}

fn account(out: &mut String, account: &Account) -> Result<(), WriteError> {
    let account_type = account.account_type.map(|it| it.to_string());
    let attributes = [
        ("active", Some(flag(account.active))),
        ("callbackServer", Some(account.callback_server.as_str())),
        ("clientId", Some(&account.client_id)),
        (
            "clientSecret",
            account.client_secret.as_ref().map(|it| it.expose()),
        ),
        ("imsOrgId", Some(&account.ims_org_id)),
        ("imsRightsMask", Some(&account.ims_rights_mask)),
        ("imsServer", Some(&account.ims_server)),
        ("label", Some(&account.label)),
        ("name", Some(&account.name)),
        ("packageAutoExport", Some(flag(account.package_auto_export))),
        ("productContext", Some(&account.product_context)),
        ("server", Some(&account.server)),
        ("tenant", Some(&account.tenant)),
        ("type", account_type.as_deref()),
        ("userScope", Some(&account.user_scope)),
    ];
    let written: Vec<_> = attributes
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    open_tag(out, "extAccount", &written)?;
    out.push_str("/>\n");
    Ok(())
}

fn flag(value: bool) -> &'static str {
    if value { "1" } else { "0" }
}

/// Writes `<element attribute="value" …`, without the tag's end.
fn open_tag(
    out: &mut String,
    element: &'static str,
    attributes: &[(&'static str, &str)],
) -> Result<(), WriteError> {
    out.push('<');
    out.push_str(element);
    for &(attribute, value) in attributes {
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        for character in value.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\t' => out.push_str("&#9;"),
                '\n' => out.push_str("&#10;"),
                '\r' => out.push_str("&#13;"),
                _ if is_xml_character(character) => out.push(character),
                _ => {
                    return Err(WriteError::Character {
                        element,
                        attribute,
                        code: u32::from(character),
                    });
                }
            }
        }
        out.push('"');
    }
    Ok(())
}

/// Whether XML 1.0 can carry `character` (the specification's production `Char`).
pub(super) fn is_xml_character(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{EXAMPLE, example};
    use super::super::{CipherText, Group};
    use super::{WriteError, render};

    #[test]
    fn writes_the_contracts_example() {
        assert_eq!(render(&example()).unwrap(), EXAMPLE);
    }

    #[test]
    fn optional_parts_appear_only_when_given() {
        let mut package = example();
        package.groups.clear();
        package.account.account_type = Some(20);
        package.account.client_secret =
            Some(CipherText::parse("@57QS5VHMb9BCsojLVrKI/Q==").unwrap());
        package.account.product_context.clear();
        let text = render(&package).unwrap();
        assert!(!text.contains("xtk:group"));
        assert!(text.contains(
            r#" clientId="Campaign1" clientSecret="@57QS5VHMb9BCsojLVrKI/Q==" imsOrgId="#
        ));
        assert!(text.contains(r#" productContext="" "#));
        assert!(text.contains(r#" tenant="contoso" type="20" userScope="#));
        assert!(!format!("{package:?}").contains("57QS"));
    }

    #[test]
    fn groups_are_sorted() {
        let mut package = example();
        package.groups = ["b", "a", "B"]
            .map(|name| Group {
                name: name.into(),
                label: String::new(),
            })
            .to_vec();
        let text = render(&package).unwrap();
        let names: Vec<_> = text
            .lines()
            .filter(|line| line.contains("<group"))
            .collect();
        assert_eq!(
            names,
            [
                r#"    <group label="" name="B"/>"#,
                r#"    <group label="" name="a"/>"#,
                r#"    <group label="" name="b"/>"#
            ]
        );
    }

    #[test]
    fn escapes() {
        let mut package = example();
        package.label = "&<>\"'\t\n\r😀".into();
        let text = render(&package).unwrap();
        assert!(text.contains(r#" label="&amp;&lt;&gt;&quot;'&#9;&#10;&#13;😀" "#));
    }

    #[test]
    fn refuses_what_xml_cannot_carry() {
        for (character, code) in [('\0', 0), ('\x1b', 0x1b), ('\u{fffe}', 0xfffe)] {
            let mut package = example();
            package.account.tenant = format!("a{character}b");
            let error = render(&package).unwrap_err();
            assert_eq!(
                error,
                WriteError::Character {
                    element: "extAccount",
                    attribute: "tenant",
                    code
                }
            );
            assert!(error.to_string().contains(&format!("U+{code:04X}")));
        }
    }
}
