//! The attributes of an IMS account that a manifest owns.

use std::fmt;

/// An attribute of `nms:extAccount` that a manifest owns and a package may show: all but the secret.
/// In alphabetical order, which is the order in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Attribute {
    Active,
    CallbackServer,
    ClientId,
    ImsOrgId,
    ImsRightsMask,
    ImsServer,
    Label,
    Name,
    PackageAutoExport,
    ProductContext,
    Server,
    Tenant,
    Type,
    UserScope,
}

impl Attribute {
    /// Every attribute, in the order of a package.
    pub const ALL: [Self; 14] = [
        Self::Active,
        Self::CallbackServer,
        Self::ClientId,
        Self::ImsOrgId,
        Self::ImsRightsMask,
        Self::ImsServer,
        Self::Label,
        Self::Name,
        Self::PackageAutoExport,
        Self::ProductContext,
        Self::Server,
        Self::Tenant,
        Self::Type,
        Self::UserScope,
    ];

    /// The name in XML.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::CallbackServer => "callbackServer",
            Self::ClientId => "clientId",
            Self::ImsOrgId => "imsOrgId",
            Self::ImsRightsMask => "imsRightsMask",
            Self::ImsServer => "imsServer",
            Self::Label => "label",
            Self::Name => "name",
            Self::PackageAutoExport => "packageAutoExport",
            Self::ProductContext => "productContext",
            Self::Server => "server",
            Self::Tenant => "tenant",
            Self::Type => "type",
            Self::UserScope => "userScope",
        }
    }

    /// The attribute of that name in XML, `None` for any that a manifest does not own.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// Whether the value is a URL, which can carry user information.
    pub fn is_url(self) -> bool {
        matches!(self, Self::CallbackServer | Self::ImsServer | Self::Server)
    }

    /// Where a manifest writes the value: a JSON pointer.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::Active => "/external_account/enabled",
            Self::CallbackServer => "/external_account/callback_server",
            Self::ClientId => "/external_account/client_id",
            Self::ImsOrgId => "/organization/id",
            Self::ImsRightsMask => "/external_account/association_mask",
            Self::ImsServer => "/external_account/ims_server",
            Self::Label => "/external_account/label",
            Self::Name => "/external_account/name",
            Self::PackageAutoExport => "/external_account/export_in_packages",
            Self::ProductContext => "/external_account/product_context",
            Self::Server => "/external_account/experience_cloud_server",
            Self::Tenant => "/organization/tenant",
            Self::Type => "/external_account/type",
            Self::UserScope => "/external_account/scope",
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Attribute;

    #[test]
    fn all_is_sorted_as_a_package_is() {
        let names = Attribute::ALL.map(Attribute::as_str);
        assert!(names.is_sorted());
        for it in Attribute::ALL {
            assert_eq!(Attribute::from_name(it.as_str()), Some(it));
        }
        assert_eq!(Attribute::from_name("clientSecret"), None);
    }
}
