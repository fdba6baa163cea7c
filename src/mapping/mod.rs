//! Which product profile becomes which operator group, and whose members could not sign in.

mod diagram;
mod list;
mod nearest;
mod table;

use std::collections::HashSet;

use serde::Serialize;

pub use diagram::mermaid;
pub use list::{ListError, MAX_BYTES, profiles};
pub use table::{markdown, table};

use crate::{
    check::JudgedEnvironment,
    manifest::Manifest,
    mask::Mask,
    report::{self},
    rules::Context,
    secrets,
    text::characters::{self, Parting},
    text::show,
};
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
    /// First a row for each group, in the manifest's order, then one for each other profile, in the list's.
    pub rows: Vec<Row>,
}

/// A product profile and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The profile's name.
    pub profile: String,
    /// What the mask captures from it; nothing where it captures nothing.
    pub group: Option<String>,
    /// How it stands.
    pub status: Status,
    /// The manifest's group that the row is for, if it is for one.
    #[serde(skip)]
    pub wanted: Option<String>,
    /// For a missing profile, the nearest one of the list, and where it differs.
    #[serde(skip)]
    pub nearest: Option<(String, Parting)>,
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
    /// It gives a group that the manifest lacks.
    Undeclared,
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
            Self::Undeclared => "undeclared",
            Self::Unmatched => "unmatched",
        }
    }

    /// Whether somebody could not sign in, or comes in as nobody said.
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::Mismatch | Self::Missing | Self::Undeclared)
    }
}

impl Row {
    /// What the status means for people; empty where all is well.
    pub fn in_words(&self) -> String {
        let wanted = self.wanted.as_deref().map(show::text).unwrap_or_default();
        let group = self.group.as_deref().map(show::text);
        match (self.status, group) {
            (Status::Ok | Status::Unmatched, _) => String::new(),
            (Status::Mismatch, None) => format!(
                "the mask takes no group from this name, so members of `{wanted}` could not sign in"
            ),
            (Status::Mismatch, Some(group)) => format!(
                "the mask takes `{group}` from this name, so its members would not come in as `{wanted}`"
            ),
            (Status::Missing, _) => {
                let mut words = format!(
                    "the list has no such profile, so members of `{wanted}` could not sign in"
                );
                if let Some((name, parting)) = &self.nearest {
                    let name = show::text(name);
                    words.push_str(&format!(
                        "; the nearest is `{name}`: {}",
                        parting.in_words()
                    ));
                }
                words
            }
            (Status::Undeclared, group) => format!(
                "it gives `{}`, which the manifest lacks: unless Campaign has that group, its members could not sign in",
                group.unwrap_or_default()
            ),
        }
    }
}

/// The mapping of one environment, compared with the profiles that there are, where a list of them is given.
/// Nothing where the mask or a group cannot be judged.
pub fn mapping(environment: &JudgedEnvironment, profiles: Option<&[String]>) -> Option<Mapping> {
    let manifest = environment.manifest.as_ref()?;

    let subject = Context::new(manifest, &[]);
    let written = subject.mask.as_ref()?;
    let mask = Some(&written.1).filter(|mask| mask.is_sound())?;
    let known: Option<HashSet<&str>> =
        profiles.map(|list| list.iter().map(String::as_str).collect());
    let mut search = Search::new(profiles.unwrap_or_default());
    let wanted = subject
        .groups
        .iter()
        .map(|group| Some((group.name.value.as_str(), group.profile(mask)?.value)))
        .collect::<Option<Vec<_>>>()?;
    let declared: HashSet<&str> = wanted.iter().map(|(_, profile)| profile.as_str()).collect();
    let mut rows = Vec::new();
    for (name, profile) in &wanted {
        let captured = mask.captures(profile);
        let status = match &known {
            _ if captured != Some(name) => Status::Mismatch,
            Some(known) if !known.contains(profile.as_str()) => Status::Missing,
            _ => Status::Ok,
        };
        let nearest = (status == Status::Missing)
            .then(|| search.nearest(profile, &declared))
            .flatten()
            .and_then(|found| {
                let parting = characters::parting(profile, found)?;
                Some((secrets::mask(found), parting))
            });
        rows.push(Row {
            profile: secrets::mask(profile),
            group: captured.map(secrets::mask),
            status,
            wanted: Some(secrets::mask(name)),
            nearest,
        });
    }
    let names: HashSet<&str> = subject.groups.iter().map(|it| it.name.as_str()).collect();
    let others = profiles.unwrap_or_default().iter();
    for profile in others.filter(|profile| !declared.contains(profile.as_str())) {
        rows.push(other(profile, mask, &names));
    }
    Some(Mapping {
        environment: environment.name.as_deref().map(secrets::mask),
        instance: instance_name(manifest),
        mask: secrets::mask(&written.0.value),
        rows,
    })
}

/// A profile that no group of the manifest has.
fn other(profile: &str, mask: &Mask, names: &HashSet<&str>) -> Row {
    let captured = mask.captures(profile);
    let status = match captured {
        None => Status::Unmatched,
        // The manifest says that another profile gives this group, but this one does give it.
        Some(name) if names.contains(name) => Status::Ok,
        Some(_) => Status::Undeclared,
    };
    Row {
        profile: secrets::mask(profile),
        group: captured.map(secrets::mask),
        status,
        wanted: None,
        nearest: None,
    }
}

fn instance_name(manifest: &Manifest) -> String {
    let instance = manifest.instance.get();
    let name = instance.and_then(|instance| instance.name.get());
    name.map_or_else(String::new, |name| secrets::mask(name))
}

/// The same for the Markdown report of a check: profiles and the groups that they give.
pub fn mappings(environments: &[JudgedEnvironment]) -> Vec<report::Mapping> {
    environments
        .iter()
        .filter_map(|environment| mapping(environment, None))
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

/// Writes the mappings for programs, one environment a line.
///
/// # Errors
/// What `out` fails with.
pub fn json(mappings: &[Mapping], out: &mut dyn std::io::Write) -> std::io::Result<()> {
    out.write_all(b"{\"version\":1,\n\"environments\":[")?;
    for (index, mapping) in mappings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        show::json(out, mapping)?;
    }
    out.write_all(b"\n]}\n")
}

#[cfg(test)]
mod tests;
