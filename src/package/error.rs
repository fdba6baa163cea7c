//! What can be wrong with a package. No error carries an attribute's value: it could be a secret.

use std::{fmt, io};

use crate::secrets;

/// Why a package cannot be read, used or written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The input itself failed.
    #[error("cannot read the package: {0}")]
    Io(#[from] io::Error),
    /// The text is no package that this reader takes.
    #[error("line {}, column {} (byte {}): {problem}", .place.line, .place.column, .place.offset)]
    Refused {
        /// Where.
        place: Place,
        /// What is wrong there, ready to show.
        problem: String,
    },
    /// It does not hold what is asked of it: the one IMS account, or there is no client secret to put into it.
    #[error("{0}")]
    Lacks(String),
    /// A value has a character that no XML 1.0 document can carry, not even escaped.
    #[error(
        "attribute `{attribute}` of <{element}> holds U+{code:04X}, which XML cannot carry: remove the character"
    )]
    Character {
        /// The element's name.
        element: &'static str,
        /// The attribute's name.
        attribute: &'static str,
        /// The character's code point.
        code: u32,
    },
}

/// A place in a file. Lines and columns count from 1, columns in Unicode scalar values; the offset is in bytes.
/// A byte order mark counts in the offset, not in the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1; a line ends with `\n`.
    pub line: u64,
    /// Column in Unicode scalar values, from 1.
    pub column: u64,
    /// Bytes from the beginning of the file.
    pub offset: u64,
}

impl Place {
    pub(super) const START: Self = Self {
        line: 1,
        column: 1,
        offset: 0,
    };

    /// The place after `text`, which may end within a character.
    pub(super) fn after(self, text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        let newlines = text.iter().filter(|&&byte| byte == b'\n').count() as u64;
        let last_line = text.rsplit(|&byte| byte == b'\n').next().unwrap_or(text);
        let characters = last_line.iter().filter(|&&byte| byte & 0xC0 != 0x80);
        Self {
            line: self.line + newlines,
            column: if newlines == 0 { self.column } else { 1 } + characters.count() as u64,
            offset: self.offset + text.len() as u64,
        }
    }

    /// The error that something is wrong here.
    pub(super) fn refused(self, problem: impl Into<String>) -> PackageError {
        PackageError::Refused {
            place: self,
            problem: problem.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// `text` as a message can show it: its first 64 characters, those that hide or act as `U+XXXX`, secrets as `*`.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (index, character) in secrets::mask(text).chars().enumerate() {
        if index == 64 {
            out.push('…');
            break;
        }
        if character.is_alphanumeric() || character.is_ascii_graphic() || character == ' ' {
            out.push(character);
        } else {
            out.push_str(&format!("U+{:04X}", u32::from(character)));
        }
    }
    out
}
