//! What the rules about scopes share.

use super::Subject;
use crate::yaml::{Field, Spanned};

/// The scopes without which nobody signs in.
pub const NEEDED: [&str; 3] = ["openid", "AdobeID", "session"];

/// The scopes of the accounts on Adobe's page "Configuring IMS".
pub const DOCUMENTED: [&str; 13] = [
    "openid",
    "avatar",
    "audiencemanager_api",
    "read_organizations",
    "session",
    "additional_info.projectedProductContext",
    "AdobeID",
    "update_profile.first_name",
    "update_profile.last_name",
    "update_profile.phoneNumber",
    "update_profile.job_function",
    "additional_info.job_function",
    "dam-read",
];

/// A list of scopes with its own place.
type Scopes = Spanned<Vec<Field<String>>>;

/// The scopes, with the list's own place; nothing where an item cannot be judged.
pub fn of<'a>(subject: &Subject<'a>) -> Option<(&'a Scopes, Vec<&'a Spanned<String>>)> {
    let list = subject.account?.scope.get()?;
    let items: Option<Vec<_>> = list.iter().map(Field::get).collect();
    Some((list, items?))
}
