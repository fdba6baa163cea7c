//! An exported package, read as a stream: external accounts and operator groups are kept, everything else passes by.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::error::shown;
use super::scan::{Scanner, Token};
use super::tag::Tag;
use super::{AccountError, Attribute, IMS_ACCOUNT_NAMES, Place, Problem, ReadError};

/// What may be kept of one file, in bytes.
const KEPT_LIMIT: usize = 16 * 1024 * 1024;
/// What keeping one thing costs besides its text.
const ITEM_COST: usize = 256;
/// How many accounts an error names.
const NAMED_IN_ERRORS: usize = 8;
/// What tells an account from other records where only its attributes are known.
const ACCOUNT_MARKS: [&str; 5] = [
    "callbackServer",
    "clientId",
    "imsOrgId",
    "imsRightsMask",
    "imsServer",
];

/// What a package says of IMS sign-in. Attributes that are absent are `None`, which is not the empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadPackage {
    /// `buildNumber` of `<package>`.
    pub build_number: Option<String>,
    /// `buildVersion` of `<package>`.
    pub build_version: Option<String>,
    /// `label` of `<package>`.
    pub label: Option<String>,
    /// `name` of `<package>`.
    pub name: Option<String>,
    /// `namespace` of `<package>`.
    pub namespace: Option<String>,
    /// The operator groups that have a name, in the file's order.
    pub groups: Vec<ReadGroup>,
    /// Whether there is any `<entities schema="xtk:group">`, even an empty one.
    pub has_group_entities: bool,
    /// The accounts that could be the IMS account: those with one of its names, or else those with an `imsOrgId`.
    pub accounts: Vec<ReadAccount>,
    /// The first few of the other external accounts: their names and places.
    pub other_accounts: Vec<(Option<String>, Place)>,
}

/// An operator group of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadGroup {
    /// Internal name.
    pub name: String,
    /// Label, `None` where the package has none.
    pub label: Option<String>,
    /// Where its tag begins.
    pub place: Place,
}

/// An external account of a package. Of its secrets nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAccount {
    /// Where its tag begins.
    pub place: Place,
    /// Whether `clientSecret` is there and not empty.
    pub has_client_secret: bool,
    values: BTreeMap<Attribute, String>,
}

impl ReadAccount {
    /// The attribute's value as XML normalises it; `None` where the attribute is absent, which is not empty.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        self.values.get(&attribute).map(String::as_str)
    }

    /// The internal name, empty where there is none.
    pub fn name(&self) -> &str {
        self.get(Attribute::Name).unwrap_or_default()
    }
}

impl ReadPackage {
    /// The IMS account, where it is clear which one it is.
    ///
    /// # Errors
    /// Where no account could be it, or more than one; says which there are, with their lines.
    pub fn account(&self) -> Result<&ReadAccount, AccountError> {
        match self.accounts.as_slice() {
            [account] => Ok(account),
            [] if self.other_accounts.is_empty() => Err(AccountError::NoAccount),
            [] => Err(AccountError::NotIms {
                found: listed(
                    self.other_accounts
                        .iter()
                        .map(|(name, place)| (name.as_deref(), *place)),
                ),
            }),
            several => Err(AccountError::Several {
                found: listed(several.iter().map(|it| (it.get(Attribute::Name), it.place))),
            }),
        }
    }
}

/// Names and lines of accounts, ready to show.
fn listed<'a>(accounts: impl ExactSizeIterator<Item = (Option<&'a str>, Place)>) -> String {
    let more = accounts.len() > NAMED_IN_ERRORS;
    let mut parts: Vec<String> = accounts
        .take(NAMED_IN_ERRORS)
        .map(|(name, place)| match name {
            Some(name) => format!(
                "`{}` (line {}, column {})",
                shown(name),
                place.line,
                place.column
            ),
            None => format!(
                "one without a name (line {}, column {})",
                place.line, place.column
            ),
        })
        .collect();
    if more {
        parts.push("and others".to_owned());
    }
    parts.join(", ")
}

/// Reads a package from a console, `<pkgDesc>` or SOAP wrappers around one, or a bare account record as the console's
/// "XML source" shows it. Needs memory for what it keeps, whatever the input's size.
///
/// # Errors
/// [`ReadError::Refused`], with a place, for what is not well-formed XML 1.0 in UTF-8 without DTD, for what is no
/// package, and for more accounts and groups than any instance has; [`ReadError::Io`] where `input` fails.
pub fn read(input: impl BufRead) -> Result<ReadPackage, ReadError> {
    let mut scanner = Scanner::new(input)?;
    let mut collector = Collector::default();
    let mut root = None;
    loop {
        match scanner.next()? {
            Token::Start => collector.element(&scanner, false)?,
            Token::Empty => collector.element(&scanner, true)?,
            Token::End => {
                if collector
                    .section
                    .is_some_and(|(_, depth)| depth == scanner.depth())
                {
                    collector.section = None;
                }
                continue;
            }
            Token::Eof => break,
        }
        if root.is_none() {
            root = Some((
                format!("<{}>", shown(scanner.local_name())),
                scanner.place(),
            ));
        }
    }
    match root {
        Some((root, place)) if !collector.recognised => {
            Err(Problem::NotAPackage { root }.at(place))
        }
        _ => Ok(collector.finish()),
    }
}

/// What an element's children are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Accounts,
    Groups,
    Others,
}

#[derive(Default)]
struct Collector {
    package: ReadPackage,
    by_name: Vec<ReadAccount>,
    by_organization: Vec<ReadAccount>,
    /// The element whose children are not looked for wrappers, and its depth.
    section: Option<(Section, usize)>,
    root_read: bool,
    recognised: bool,
    kept: usize,
}

