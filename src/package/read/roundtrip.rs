//! What the writer writes, the reader and quick-xml's own reader give back.

use proptest::prelude::*;

use super::super::fixtures::{EXAMPLE, example};
use super::super::{Account, Attribute, CipherText, Group, Package, render};
use super::{ReadPackage, read};

#[test]
fn the_contracts_example() {
    assert_same(&example(), &read(EXAMPLE.as_bytes()).unwrap());
}

/// Text that XML can carry, rich in what needs care.
fn lawful() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        '&',
        '<',
        '>',
        '"',
        '\'',
        '\t',
        '\n',
        '\r',
        ' ',
        ';',
        '#',
        ']',
        '\u{85}',
        '\u{2028}',
        '😀',
        '\u{10FFFF}',
        '\u{FEFF}',
        '\u{202E}',
        '-',
        'é',
    ]);
    let any = any::<char>().prop_filter("XML can carry it", |&it| {
        super::super::write::is_xml_character(it)
    });
    prop::collection::vec(prop_oneof![special, any], 0..12).prop_map(|it| it.into_iter().collect())
}

fn package() -> impl Strategy<Value = Package> {
    let texts = prop::collection::vec(lawful(), 16);
    let groups = prop::collection::btree_map(lawful(), lawful(), 0..4);
    (texts, groups, any::<(bool, bool, Option<u8>, bool)>()).prop_map(
        |(texts, groups, (active, export, account_type, secret))| {
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap();
            Package {
                build_number: text(),
                build_version: text(),
                label: text(),
                name: text(),
                namespace: text(),
                groups: groups
                    .into_iter()
                    .map(|(name, label)| Group { name, label })
                    .collect(),
                account: Account {
                    active,
                    callback_server: text(),
                    client_id: text(),
                    client_secret: secret
                        .then(|| CipherText::parse("@57QS5VHMb9BCsojLVrKI/Q==").unwrap()),
                    ims_org_id: text(),
                    ims_rights_mask: text(),
                    ims_server: text(),
                    label: text(),
                    name: "Adobe_Experience_Cloud".into(),
                    package_auto_export: export,
                    product_context: text(),
                    server: text(),
                    tenant: text(),
                    account_type,
                    user_scope: text(),
                },
            }
        },
    )
}

/// What a reading of `package` as written must give.
fn assert_same(package: &Package, found: &ReadPackage) {
    let Package { account, .. } = package;
    assert_eq!(found.build_number.as_ref(), Some(&package.build_number));
    assert_eq!(found.build_version.as_ref(), Some(&package.build_version));
    assert_eq!(found.label.as_ref(), Some(&package.label));
    assert_eq!(found.name.as_ref(), Some(&package.name));
    assert_eq!(found.namespace.as_ref(), Some(&package.namespace));
    let groups: Vec<_> = found
        .groups
        .iter()
        .map(|it| Group {
            name: it.name.clone(),
            label: it.label.clone().unwrap(),
        })
        .collect();
    assert_eq!(groups, package.groups);
    let read = found.account().unwrap();
    assert_eq!(read.has_client_secret, account.client_secret.is_some());
    let bit = |it: bool| if it { "1" } else { "0" };
    let account_type = account.account_type.map(|it| it.to_string());
    for (attribute, wanted) in [
        (Attribute::Active, Some(bit(account.active))),
        (Attribute::CallbackServer, Some(&*account.callback_server)),
        (Attribute::ClientId, Some(&account.client_id)),
        (Attribute::ImsOrgId, Some(&account.ims_org_id)),
        (Attribute::ImsRightsMask, Some(&account.ims_rights_mask)),
        (Attribute::ImsServer, Some(&account.ims_server)),
        (Attribute::Label, Some(&account.label)),
        (Attribute::Name, Some(&account.name)),
        (
            Attribute::PackageAutoExport,
            Some(bit(account.package_auto_export)),
        ),
        (Attribute::ProductContext, Some(&account.product_context)),
        (Attribute::Server, Some(&account.server)),
        (Attribute::Tenant, Some(&account.tenant)),
        (Attribute::Type, account_type.as_deref()),
        (Attribute::UserScope, Some(&account.user_scope)),
    ] {
        assert_eq!(read.get(attribute), wanted, "{attribute}");
    }
}

/// All attributes of a document, as quick-xml's own reader gives them.
fn with_quick_xml(text: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                        .unwrap();
                    all.push((attribute.key.into_inner().to_owned(), value.into_owned()));
                }
            }
            quick_xml::events::Event::Eof => return all,
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(package in package()) {
        let text = render(&package).unwrap();
        assert_same(&package, &read(text.as_bytes()).unwrap());
        let others = with_quick_xml(&text);
        let value = |name: &str| others.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap();
        prop_assert_eq!(value("buildNumber"), package.build_number);
        prop_assert_eq!(value("imsRightsMask"), package.account.ims_rights_mask);
        prop_assert_eq!(value("userScope"), package.account.user_scope);
    }
}
