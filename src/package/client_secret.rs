//! The client secret that a manifest refers to, read at the moment a package is made. No error carries any of it, nor the path of a
//! `file`: people paste the secret there.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use crate::{
    manifest::SecretReference,
    package::{CipherText, CipherTextError},
};

/// The most that a file with a secret may have, in bytes.
const MOST: u64 = 64 * 1024;

/// Where a client secret was found: two instances may not have one in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An environment variable.
    Variable(String),
    /// A file, by its real path.
    File(PathBuf),
}

/// Why there is no secret to put into a package. Says what to do, and nothing of what was found.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The manifest names no place.
    #[error(
        "the manifest has no `client_secret`: write `client_secret: {{ env: NAME }}`, or leave `--include-secret` out"
    )]
    NoReference,
    /// No such variable.
    #[error("the environment variable `{0}` is not set")]
    Unset(String),
    /// Neither UTF-8 nor, therefore, a cipher text.
    #[error("the client secret is not a cipher text: it is no text at all")]
    NoText,
    /// What was found is no cipher text.
    #[error(transparent)]
    Form(#[from] CipherTextError),
    /// An absolute path, or one that leads elsewhere.
    #[error(
        "the `file` of `client_secret` is outside of the manifest's repository: name a file inside, relative to the manifest"
    )]
    Outside,
    /// A folder, a device, a pipe.
    #[error("the `file` of `client_secret` is not a regular file")]
    NotRegular,
    /// More than any cipher text has.
    #[error("the `file` of `client_secret` has more than 64 KiB: that is no client secret")]
    TooLarge,
    /// The system refused.
    #[error("cannot read the `file` of `client_secret`: {0}")]
    Io(String),
}

impl From<io::Error> for SecretError {
    fn from(error: io::Error) -> Self {
        Self::Io(match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            kind => kind.to_string(),
        })
    }
}

/// Reads the secret that a reference names. `folder` is the manifest's.
///
/// # Errors
/// Where it is not there, not a cipher text, or a file that must not be read.
pub fn resolve(
    reference: &SecretReference,
    folder: &Path,
) -> Result<(CipherText, Origin), SecretError> {
    if let Some(name) = reference.env.get() {
        let value =
            std::env::var_os(&name.value).ok_or_else(|| SecretError::Unset(name.value.clone()))?;
        let value = value.into_string().map_err(|_| SecretError::NoText)?;
        return Ok((
            CipherText::parse(&value)?,
            Origin::Variable(name.value.clone()),
        ));
    }
    let path = reference.file.get().ok_or(SecretError::NoReference)?;
    let (bytes, path) = read(Path::new(&path.value), folder)?;
    let text = String::from_utf8(bytes).map_err(|_| SecretError::NoText)?;
    Ok((CipherText::parse(&text)?, Origin::File(path)))
}

/// Reads a small regular file inside the manifest's repository. It is looked at before it is opened, since opening a pipe waits and
/// opening a device may act; and again once it is open, since it may have been replaced.
fn read(path: &Path, folder: &Path) -> Result<(Vec<u8>, PathBuf), SecretError> {
    let is_relative = path.components().all(|step| {
        matches!(
            step,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    if !is_relative {
        return Err(SecretError::Outside);
    }
    let folder = folder.canonicalize()?;
    let root = repository(&folder);
    let real = folder.join(path).canonicalize().map_err(|error| {
        // What is outside is not even said to be there or not.
        if leaves(path, &folder, root) {
            SecretError::Outside
        } else {
            error.into()
        }
    })?;
    if !real.starts_with(root) {
        return Err(SecretError::Outside);
    }
    let before = fs::symlink_metadata(&real)?;
    refuse(&before)?;
    let file = File::open(&real)?;
    let opened = file.metadata()?;
    refuse(&opened)?;
    if !is_same(&before, &opened) {
        return Err(SecretError::NotRegular);
    }
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(SecretError::TooLarge);
    }
    Ok((bytes, real))
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

fn refuse(metadata: &Metadata) -> Result<(), SecretError> {
    if !metadata.is_file() {
        return Err(SecretError::NotRegular);
    }
    if metadata.len() > MOST {
        return Err(SecretError::TooLarge);
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
