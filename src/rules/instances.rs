//! What the rules between instances compare: a few values of each environment of each manifest, each with the number of its node. Of
//! many files this is all that stays, so it is small.

use std::path::{Component, Path, PathBuf};

use super::context::{Context, UrlContext};
use crate::{
    diagnostic::excerpt,
    mask::Mask,
    text::url::Address,
    yaml::{NodeId, Place, Spanned},
};

/// A value, with where it is written.
#[derive(Debug, Clone)]
pub struct Known<T = Box<str>> {
    /// The value.
    pub value: T,
    /// The node that it is written at.
    pub node: NodeId,
}

/// One environment of one manifest.
#[derive(Debug, Clone, Default)]
pub struct Instance {
    /// The environment's name; nothing where the manifest has none.
    pub environment: Option<Box<str>>,
    /// `organization.id` in lower case: letter case does not tell one organization from another
    pub organization: Option<Box<str>>,
    /// `instance.name`
    pub name: Option<Known>,
    /// `external_account.callback_server`: scheme, host and port, as they are compared
    pub callback: Option<Known>,
    /// The host of `external_account.ims_server`
    pub ims_host: Option<Known>,
    /// `external_account.association_mask`, parsed
    pub mask: Option<Known<Mask>>,
    /// `external_account.client_id`
    pub client_id: Option<Box<str>>,
    /// Where `external_account.client_secret` comes from: `env:NAME`, or `file:` and the path from where the program runs
    pub secret: Option<Known>,
}

/// A path without `.`, and without `..` behind a folder.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        let last = plain.components().next_back();
        match step {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                plain.pop();
            }
            step => plain.push(step),
        }
    }
    plain
}

impl Instance {
    /// Takes the values that can be compared. `file` is the manifest's name; `sound` tells whether a value has no error.
    pub fn new(
        environment: Option<&str>,
        file: &str,
        context: Context<'_>,
        sound: impl Fn(Place) -> bool,
    ) -> Self {
        let is_sound = |text: &&Spanned<String>| sound(text.place);
        let known = |value: &str, place: Place| Known {
            value: value.into(),
            node: place.node,
        };
        let url = |url: Option<UrlContext<'_>>, compared: fn(Address) -> String| {
            let url = url.filter(|url| sound(url.text.place))?;
            Some(known(&compared(url.address.ok()?), url.text.place))
        };
        let organization = context.organization.id.get().filter(is_sound);
        let name = context.instance.name.get().filter(is_sound);
        let client_id = context.account.client_id.get().filter(is_sound);
        let mask = context.mask.filter(|(text, _)| sound(text.place));
        let secret = context.account.client_secret.get();
        let secret = secret.filter(|secret| sound(secret.place));
        Self {
            environment: environment.map(Into::into),
            organization: organization.map(|id| id.to_ascii_lowercase().into()),
            name: name.map(|name| known(name, name.place)),
            callback: url(context.callback, |address| address.origin()),
            ims_host: url(context.ims_server, |address| address.host_name),
            mask: mask.map(|(text, mask)| Known {
                value: mask,
                node: text.place.node,
            }),
            client_id: client_id.map(|id| id.as_str().into()),
            secret: secret.and_then(|secret| {
                Some(match (secret.env.get(), secret.file.get()) {
                    (Some(name), None) => known(&format!("env:{}", name.value), name.place),
                    (None, Some(path)) => {
                        let folder = Path::new(file).parent().unwrap_or(Path::new(""));
                        let plain = plain(&folder.join(&path.value));
                        known(&format!("file:{}", plain.display()), path.place)
                    }
                    _ => return None,
                })
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
