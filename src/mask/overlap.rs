//! Whether two masks give some profile name a lawful group name on both sides.

use std::collections::HashSet;

use super::group::Walk;
use super::{GROUP_NAME_LIMIT, Mask, is_lawful_group_name};

/// The search gives up after this many pairs of states, which is far beyond what masks of real
/// instances need.
const PAIR_LIMIT: usize = 20_000;

/// The shortest profile name that both masks match whole and from which each captures a lawful
/// group name; none if there is none, or a mask has an error. Of names of one length it is the
/// first in the order a to z, A to Z, `_`, 0 to 9, `-`.
///
/// A search that is too large counts as no overlap.
pub fn overlap(one: &Mask, other: &Mask) -> Option<String> {
    let mut both = [one, other];
    both.sort_by_key(|mask| mask.literal_prefix().map(str::len));
    let [short, long] = both;
    let prefix = long.literal_prefix()?;
    let mut first = Walk::new(short.group.as_ref()?);
    let mut second = Walk::new(long.group.as_ref()?);
    // What the mask with the shorter prefix captures begins with the rest of the longer prefix.
    let between = prefix.strip_prefix(short.literal_prefix()?)?;
    if !between.is_empty() && !is_lawful_group_name(between) {
        return None;
    }
    let start = (first.after(between)?, second.start()?);
    // A way that comes back to the start may go on with letters that no name begins with.
    let mut seen = HashSet::new();
    let mut level = vec![(start, String::new())];
    for _ in between.len()..GROUP_NAME_LIMIT {
        let mut longer = Vec::new();
        for ((one, other), name) in &level {
            for letter in letters(name.is_empty()) {
                let (Some(one), Some(other)) =
                    (first.step(*one, letter), second.step(*other, letter))
                else {
                    continue;
                };
                let name = format!("{name}{}", char::from(letter));
                if first.is_end(one) && second.is_end(other) {
                    return Some(format!("{prefix}{name}"));
                }
                if seen.len() < PAIR_LIMIT && seen.insert((one, other)) {
                    longer.push(((one, other), name));
                }
            }
        }
        level = longer;
    }
    None
}

/// The characters of a lawful name, those that make a readable one first.
fn letters(is_first: bool) -> impl Iterator<Item = u8> {
    let first = (b'a'..=b'z').chain(b'A'..=b'Z').chain([b'_']);
    let later = (b'0'..=b'9').chain([b'-']).filter(move |_| !is_first);
    first.chain(later)
}
