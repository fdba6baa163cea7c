//! One environment of a manifest as the rules see it: what several of them need is read once.

use std::{cell::OnceCell, sync::LazyLock};

use crate::{
    manifest::{
        BUILT_IN, ExternalAccount, Group, Hosting, Instance, Manifest, Organization,
        fields::{self, Class, FieldInfo},
        is_built_in, with_built_in_label,
    },
    mask::Mask,
    text::url::{Address, AddressError},
    yaml::{Entries, Field, Removal, Spanned},
};

// What stands for a section that is not written, or that cannot be judged: none of its fields is there.
static NO_ORGANIZATION: LazyLock<Organization> = LazyLock::new(Organization::default);
static NO_INSTANCE: LazyLock<Instance> = LazyLock::new(Instance::default);
static NO_ACCOUNT: LazyLock<ExternalAccount> = LazyLock::new(ExternalAccount::default);

/// A text, with what it is called.
pub type Named<'a> = (&'static str, &'a Spanned<String>);

/// One environment of a manifest.
pub struct Context<'a> {
    /// The manifest.
    pub manifest: &'a Manifest,
    /// The organization.
    pub organization: &'a Organization,
    /// The Campaign instance.
    pub instance: &'a Instance,
    /// The external account.
    pub account: &'a ExternalAccount,
    /// `instance.url`
    pub instance_url: Option<UrlContext<'a>>,
    /// `external_account.callback_server`
    pub callback: Option<UrlContext<'a>>,
    /// `external_account.ims_server`
    pub ims_server: Option<UrlContext<'a>>,
    /// `external_account.experience_cloud_server`, where it is written
    pub experience_cloud_server: Option<UrlContext<'a>>,
    /// `external_account.association_mask`: its text, and what it means
    pub mask: Option<(&'a Spanned<String>, Mask)>,
    /// The operator groups as they are written.
    pub all_groups: &'a Field<Entries<Group>>,
    /// The groups whose entries can be judged, in the order of the text.
    pub groups: Vec<GroupContext<'a>>,
    /// Each group's profile, once it is asked for.
    profiles: OnceCell<Vec<Option<Spanned<String>>>>,
    /// Every text that is written, with its field.
    pub texts: Vec<(&'static FieldInfo, &'a Spanned<String>)>,
    /// Hosts of IMS servers that the configuration knows.
    pub known_ims_servers: &'a [String],
    /// The nulls of the environment's patch.
    pub removals: &'a [Removal],
}

/// A field that is a URL.
pub struct UrlContext<'a> {
    /// The field's path, with dots.
    pub field: &'static str,
    /// The text.
    pub text: &'a Spanned<String>,
    /// Its parts, or why it has none.
    pub address: Result<Address, AddressError>,
}

/// An operator group.
pub struct GroupContext<'a> {
    /// Its internal name, at its key.
    pub name: &'a Spanned<String>,
    /// Its fields.
    pub group: &'a Spanned<Group>,
}

