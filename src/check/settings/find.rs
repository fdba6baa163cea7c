//! Which configuration file is a manifest's: the nearest one upwards, within its repository.

use std::{
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{FILE_NAME, Loaded, SettingsError, load};

/// Where configuration comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Each manifest's nearest file upwards.
    Nearest,
    /// One file for all manifests.
    File(PathBuf),
    /// Nowhere.
    Nothing,
}

/// Finds the configuration of manifests, each folder looked at once and each file read once.
#[derive(Debug)]
pub struct Finder {
    fixed: Option<Arc<Loaded>>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// What a folder as named comes to.
    named: HashMap<PathBuf, Arc<Loaded>>,
    /// What a folder with its links resolved comes to.
    folders: HashMap<PathBuf, Arc<Loaded>>,
    nothing: Arc<Loaded>,
}

impl Finder {
    /// Starts a search. With [`Mode::File`] the file is read here.
    ///
    /// # Errors
    /// As [`load`].
    pub fn new(mode: Mode) -> Result<Self, SettingsError> {
        let fixed = match mode {
            Mode::Nearest => None,
            Mode::File(path) => Some(Arc::new(load(&path)?)),
            Mode::Nothing => Some(Arc::default()),
        };
        Ok(Self {
            fixed,
            known: Mutex::default(),
        })
    }

    /// The configuration of a manifest. One file upwards is looked for in the manifest's folder and in those above it, up to the
    /// root of the repository (a folder that holds `.git`), that one included; outside of a repository, up to the root of the
    /// file system. A text from the standard input has the configuration of the folder that its name is in.
    ///
    /// # Errors
    /// As [`load`].
    pub fn for_manifest(&self, manifest: &Path) -> Result<Arc<Loaded>, SettingsError> {
        if let Some(fixed) = &self.fixed {
            return Ok(fixed.clone());
        }
        let folder = folder_of(manifest);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = known.named.get(folder) {
            return Ok(loaded.clone());
        }
        let loaded = known.upwards(&canonical(folder))?;
        known.named.insert(folder.to_owned(), loaded.clone());
        Ok(loaded)
    }

    /// The configurations that were read so far, sorted by path: for what they have to say themselves.
    pub fn loaded(&self) -> Vec<Arc<Loaded>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<Arc<Loaded>> = known
            .folders
            .values()
            .chain(&self.fixed)
            .filter(|loaded| loaded.path.is_some())
            .cloned()
            .collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|a, b| a.path == b.path);
        all
    }
}

impl Known {
    fn upwards(&mut self, folder: &Path) -> Result<Arc<Loaded>, SettingsError> {
        let mut passed = Vec::new();
        let mut found = self.nothing.clone();
        for folder in folder.ancestors() {
            if let Some(loaded) = self.folders.get(folder) {
                found = loaded.clone();
                break;
            }
            passed.push(folder.to_owned());
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                found = Arc::new(load(&file)?);
                break;
            }
            if fs::symlink_metadata(folder.join(".git")).is_ok() {
                break;
            }
        }
        for folder in passed {
            self.folders.insert(folder, found.clone());
        }
        Ok(found)
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A folder's absolute path, links resolved where it exists.
fn canonical(folder: &Path) -> PathBuf {
    fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// A file's absolute path: its folder's links resolved, itself as named.
pub(super) fn resolved(path: &Path) -> PathBuf {
    match path.file_name() {
        Some(name) => canonical(folder_of(path)).join(name),
        None => canonical(path),
    }
}

/// A file as people who stand in the current folder name it, with `/`.
pub(super) fn shown(path: &Path) -> String {
    let with_slashes = |path: &Path| {
        path.to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/")
    };
    let path = match path.is_absolute() {
        true => path.to_owned(),
        false => return with_slashes(path),
    };
    let Ok(current) = std::env::current_dir().and_then(fs::canonicalize) else {
        return with_slashes(&path);
    };
    // Far away, the absolute path says more than a row of dots; the root of a file system is never near.
    for (ups, base) in current.ancestors().take(8).enumerate() {
        let is_root = !base
            .components()
            .any(|part| matches!(part, Component::Normal(_)));
        if let Ok(below) = path.strip_prefix(base)
            && !is_root
            && (ups == 0 || below.components().count() == 1)
        {
            return "../".repeat(ups) + &with_slashes(below);
        }
    }
    with_slashes(&path)
}
