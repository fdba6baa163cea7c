//! What differs between a manifest and a package.

use super::super::{Difference, compare, read};
use super::{EXAMPLE, MANIFEST, manifest};

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
    let manifest = manifest(&edited(MANIFEST, in_manifest));
    let package = read(edited(EXAMPLE, in_package).as_bytes()).unwrap();
    let account = package.account().unwrap();
    let differences = compare(&manifest, &package, account).unwrap();
    let line = |it: Difference| {
        let package = it.package.unwrap_or_else(|| "nothing".into());
        format!("{} {:?}: {} / {package}", it.field, it.kind, it.manifest)
    };
    differences.into_iter().map(line).collect()
}

#[test]
fn drift_is_told_as_the_table_says() {
    crate::text::table::check("drift", told);
}