impl<'a> Context<'a> {
    /// Reads what the rules need from a manifest.
    pub fn new(
        manifest: &'a Manifest,
        known_ims_servers: &'a [String],
        removals: &'a [Removal],
    ) -> Self {
        let organization = manifest.organization.get().map(|it| &it.value);
        let instance = manifest.instance.get().map(|it| &it.value);
        let account = manifest.external_account.get().map(|it| &it.value);
        let instance = instance.unwrap_or(&NO_INSTANCE);
        let account = account.unwrap_or(&NO_ACCOUNT);
        let url = |field, text: &'a Field<String>| {
            text.get().map(|text| UrlContext {
                field,
                text,
                address: Address::parse(text),
            })
        };
        let groups = manifest.groups.get().into_iter();
        let groups = groups
            .flat_map(|groups| &groups.0)
            .filter_map(|(name, group)| {
                let group = group.get()?;
                Some(GroupContext { name, group })
            });
        Self {
            manifest,
            organization: organization.unwrap_or(&NO_ORGANIZATION),
            instance,
            account,
            instance_url: url("instance.url", &instance.url),
            callback: url("external_account.callback_server", &account.callback_server),
            ims_server: url("external_account.ims_server", &account.ims_server),
            experience_cloud_server: url(
                "external_account.experience_cloud_server",
                &account.experience_cloud_server,
            ),
            mask: account
                .association_mask
                .get()
                .map(|text| (text, Mask::parse(text))),
            all_groups: &manifest.groups,
            groups: groups.collect(),
            profiles: OnceCell::new(),
            texts: fields::texts(manifest),
            known_ims_servers,
            removals,
        }
    }

    /// The groups with their profiles by a mask, as far as these can be judged.
    pub fn profiles(
        &self,
        mask: &Mask,
    ) -> impl Iterator<Item = (&GroupContext<'a>, &Spanned<String>)> {
        let groups = self.groups.iter();
        let all = self
            .profiles
            .get_or_init(|| groups.clone().map(|it| it.profile(mask)).collect());
        groups
            .zip(all)
            .filter_map(|(group, profile)| Some((group, profile.as_ref()?)))
    }

    /// The mask with its text, where it has no error by itself. What else may be wrong with its text is for `needs`.
    pub fn sound_mask(&self) -> Option<(&'a Spanned<String>, &Mask)> {
        let (text, mask) = self.mask.as_ref()?;
        mask.is_sound().then_some((*text, mask))
    }

    /// Whether the instance is hybrid. The Campaign Control Panel exists for what Adobe hosts alone, which of a hybrid instance is the
    /// execution part, and of an instance on premise nothing (Adobe's Control Panel documentation).
    pub fn is_hybrid(&self) -> bool {
        let hosting = self.instance.hosting.get();
        hosting.is_some_and(|hosting| hosting.value == Hosting::Hybrid)
    }

    /// The fields that are URLs, where they are written.
    pub fn urls(&self) -> impl Iterator<Item = &UrlContext<'a>> {
        [
            &self.instance_url,
            &self.callback,
            &self.ims_server,
            &self.experience_cloud_server,
        ]
        .into_iter()
        .flatten()
    }

    /// The values that other programs compare letter by letter, with what each is called.
    pub fn identifiers(&self) -> impl Iterator<Item = Named<'a>> {
        let texts = self.texts.iter();
        let identifiers = texts.filter(|(field, _)| field.class == Class::Identifier);
        identifiers.map(|(field, text)| (field.noun, *text))
    }
}

impl GroupContext<'_> {
    /// The profile that is the group's: the written one, else the mask's literal prefix and the group's name, at the group's key.
    /// Nothing where the written one is claimed, or the mask has no literal prefix.
    pub fn profile(&self, mask: &Mask) -> Option<Spanned<String>> {
        match &self.group.profile {
            Field::Written(profile) => Some(profile.clone()),
            Field::Absent => Some(Spanned::new(
                mask.default_profile(self.name)?,
                self.name.place,
            )),
            Field::Claimed => None,
        }
    }

    /// The built-in group whose name differs from this one's in letter case alone.
    pub fn built_in_in_other_letters(&self) -> Option<&'static str> {
        let name = self.name.as_str();
        let mut built_in = BUILT_IN.iter().map(|(built_in, _)| *built_in);
        built_in.find(|built_in| *built_in != name && built_in.eq_ignore_ascii_case(name))
    }

    /// The built-in group that is meant by a name in other letter case, or by its label.
    pub fn built_in_that_is_meant(&self) -> Option<&'static str> {
        let in_other_letters = self.built_in_in_other_letters();
        in_other_letters.or_else(|| self.built_in_with_this_label())
    }

    /// The built-in group whose label this one has for its name.
    pub fn built_in_with_this_label(&self) -> Option<&'static str> {
        let name = with_built_in_label(self.name)?;
        self.built_in_in_other_letters().is_none().then_some(name)
    }

    /// Whether the group is one that Campaign brings along.
    pub fn is_built_in(&self) -> bool {
        is_built_in(self.name)
    }
}
