//! What the rules between instances compare: a few values of each environment of each manifest, with their places.

use crate::{diagnostic::Location, manifest::Manifest, yaml::Place};

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
    /// `organization.id`
    pub organization: Option<Known>,
    /// `instance.name`
    pub name: Option<Known>,
    /// `external_account.callback_server`: scheme, host and port, as they are compared
    pub callback: Option<Known>,
    /// The host of `external_account.ims_server`
    pub ims_host: Option<Known>,
    /// `external_account.association_mask`
    pub mask: Option<Known>,
    /// `external_account.client_id`
    pub client_id: Option<Known>,
    /// Where `external_account.client_secret` comes from: `env:NAME`, or `file:` and the path from where the program runs
    pub secret: Option<Known>,
}

impl Instance {
    /// Takes the values that can be compared from a manifest. `sound` tells whether a value has no error, `locate` where it is.
    pub fn new(
        environment: Option<String>,
        manifest: &Manifest,
        sound: impl Fn(Place) -> bool,
        locate: impl Fn(Place) -> Location,
    ) -> Self {
        let known = |value: String, place: Place| {
            sound(place).then(|| Known {
                value,
                location: locate(place),
            })
        };
        let organization = manifest.organization.get();
        let instance = manifest.instance.get();
        let account = manifest.external_account.get();
        let text = |field: Option<&crate::yaml::Field<String>>| {
            let text = field?.get()?;
            known(text.value.clone(), text.place)
        };
        let address = |field: Option<&crate::yaml::Field<String>>| {
            let text = field?.get()?;
            Some((crate::text::url::Address::parse(text).ok()?, text.place))
        };
        Self {
            environment,
            organization: text(organization.map(|organization| &organization.id)),
            name: text(instance.map(|instance| &instance.name)),
            callback: address(account.map(|account| &account.callback_server))
                .and_then(|(address, place)| known(address.origin(), place)),
            ims_host: address(account.map(|account| &account.ims_server))
                .and_then(|(address, place)| known(address.host_name, place)),
            mask: text(account.map(|account| &account.association_mask)),
            client_id: text(account.map(|account| &account.client_id)),
            secret: account
                .and_then(|account| account.client_secret.get())
                .and_then(|secret| {
                    let place = secret.place;
                    match (secret.env.get(), secret.file.get()) {
                        (Some(name), None) => known(format!("env:{}", name.value), place),
                        (None, Some(path)) => {
                            let manifest = locate(place).source.name().to_owned();
                            let folder = manifest.rsplit_once('/').map_or("", |(folder, _)| folder);
                            known(format!("file:{folder}/{}", path.value), place)
                        }
                        _ => None,
                    }
                }),
        }
    }
}

impl Instance {
    /// The organization as instances of one are told from others: letter case does not count.
    pub fn organization_key(&self) -> Option<String> {
        self.organization
            .as_ref()
            .map(|organization| organization.value.to_ascii_lowercase())
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
        self.name.as_ref().map_or_else(String::new, |name| {
            format!("`{}`", crate::diagnostic::excerpt(&name.value))
        })
    }
}
