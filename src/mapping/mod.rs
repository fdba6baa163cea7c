//! Which product profile becomes which operator group, and whose members could not sign in.

mod diagram;
mod list;
mod misspelt;
mod nearest;
mod table;

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use regex::Regex;
use serde::{Serialize, Serializer};

pub use diagram::mermaid;
pub use list::{ListError, Listed, MAX_BYTES, Profiles, profiles};
pub use table::{markdown, table};

use crate::{
    check::{Judged, JudgedEnvironment},
    manifest::{Manifest, is_built_in},
    mask::Mask,
    report,
    rules::Context,
    secrets,
    text::characters::{self, Parting},
    text::show,
};
use misspelt::Misspelt;
use nearest::Search;

/// The mapping of one environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// The environment's name; nothing where the manifest has none.
    pub environment: Option<String>,
    /// The instance's name.
    #[serde(skip)]
    pub instance: String,
    /// The mask as the manifest has it.
    pub mask: String,
    /// Whether there was a list to compare with.
    #[serde(skip)]
    pub is_compared: bool,
    /// First a row for each group, in the manifest's order, then one for each other profile, in the list's.
    pub rows: Vec<Row>,
}

/// A product profile and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The profile's name.
    pub profile: String,
    /// What the mask captures from it; nothing where it captures nothing.
    pub group: Option<String>,
    /// How it stands; without a list nobody knows.
    pub status: Option<Status>,
    /// How many members it has, where the list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<u64>,
    /// For a misspelt profile, the name that was probably meant.
    #[serde(
        rename = "meant",
        skip_serializing_if = "Option::is_none",
        serialize_with = "name_alone"
    )]
    pub meant: Option<Near>,
    /// The manifest's group that the row is for, if it is for one; of a misspelt profile, the group that was meant.
    #[serde(skip)]
    pub wanted: Option<String>,
    /// For a missing profile, the nearest one of the list; for a captured group that the manifest lacks, the one that may be meant.
    #[serde(skip)]
    pub nearest: Option<Near>,
    /// Whether the list is one of users, which lacks the profiles without members.
    #[serde(skip)]
    pub is_of_users: bool,
}

/// A name that is near to another, and where the two part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The name.
    pub name: String,
    /// The first character that differs.
    pub parting: Parting,
}

fn name_alone<S: Serializer>(near: &Option<Near>, serializer: S) -> Result<S::Ok, S::Error> {
    near.as_ref().map(|near| &near.name).serialize(serializer)
}

/// How a product profile stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It gives its group.
    Ok,
    /// It does not give the group that the manifest says it is for.
    Mismatch,
    /// The list lacks it.
    Missing,
    /// It gives a built-in group that the manifest does not list.
    Unlisted,
    /// It gives another group that the manifest lacks.
    Undeclared,
    /// The mask does not take it, but nearly.
    Misspelt,
    /// It is none of Campaign's.
    Unmatched,
}

impl Status {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Mismatch => "mismatch",
            Self::Missing => "missing",
            Self::Unlisted => "unlisted",
            Self::Undeclared => "undeclared",
            Self::Misspelt => "misspelt",
            Self::Unmatched => "unmatched",
        }
    }

    /// Whether somebody could not sign in, or comes in as nobody said.
    pub fn is_wrong(self) -> bool {
        match self {
            Self::Mismatch | Self::Missing | Self::Undeclared | Self::Misspelt => true,
            Self::Ok | Self::Unlisted | Self::Unmatched => false,
        }
    }
}

impl Row {
    fn new(profile: &str, captured: Option<&str>) -> Self {
        Self {
            profile: secrets::mask(profile),
            group: captured.map(secrets::mask),
            ..Self::default()
        }
    }

    /// How the profile stands as far as the manifest alone says.
    pub fn standing(&self) -> Status {
        match self.status {
            Some(status) => status,
            None if self.wanted == self.group => Status::Ok,
            None => Status::Mismatch,
        }
    }

