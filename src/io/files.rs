//! Which files a command reads, and how.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use ignore::{WalkBuilder, overrides::Override};

use crate::text::show;

/// The endings of manifests that a folder is searched for.
const ENDINGS: [&str; 2] = [".ims.yaml", ".ims.yml"];

/// What a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{}`: {reason}", show::text(&shown(path)))]
pub struct Unreadable {
    /// Its path.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

impl Unreadable {
    fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
            _ => error.to_string(),
        };
        Self {
            path: path.to_owned(),
            reason,
        }
    }
}

/// Finds the manifests that paths name: files as they are, folders searched. Sorted, each once; what cannot be read is told apart.
///
/// A search honours `.gitignore`, follows no folder links, and passes over what `is_excluded` says.
pub fn find(
    paths: &[PathBuf],
    is_excluded: impl Fn(&Path) -> bool,
) -> (Vec<Input>, Vec<Unreadable>) {
    let mut files = Vec::new();
    let mut stdin = false;
    let mut unreadable = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            stdin = true;
            continue;
        }
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => {
                search(path, &is_excluded, &mut files, &mut unreadable)
            }
            Ok(_) => files.push(clean(path)),
            Err(error) => unreadable.push(Unreadable::new(path, &error)),
        }
    }
    files.sort();
    files.dedup();
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        files.retain(|file| file.canonicalize().map_or(true, |real| seen.insert(real)));
    }
    let mut inputs: Vec<Input> = files.into_iter().map(Input::File).collect();
    if stdin {
        inputs.insert(0, Input::Stdin);
    }
    (inputs, unreadable)
}

fn search(
    folder: &Path,
    is_excluded: &impl Fn(&Path) -> bool,
    files: &mut Vec<PathBuf>,
    unreadable: &mut Vec<Unreadable>,
) {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false)
        .ignore(false)
        .follow_links(false)
        .overrides(Override::empty());
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                if !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                    continue;
                }
                let kind = entry.file_type();
                // A link to a file is read as the file is; a link to a folder is not followed.
                let is_file = kind.is_some_and(|kind| kind.is_file())
                    || kind.is_some_and(|kind| kind.is_symlink()) && entry.path().is_file();
                let path = clean(entry.path());
                if is_file && !is_excluded(&path) {
                    files.push(path);
                }
            }
            Err(error) => {
                let path = path_of(&error).unwrap_or(folder).to_owned();
                let reason = error.io_error().map_or_else(
                    || error.to_string(),
                    |error| Unreadable::new(&path, error).reason,
                );
                unreadable.push(Unreadable { path, reason });
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

/// A path without `.` steps, as reports show it.
fn clean(path: &Path) -> PathBuf {
    let cleaned: PathBuf = path
        .components()
        .filter(|step| *step != Component::CurDir)
        .collect();
    if cleaned.as_os_str().is_empty() {
        path.to_owned()
    } else {
        cleaned
    }
}

/// A path as reports show it: with `/`, and U+FFFD for what is no Unicode.
pub fn shown(path: &Path) -> String {
    let text = clean(path).to_string_lossy().into_owned();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text
    }
}

/// The bytes of a file, of no more than `limit` and one more: who reads a file that is too large finds out from that one.
///
/// # Errors
/// Where there is no such file, it is a folder, or it cannot be read.
pub fn read(input: &Input, limit: usize) -> Result<Vec<u8>, Unreadable> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match input {
        Input::Stdin => {
            let path = Path::new("-");
            io::stdin()
                .lock()
                .take(most)
                .read_to_end(&mut bytes)
                .map_err(|error| Unreadable::new(path, &error))?;
        }
        Input::File(path) => {
            let failed = |error: io::Error| Unreadable::new(path, &error);
            let file = File::open(path).map_err(failed)?;
            let length = file.metadata().map_err(failed)?.len().min(most);
            bytes.reserve(usize::try_from(length).unwrap_or(0));
            file.take(most).read_to_end(&mut bytes).map_err(failed)?;
        }
    }
    Ok(bytes)
}
