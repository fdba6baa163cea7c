//! The client secret that a package may hold: the cipher text that an instance made with its own key. It is found through the
//! manifest's reference, at the moment a package is made. No error carries any of it, nor the path of a `file`: people paste the
//! secret there.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::PackageError;
use crate::manifest::SecretReference;

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
    PackageError::Lacks(problem.into())
}

/// Reads the secret that a manifest refers to. `read` gives the bytes of a file that the manifest names, and its real path; its errors
/// must not show either.
///
/// # Errors
/// Where it is not there, not a cipher text, or a file that must not be read.
pub fn resolve(
    reference: Option<&SecretReference>,
    read: impl FnOnce(&Path) -> Result<(Vec<u8>, PathBuf), String>,
) -> Result<(CipherText, Origin), PackageError> {
    const NO_TEXT: &str = "the client secret is not a cipher text: it is no text at all";
    if let Some(name) = reference.and_then(|it| it.env.get()) {
        let name = &name.value;
        let value = std::env::var_os(name)
            .ok_or_else(|| refused(format!("the environment variable `{name}` is not set")))?;
        let value = value.into_string().map_err(|_| refused(NO_TEXT))?;
        return Ok((CipherText::parse(&value)?, Origin::Variable(name.clone())));
    }
    let Some(path) = reference.and_then(|it| it.file.get()) else {
        return Err(refused(
            "the manifest has no `client_secret`: write `client_secret: { env: NAME }`, or leave `--include-secret` out",
        ));
    };
    let (bytes, path) = read(Path::new(&path.value)).map_err(|error| {
        refused(format!(
            "cannot read the `file` of `client_secret`: {error}"
        ))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| refused(NO_TEXT))?;
    Ok((CipherText::parse(&text)?, Origin::File(path)))
}