    /// What the status means for people, and what to do; empty where all is well.
    pub fn in_words(&self) -> String {
        let wanted = self.wanted.as_deref().map(show::text).unwrap_or_default();
        let group = self.group.as_deref().map(show::text);
        let shown_group = group.as_deref().unwrap_or_default();
        let nearest = |lead: &str| match &self.nearest {
            Some(Near { name, parting }) => {
                format!("; {lead} `{}`: {}", show::text(name), parting.in_words())
            }
            None => String::new(),
        };
        match (self.standing(), &group) {
            (Status::Ok | Status::Unmatched, _) => String::new(),
            (Status::Mismatch, None) => format!(
                "the mask takes no group from this name, so members of `{wanted}` could not sign in"
            ),
            (Status::Mismatch, Some(group)) => format!(
                "the mask takes `{group}` from this name, so its members would not come in as `{wanted}`"
            ),
            (Status::Missing, _) if self.is_of_users => format!(
                "no user of the list has this profile, so nobody could sign in as a member of `{wanted}`{}",
                nearest("the nearest is")
            ),
            (Status::Missing, _) => format!(
                "the list has no such profile, so members of `{wanted}` could not sign in{}",
                nearest("the nearest is")
            ),
            (Status::Unlisted, _) => format!(
                "it gives the built-in group `{shown_group}`, which the manifest does not list: add `{shown_group}: {{}}` to `groups`, so \
                 that it is checked too"
            ),
            (Status::Undeclared, _) => format!(
                "it gives `{shown_group}`, which the manifest lacks: unless Campaign has that group, its members could not sign in{}",
                nearest("if it is meant for")
            ),
            (Status::Misspelt, _) => {
                let words = "the mask does not take this name, so its members could not sign in";
                let Some(Near { name, parting }) = &self.meant else {
                    return words.to_owned();
                };
                let (name, parting) = (show::text(name), parting.in_words());
                format!(
                    "{words}: {parting}; unless it is not meant for this instance, rename it in the Admin Console to `{name}`"
                )
            }
        }
    }
}

/// The masks of a manifest's environments, as far as they are without an error.
pub fn masks(judged: &Judged) -> Vec<Mask> {
    let environments = judged.environments.iter();
    let manifests = environments.filter_map(|environment| environment.manifest.as_ref());
    manifests.filter_map(mask).collect()
}

/// The mask of a manifest, where it is without an error.
pub fn mask(manifest: &Manifest) -> Option<Mask> {
    let account = manifest.external_account.get()?;
    Some(Mask::parse(account.association_mask.get()?)).filter(Mask::is_sound)
}

/// The mapping of one environment, compared with the profiles that there are, where a list of them is given. What a mask of `all` takes
/// is another instance's, and never a misspelt name of this one. Nothing where the mask or a group cannot be judged.
pub fn mapping(
    environment: &JudgedEnvironment,
    profiles: Option<&Profiles>,
    all: &[Mask],
) -> Option<Mapping> {
    let subject = Context::new(environment.manifest.as_ref()?, &[], &[]);
    let (written, mask) = subject.sound_mask()?;
    let listed = profiles.map_or(&[][..], |profiles| &profiles.listed);
    let known = listed.iter().map(|it| (it.name.as_str(), it));
    let known: HashMap<&str, &Listed> = known.collect();
    let mut search = Search::new(listed);
    let wanted = subject
        .groups
        .iter()
        .map(|group| Some((group.name.value.as_str(), group.profile(mask)?.value)))
        .collect::<Option<Vec<_>>>()?;
    let declared: HashSet<&str> = wanted.iter().map(|(_, profile)| profile.as_str()).collect();
    let as_written = mask.as_written();
    let mut rows = Vec::new();
    for (name, profile) in &wanted {
        let captured = captured(mask, as_written.as_ref(), profile);
        let found = known.get(profile.as_str());
        let status = profiles.map(|_| match found {
            _ if captured != Some(name) => Status::Mismatch,
            None => Status::Missing,
            Some(_) => Status::Ok,
        });
        let nearest = (status == Some(Status::Missing))
            .then(|| search.nearest(profile, &declared))
            .flatten();
        rows.push(Row {
            status,
            members: found.and_then(|found| found.members),
            wanted: Some(secrets::mask(name)),
            nearest: nearest.and_then(|found| near(profile, found, found)),
            is_of_users: profiles.is_some_and(|profiles| profiles.is_of_users),
            ..Row::new(profile, captured)
        });
    }
    let names: Vec<&str> = subject.groups.iter().map(|it| it.name.as_str()).collect();
    let others = Others {
        mask,
        as_written,
        all,
        names: names.iter().copied().collect(),
        misspelt: Misspelt::new(mask, &names),
        rivals: OnceCell::new(),
    };
    let extra = listed
        .iter()
        .filter(|it| !declared.contains(it.name.as_str()));
    rows.extend(extra.map(|profile| others.row(profile)));
    Some(Mapping {
        environment: environment.name.as_deref().map(secrets::mask),
        instance: subject
            .instance
            .name
            .get()
            .map_or_else(String::new, |it| secrets::mask(it)),
        mask: secrets::mask(written),
        is_compared: profiles.is_some(),
        rows,
    })
}

