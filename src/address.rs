//! Addresses that outputs name. The site is built by `web/`, which reads its address here.

/// Where the sources are.
pub const HOME: &str = "https://github.com/campaign-ims/campaign-ims";

/// Where the page for browsers, the documents and each rule's page are. It ends with a slash.
pub const SITE: &str = "https://campaign-ims.github.io/campaign-ims/";
