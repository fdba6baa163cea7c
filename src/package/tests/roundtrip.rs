//! What the writer writes, the reader and quick-xml's own reader give back.

use proptest::prelude::*;
use quick_xml::events::Event;

use super::super::{
    Attributes, CipherText, Group, Package, PackageError, collect::ROOT, read, render,
    write::is_xml_character,
};
use super::{MANIFEST, manifest};
use crate::manifest::fields;

#[test]
fn groups_are_sorted_and_values_escaped() {
    let group = |name: &str| Group {
        name: name.into(),
        label: "&<>\"'\t\n\r😀".into(),
    };
    let package = Package {
        groups: ["b", "a", "B"].map(group).to_vec(),
        ..Package::default()
    };
    let text = render(&package).unwrap();
    let lines: Vec<&str> = text.lines().filter(|it| it.contains("<group")).collect();
    let label = "&amp;&lt;&gt;&quot;'&#9;&#10;&#13;😀";
    let line = |name| format!("    <group label=\"{label}\" name=\"{name}\"/>");
    assert_eq!(lines, ["B", "a", "b"].map(line));
}

#[test]
fn refuses_what_xml_cannot_carry() {
    for (character, code) in [('\0', 0), ('\x1b', 0x1b), ('\u{fffe}', 0xfffe)] {
        let mut package = Package::of(&manifest(MANIFEST)).unwrap();
        package.account.insert("tenant", format!("a{character}b"));
        let error = render(&package).unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains(&format!("`tenant` of <extAccount> holds U+{code:04X}")));
        assert!(matches!(error, PackageError::Character { .. }));
    }
}

/// Text that XML can carry, rich in what needs care.
fn lawful() -> impl Strategy<Value = String> {
    let special: Vec<char> = "&<>\"'\t\n\r ;#]\u{85}\u{2028}😀\u{10FFFF}\u{FEFF}\u{202E}-é"
        .chars()
        .collect();
    let any = any::<char>().prop_filter("XML can carry it", |&it| is_xml_character(it));
    let characters = prop_oneof![prop::sample::select(special), any];
    prop::collection::vec(characters, 0..12).prop_map(|it| it.into_iter().collect())
}

fn package() -> impl Strategy<Value = Package> {
    let texts = prop::collection::vec(lawful(), 20);
    let groups = prop::collection::btree_map(lawful(), lawful(), 0..4);
    (texts, groups, any::<bool>()).prop_map(|(texts, groups, has_secret)| {
        let mut texts = texts.into_iter();
        let root: Attributes = ROOT.into_iter().zip(&mut texts).collect();
        let names = fields::attributes().into_iter().map(|(name, _)| name);
        let mut account: Attributes = names.zip(&mut texts).collect();
        account.insert("name", "Adobe_Experience_Cloud".into());
        let groups = groups
            .into_iter()
            .map(|(name, label)| Group { name, label });
        Package {
            root,
            groups: groups.collect(),
            account,
            client_secret: has_secret
                .then(|| CipherText::parse("@57QS5VHMb9BCsojLVrKI/Q==").unwrap()),
        }
    })
}

/// What a reading of `package` as written must give.
fn assert_same(package: &Package, text: &str) {
    let found = read(text.as_bytes()).unwrap();
    let account = found.account().unwrap();
    assert_eq!(found.root, package.root);
    assert_eq!(account.attributes, package.account);
    assert_eq!(account.has_client_secret, package.client_secret.is_some());
    let groups = found.groups.into_iter().map(|it| Group {
        name: it.name,
        label: it.label.unwrap(),
    });
    assert_eq!(groups.collect::<Vec<_>>(), package.groups);
}

/// The attributes of each tag with a name, as quick-xml's own reader gives them.
fn with_quick_xml(text: &str, name: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) if tag.name().into_inner() == name => {
                for attribute in tag.attributes().map(Result::unwrap) {
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
                    all.push((
                        attribute.key.into_inner().to_owned(),
                        value.unwrap().into_owned(),
                    ));
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(package in package()) {
        let text = render(&package).unwrap();
        let shown = format!("{package:?}");
        prop_assert!(!shown.contains("57QS"));
        assert_same(&package, &text);
        for (name, attributes) in [("package", &package.root), ("extAccount", &package.account)] {
            let found = with_quick_xml(&text, name);
            prop_assert!(found.is_sorted());
            let found = found.into_iter().filter(|(name, _)| name != "clientSecret");
            let written = attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            prop_assert!(found.eq(written));
        }
    }
}
