//! A small file that a manifest names: read where it lies in the manifest's repository, and refused everywhere else.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

/// The most bytes that such a file may have.
const MOST: u64 = 64 << 10;

/// Why such a file was not read. Neither its path nor anything of it is shown: people paste secrets in place of paths.
#[derive(Debug, thiserror::Error)]
pub enum InsideError {
    /// An absolute path, or one that leads elsewhere.
    #[error(
        "it is outside of the manifest's repository: name a file inside, relative to the manifest"
    )]
    Outside,
    /// A folder, a device, a pipe.
    #[error("it is not a regular file")]
    NotRegular,
    /// More than a small file has.
    #[error("it has more than 64 KiB")]
    TooLarge,
    /// No such file.
    #[error("there is no such file")]
    Missing,
    /// The system refused.
    #[error("{0}")]
    Io(io::ErrorKind),
}

impl From<io::Error> for InsideError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            kind => Self::Io(kind),
        }
    }
}

/// Reads a small regular file inside the manifest's repository; gives its real path, too. It is looked at before it is opened, since
/// opening a pipe waits and opening a device may act; and again once it is open, since it may have been replaced.
///
/// # Errors
/// Where it is elsewhere, not there, too large, or no file.
pub fn read_inside(path: &Path, folder: &Path) -> Result<(Vec<u8>, PathBuf), InsideError> {
    let is_relative = path.components().all(|step| {
        matches!(
            step,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    if !is_relative {
        return Err(InsideError::Outside);
    }
    let folder = folder.canonicalize()?;
    let root = repository(&folder);
    let real = match folder.join(path).canonicalize() {
        Ok(real) => real,
        // What is outside is not even said to be there or not.
        Err(_) if leaves(path, &folder, root) => return Err(InsideError::Outside),
        Err(error) => return Err(error.into()),
    };
    if !real.starts_with(root) {
        return Err(InsideError::Outside);
    }
    let before = real.symlink_metadata()?;
    refuse(&before)?;
    let file = File::open(&real)?;
    let opened = file.metadata()?;
    refuse(&opened)?;
    if !is_same(&before, &opened) {
        return Err(InsideError::NotRegular);
    }
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MOST {
        true => Err(InsideError::TooLarge),
        false => Ok((bytes, real)),
    }
}

/// The nearest folder with a `.git`, else the manifest's own.
fn repository(folder: &Path) -> &Path {
    folder
        .ancestors()
        .find(|folder| folder.join(".git").symlink_metadata().is_ok())
        .unwrap_or(folder)
}

/// Whether the steps of a path alone lead out of the root.
fn leaves(path: &Path, folder: &Path, root: &Path) -> bool {
    let mut at = folder.to_owned();
    path.components().any(|step| {
        match step {
            Component::ParentDir => {
                at.pop();
            }
            Component::Normal(name) => at.push(name),
            _ => {}
        }
        !at.starts_with(root)
    })
}

fn refuse(metadata: &Metadata) -> Result<(), InsideError> {
    if !metadata.is_file() {
        return Err(InsideError::NotRegular);
    }
    if metadata.len() > MOST {
        return Err(InsideError::TooLarge);
    }
    Ok(())
}

#[cfg(unix)]
fn is_same(before: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (before.dev(), before.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}
