//! Where a profile's name stops matching a mask.

use std::ops::Range;

use super::Mask;
use crate::text::characters::described;

/// How far a profile's name matches a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The bytes of the name that match.
    pub matched: Range<usize>,
    /// The character on which it stops; none where the name ends too early.
    pub found: Option<char>,
    /// What the mask has at that place, as the end of a sentence: `` `-` (U+002D HYPHEN-MINUS) ``.
    pub expected: String,
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
    })
}
