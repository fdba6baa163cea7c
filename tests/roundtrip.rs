//! What `render` wrote, `import` reads back: with its `CHANGE-ME` values filled in, the manifest renders to the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod support;

use std::{collections::BTreeMap, fmt::Write, fs};

use proptest::prelude::*;
use support::{MANIFEST, run};

/// Texts that YAML, XML and eyes trip over, but for those that no manifest may hold.
const PIECES: &[&str] = &[
    "a", "B", "Campaign", " ", "  ", "\t", "\n", "\r\n", "'", "\"", ": ", ":", " #", "#", "##[",
    "::", "-", "- ", "?", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "<", "%", "@", "`",
    "\\", "/", "~", "=", "<<", "null", "true", "no", "on", "1", "1e3", "0x1F", "007", ".inf", "é",
    "–", "😀", "\u{a0}", "&amp;", "]]>", "---", "...", "(.*)",
];
const LONG: &[&str] = &["2001-01-01"];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select([PIECES, LONG].concat()), 0..6)
        .prop_map(|pieces| pieces.concat())
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A manifest whose free texts are random: labels, group names, the product context. Names of more than letters are warnings only.
fn manifest() -> impl Strategy<Value = String> {
    let group = (any::<Option<bool>>(), prop::option::of(text()));
    let groups = prop::collection::btree_map("[a-z]{4,9}", group, 0..5);
    let optional = prop::collection::vec(prop::option::of(text()), 2);
    let flags = any::<(Option<bool>, Option<bool>, bool)>();
    (flags, optional, groups).prop_map(|((enabled, exported, any_build), optional, groups)| {
        let (base, _) = MANIFEST.split_once("groups:").unwrap();
        let mut out = base.to_owned();
        if any_build {
            out = out.replace("9394", "\"*\"");
        }
        for (key, flag) in [("enabled", enabled), ("export_in_packages", exported)] {
            if let Some(flag) = flag {
                writeln!(out, "  {key}: {flag}").unwrap();
            }
        }
        for (key, text) in ["label", "product_context"].iter().zip(&optional) {
            if let Some(text) = text {
                writeln!(out, "  {key}: {}", json(text)).unwrap();
            }
        }
        out.push_str("groups:\n  admin: {}\n");
        write_groups(&mut out, groups);
        out
    })
}

fn write_groups(out: &mut String, groups: BTreeMap<String, (Option<bool>, Option<String>)>) {
    for (name, (create, label)) in groups {
        let create = create.map(|create| format!("create: {create}"));
        let label = label.map(|label| format!("label: {}", json(&label)));
        let fields: Vec<String> = create.into_iter().chain(label).collect();
        writeln!(out, "  {}: {{ {} }}", json(&name), fields.join(", ")).unwrap();
    }
}

/// The package of a manifest, or what stands against it.
fn render(manifest: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ims.yaml"), manifest).unwrap();
    let run = run(folder.path(), &["render", "-q", "a.ims.yaml"]);
    match run.code {
        0 => Ok(run.stdout),
        _ => Err(run.stderr),
    }
}

fn import(package: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.xml"), package).unwrap();
    let run = run(folder.path(), &["import", "a.xml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// What is not in a package.
fn filled_in(manifest: &str) -> String {
    let mut text = manifest.to_owned();
    for (key, value) in [
        ("name", "Contoso"),
        ("name", "contoso-prod"),
        ("url", "https://campaign.fabrikam.com"),
        ("hosting", "on-premise"),
    ] {
        let placeholder = format!("  {key}: CHANGE-ME #");
        text = text.replacen(&placeholder, &format!("  {key}: {value} #"), 1);
    }
    text.replacen("groups: CHANGE-ME #", "groups: { admin: {} } #", 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_global_rejects: 5_000, ..ProptestConfig::default() })]

    #[test]
    fn import_of_what_render_wrote_renders_to_the_same_bytes(manifest in manifest()) {
        // What looks like a placeholder or a secret leaves nothing to render.
        let xml = render(&manifest);
        prop_assume!(xml.is_ok());
        let filled = filled_in(&import(xml.as_ref().unwrap()));
        prop_assert!(!filled.contains(": CHANGE-ME #"), "{filled}");
        prop_assert_eq!(render(&filled), xml, "{}", filled);
    }
}
