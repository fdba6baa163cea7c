//! Where a profile's name stops matching a mask, and which name was probably meant.

use std::ops::Range;

use super::{Mask, is_lawful_group_name};
use crate::text::{characters::described, slice};

/// No correction is looked for in a name longer than this many characters.
const CORRECTION_LIMIT: usize = 512;

/// How far a profile's name matches a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The bytes of the name that match.
    pub matched: Range<usize>,
    /// The character on which it stops; none where the name ends too early.
    pub found: Option<char>,
    /// What the mask has at that place, as the end of a sentence: `` `-` (U+002D HYPHEN-MINUS) ``.
    pub expected: String,
    /// The nearest name that matches: the same group's name after the mask's prefix.
    pub correction: Option<String>,
}

impl Trace {
    /// The character on which the name stops, as in `` `–` (U+2013 EN DASH) ``, or
    /// `the end of the name`.
    pub fn found_text(&self) -> String {
        match self.found {
            Some(character) => described(character),
            None => "the end of the name".to_owned(),
        }
    }
}

/// Traces a name that does not match. None for one that does, and for a mask with an error.
pub(super) fn trace(mask: &Mask, profile: &str) -> Option<Trace> {
    let group = mask.group.as_ref()?;
    let prefix = mask.literal_prefix().unwrap_or_default();
    let (stop, expected) = match profile.strip_prefix(prefix) {
        Some(name) if group.takes(name) => return None,
        Some(name) => {
            let stop = group.accepts(name);
            let written = mask.text.get(group.range.clone())?;
            let could_end = stop < name.len() && group.takes(name.get(..stop)?);
            let or_end = if could_end { ", or the end" } else { "" };
            let expected = format!("what `{written}` takes{or_end}");
            (prefix.len() + stop, expected)
        }
        None => {
            let mut found = profile.chars();
            let differs = |(_, due): &(usize, char)| found.next() != Some(*due);
            let (stop, due) = prefix.char_indices().find(differs)?;
            (stop, described(due))
        }
    };
    Some(Trace {
        matched: 0..stop,
        found: profile.get(stop..)?.chars().next(),
        expected,
        correction: correct(mask, prefix, profile),
    })
}

/// Cuts the name where its beginning is nearest to the prefix, and puts the prefix right.
fn correct(mask: &Mask, prefix: &str, profile: &str) -> Option<String> {
    let wanted: Vec<char> = prefix.chars().collect();
    if wanted.len() > CORRECTION_LIMIT || profile.chars().count() > CORRECTION_LIMIT {
        return None;
    }
    let lawful = |name: &str| {
        let candidate = format!("{prefix}{name}");
        let fits = is_lawful_group_name(name) && mask.captures(&candidate) == Some(name);
        fits.then_some(candidate)
    };
    if let Some(name) = profile.strip_prefix(prefix) {
        return lawful(name.trim());
    }
    let most = (wanted.len() / 3).max(2);
    // Of equally near ones the first, but a name hardly begins with what parts it from the prefix.
    let near = distances(&wanted, profile).into_iter();
    let near = near.filter(|(_, distance)| *distance <= most);
    let names = near.map(|(cut, distance)| (distance, slice(profile, cut..).trim_end()));
    let mut names: Vec<(usize, &str)> = names.collect();
    names.sort_by_key(|(distance, name)| (*distance, name.starts_with('_')));
    names.into_iter().find_map(|(_, name)| lawful(name))
}

/// For each beginning of the name (as the byte where it ends), how many edits make it the
/// prefix. Letters that differ in case alone, and blanks, are half an edit away, so that they
/// are rather mended than taken for part of the group's name.
fn distances(prefix: &[char], profile: &str) -> Vec<(usize, usize)> {
    // Counted in halves.
    let mut row: Vec<usize> = (0..=prefix.len()).map(|count| count * 2).collect();
    let last = |row: &[usize]| row.last().copied().unwrap_or(0).div_ceil(2);
    let mut found = vec![(0, last(&row))];
    for (at, character) in profile.char_indices() {
        let mut diagonal = row.first().copied().unwrap_or(0);
        let mut left = diagonal + if character.is_whitespace() { 1 } else { 2 };
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (wanted, cell) in prefix.iter().zip(row.iter_mut().skip(1)) {
            let cost = match () {
                () if *wanted == character => 0,
                () if wanted.to_lowercase().eq(character.to_lowercase()) => 1,
                () => 2,
            };
            let extra = if character.is_whitespace() { 1 } else { 2 };
            let value = (diagonal + cost).min(left + 2).min(*cell + extra);
            diagonal = *cell;
            *cell = value;
            left = value;
        }
        found.push((at + character.len_utf8(), last(&row)));
    }
    found
}
