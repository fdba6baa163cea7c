//! Findings that are known already: they are hidden, and do not fail a check.
//!
//! A baseline holds fingerprints, which survive moved lines. They count with the paths that the manifests are named by, so a
//! baseline is for checks from one folder.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf, absolute},
};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, fingerprints, fingerprints_by, relative};

/// The most bytes that a baseline may have.
pub const MAX_BYTES: u64 = 64 << 20;

const VERSION: u64 = 1;

/// How many files that are gone a new one is compared with.
const MOST_GONE: usize = 100;

/// Known findings.
#[derive(Debug, Default)]
pub struct Baseline {
    known: HashMap<String, Entry>,
    /// The paths that it has.
    paths: BTreeSet<String>,
    /// Those that name no file, neither from the current folder nor from its own, nor from one above these.
    gone: BTreeSet<String>,
}

/// What an entry is for.
#[derive(Debug)]
struct Entry {
    path: String,
    rule: String,
}

/// What a baseline made of a run's findings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// How many findings it knew.
    pub count: usize,
    /// Its entries that no finding is for any more: path and rule, sorted.
    pub stale: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    findings: Vec<Known>,
}

/// What a baseline keeps of a finding. The rule and the path are for people who review it.
#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Known {
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Deserialize)]
struct Version {
    version: Option<u64>,
}

impl Baseline {
    /// Reads the bytes of a baseline at a path.
    ///
    /// # Errors
    /// What is wrong, where it is none.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, String> {
        // The version comes first: another one may have other fields.
        let Version { version } = serde_json::from_slice(bytes).map_err(|error| said(&error))?;
        match version {
            Some(VERSION) => {}
            Some(other) => {
                return Err(format!(
                    "it is of version {other}, and this program knows version {VERSION}"
                ));
            }
            None => return Err("it has no `version`".to_owned()),
        }
        let file: File = serde_json::from_slice(bytes).map_err(|error| said(&error))?;
        let is_lawful =
            |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(at) = file
            .findings
            .iter()
            .position(|known| !is_lawful(&known.fingerprint))
        {
            return Err(format!(
                "the `fingerprint` of finding {} is not 32 hexadecimal digits",
                at + 1
            ));
        }
        let paths = file.findings.iter();
        let paths: BTreeSet<String> = paths.map(|it| relative(&it.path).to_owned()).collect();
        let folders = [Path::new("."), path.parent().unwrap_or(path)];
        let folders: Vec<PathBuf> = folders.iter().flat_map(absolute).collect();
        let is_there = |path: &&String| {
            let mut folders = folders.iter().flat_map(|it| it.ancestors());
            folders.any(|it| it.join(path).exists())
        };
        let gone = paths.iter().filter(|path| !is_there(path)).cloned();
        let gone = gone.collect();
        let known = file.findings.into_iter().map(|known| {
            let Known {
                path,
                rule,
                fingerprint,
            } = known;
            (fingerprint, Entry { path, rule })
        });
        Ok(Self {
            known: known.collect(),
            paths,
            gone,
        })
    }

    /// Whether it has findings, but none of any of some files.
    pub fn is_of_others(&self, mut names: impl Iterator<Item = String>) -> bool {
        !self.paths.is_empty() && !names.any(|name| self.paths.contains(relative(&name)))
    }

    /// Whether a path that it has names no file, from wherever it was written.
    pub fn is_gone(&self, path: &str) -> bool {
        self.gone.contains(path)
    }

    /// Takes the known findings out. `findings` are all findings of a run, or of one of its files, in any order. A file that the baseline
    /// does not have is known by the path of one that is gone, where that has most of its findings. What is guarded is never known.
    pub fn hide(&self, findings: &mut Vec<Finding>) -> Hidden {
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        let before = findings.len();
        let renamed = self.renamed(findings);
        let path = |name: &str| renamed.get(name).map_or(relative(name), |it| it).to_owned();
        let all = fingerprints_by(findings, path);
        let mut each = all.iter();
        findings.retain(|finding| {
            let known = each.next().is_some_and(|it| self.known.contains_key(it));
            finding.rule.is_guarded || !known
        });
        let used: HashSet<&String> = all.iter().collect();
        let stale = self.known.iter().filter(|(it, _)| !used.contains(it));
        let stale = stale.map(|(_, entry)| (entry.path.clone(), entry.rule.clone()));
        let mut stale: Vec<_> = stale.collect();
        stale.sort();
        Hidden {
            count: before - findings.len(),
            stale,
        }
    }

    /// The old paths of files that the baseline does not have. One that is gone is one file's at most.
    fn renamed(&self, findings: &[Finding]) -> HashMap<String, String> {
        let mut gone: Vec<&String> = self.gone.iter().take(MOST_GONE).collect();
        let mut renamed = HashMap::new();
        for file in findings.chunk_by(|a, b| a.location.source.name() == b.location.source.name()) {
            let name = file.first().map_or("", |it| it.location.source.name());
            if self.paths.contains(relative(name)) {
                continue;
            }
            let hits = |old: &str| {
                let prints = fingerprints_by(file, |_| old.to_owned());
                let known = prints.iter().filter(|it| self.known.contains_key(*it));
                known.count()
            };
            let best = gone.iter().enumerate().map(|(at, old)| (hits(old), at));
            let best = best.max_by_key(|it| it.0);
            if let Some((_, at)) = best.filter(|(hits, _)| hits * 2 > file.len()) {
                renamed.insert(name.to_owned(), gone.swap_remove(at).to_owned());
            }
        }
        renamed
    }
}

