//! One environment of a manifest as the rules see it: what several of them need is read once.

use super::Findings;
use crate::{
    check::settings::Settings,
    manifest::{ExternalAccount, Group, Instance, Manifest, Organization, built_in_label},
    mask::Mask,
    text::lookalike,
    text::url::{Address, AddressError},
    yaml::{Field, Place, Spanned},
};

/// One environment of a manifest.
pub struct Subject<'a> {
    /// The manifest.
    pub manifest: &'a Manifest,
    /// What the configuration sets.
    pub settings: &'a Settings,
    /// The organization.
    pub organization: Option<&'a Spanned<Organization>>,
    /// The Campaign instance.
    pub instance: Option<&'a Spanned<Instance>>,
    /// The external account.
    pub account: Option<&'a Spanned<ExternalAccount>>,
    /// `instance.url`
    pub instance_url: Option<UrlSubject<'a>>,
    /// `external_account.callback_server`
    pub callback: Option<UrlSubject<'a>>,
    /// `external_account.ims_server`
    pub ims_server: Option<UrlSubject<'a>>,
    /// `external_account.experience_cloud_server`, where it is written
    pub experience_cloud_server: Option<UrlSubject<'a>>,
    /// `external_account.association_mask`
    pub mask: Option<MaskSubject<'a>>,
    /// The groups whose entries can be judged, in the order of the text.
    pub groups: Vec<GroupSubject<'a>>,
}

/// A field that is a URL.
pub struct UrlSubject<'a> {
    /// The field's path, with dots.
    pub field: &'static str,
    /// The text.
    pub text: &'a Spanned<String>,
    /// Its parts, or why it has none.
    pub address: Result<Address, AddressError>,
}

/// The association mask.
pub struct MaskSubject<'a> {
    /// The text.
    pub text: &'a Spanned<String>,
    /// What it means.
    pub mask: Mask,
}

/// An operator group.
pub struct GroupSubject<'a> {
    /// Its internal name, at its key.
    pub name: &'a Spanned<String>,
    /// Its fields.
    pub group: &'a Spanned<Group>,
}

