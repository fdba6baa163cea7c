//! Client secrets as an instance stores them: encrypted with its own key.

use std::fmt;

/// A client secret in an instance's cipher text: `@` and base64, as `xtk:session#EncryptPassword` makes it on that
/// instance. Its `Debug` shows nothing of it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct CipherText(String);

/// Why a text is no cipher text. None of these carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CipherTextError {
    /// Nothing there.
    #[error("the client secret is empty")]
    Empty,
    /// Does not begin with `@`: most likely the secret in clear.
    #[error(
        "the client secret is not a cipher text: it does not begin with `@` (make one with xtk:session#EncryptPassword on the target instance)"
    )]
    NoAt,
    /// Something that base64 does not have.
    #[error(
        "the client secret is not a cipher text: what follows `@` is not base64 with its padding (was it cut off, or copied with white space?)"
    )]
    NotBase64,
    /// Not whole cipher blocks.
    #[error(
        "the client secret is not a cipher text: its length is not a multiple of 16 bytes (was it cut off?)"
    )]
    Length,
}

impl CipherText {
    /// Takes `@` and padded base64 (standard alphabet) of a non-zero multiple of 16 bytes. One newline at the end, as a
    /// file has it, is dropped.
    ///
    /// # Errors
    /// For anything else; the error says nothing of the text but what is wrong with its form.
    pub fn parse(text: &str) -> Result<Self, CipherTextError> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            return Err(CipherTextError::Empty);
        }
        let encoded = text.strip_prefix('@').ok_or(CipherTextError::NoAt)?;
        let length = decoded_length(encoded.as_bytes()).ok_or(CipherTextError::NotBase64)?;
        if length == 0 || length % 16 != 0 {
            return Err(CipherTextError::Length);
        }
        Ok(Self(text.to_owned()))
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

/// How many bytes `encoded` stands for, `None` where it is not canonical, padded base64.
fn decoded_length(encoded: &[u8]) -> Option<usize> {
    if !encoded.len().is_multiple_of(4) {
        return None;
    }
    let digits = encoded
        .strip_suffix(b"==")
        .or_else(|| encoded.strip_suffix(b"="))
        .unwrap_or(encoded);
    let padding = encoded.len() - digits.len();
    let mut last = 0;
    for &byte in digits {
        last = sextet(byte)?;
    }
    let unused_bits = match padding {
        1 => 0b11,
        2 => 0b1111,
        _ => 0,
    };
    (last & unused_bits == 0).then_some(encoded.len() / 4 * 3 - padding)
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{CipherText, CipherTextError};

    const DOCUMENTED: &str = "@57QS5VHMb9BCsojLVrKI/Q==";

    #[test]
    fn takes_the_documented_form_and_a_files_newline() {
        for tail in ["", "\n", "\r\n"] {
            let it = CipherText::parse(&format!("{DOCUMENTED}{tail}")).unwrap();
            assert_eq!(it.expose(), DOCUMENTED);
            assert_eq!(format!("{it:?}"), "CipherText(…)");
        }
        // 48 bytes need no padding.
        assert!(CipherText::parse(&format!("@{}", "A".repeat(64))).is_ok());
        // 32 bytes end in one `=`.
        assert!(CipherText::parse(&format!("@{}=", "A".repeat(43))).is_ok());
    }

    #[test]
    fn refuses_everything_else_without_showing_it() {
        use CipherTextError::{Empty, Length, NoAt, NotBase64};
        for (text, expected) in [
            ("", Empty),
            ("\n", Empty),
            ("\r\n", Empty),
            ("p8e-zzz-secret", NoAt),
            (" @57QS5VHMb9BCsojLVrKI/Q==", NoAt),
            ("@", Length),
            ("@57QS5VHMb9BCsojLVrKI/Q", NotBase64),
            ("@57QS5VHMb9BCsojLVrKI/Q=", NotBase64),
            ("@57QS5VHMb9BCsojLVrKI/R==", NotBase64),
            ("@57QS5VHMb9BCsojLVrKI/Q==\n\n", NotBase64),
            ("@57QS5VHMb9BCsojLVrKI/Q== ", NotBase64),
            ("@57QS5VHMb9BCsojLVrKI_Q==", NotBase64),
            ("@57QS5VHMb9BC", Length),
            ("@====", NotBase64),
            ("@é===", NotBase64),
            ("@AAAA====AAAA", NotBase64),
        ] {
            let error = CipherText::parse(text).unwrap_err();
            assert_eq!(error, expected, "{text:?}");
            assert!(!error.to_string().contains("zzz"));
        }
    }
}
