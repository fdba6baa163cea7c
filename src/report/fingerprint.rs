//! What a finding is recognised by when its lines have moved: in SARIF, in GitLab's reports and in a baseline.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::Finding;

/// One fingerprint for each finding, in their order, unique among them: 32 hexadecimal digits of the SHA-256 of the rule,
/// the path, the pointer, the message and the text that the finding points at, and of how many equal ones came before.
/// The text is taken as it may be shown, stars for secrets: a secret's hash would be a way to guess it.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let base = base(finding);
            let before = seen.entry(base).or_default();
            let digest = Sha256::new()
                .chain_update(base)
                .chain_update(before.to_be_bytes())
                .finalize();
            *before += 1;
            let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            digits.chars().take(32).collect()
        })
        .collect()
}

fn base(finding: &Finding) -> [u8; 32] {
    let location = &finding.location;
    let text = location.source.shown(location.range.clone());
    let message = without_places(&finding.message);
    let mut hash = Sha256::new();
    for part in [
        finding.rule.id,
        super::relative(location.source.name()),
        &location.pointer,
        &message,
        &text,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A message without the numbers of the lines and columns in it, which move.
fn without_places(message: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for word in message.split(' ') {
        let place = matches!(
            kept.last(),
            Some(&("line" | "lines" | "column" | "columns"))
        );
        if place && word.starts_with(|first: char| first.is_ascii_digit()) {
            continue;
        }
        kept.push(word);
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn they_survive_moved_lines_and_tell_equal_findings_apart() {
        let here = fixture::finding_in("a.ims.yaml", "a: 1\nb: http://x\n", "http://x");
        let moved = fixture::finding_in("./a.ims.yaml", "# more\n\nb: http://x\n", "http://x");
        let other = fixture::finding_in("a.ims.yaml", "b: http://y\n", "http://y");
        let all = fingerprints(&[here.clone(), here, other]);
        assert_eq!(all[0], fingerprints(&[moved])[0]);
        assert!(all[0] != all[1] && all[0] != all[2] && all[0].len() == 32);
    }

    #[test]
    fn a_secret_is_not_hashed() {
        let one = fixture::secret("s: p8e-aaaa\n", 3..11);
        let two = fixture::secret("s: p8e-bbbb\n", 3..11);
        assert_eq!(fingerprints(&[one]), fingerprints(&[two]));
    }

    #[test]
    fn places_in_messages_do_not_count() {
        assert_eq!(without_places("see line 12, column 3"), "see line column");
        assert_eq!(without_places("7 lines of 2"), "7 lines of 2");
    }
}
