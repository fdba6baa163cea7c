//! The operator groups of a document with the product profiles that lead to them, as hovers and hints show them.

use std::ops::Range;

use super::asked::Asked;
use crate::{
    secrets,
    text::show,
    yaml::{Field, Place},
};

/// A group of one environment.
pub struct Grouped {
    /// The environment, where there are some.
    pub environment: Option<String>,
    /// The group's internal name.
    pub name: String,
    /// Where its key is.
    pub key: Range<usize>,
    /// The product profile that leads to it.
    pub profile: String,
    /// Whether the profile is written out.
    pub is_written: bool,
    /// Whether the package makes the group.
    pub is_created: bool,
}

/// Every group of every environment whose profile is known; those with a secret in them left out.
pub fn groups(asked: &Asked<'_>) -> Vec<Grouped> {
    let judged = &asked.checked.judged;
    let Some(document) = &judged.document else {
        return Vec::new();
    };
    let range = |place: Place| document.range(judged.source.text(), place);
    let is_secret = |place: Place| judged.source.touches_secret(&range(place));
    let mut found = Vec::new();
    for (environment, context) in asked.contexts() {
        let mask = context.sound_mask();
        let Some((_, mask)) = mask.filter(|(written, _)| !is_secret(written.place)) else {
            continue;
        };
        for group in &context.groups {
            let Some(profile) = group.profile(mask) else {
                continue;
            };
            if [group.name.place, profile.place].into_iter().any(is_secret) {
                continue;
            }
            found.push(Grouped {
                environment: environment.map(shown),
                name: group.name.value.clone(),
                key: range(group.name.place),
                profile: shown(&profile),
                is_written: !matches!(group.group.profile, Field::Absent),
                is_created: group.group.is_created(),
            });
        }
    }
    found
}

/// A text of the manifest as it may be shown.
pub fn shown(text: &str) -> String {
    show::text(&secrets::mask(text))
}
