//! What the rules between instances compare: a few values of each environment of each manifest, with their places.

use super::context::{Context, UrlContext};
use crate::{
    diagnostic::{Location, excerpt},
    mask::Mask,
    text::url::Address,
    yaml::{Place, Spanned},
};

/// A value with its place in the text.
#[derive(Debug, Clone)]
pub struct Known<T = String> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub location: Location,
}

/// One environment of one manifest.
#[derive(Debug, Clone, Default)]
pub struct Instance {
    /// The environment's name; nothing where the manifest has none.
    pub environment: Option<String>,
    /// `organization.id` in lower case: letter case does not tell one organization from another
    pub organization: Option<String>,
    /// `instance.name`
    pub name: Option<Known>,
    /// `external_account.callback_server`: scheme, host and port, as they are compared
    pub callback: Option<Known>,
    /// The host of `external_account.ims_server`
    pub ims_host: Option<Known>,
    /// `external_account.association_mask`, parsed
    pub mask: Option<Known<Mask>>,
    /// `external_account.client_id`
    pub client_id: Option<String>,
    /// Where `external_account.client_secret` comes from: `env:NAME`, or `file:` and the path from where the program runs
    pub secret: Option<Known>,
}

impl Instance {
    /// Takes the values that can be compared. `sound` tells whether a value has no error, `locate` where it is.
    pub fn new(
        environment: Option<String>,
        context: Context<'_>,
        sound: impl Fn(Place) -> bool,
        locate: impl Fn(Place) -> Location,
    ) -> Self {
        let is_sound = |text: &&Spanned<String>| sound(text.place);
        let known = |value: String, place: Place| Known {
            value,
            location: locate(place),
        };
        let url = |url: Option<UrlContext<'_>>, compared: fn(Address) -> String| {
            let url = url.filter(|url| sound(url.text.place))?;
            Some(known(compared(url.address.ok()?), url.text.place))
        };
        let organization = context.organization.id.get().filter(is_sound);
        let name = context.instance.name.get().filter(is_sound);
        let client_id = context.account.client_id.get().filter(is_sound);
        let mask = context.mask.filter(|(text, _)| sound(text.place));
        let secret = context.account.client_secret.get();
        let secret = secret.filter(|secret| sound(secret.place));
        Self {
            environment,
            organization: organization.map(|id| id.to_ascii_lowercase()),
            name: name.map(|name| known(name.value.clone(), name.place)),
            callback: url(context.callback, |address| address.origin()),
            ims_host: url(context.ims_server, |address| address.host_name),
            mask: mask.map(|(text, mask)| Known {
                value: mask,
                location: locate(text.place),
            }),
            client_id: client_id.map(|id| id.value.clone()),
            secret: secret.and_then(|secret| {
                let location = locate(secret.place);
                let value = match (secret.env.get(), secret.file.get()) {
                    (Some(name), None) => format!("env:{}", name.value),
                    (None, Some(path)) => {
                        let manifest = location.source.name().rsplit_once('/');
                        let folder = manifest.map_or("", |(folder, _)| folder);
                        format!("file:{folder}/{}", path.value)
                    }
                    _ => return None,
                };
                Some(Known { value, location })
            }),
        }
    }

    /// Whether two are different instances of Campaign: their names are known and differ, letter case aside.
    pub fn differ_in_name(&self, other: &Self) -> bool {
        match (&self.name, &other.name) {
            (Some(one), Some(other)) => !one.value.eq_ignore_ascii_case(&other.value),
            _ => false,
        }
    }

    /// The instance's name, for people.
    pub fn shown_name(&self) -> String {
        self.name
            .as_ref()
            .map_or_else(String::new, |name| format!("`{}`", excerpt(&name.value)))
    }
}
