//! Which files a command reads, and what they are called.

use std::{
    collections::HashSet,
    fs,
    path::{Component, MAIN_SEPARATOR, Path, PathBuf},
    sync::{Arc, Mutex},
};

use ignore::{WalkBuilder, overrides::Override};

use super::{Input, ReadError};
use crate::text::glob;

/// The endings of manifests that a folder is searched for.
const ENDINGS: [&str; 2] = [".ims.yaml", ".ims.yml"];

/// Finds the manifests that paths name: files as they are, folders searched. Sorted, each once; what cannot be read is told apart.
///
/// A search honours `.gitignore`, follows no folder links, and passes over what `is_excluded` says.
pub fn find(
    paths: &[PathBuf],
    mut is_excluded: impl FnMut(&Path) -> bool,
) -> (Vec<Input>, Vec<ReadError>) {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    let mut inputs = Vec::new();
    for path in paths {
        match path.metadata() {
            _ if path.as_os_str() == "-" => inputs = vec![Input::Stdin],
            Ok(metadata) if metadata.is_dir() => {
                search(path, &mut is_excluded, &mut files, &mut errors);
            }
            Ok(_) => files.push(clean(path)),
            Err(error) => errors.push(ReadError::new("", shown(path), &error)),
        }
    }
    files.sort();
    files.dedup();
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        files.retain(|file| file.canonicalize().map_or(true, |real| seen.insert(real)));
    }
    inputs.extend(files.into_iter().map(Input::File));
    (inputs, errors)
}

fn search(
    folder: &Path,
    is_excluded: &mut impl FnMut(&Path) -> bool,
    files: &mut Vec<PathBuf>,
    errors: &mut Vec<ReadError>,
) {
    // Those above count, too.
    let above = canonical(folder);
    let refused = above.ancestors().find_map(|above| unusable(above).err());
    if let Some(refused) = refused {
        return errors.push(refused);
    }
    let below = Arc::new(Mutex::new(Vec::new()));
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false)
        .ignore(false)
        .follow_links(false)
        .overrides(Override::empty())
        .filter_entry({
            let below = below.clone();
            move |entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                let usable = if is_folder {
                    unusable(entry.path())
                } else {
                    Ok(())
                };
                match usable {
                    Ok(()) => true,
                    Err(error) => below.lock().map(|mut below| below.push(error)).is_err(),
                }
            }
        });
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                if !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                    continue;
                }
                // A link to a file is read as the file is; a link to a folder is not followed.
                let is_file = entry.file_type().is_some_and(|kind| {
                    kind.is_file() || kind.is_symlink() && entry.path().is_file()
                });
                let path = clean(entry.path());
                if is_file && !is_excluded(&path) {
                    files.push(path);
                }
            }
            Err(error) => {
                let name = shown(path_of(&error).unwrap_or(folder));
                let text = error.to_string();
                let error = error.into_io_error();
                let error = error.unwrap_or_else(|| std::io::Error::other(text));
                errors.push(ReadError::new("", name, &error));
            }
        }
    }
    errors.extend(
        below
            .lock()
            .map(|mut below| std::mem::take(&mut *below))
            .unwrap_or_default(),
    );
}

/// Refuses a folder whose `.gitignore` is not to be read: whoever proposes a change writes it, and reading it takes it as it is.
fn unusable(folder: &Path) -> Result<(), ReadError> {
    const MOST: u64 = 1 << 20;
    let file = folder.join(".gitignore");
    let refused = |reason: &str| {
        let error = std::io::Error::other(reason);
        Err(ReadError::new("", shown(&file), &error))
    };
    match file.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(metadata) if !metadata.is_file() => refused("it is not a regular file"),
        Ok(metadata) if metadata.len() > MOST => refused("it is over 1 MiB"),
        Ok(_) => {
            let text = fs::read(&file).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            match text.lines().all(glob::is_flat) {
                true => Ok(()),
                false => refused("a line of it has too many braces within braces"),
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// The nearest file of a name in a folder or in those above it, up to the root of the repository (a folder that holds `.git`), that
/// one included; outside of a repository, up to the root of the file system. The folder's links are resolved first.
pub fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    for folder in canonical(folder).ancestors() {
        let file = folder.join(name);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").symlink_metadata().is_ok() {
            return None;
        }
    }
    None
}

/// The folder that a file is in, by its path alone.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A folder's absolute path, links resolved where it exists.
pub fn canonical(folder: &Path) -> PathBuf {
    fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// A path without `.` steps, as reports show it.
fn clean(path: &Path) -> PathBuf {
    let cleaned: PathBuf = path
        .components()
        .filter(|step| *step != Component::CurDir)
        .collect();
    match cleaned.as_os_str().is_empty() {
        true => path.to_owned(),
        false => cleaned,
    }
}

/// A path as reports show it: with `/`, and U+FFFD for what is no Unicode.
pub fn shown(path: &Path) -> String {
    clean(path).to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// An absolute path as people who stand in the current folder name it. Far away, the absolute path says more than a row of dots;
/// the root of a file system is never near.
pub fn shown_from_here(path: &Path) -> String {
    let here = canonical(Path::new("."));
    for (ups, base) in here.ancestors().take(8).enumerate() {
        if let Ok(below) = path.strip_prefix(base)
            && base.parent().is_some()
            && (ups == 0 || below.components().count() == 1)
        {
            return "../".repeat(ups) + &shown(below);
        }
    }
    shown(path)
}