/// What a mask takes from a profile's name, as the package has it. No name and blanks are no group's.
fn captured<'p>(mask: &Mask, as_written: Option<&Regex>, profile: &'p str) -> Option<&'p str> {
    let group = match as_written {
        Some(regex) => regex.captures(profile)?.get(1)?.as_str(),
        None => mask.captures(profile)?,
    };
    (!group.trim().is_empty()).then_some(group)
}

/// A name to show, and where `found` parts from what is due.
fn near(due: &str, found: &str, name: &str) -> Option<Near> {
    Some(Near {
        name: secrets::mask(name),
        parting: characters::parting(due, found)?,
    })
}

/// With so many masks of other environments a name that is nearly right is compared.
const MOST_RIVALS: usize = 100;

/// What judges the profiles that no group of the manifest has.
struct Others<'a> {
    mask: &'a Mask,
    as_written: Option<Regex>,
    all: &'a [Mask],
    names: HashSet<&'a str>,
    misspelt: Misspelt<'a>,
    /// The same for the masks of other environments.
    rivals: OnceCell<Vec<Misspelt<'a>>>,
}

impl Others<'_> {
    /// Whether a name is nearer to the mask of another environment.
    fn is_anothers(&self, name: &str) -> bool {
        let rivals = self.rivals.get_or_init(|| {
            let others = self.all.iter();
            let others = others.filter(|it| it.parts() != self.mask.parts());
            let others = others.take(MOST_RIVALS);
            others.map(|it| Misspelt::new(it, &[])).collect()
        });
        let slips = self.misspelt.slips(name);
        let is_nearer = |it: usize| slips.is_none_or(|slips| it < slips);
        // `Campaign - x - stgae - admin` begins as a name of `Campaign - x - `, but is none.
        rivals
            .iter()
            .any(|it| it.slips(name).is_some_and(is_nearer) && it.meant(name).is_some())
    }

    fn row(&self, profile: &Listed) -> Row {
        let Listed { name, members } = profile;
        let group = captured(self.mask, self.as_written.as_ref(), name);
        let row = Row {
            members: *members,
            ..Row::new(name, group)
        };
        let Some(group) = group else {
            let is_taken = self.all.iter().any(|mask| mask.captures(name).is_some());
            let meant = (!is_taken).then(|| self.misspelt.meant(name)).flatten();
            let meant = meant.filter(|it| it != name && !self.is_anothers(name));
            let wanted = meant.as_deref().and_then(|meant| self.mask.captures(meant));
            let status = match meant {
                Some(_) => Status::Misspelt,
                None => Status::Unmatched,
            };
            return Row {
                wanted: wanted.map(secrets::mask),
                status: Some(status),
                meant: meant.and_then(|meant| near(&meant, name, &meant)),
                ..row
            };
        };
        let nearest = || {
            let meant = self.mask.default_profile(self.misspelt.group(group)?)?;
            near(&meant, name, &meant)
        };
        let (status, nearest) = match group {
            // The manifest says that another profile gives this group, but this one does give it.
            group if self.names.contains(group) => (Status::Ok, None),
            group if is_built_in(group) => (Status::Unlisted, None),
            _ => (Status::Undeclared, nearest()),
        };
        Row {
            status: Some(status),
            nearest,
            ..row
        }
    }
}

/// The same for the Markdown report of a check: profiles and the groups that they give.
pub fn mappings(environments: &[JudgedEnvironment]) -> Vec<report::Mapping> {
    environments
        .iter()
        .filter_map(|environment| mapping(environment, None, &[]))
        .map(|mapping| report::Mapping {
            name: mapping.environment.unwrap_or(mapping.instance),
            rows: mapping
                .rows
                .into_iter()
                .filter_map(|row| Some((row.profile, row.group?)))
                .collect(),
        })
        .collect()
}

/// The mappings for programs, one environment a line.
///
/// # Errors
/// None but those of writing to memory.
pub fn json(mappings: &[Mapping]) -> std::io::Result<Vec<u8>> {
    let mut out = b"{\"version\":1,\n\"environments\":".to_vec();
    show::json_lines(&mut out, &mappings)?;
    out.extend(b"}\n");
    Ok(out)
}

#[cfg(test)]
mod tests;
