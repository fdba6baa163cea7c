//! What is kept of a package that passes by: external accounts and operator groups.

use super::{Attributes, PackageError, Place, error::shown, read::Tag, text};
use crate::manifest::{Manifest, fields, is_built_in_account};

/// What may be kept of one file, in bytes.
const KEPT_LIMIT: usize = 64 * 1024 * 1024;
/// What keeping one thing costs besides its text.
const ITEM_COST: usize = 128;
/// How many accounts an error names.
const NAMED_IN_ERRORS: usize = 8;
/// The attributes of `<package>` that are kept.
pub(super) const ROOT: [&str; 7] = [
    "author",
    "buildDate",
    "buildNumber",
    "buildVersion",
    "label",
    "name",
    "namespace",
];
/// What tells an account from other records where only its attributes are known.
const ACCOUNT_MARKS: [&str; 5] = [
    "callbackServer",
    "clientId",
    "imsOrgId",
    "imsRightsMask",
    "imsServer",
];

/// What a package says of IMS sign-in. Attributes that are absent are missing, which is not the empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadPackage {
    /// The attributes of `<package>`.
    pub root: Attributes,
    /// The operator groups that have a name, in the file's order.
    pub groups: Vec<ReadGroup>,
    /// Whether there is any `<entities schema="xtk:group">`, even an empty one.
    pub has_group_entities: bool,
    /// The accounts that could be the IMS account: those with one of its names, or else those with an `imsOrgId`.
    pub accounts: Vec<ReadAccount>,
    /// The first few of the other external accounts.
    pub other_accounts: Vec<ReadAccount>,
}

/// An operator group of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadGroup {
    /// Internal name.
    pub name: String,
    /// Label, `None` where the package has none.
    pub label: Option<String>,
}

/// An external account of a package. Of its secrets nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAccount {
    /// Where its tag begins.
    pub place: Place,
    /// Whether `clientSecret` is there and not empty.
    pub has_client_secret: bool,
    /// The attributes that a manifest owns, as XML normalises them.
    pub attributes: Attributes,
}

impl ReadAccount {
    /// The attribute's value; `None` where the attribute is absent, which is not empty.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// The internal name, empty where there is none.
    pub fn name(&self) -> &str {
        self.get("name").unwrap_or_default()
    }
}

impl ReadPackage {
    /// The account that a manifest is of: the only one that has its name, else the IMS account.
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn account_of(&self, manifest: &Manifest) -> Result<&ReadAccount, PackageError> {
        let name = manifest.external_account.get().and_then(|it| it.name.get());
        let all = self.accounts.iter().chain(&self.other_accounts);
        let mut named = all.filter(|it| name.is_some_and(|name| it.name() == name.as_str()));
        match (named.next(), named.next()) {
            (Some(account), None) => Ok(account),
            _ => self.account(),
        }
    }

    /// Whether it holds any external account.
    pub fn has_accounts(&self) -> bool {
        !self.accounts.is_empty() || !self.other_accounts.is_empty()
    }

    /// The IMS account, where it is clear which one it is.
    ///
    /// # Errors
    /// Where no account could be it, or more than one; says which there are, with their lines.
    pub fn account(&self) -> Result<&ReadAccount, PackageError> {
        Err(PackageError::Lacks(match self.accounts.as_slice() {
            [account] => return Ok(account),
            [] if self.other_accounts.is_empty() => {
                "the package holds no external account: export the entity nms:extAccount with the account Adobe_Experience_Cloud in it".to_owned()
            }
            [] => format!(
                "none of the package's external accounts is the IMS account: {}; it is the one named Adobe_Experience_Cloud or Adobe_Marketing_Cloud, or else the one with an imsOrgId",
                listed(&self.other_accounts)
            ),
            several => format!(
                "more than one external account could be the IMS account: {}; an instance has exactly one: delete the others there, or from the package",
                listed(several)
            ),
        }))
    }

    /// The instance that `render` wrote the package for; nothing for an export, of which Campaign says who made it and when, whatever it
    /// is called.
    pub fn rendered_for(&self) -> Option<&str> {
        if ["author", "buildDate"]
            .iter()
            .any(|it| self.root.contains_key(it))
        {
            return None;
        }
        let name = text(&self.root, "name").strip_prefix("ims-")?;
        let label = text(&self.root, "label").strip_prefix("IMS configuration of ")?;
        (text(&self.root, "namespace") == "cus" && label == name).then_some(name)
    }
}

/// Names and lines of accounts, ready to show.
fn listed(accounts: &[ReadAccount]) -> String {
    let named = accounts.iter().take(NAMED_IN_ERRORS);
    let mut parts: Vec<String> = named
        .map(|account| match account.get("name") {
            Some(name) => format!("`{}` ({})", shown(name), account.place),
            None => format!("one without a name ({})", account.place),
        })
        .collect();
    if accounts.len() > NAMED_IN_ERRORS {
        parts.push("and others".to_owned());
    }
    parts.join(", ")
}

