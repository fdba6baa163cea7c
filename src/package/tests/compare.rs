//! What differs between a manifest and a package.

use super::super::{Difference, Package, compare, read, render};
use super::{EXAMPLE, MANIFEST, manifest};

fn differences(manifest_text: &str, package: &str) -> Vec<Difference> {
    let package = read(package.as_bytes()).unwrap();
    let account = package.account().unwrap();
    compare(&manifest(manifest_text), &package, account).unwrap()
}

/// A line of the table has what is replaced in the right manifest, and what in its package.
fn told(input: &str) -> Vec<String> {
    type Edits = Vec<(String, String)>;
    let (in_manifest, in_package): (Edits, Edits) = serde_json::from_str(input).unwrap();
    let edited = |text: &str, edits: Edits| {
        edits.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    };
    let (manifest, package) = (edited(MANIFEST, in_manifest), edited(EXAMPLE, in_package));
    let line = |it: Difference| {
        let package = it.package.unwrap_or_else(|| "nothing".into());
        format!("{} {:?}: {} / {package}", it.field, it.kind, it.manifest)
    };
    differences(&manifest, &package)
        .into_iter()
        .map(line)
        .collect()
}

#[test]
fn drift_is_told_as_the_table_says() {
    crate::text::table::check("drift", told);
}

#[test]
fn what_was_rendered_has_no_drift() {
    let text = MANIFEST.replace("  client_id", "  type: 20\n  client_id");
    let rendered = render(&Package::of(&manifest(&text)).unwrap()).unwrap();
    assert_eq!(differences(&text, &rendered), []);
    assert_eq!(differences(MANIFEST, &rendered), []);
}
