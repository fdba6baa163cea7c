//! The client secret that a package may hold: the cipher text that an instance made with its own key. It is found through the
//! manifest's reference, at the moment a package is made. No error carries any of it, nor the path of a `file`: people paste the
//! secret there.

use std::{
    fmt,
    fs::{self, File, Metadata},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use super::PackageError;
use crate::manifest::SecretReference;

/// The most that a file with a secret may have, in bytes.
const MOST: u64 = 64 * 1024;

/// A client secret in an instance's cipher text: `@` and base64, as `xtk:session#EncryptPassword` makes it on that
/// instance. Its `Debug` shows nothing of it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct CipherText(String);

impl CipherText {
    /// Takes `@` and padded base64 (standard alphabet) of a non-zero multiple of 16 bytes. One newline at the end, as a
    /// file has it, is dropped.
    ///
    /// # Errors
    /// For anything else; the error says nothing of the text but what is wrong with its form.
    pub fn parse(text: &str) -> Result<Self, PackageError> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            return Err(refused("the client secret is empty"));
        }
        let Some(encoded) = text.strip_prefix('@') else {
            return Err(refused(
                "the client secret is not a cipher text: it does not begin with `@` (make one with xtk:session#EncryptPassword on the target instance)",
            ));
        };
        match decoded_length(encoded) {
            None => Err(refused(
                "the client secret is not a cipher text: what follows `@` is not base64 with its padding (was it cut off, or copied with white space?)",
            )),
            Some(length) if length == 0 || length % 16 != 0 => Err(refused(
                "the client secret is not a cipher text: its length is not a multiple of 16 bytes (was it cut off?)",
            )),
            Some(_) => Ok(Self(text.to_owned())),
        }
    }

    /// The cipher text itself, for the package's writer alone.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CipherText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CipherText(…)")
    }
}

/// How many bytes `encoded` stands for, `None` where it is not base64 with its padding, unused bits zero.
fn decoded_length(encoded: &str) -> Option<usize> {
    let digits = encoded.trim_end_matches('=');
    let padding = encoded.len() - digits.len();
    let is_digit = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    let last_digits = match padding {
        0 => None,
        1 => Some("AEIMQUYcgkosw048"),
        2 => Some("AQgw"),
        _ => return None,
    };
    let is_base64 = encoded.len().is_multiple_of(4)
        && digits.bytes().all(is_digit)
        && last_digits.is_none_or(|last| digits.ends_with(|it| last.contains(it)));
    is_base64.then_some(encoded.len() / 4 * 3 - padding)
}

/// Where a client secret was found: two instances may not have one in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An environment variable.
    Variable(String),
    /// A file, by its real path.
    File(PathBuf),
}

fn refused(problem: impl Into<String>) -> PackageError {
    PackageError::Secret(problem.into())
}

fn outside() -> PackageError {
    refused(
        "the `file` of `client_secret` is outside of the manifest's repository: name a file inside, relative to the manifest",
    )
}

fn unreadable(error: &io::Error) -> PackageError {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        kind => kind.to_string(),
    };
    refused(format!("cannot read the `file` of `client_secret`: {kind}"))
}

/// Reads the secret that a manifest refers to. `folder` is the manifest's.
///
/// # Errors
/// Where it is not there, not a cipher text, or a file that must not be read.
pub fn resolve(
    reference: Option<&SecretReference>,
    folder: &Path,
) -> Result<(CipherText, Origin), PackageError> {
    let variable = reference.and_then(|it| it.env.get());
    let file = reference.and_then(|it| it.file.get());
    let (text, origin) = match (variable, file) {
        (Some(name), _) => {
            let name = name.value.clone();
            let value = std::env::var_os(&name)
                .ok_or_else(|| refused(format!("the environment variable `{name}` is not set")))?;
            (value.into_string().ok(), Origin::Variable(name))
        }
        (None, Some(path)) => {
            let (bytes, path) = read(Path::new(&path.value), folder)?;
            (String::from_utf8(bytes).ok(), Origin::File(path))
        }
        (None, None) => {
            return Err(refused(
                "the manifest has no `client_secret`: write `client_secret: { env: NAME }`, or leave `--include-secret` out",
            ));
        }
    };
    let text = text
        .ok_or_else(|| refused("the client secret is not a cipher text: it is no text at all"))?;
    Ok((CipherText::parse(&text)?, origin))
}

/// Reads a small regular file inside the manifest's repository. It is looked at before it is opened, since opening a pipe waits and
/// opening a device may act; and again once it is open, since it may have been replaced.
fn read(path: &Path, folder: &Path) -> Result<(Vec<u8>, PathBuf), PackageError> {
    let folder = folder.canonicalize().map_err(|it| unreadable(&it))?;
    // The nearest folder with a `.git`, else the manifest's own.
    let root = folder
        .ancestors()
        .find(|folder| folder.join(".git").symlink_metadata().is_ok())
        .unwrap_or(&folder);
    let first = path.components().next();
    if matches!(first, Some(Component::RootDir | Component::Prefix(_))) {
        return Err(outside());
    }
    let real = folder.join(path).canonicalize().map_err(|error| {
        // What is outside is not even said to be there or not.
        if leaves(path, &folder, root) {
            outside()
        } else {
            unreadable(&error)
        }
    })?;
    if !real.starts_with(root) {
        return Err(outside());
    }
    let before = fs::symlink_metadata(&real).map_err(|it| unreadable(&it))?;
    check(&before)?;
    let file = File::open(&real).map_err(|it| unreadable(&it))?;
    let opened = file.metadata().map_err(|it| unreadable(&it))?;
    check(&opened)?;
    if !is_same(&before, &opened) {
        return Err(refused(
            "the `file` of `client_secret` is not a regular file",
        ));
    }
    let mut bytes = Vec::new();
    let read = file.take(MOST + 1).read_to_end(&mut bytes);
    read.map_err(|it| unreadable(&it))?;
    check_size(bytes.len() as u64)?;
    Ok((bytes, real))
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

fn check(metadata: &Metadata) -> Result<(), PackageError> {
    if !metadata.is_file() {
        return Err(refused(
            "the `file` of `client_secret` is not a regular file",
        ));
    }
    check_size(metadata.len())
}

fn check_size(size: u64) -> Result<(), PackageError> {
    if size > MOST {
        return Err(refused(
            "the `file` of `client_secret` has more than 64 KiB: that is no client secret",
        ));
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
