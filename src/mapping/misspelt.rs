//! A name that is nearly one of Campaign's, and the one that was meant.

use std::{cell::Cell, collections::HashMap};

use crate::{
    manifest::{BUILT_IN, with_built_in_label},
    mask::{Mask, is_lawful_group_name},
    text::{lookalike, suggest::edits},
};

/// So many letters of a prefix allow one edit.
const LETTERS_PER_EDIT: usize = 6;
/// More edits make another name.
const MOST_EDITS: usize = 2;
/// What an edit costs that makes another name: `prod2` is not a misspelt `prod1`, nor `uk` a misspelt `us`.
const ANOTHER_NAME: usize = MOST_EDITS + 1;

/// In a shorter name of a group one letter more or less makes another one.
const SHORTEST_SLIP: usize = 5;
/// So many names are compared with groups in all.
const MOST_COMPARED: usize = 2_000_000;

/// A character of a name as people read it, and where the name goes on after it.
struct Read {
    character: char,
    cost: usize,
    end: usize,
}

/// What a name is compared by: no blanks, no letter case, look-alikes as what they look like.
fn read(name: &str) -> Vec<Read> {
    let mut read: Vec<Read> = Vec::new();
    for (at, character) in name.char_indices() {
        let end = at + character.len_utf8();
        let plain = lookalike::plain(character).unwrap_or_else(|| character.to_string());
        let letters = plain.chars().filter(|it| !it.is_whitespace());
        for character in letters.flat_map(char::to_lowercase) {
            let cost = if character.is_numeric() {
                ANOTHER_NAME
            } else {
                1
            };
            read.push(Read {
                character,
                cost,
                end,
            });
        }
        if let Some(last) = read.last_mut() {
            last.end = end;
        }
    }
    read
}

/// Searches for names that are nearly what a mask takes.
pub(super) struct Misspelt<'a> {
    mask: &'a Mask,
    prefix: Vec<Read>,
    most: usize,
    /// The names of groups that may be meant: the manifest's, then the built-in ones.
    groups: Vec<&'a str>,
    /// The same by their names in lower case; of equal ones the first.
    by_lower: HashMap<String, &'a str>,
    /// How many more groups may be compared with names: a long list of mistakes costs no more than moments.
    left: Cell<usize>,
}