/// The baseline that makes all findings of a run known but those that are guarded, with a line end at the end. Equal findings give
/// equal texts, whatever their order.
pub fn text(findings: &[Finding]) -> String {
    let mut sorted: Vec<Finding> = findings.to_vec();
    sorted.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut known: Vec<Known> = fingerprints(&sorted)
        .into_iter()
        .zip(&sorted)
        .filter(|(_, finding)| !finding.rule.is_guarded)
        .map(|(fingerprint, finding)| Known {
            path: finding.location.source.name().to_owned(),
            rule: finding.rule.id.to_owned(),
            fingerprint,
        })
        .collect();
    known.sort();
    let file = File {
        version: VERSION,
        findings: known,
    };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// An error of the reader, without the values that it quotes.
fn said(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "it has not the fields that a baseline has",
        serde_json::error::Category::Eof => "it ends too early",
        _ => "it is not JSON",
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{diagnostic::Location, text::Source};

    fn finding(text: &str, part: &str, rule: &'static str) -> Finding {
        let start = text.find(part).unwrap();
        let location = Location {
            source: Arc::new(Source::new("a.ims.yaml", text)),
            pointer: "/a".to_owned(),
            range: start..start + part.len(),
        };
        Finding::new(
            crate::rules::find(rule).unwrap(),
            location,
            "it is wrong",
            "",
        )
    }

    #[test]
    fn known_findings_are_hidden_though_their_lines_moved() {
        let old = [
            finding("a: b\n", "b", "mask-tenant"),
            finding("a: b\n", "b", "wrong-type"),
        ];
        let written = text(&old);
        assert_eq!(written, text(&[old[1].clone(), old[0].clone()]));
        assert_eq!(written.matches("fingerprint").count(), 1);
        let baseline = Baseline::parse(Path::new("b.json"), written.as_bytes()).unwrap();
        let mut new = vec![
            finding("# c\n\na: b\n", "b", "mask-tenant"),
            finding("a: c\n", "c", "mask-tenant"),
            finding("a: b\n", "b", "wrong-type"),
        ];
        assert_eq!(baseline.hide(&mut new).count, 1);
        assert_eq!(new.len(), 2);
    }

    #[test]
    fn what_is_guarded_cannot_be_put_in_by_hand() {
        let guarded = finding("a: b\n", "b", "secret-in-manifest");
        let entry = || Entry {
            path: "a.ims.yaml".to_owned(),
            rule: "secret-in-manifest".to_owned(),
        };
        let known = fingerprints(std::slice::from_ref(&guarded)).into_iter();
        let known = known.map(|it| (it, entry())).collect();
        let mut findings = vec![guarded];
        let baseline = Baseline {
            known,
            ..Baseline::default()
        };
        assert_eq!(baseline.hide(&mut findings).count, 0);
    }

    #[test]
    fn what_is_no_baseline_is_said() {
        let said = |text: &str| Baseline::parse(Path::new("b.json"), text.as_bytes()).unwrap_err();
        assert_eq!(said("{"), "it ends too early (line 1, column 1)");
        assert!(said("version: 1").starts_with("it is not JSON"));
        assert!(said("[]").starts_with("it has not the fields"));
        assert_eq!(said("{}"), "it has no `version`");
        assert!(said(r#"{"version":2,"known":[]}"#).starts_with("it is of version 2"));
        let short = r#"{"version":1,"findings":[{"path":"a","rule":"b","fingerprint":"12"}]}"#;
        assert!(said(short).contains("finding 1 is not 32"));
        assert!(said(r#"{"version":1,"findings":[],"more":1}"#).starts_with("it has not"));
    }
}