impl Collector {
    fn element<R: BufRead>(&mut self, scanner: &Scanner<R>, empty: bool) -> Result<(), ReadError> {
        let depth = scanner.depth();
        if let Some((section, section_depth)) = self.section {
            return match section {
                Section::Accounts if depth == section_depth + 1 => {
                    self.account(&scanner.tag()?, scanner.place())
                }
                Section::Groups if depth == section_depth + 1 => {
                    self.group(&scanner.tag()?, scanner.place())
                }
                _ => Ok(()),
            };
        }
        let section = match scanner.local_name() {
            "package" => {
                self.recognised = true;
                return self.root(&scanner.tag()?, scanner.place());
            }
            "entities" => self.entities(&scanner.tag()?)?,
            "extAccount" => {
                self.account(&scanner.tag()?, scanner.place())?;
                Section::Others
            }
            _ if depth == 1 && is_account(&scanner.tag()?)? => {
                self.account(&scanner.tag()?, scanner.place())?;
                Section::Others
            }
            _ => return Ok(()),
        };
        self.recognised = true;
        if !empty {
            self.section = Some((section, depth));
        }
        Ok(())
    }

    /// Takes what `<package>` says; the first one's word counts.
    fn root(&mut self, tag: &Tag<'_>, place: Place) -> Result<(), ReadError> {
        if self.root_read {
            return Ok(());
        }
        self.root_read = true;
        tag.visit(|attribute| {
            let field = match attribute.name {
                "buildNumber" => &mut self.package.build_number,
                "buildVersion" => &mut self.package.build_version,
                "label" => &mut self.package.label,
                "name" => &mut self.package.name,
                "namespace" => &mut self.package.namespace,
                _ => return Ok(()),
            };
            let value = attribute.value()?.into_owned();
            spend(&mut self.kept, value.len(), place)?;
            *field = Some(value);
            Ok(())
        })
    }

    fn entities(&mut self, tag: &Tag<'_>) -> Result<Section, ReadError> {
        let mut section = Section::Others;
        tag.visit(|attribute| {
            if attribute.name == "schema" {
                section = match &*attribute.value()? {
                    "nms:extAccount" => Section::Accounts,
                    "xtk:group" => Section::Groups,
                    _ => Section::Others,
                };
            }
            Ok(())
        })?;
        self.package.has_group_entities |= section == Section::Groups;
        Ok(section)
    }

    fn group(&mut self, tag: &Tag<'_>, place: Place) -> Result<(), ReadError> {
        let (mut name, mut label) = (None, None);
        tag.visit(|attribute| {
            match attribute.name {
                "name" => name = Some(attribute.value()?.into_owned()),
                "label" => label = Some(attribute.value()?.into_owned()),
                _ => {}
            }
            Ok(())
        })?;
        let Some(name) = name else {
            return Ok(());
        };
        let size = name.len() + label.as_ref().map_or(0, String::len);
        spend(&mut self.kept, size + ITEM_COST, place)?;
        self.package.groups.push(ReadGroup { name, label, place });
        Ok(())
    }

    fn account(&mut self, tag: &Tag<'_>, place: Place) -> Result<(), ReadError> {
        let mut account = ReadAccount {
            place,
            has_client_secret: false,
            values: BTreeMap::new(),
        };
        tag.visit(|attribute| {
            if attribute.name == "clientSecret" {
                account.has_client_secret = !attribute.is_empty();
            } else if let Some(known) = Attribute::from_name(attribute.name) {
                account
                    .values
                    .insert(known, attribute.value()?.into_owned());
            }
            Ok(())
        })?;
        let size: usize = account.values.values().map(String::len).sum();
        let candidates = if IMS_ACCOUNT_NAMES.contains(&account.name()) {
            &mut self.by_name
        } else if account
            .get(Attribute::ImsOrgId)
            .is_some_and(|it| !it.is_empty())
        {
            &mut self.by_organization
        } else {
            let name = account.values.remove(&Attribute::Name);
            if self.package.other_accounts.len() <= NAMED_IN_ERRORS {
                spend(&mut self.kept, size + ITEM_COST, place)?;
                self.package.other_accounts.push((name, place));
            }
            return Ok(());
        };
        spend(&mut self.kept, size + 4 * ITEM_COST, place)?;
        candidates.push(account);
        Ok(())
    }

    fn finish(self) -> ReadPackage {
        let Self {
            mut package,
            by_name,
            by_organization,
            ..
        } = self;
        if by_name.is_empty() {
            package.accounts = by_organization;
        } else {
            let others = by_organization.into_iter();
            package
                .other_accounts
                .extend(others.map(|mut it| (it.values.remove(&Attribute::Name), it.place)));
            package.other_accounts.sort_by_key(|&(_, place)| place);
            package.accounts = by_name;
        }
        package
    }
}

/// Counts `cost` towards what one file may make the reader keep.
fn spend(kept: &mut usize, cost: usize, place: Place) -> Result<(), ReadError> {
    *kept += cost;
    if *kept > KEPT_LIMIT {
        return Err(Problem::TooMuch(KEPT_LIMIT).at(place));
    }
    Ok(())
}

/// Whether a root of another name is an account: a record under a link's name.
fn is_account(tag: &Tag<'_>) -> Result<bool, ReadError> {
    let mut marks = 0;
    tag.visit(|attribute| {
        marks += usize::from(ACCOUNT_MARKS.contains(&attribute.name));
        Ok(())
    })?;
    Ok(marks >= 2)
}

#[cfg(test)]
mod roundtrip;
#[cfg(test)]
mod tests;