impl<'a> Subject<'a> {
    /// Reads what the rules need from a manifest.
    pub fn new(manifest: &'a Manifest, settings: &'a Settings) -> Self {
        let organization = manifest.organization.get();
        let instance = manifest.instance.get();
        let account = manifest.external_account.get();
        let url = |field, text: Option<&'a Field<String>>| {
            let text = text?.get()?;
            Some(UrlSubject {
                field,
                text,
                address: Address::parse(text),
            })
        };
        let groups = manifest
            .groups
            .get()
            .into_iter()
            .flat_map(|groups| &groups.0);
        Self {
            manifest,
            settings,
            organization,
            instance,
            account,
            instance_url: url("instance.url", instance.map(|instance| &instance.url)),
            callback: url(
                "external_account.callback_server",
                account.map(|account| &account.callback_server),
            ),
            ims_server: url(
                "external_account.ims_server",
                account.map(|account| &account.ims_server),
            ),
            experience_cloud_server: url(
                "external_account.experience_cloud_server",
                account.map(|account| &account.experience_cloud_server),
            ),
            mask: account
                .and_then(|account| account.association_mask.get())
                .map(|text| MaskSubject {
                    text,
                    mask: Mask::parse(text),
                }),
            groups: groups
                .filter_map(|(name, group)| {
                    Some(GroupSubject {
                        name,
                        group: group.get()?,
                    })
                })
                .collect(),
        }
    }

    /// The mask, where it is written and nothing is wrong with it so far.
    pub fn sound_mask(&self, findings: &Findings) -> Option<&Mask> {
        self.mask
            .as_ref()
            .filter(|mask| findings.is_sound(mask.text))
            .map(|mask| &mask.mask)
    }

    /// What is wrong with the mask, each with its place. Where a full-width form stands for a parenthesis or the like, its structure
    /// is another than the one that is meant, so errors in it are left out.
    pub fn mask_problems(&self) -> impl Iterator<Item = (&crate::mask::Problem, Place)> {
        let mask = self.mask.iter();
        mask.flat_map(|mask| {
            let distorted = lookalike::find(mask.text)
                .iter()
                .any(|found| found.kind == lookalike::Kind::FullWidth);
            let problems = mask.mask.problems().iter();
            problems
                .filter(move |problem| !(distorted && problem.is_error()))
                .map(|problem| (problem, mask.text.place.part(problem.range.clone())))
        })
    }

    /// Whether the rules about groups and profiles may speak: they keep silent while the mask has an error.
    pub fn mask_is_sound(&self, findings: &Findings) -> bool {
        self.sound_mask(findings).is_some()
    }

    /// The fields that are URLs, where they are written.
    pub fn urls(&self) -> impl Iterator<Item = &UrlSubject<'a>> {
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
    pub fn identifiers(&self) -> Vec<(&'static str, &'a Spanned<String>)> {
        let mut found = Vec::new();
        let mut add = |what, field: Option<&'a Field<String>>| {
            found.extend(field.and_then(Field::get).map(|text| (what, text)));
        };
        add(
            "the organization ID",
            self.organization.map(|organization| &organization.id),
        );
        add(
            "the tenant",
            self.organization.map(|organization| &organization.tenant),
        );
        add(
            "the instance's name",
            self.instance.map(|instance| &instance.name),
        );
        add(
            "the account's name",
            self.account.map(|account| &account.name),
        );
        add(
            "the client ID",
            self.account.map(|account| &account.client_id),
        );
        let scopes = self.account.and_then(|account| account.scope.get());
        for scope in scopes.into_iter().flat_map(|scopes| &scopes.value) {
            add("the scope", Some(scope));
        }
        add(
            "the product context",
            self.account.map(|account| &account.product_context),
        );
        for group in &self.groups {
            found.push(("the group's name", group.name));
            found.extend(
                group
                    .group
                    .profile
                    .get()
                    .map(|profile| ("the profile", profile)),
            );
        }
        found
    }

    /// Every other text of the manifest, with what each is called.
    pub fn other_texts(&self) -> Vec<(&'static str, &'a Spanned<String>)> {
        let mut found = Vec::new();
        let mut add = |what, field: Option<&'a Field<String>>| {
            found.extend(field.and_then(Field::get).map(|text| (what, text)));
        };
        add(
            "the organization's name",
            self.organization.map(|organization| &organization.name),
        );
        add(
            "the instance's URL",
            self.instance.map(|instance| &instance.url),
        );
        add(
            "the release",
            self.instance.map(|instance| &instance.release),
        );
        let build = self.instance.and_then(|instance| instance.build.get());
        add("the build version", build.map(|build| &build.version));
        if let Some(account) = self.account {
            add("the account's label", Some(&account.label));
            add("the IMS server", Some(&account.ims_server));
            add("the callback server", Some(&account.callback_server));
            add("the mask", Some(&account.association_mask));
            add(
                "the Experience Cloud server",
                Some(&account.experience_cloud_server),
            );
            let secret = account.client_secret.get();
            add("the secret's file", secret.map(|secret| &secret.file));
        }
        for group in &self.groups {
            add("the group's label", Some(&group.group.label));
        }
        found
    }
}

impl GroupSubject<'_> {
    /// The profile that is the group's: the written one, else the mask's literal prefix and the group's name, at the group's key.
    /// Nothing where the written one is spoilt, or the mask has no literal prefix.
    pub fn profile(&self, mask: &Mask) -> Option<Spanned<String>> {
        match &self.group.profile {
            Field::Written(profile) => Some(profile.clone()),
            Field::Absent => Some(Spanned::new(
                mask.default_profile(self.name)?,
                self.name.place,
            )),
            Field::Spoilt => None,
        }
    }

    /// Whether the group is one that Campaign brings along.
    pub fn is_built_in(&self) -> bool {
        built_in_label(self.name).is_some()
    }
}
