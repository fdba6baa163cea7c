//! Why a search found no manifest.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Input, is_manifest, read_start, shown};

/// So many entries are looked at, and so many files named: it is help, no search.
const MOST_ENTRIES: usize = 20_000;
const MOST_NAMED: usize = 3;
/// Where a manifest shows what it is: 8 KiB with the byte more that is read.
const HEAD: usize = 8 * 1024 - 1;

/// Files that somebody could have meant, and why a search of folders passed them over.
pub fn passed_over(paths: &[PathBuf], mut is_excluded: impl FnMut(&Path) -> bool) -> Vec<String> {
    let mut named = Vec::new();
    for folder in paths.iter().filter(|path| path.is_dir()) {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false)
            .sort_by_file_name(Ord::cmp)
            .filter_entry(|entry| entry.file_name() != ".git");
        let entries = walk.build().take(MOST_ENTRIES).flatten();
        let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        for entry in files {
            if named.len() == MOST_NAMED {
                return named;
            }
            let name = entry.file_name().to_string_lossy();
            let path = shown(entry.path());
            if is_manifest(&name) {
                named.push(match is_excluded(entry.path()) {
                    true => format!("`{path}` is excluded by the configuration"),
                    false => format!("`{path}` is ignored by a .gitignore"),
                });
            } else if let Some((stem, _)) = name.rsplit_once('.')
                && looks_like_a_manifest(entry.path())
            {
                named.push(format!(
                    "`{path}` looks like a manifest: rename it to `{stem}.ims.yaml`, or name it"
                ));
            }
        }
    }
    named
}

/// Whether a YAML file has what no other has.
fn looks_like_a_manifest(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    if ending != "yaml" && ending != "yml" {
        return false;
    }
    let head = read_start(&Input::File(path.to_owned()), HEAD).unwrap_or_default();
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("external_account:"))
}