/// What an element's children are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Accounts,
    Groups,
    Others,
}

/// Keeps what a package says of IMS sign-in.
#[derive(Default)]
pub(super) struct Collector {
    package: ReadPackage,
    by_organization: Vec<ReadAccount>,
    /// The element whose children are not looked for wrappers, and its depth.
    section: Option<(Section, usize)>,
    /// Whether anything of a package was seen.
    is_package: bool,
    kept: usize,
}

impl Collector {
    /// An element begins; the root's depth is 1.
    pub(super) fn start(
        &mut self,
        tag: &Tag<'_>,
        depth: usize,
        is_empty: bool,
    ) -> Result<(), PackageError> {
        if let Some((section, section_depth)) = self.section {
            return match section {
                Section::Accounts if depth == section_depth + 1 => self.account(tag),
                Section::Groups if depth == section_depth + 1 => self.group(tag),
                _ => Ok(()),
            };
        }
        let section = match tag.local_name() {
            "package" => return self.root(tag),
            "entities" => match tag.get("schema") {
                Some("nms:extAccount") => Section::Accounts,
                Some("xtk:group") => Section::Groups,
                _ => Section::Others,
            },
            // A record of another name is one under a link's name.
            name if name == "extAccount" || depth == 1 && has_marks(tag) => {
                self.account(tag)?;
                Section::Others
            }
            _ => return Ok(()),
        };
        self.is_package = true;
        self.package.has_group_entities |= section == Section::Groups;
        if !is_empty {
            self.section = Some((section, depth));
        }
        Ok(())
    }

    /// The element at this depth ends.
    pub(super) fn end(&mut self, depth: usize) {
        self.section.take_if(|(_, begun)| *begun == depth);
    }

    /// Takes what `<package>` says; the first one's word counts.
    fn root(&mut self, tag: &Tag<'_>) -> Result<(), PackageError> {
        if self.package.root.is_empty() {
            self.package.root = self.keep(tag, ROOT.into_iter())?;
        }
        self.is_package = true;
        Ok(())
    }

    fn group(&mut self, tag: &Tag<'_>) -> Result<(), PackageError> {
        let Some(name) = tag.get("name") else {
            return Ok(());
        };
        let label = tag.get("label");
        self.spend(name.len() + label.map_or(0, str::len) + ITEM_COST, tag)?;
        self.package.groups.push(ReadGroup {
            name: name.to_owned(),
            label: label.map(str::to_owned),
        });
        Ok(())
    }

    fn account(&mut self, tag: &Tag<'_>) -> Result<(), PackageError> {
        let is_named = tag.get("name").is_some_and(is_built_in_account);
        let is_candidate = is_named || tag.get("imsOrgId").is_some_and(|it| !it.is_empty());
        if !is_candidate && self.package.other_accounts.len() > NAMED_IN_ERRORS {
            return Ok(());
        }
        let known = fields::FIELDS.iter().filter_map(|it| it.attribute);
        let account = ReadAccount {
            place: tag.place,
            has_client_secret: tag.get("clientSecret").is_some_and(|it| !it.is_empty()),
            attributes: self.keep(tag, known)?,
        };
        let accounts = match is_named {
            true => &mut self.package.accounts,
            false if is_candidate => &mut self.by_organization,
            false => &mut self.package.other_accounts,
        };
        accounts.push(account);
        Ok(())
    }

    /// Copies those of a tag's attributes that are known.
    fn keep(
        &mut self,
        tag: &Tag<'_>,
        known: impl Iterator<Item = &'static str>,
    ) -> Result<Attributes, PackageError> {
        let attributes: Attributes = known
            .filter_map(|name| Some((name, tag.get(name)?.to_owned())))
            .collect();
        let size: usize = attributes.values().map(String::len).sum();
        self.spend(size + 4 * ITEM_COST, tag)?;
        Ok(attributes)
    }

    /// Counts `cost` towards what one file may make the reader keep.
    fn spend(&mut self, cost: usize, tag: &Tag<'_>) -> Result<(), PackageError> {
        self.kept += cost;
        if self.kept > KEPT_LIMIT {
            return Err(tag.place.refused(format!(
                "the accounts and operator groups of this file take more than {} MiB of memory: no export writes so many",
                KEPT_LIMIT / 1024 / 1024
            )));
        }
        Ok(())
    }

    /// What was kept; nothing where no part of it was a package.
    pub(super) fn finish(mut self) -> Option<ReadPackage> {
        let package = &mut self.package;
        if package.accounts.is_empty() {
            package.accounts = self.by_organization;
        } else {
            package.other_accounts.extend(self.by_organization);
            package.other_accounts.sort_by_key(|it| it.place);
        }
        self.is_package.then_some(self.package)
    }
}

fn has_marks(tag: &Tag<'_>) -> bool {
    let marks = ACCOUNT_MARKS.iter().filter(|name| tag.get(name).is_some());
    marks.count() >= 2
}
