//! What can be wrong with a package that is read. No error carries an attribute's value: it could be a secret.

use std::io;

use super::Place;
use crate::secrets;

/// Why a package could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input itself failed.
    #[error("cannot read the package: {0}")]
    Io(#[from] io::Error),
    /// The text is no package that this reader takes.
    #[error("line {}, column {} (byte {}): {problem}", .place.line, .place.column, .place.offset)]
    Refused {
        /// Where.
        place: Place,
        /// What; its `Display` leaves the place out.
        problem: Problem,
    },
}

impl ReadError {
    /// Where the reader stopped, `None` where the input itself failed.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Io(_) => None,
            Self::Refused { place, .. } => Some(*place),
        }
    }
}

/// What is wrong with a package, without its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No bytes, or white space alone.
    #[error("the file is empty: export a package from the client console")]
    Empty,
    /// Text before the first tag.
    #[error("this is not XML: a package begins with `<`")]
    NotXml,
    /// Something after the root element's end.
    #[error("the document goes on after its root element")]
    AfterRoot,
    /// XML of another kind.
    #[error(
        "this is XML, but no Campaign package: its root is {root}, and there is no <package>, <entities> or <extAccount> in it"
    )]
    NotAPackage {
        /// The root element, ready to show.
        root: String,
    },
    /// The input ends too early.
    #[error("the file ends within {inside} that begins at line {}, column {}: was it cut off?", .since.line, .since.column)]
    Truncated {
        /// What is not ended.
        inside: &'static str,
        /// Where that begins.
        since: Place,
    },
    /// Bytes that are not UTF-8.
    #[error("the file is not UTF-8: convert it")]
    Utf8,
    /// UTF-16 or UTF-32.
    #[error("the file is UTF-16 or UTF-32: convert it to UTF-8")]
    Utf16,
    /// An encoding other than UTF-8 is declared.
    #[error(
        "the XML declaration names the encoding {name}; only UTF-8 is read: convert the file, declaration included"
    )]
    Encoding {
        /// The encoding's name, ready to show.
        name: String,
    },
    /// XML 1.1 or something unknown.
    #[error("the XML declaration has no version or another than 1.0")]
    XmlVersion,
    /// `<?xml …?>` elsewhere than at the start.
    #[error("an XML declaration must be the very first thing in the file")]
    LateDeclaration,
    /// A document type declaration.
    #[error(
        "the file has a document type declaration (DTD); packages have none, and it is refused for safety: remove it"
    )]
    Dtd,
    /// An entity that XML does not predefine.
    #[error(
        "an entity that XML does not predefine; a package has only &amp; &lt; &gt; &quot; &apos;"
    )]
    Entity,
    /// `&` that begins no reference.
    #[error("a `&` that begins no reference: write &amp;")]
    Ampersand,
    /// `&#…;` of no character.
    #[error("a character reference to no character that XML allows")]
    CharacterReference,
    /// A character that XML cannot carry.
    #[error("the character U+{0:04X}, which XML cannot carry")]
    Character(u32),
    /// Broken markup.
    #[error("broken XML: {0}")]
    Syntax(&'static str),
    /// An end tag of another name.
    #[error("broken XML: this end tag does not end {expected}, which begins at line {}, column {}", .since.line, .since.column)]
    MismatchedEnd {
        /// The open element, ready to show.
        expected: String,
        /// Where it begins.
        since: Place,
    },
    /// One attribute twice.
    #[error("broken XML: the attribute{} stands twice in one tag", .attribute.map(|it| format!(" `{it}`")).unwrap_or_default())]
    DuplicateAttribute {
        /// Its name, where it is one that the reader knows.
        attribute: Option<&'static str>,
    },
    /// More attributes in one tag than any record has.
    #[error("a tag with more than {0} attributes")]
    TooManyAttributes(usize),
    /// Too many levels.
    #[error("elements are nested more than {0} deep")]
    TooDeep(usize),
    /// An element's name beyond all reason.
    #[error("a name of more than {0} bytes")]
    NameTooLong(usize),
    /// A tag that would have to be kept is too long.
    #[error("this tag has more than {} KiB: no export writes such a one", .0 / 1024)]
    TagTooLong(usize),
    /// Accounts and groups beyond all reason.
    #[error("the accounts and operator groups of this file take more than {} MiB: no export writes so many", .0 / 1024 / 1024)]
    TooMuch(usize),
}

impl Problem {
    pub(super) fn at(self, place: Place) -> ReadError {
        ReadError::Refused {
            place,
            problem: self,
        }
    }
}

/// Why no account of a package can be taken as its IMS account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// No external account at all.
    #[error(
        "the package holds no external account: export the entity nms:extAccount with the account Adobe_Experience_Cloud in it"
    )]
    NoAccount,
    /// External accounts, but none for IMS.
    #[error(
        "none of the package's external accounts is the IMS account: {found}; it is the one named Adobe_Experience_Cloud or Adobe_Marketing_Cloud, or else the one with an imsOrgId"
    )]
    NotIms {
        /// Their names and places, ready to show.
        found: String,
    },
    /// More than one could be it.
    #[error(
        "more than one external account could be the IMS account: {found}; an instance has exactly one: delete the others there, or from the package"
    )]
    Several {
        /// Their names and places, ready to show.
        found: String,
    },
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