impl<'a> Misspelt<'a> {
    pub(super) fn new(mask: &'a Mask, groups: &[&'a str]) -> Self {
        let text = mask.literal_prefix().unwrap_or_default();
        let mut prefix = read(text);
        for word in prefix.split_mut(|it| !it.character.is_alphanumeric()) {
            if word.len() <= 2 {
                word.iter_mut().for_each(|it| it.cost = ANOTHER_NAME);
            }
        }
        let letters = prefix.iter().filter(|it| it.character.is_alphanumeric());
        let groups = groups.iter().copied().chain(BUILT_IN.map(|it| it.0));
        let groups: Vec<&str> = groups.collect();
        let by_lower = groups.iter().rev().map(|it| (it.to_ascii_lowercase(), *it));
        Self {
            by_lower: by_lower.collect(),
            mask,
            most: (letters.count() / LETTERS_PER_EDIT).min(MOST_EDITS),
            prefix,
            left: Cell::new(MOST_COMPARED),
            groups,
        }
    }

    /// With how few edits a name begins as the mask's prefix; nothing where it takes too many.
    pub(super) fn slips(&self, name: &str) -> Option<usize> {
        Some(self.ends(&read(name))?.0)
    }

    /// The name that was meant by one that the mask does not take; nothing where it is another one.
    pub(super) fn meant(&self, name: &str) -> Option<String> {
        let read = read(name);
        let (slips, ends) = self.ends(&read)?;
        let tails: Vec<String> = ends
            .into_iter()
            .map(|end| tail(name.get(end..).unwrap_or_default()))
            .filter(|tail| !tail.is_empty())
            .collect();
        let known = tails.iter().find_map(|tail| self.group(tail));
        let group = match known {
            Some(group) => group.to_owned(),
            None => tails.into_iter().next()?,
        };
        // `Campaign - x-stage - admin` is another instance's.
        let is_group = is_lawful_group_name(&group) || slips == 0 && !group.contains('-');
        if !is_group {
            return None;
        }
        let meant = self.mask.default_profile(&group)?;
        (self.mask.captures(&meant) == Some(&group) && meant != name).then_some(meant)
    }

    /// The group that a text is nearly the name of.
    pub(super) fn group(&self, text: &str) -> Option<&'a str> {
        let same = self.by_lower.get(&text.to_ascii_lowercase()).copied();
        if let Some(known) = same.or_else(|| with_built_in_label(text)) {
            return Some(known);
        }
        let left = self.left.get().checked_sub(self.groups.len())?;
        self.left.set(left);
        let mut groups = self.groups.iter().copied();
        let is_name = text.len() >= SHORTEST_SLIP && is_lawful_group_name(text);
        let is_near = |group: &&str| is_name && edits(text, group) <= 1;
        groups.find(is_near)
    }

    /// With how few edits the prefix becomes a beginning of the name, and where such beginnings end; nothing where it takes too many.
    /// Only what few edits can reach is looked at, so this costs as much as reading the name.
    fn ends(&self, name: &[Read]) -> Option<(usize, Vec<usize>)> {
        let width = 2 * self.most + 1;
        let too_many = ANOTHER_NAME * 2;
        // Cell `k` of row `i` is what it costs to make the first `i` characters of the prefix the first `i + k - most` of the name.
        let column = |i: usize, k: usize| (i + k).checked_sub(self.most);
        fn back(of: &[Read], at: usize, places: usize) -> Option<&Read> {
            of.get(at.checked_sub(places)?)
        }
        let mut rows: [Vec<usize>; 3] = std::array::from_fn(|_| vec![too_many; width]);
        for i in 0..=self.prefix.len() {
            let mut row = vec![too_many; width];
            let due = back(&self.prefix, i, 1);
            for k in 0..width {
                let Some(j) = column(i, k).filter(|j| *j <= name.len()) else {
                    continue;
                };
                let found = back(name, j, 1);
                let cell = |row: &[usize], k: Option<usize>| {
                    k.and_then(|k| row.get(k)).copied().unwrap_or(too_many)
                };
                let mut best = if i == 0 && j == 0 { 0 } else { too_many };
                if let Some(found) = found {
                    best = best.min(cell(&row, k.checked_sub(1)) + found.cost);
                }
                if let Some(due) = due {
                    best = best.min(cell(&rows[2], Some(k + 1)) + due.cost);
                }
                if let (Some(due), Some(found)) = (due, found) {
                    let cost = match due.character == found.character {
                        true => 0,
                        false if is_digit_for_letter(due.character, found.character) => 1,
                        false => due.cost.max(found.cost),
                    };
                    best = best.min(cell(&rows[2], Some(k)) + cost);
                    let before = [back(&self.prefix, i, 2), back(name, j, 2)];
                    let before = before.map(|it| it.map(|it| it.character));
                    let is_swapped = before == [Some(found.character), Some(due.character)];
                    if is_swapped {
                        best = best.min(cell(&rows[1], Some(k)) + due.cost.max(found.cost));
                    }
                }
                if let Some(cell) = row.get_mut(k) {
                    *cell = best;
                }
            }
            rows.rotate_left(1);
            rows[2] = row;
            if rows[2].iter().all(|cost| *cost > self.most) {
                return None;
            }
        }
        let last = &rows[2];
        let fewest = last.iter().copied().min().filter(|it| *it <= self.most)?;
        let ends = last.iter().enumerate().filter(|(_, cost)| **cost == fewest);
        let ends = ends.filter_map(|(k, _)| {
            let j = column(self.prefix.len(), k)?;
            Some(name.get(j.checked_sub(1)?)?.end)
        });
        Some((fewest, ends.collect()))
    }
}

/// Whether a digit stands for the letter that it looks like.
fn is_digit_for_letter(due: char, found: char) -> bool {
    matches!(
        (due, found),
        ('o', '0') | ('i' | 'l', '1') | ('e', '3') | ('s', '5') | ('b', '8')
    )
}

/// What follows the prefix, as it was meant: without look-alikes and without what stands around it.
fn tail(text: &str) -> String {
    let plain = |character| lookalike::plain(character).unwrap_or_else(|| String::from(character));
    let text: String = text.chars().map(plain).collect();
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.trim_matches(|character| !is_part(character))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each name is taken for, given as `mask: name`.
    #[test]
    fn slips_are_told_from_other_names_as_the_table_says() {
        crate::text::table::check("misspelt", |input| {
            let (mask, name) = input.split_once(": ").unwrap();
            let name: String = serde_json::from_str(name).unwrap();
            let mask = Mask::parse(mask);
            assert_eq!(mask.captures(&name), None, "{name}");
            let misspelt = Misspelt::new(&mask, &["admin", "reviewers"]);
            misspelt.meant(&name).into_iter().collect()
        });
    }
}
