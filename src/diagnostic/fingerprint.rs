//! What a finding is known by when its lines have moved.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Finding;

/// One fingerprint for each finding, by which SARIF, GitLab and a baseline know it when its lines have moved: 32 hexadecimal
/// digits, made of the rule, the path, the pointer and the key. Equal findings are told apart by how many came before, so
/// they must be sorted. No text of the manifest is hashed: the hash of a secret would be a way to guess it.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    fingerprints_by(findings, |path| relative(path).to_owned())
}

/// The same where files have other paths than the names that they are reported under.
pub fn fingerprints_by(findings: &[Finding], path: impl Fn(&str) -> String) -> Vec<String> {
    let mut seen: HashMap<[&str; 4], u64> = HashMap::new();
    let mut paths: HashMap<&str, String> = HashMap::new();
    let mut fingerprint = |finding| {
        let parts = identity(finding);
        let [rule, name, pointer, key] = parts;
        let path = paths.entry(name).or_insert_with(|| path(name));
        let before = seen.entry(parts).or_default();
        let mut hash = Sha256::new();
        for part in [rule, path, pointer, key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(before.to_be_bytes());
        *before += 1;
        let digest = hash.finalize();
        let first = digest.iter().take(16);
        let number = first.fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        format!("{number:032x}")
    };
    findings.iter().map(&mut fingerprint).collect()
}

fn identity(finding: &Finding) -> [&str; 4] {
    let location = &finding.location;
    [
        finding.rule.id,
        location.source.name(),
        &location.pointer,
        &finding.key,
    ]
}

/// A path as other programs want it: without `./` in front.
pub fn relative(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{diagnostic::Location, text::Source};

    fn finding(path: &str, text: &str, key: &str) -> Finding {
        let location = Location {
            source: Arc::new(Source::new(path, text)),
            pointer: "/a".to_owned(),
            range: 0..text.len(),
        };
        let rule = &crate::rules::catalogue::UNKNOWN_FIELD;
        Finding {
            key: key.to_owned(),
            ..Finding::new(rule, location, text, "")
        }
    }

    #[test]
    fn fingerprints_are_made_of_rule_path_pointer_and_key() {
        let all = fingerprints(&[
            finding("a", "one", "x"),
            finding("a", "two", "x"),
            finding("a", "one", "y"),
            finding("b", "one", "x"),
        ]);
        for (index, fingerprint) in all.iter().enumerate() {
            assert_eq!(fingerprint.len(), 32);
            assert!(!all[..index].contains(fingerprint));
        }
        let moved_and_reworded = finding("./a", "# more\n\none", "x");
        assert_eq!(all[0], fingerprints(&[moved_and_reworded])[0]);
    }

    #[test]
    fn paths_lose_their_dot() {
        assert_eq!(relative("././a/b"), "a/b");
        assert_eq!(relative("../a"), "../a");
        assert_eq!(relative(".//a"), "a");
    }
}
