//! What `render` wrote, `import` reads back: with its `CHANGE-ME` values filled in, the manifest renders to the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::fmt::Write;

use campaign_ims::{
    check::judge,
    check::settings::Settings,
    package::import,
    package::{self, Package},
    yaml,
};
use proptest::prelude::*;

/// Texts that YAML, XML and eyes trip over.
const PIECES: &[&str] = &[
    "a",
    "B",
    "Campaign",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "'",
    "\"",
    ": ",
    ":",
    " #",
    "#",
    "##[",
    "::",
    "-",
    "- ",
    "?",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "<",
    "%",
    "@",
    "`",
    "\\",
    "/",
    "~",
    "=",
    "<<",
    "null",
    "true",
    "no",
    "on",
    "1",
    "1e3",
    "0x1F",
    "007",
    ".inf",
    "2001-01-01",
    "é",
    "–",
    "😀",
    "\u{10FFFF}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "\u{e0041}",
    "\u{7f}",
    "&amp;",
    "]]>",
    "---",
    "...",
    "(.*)",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..6).prop_map(|pieces| pieces.concat())
}

fn needed() -> impl Strategy<Value = String> {
    text().prop_filter("a value is needed", |text| !text.is_empty())
}

/// A random manifest; its values may break every rule but those of the schema.
fn manifest() -> impl Strategy<Value = String> {
    let flags = any::<(Option<bool>, Option<bool>, Option<u8>)>();
    let optional = prop::collection::vec(prop::option::of(text()), 2);
    let groups = prop::collection::btree_map(
        text(),
        (any::<Option<bool>>(), prop::option::of(text())),
        0..5,
    );
    let fields = prop::collection::vec(needed(), 10);
    let scope = (needed(), prop::collection::vec(text(), 0..4))
        .prop_map(|(first, rest)| [vec![first], rest].concat());
    let number = prop_oneof![
        Just("\"*\"".to_owned()),
        (1..100_000_u32).prop_map(|it| it.to_string())
    ];
    let name = prop_oneof![
        Just("Adobe_Experience_Cloud".to_owned()),
        Just("Adobe_Marketing_Cloud".to_owned()),
        needed()
    ];
    (flags, optional, groups, fields, (scope, number, name)).prop_map(
        |((enabled, exported, kind), optional, groups, fields, (scope, number, name))| {
            let fields: Vec<String> = fields.iter().map(|it| yaml::scalar(it)).collect();
            // What may be user information is not imported from where a URL is due.
            let url = |index: usize| fields[index].replace('@', "%40");
            let mut out = format!(
                "version: 1\norganization: {{ name: Contoso, id: {}, tenant: {} }}\ninstance:\n  name: {}\n  url: {}\n  hosting: hybrid\n  \
                 build: {{ version: {}, number: {number} }}\nexternal_account:\n  ims_server: {}\n  client_id: {}\n  callback_server: \
                 {}\n  association_mask: {}\n  experience_cloud_server: {}\n  name: {}\n",
                fields[0], fields[1], fields[2], fields[3], fields[4], url(5), fields[6], url(7), fields[8], url(9),
                yaml::scalar(&name)
            );
            let scope: Vec<String> = scope.iter().map(|it| yaml::scalar(it)).collect();
            writeln!(out, "  scope: [{}]", scope.join(", ")).unwrap();
            let is_built_in = name.starts_with("Adobe_");
            if let Some(kind) = kind.or((!is_built_in).then_some(20)) {
                writeln!(out, "  type: {kind}").unwrap();
            }
            for (key, flag) in [("enabled", enabled), ("export_in_packages", exported)] {
                if let Some(flag) = flag {
                    writeln!(out, "  {key}: {flag}").unwrap();
                }
            }
            for (key, text) in ["label", "product_context"].iter().zip(&optional) {
                if let Some(text) = text {
                    writeln!(out, "  {key}: {}", yaml::scalar(text)).unwrap();
                }
            }
            out.push_str("groups:\n  admin: {}\n");
            for (name, (create, label)) in groups {
                let mut fields = Vec::new();
                fields.extend(create.map(|create| format!("create: {create}")));
                fields.extend(label.map(|label| format!("label: {}", yaml::scalar(&label))));
                writeln!(out, "  {}: {{ {} }}", yaml::scalar(&name), fields.join(", ")).unwrap();
            }
            out
        },
    )
}

fn render(manifest: &str) -> Option<String> {
    let judged = judge("a.ims.yaml", manifest.into(), &Settings::default(), None);
    let package = Package::of(judged.environments.first()?.manifest.as_ref()?)?;
    package::render(&package).ok()
}

fn filled_in(manifest: &str) -> String {
    let mut text = manifest.to_owned();
    for (key, value) in [
        ("name", "Contoso"),
        ("url", "https://campaign.contoso.com"),
        ("hosting", "hybrid"),
    ] {
        text = text.replacen(
            &format!("  {key}: CHANGE-ME #"),
            &format!("  {key}: {value} #"),
            1,
        );
    }
    text.replacen("groups: CHANGE-ME #", "groups: { admin: {} } #", 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn import_of_what_render_wrote_renders_to_the_same_bytes(manifest in manifest()) {
        // What looks like a placeholder or a secret leaves nothing to render.
        let xml = render(&manifest);
        prop_assume!(xml.is_some());
        let xml = xml.unwrap_or_default();
        let read = package::read(xml.as_bytes()).unwrap();
        let imported = import::manifest(&read, read.account().unwrap());
        prop_assert!(imported.notes.is_empty());
        let filled = filled_in(&imported.text);
        prop_assert!(!filled.contains(": CHANGE-ME #"), "{filled}");
        prop_assert_eq!(render(&filled), Some(xml), "{}", filled);
    }
}
