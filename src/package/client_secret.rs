//! The client secret that a manifest refers to, read at the moment a package is made. No error carries any of it, nor the path of a
//! `file`: people paste the secret there.

use std::path::{Path, PathBuf};

use crate::{
    manifest::SecretReference,
    package::{CipherText, CipherTextError},
};

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
    /// A file that was not read, and why.
    #[error("cannot read the `file` of `client_secret`: {0}")]
    File(String),
}

/// Reads the secret that a reference names. `read` gives the bytes of a file that the manifest names, and its real path; its errors
/// must not show either.
///
/// # Errors
/// Where it is not there, not a cipher text, or a file that must not be read.
pub fn resolve(
    reference: &SecretReference,
    read: impl FnOnce(&Path) -> Result<(Vec<u8>, PathBuf), String>,
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
    let (bytes, path) = read(Path::new(&path.value)).map_err(SecretError::File)?;
    let text = String::from_utf8(bytes).map_err(|_| SecretError::NoText)?;
    Ok((CipherText::parse(&text)?, Origin::File(path)))
}
