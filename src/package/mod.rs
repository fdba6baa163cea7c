//! The Campaign package: what `render` writes and what `import` and `diff` read.
//!
//! [`render`] turns a [`Package`] into XML, [`read()`] takes an exported package apart while streaming it, [`diff()`]
//! compares the two. Nothing here knows of manifests, rules or findings.
//!
//! Reading is done in layers: `input` turns bytes into checked UTF-8 with places, `scan` that into tags in bounded
//! memory, `tag` takes a tag's attributes apart with quick-xml, `read` knows what the tags mean.

mod attribute;
mod build;
mod cipher;
pub mod client_secret;
mod diff;
pub mod drift;
mod error;
pub mod import;
mod input;
mod place;
mod read;
mod reference;
mod scan;
pub mod steps;
mod tag;
mod write;

pub use attribute::Attribute;
pub use build::group_label;
pub use cipher::{CipherText, CipherTextError};
pub use diff::{Difference, DifferenceKind, diff};
pub use error::{AccountError, Problem, ReadError};
pub use place::Place;
pub use read::{ReadAccount, ReadGroup, ReadPackage, read};
pub use steps::{created_groups, steps};
pub use write::{WriteError, render};

/// The internal names that the IMS account has: today's and that of older builds (page "Configuring IMS", its
/// troubleshooting section). An instance has exactly one such account.
pub const IMS_ACCOUNT_NAMES: [&str; 2] = ["Adobe_Experience_Cloud", "Adobe_Marketing_Cloud"];

/// A package that sets up IMS sign-in on one instance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// `buildNumber` of the instance, `*` for the SOAP installation.
    pub build_number: String,
    /// `buildVersion` of the instance as its exports say it: `6.7` on v7.
    pub build_version: String,
    /// What the console shows of the package.
    pub label: String,
    /// The package's internal name.
    pub name: String,
    /// The package's namespace.
    pub namespace: String,
    /// The operator groups that the import creates, in any order.
    pub groups: Vec<Group>,
    /// The external account.
    pub account: Account,
}

/// An operator group (`xtk:group`) that the import creates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Internal name, the key.
    pub name: String,
    /// What the console shows.
    pub label: String,
}

/// The IMS account (`nms:extAccount`), field by attribute. The attribute names are those of a full record in Adobe's
/// `acc-js-sdk` (`test/mock.js`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// `active`: the form's "Enabled".
    pub active: bool,
    /// `callbackServer`.
    pub callback_server: String,
    /// `clientId`.
    pub client_id: String,
    /// `clientSecret`; left out of the package unless there is one.
    pub client_secret: Option<CipherText>,
    /// `imsOrgId`.
    pub ims_org_id: String,
    /// `imsRightsMask`: the association mask.
    pub ims_rights_mask: String,
    /// `imsServer`.
    pub ims_server: String,
    /// `label`.
    pub label: String,
    /// `name`, the key on which an import reconciles.
    pub name: String,
    /// `packageAutoExport`.
    pub package_auto_export: bool,
    /// `productContext`.
    pub product_context: String,
    /// `server`: the Experience Cloud server.
    pub server: String,
    /// `tenant`.
    pub tenant: String,
    /// `type`, a byte whose value for IMS is not public; left out of the package unless there is one.
    pub account_type: Option<u8>,
    /// `userScope`: comma-separated, without spaces.
    pub user_scope: String,
}

#[cfg(test)]
mod fixtures {
    use super::{Account, Group, Package};

    /// The contract's example, byte for byte.
    pub const EXAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<package buildNumber="9394" buildVersion="6.7" label="IMS configuration of contoso-prod" name="ims-contoso-prod" namespace="cus">
  <entities schema="xtk:group">
    <group label="Reviewers" name="reviewers"/>
  </entities>
  <entities schema="nms:extAccount">
    <extAccount active="1" callbackServer="https://campaign.contoso.com" clientId="Campaign1" imsOrgId="4E3D60F754C8E5D50A4C98A2@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" packageAutoExport="0" productContext="dma_campaign_classic" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
  </entities>
</package>
"#;

    /// The model behind [`EXAMPLE`].
    pub fn example() -> Package {
        Package {
            build_number: "9394".into(),
            build_version: "6.7".into(),
            label: "IMS configuration of contoso-prod".into(),
            name: "ims-contoso-prod".into(),
            namespace: "cus".into(),
            groups: vec![Group {
                name: "reviewers".into(),
                label: "Reviewers".into(),
            }],
            account: Account {
                active: true,
                callback_server: "https://campaign.contoso.com".into(),
                client_id: "Campaign1".into(),
                client_secret: None,
                ims_org_id: "4E3D60F754C8E5D50A4C98A2@AdobeOrg".into(),
                ims_rights_mask: "Campaign - contoso - (.*)".into(),
                ims_server: "https://ims-na1.adobelogin.com".into(),
                label: "MAC".into(),
                name: "Adobe_Experience_Cloud".into(),
                package_auto_export: false,
                product_context: "dma_campaign_classic".into(),
                server: "https://marketing.adobe.com".into(),
                tenant: "contoso".into(),
                account_type: None,
                user_scope: "openid,AdobeID,session".into(),
            },
        }
    }
}
