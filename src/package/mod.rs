//! The Campaign package: what `render` writes and what `import` and `diff` read.
//!
//! [`Package::of`] and [`render`] turn a manifest into XML. [`read()`] takes an exported package apart while streaming it: `input`
//! turns bytes into checked text with places, `read` follows its tags, `collect` keeps accounts and groups. [`compare()`] finds
//! what differs from a manifest, [`import`] makes a manifest of a package. The account's attributes are those of
//! [`crate::manifest::fields`].

mod collect;
mod compare;
mod error;
pub mod import;
mod input;
mod read;
pub mod secret;
pub mod steps;
mod write;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

pub use collect::{ReadAccount, ReadPackage};
pub use compare::{Difference, DifferenceKind, compare, counts_as, items};
pub use error::{PackageError, Place};
pub use input::{is_xml, packed};
pub use read::read;
pub use secret::CipherText;
pub use steps::{created_groups, steps};
pub use write::{group_label, render};

/// Attributes by name, in the order of a package.
pub type Attributes = BTreeMap<&'static str, String>;

/// A package that sets up IMS sign-in on one instance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// The attributes of `<package>`: the instance's build, and the package's own names.
    pub root: Attributes,
    /// The operator groups that the import creates, in any order.
    pub groups: Vec<Group>,
    /// The attributes of the external account, but for the secret.
    pub account: Attributes,
    /// `clientSecret`; left out of the package unless there is one.
    pub client_secret: Option<CipherText>,
}

/// An operator group (`xtk:group`) that the import creates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Internal name, the key.
    pub name: String,
    /// What the console shows.
    pub label: String,
}

impl Package {
    /// An attribute of the account, empty where there is none.
    pub fn account(&self, attribute: &str) -> &str {
        text(&self.account, attribute)
    }

    /// An attribute of `<package>`, empty where there is none.
    pub fn root(&self, attribute: &str) -> &str {
        text(&self.root, attribute)
    }
}

/// The SHA-256 of a package, by which people know it again.
pub fn sum(text: &[u8]) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text<'a>(attributes: &'a Attributes, name: &str) -> &'a str {
    attributes.get(name).map_or("", String::as_str)
}

#[cfg(test)]
mod tests;
