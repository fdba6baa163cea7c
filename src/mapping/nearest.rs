//! The name of a list that is nearest to one that it lacks.

use std::{cmp::Reverse, collections::HashSet};

use super::Listed;

/// How many pairs of characters all searches of one list may compare: a long list costs no more than moments.
const BUDGET: usize = 100_000_000;

/// Searches in one list.
pub struct Search<'a> {
    names: Vec<(&'a str, usize)>,
    budget: usize,
}

impl<'a> Search<'a> {
    /// Over these names.
    pub fn new(listed: &'a [Listed]) -> Self {
        let names = listed
            .iter()
            .map(|Listed { name, .. }| (name.as_str(), name.chars().count()));
        Self {
            names: names.collect(),
            budget: BUDGET,
        }
    }

    /// The nearest name that is not `taken`, if one is near: two characters differ, or one in eight. Letter case and blanks at the
    /// ends count as little.
    pub fn nearest(&mut self, wanted: &str, taken: &HashSet<&str>) -> Option<&'a str> {
        let length = wanted.chars().count();
        let most = (length / 8).max(2);
        let folded = wanted.trim().to_lowercase();
        let mut best: Option<(usize, Reverse<usize>, &str)> = None;
        for &(name, its_length) in &self.names {
            if taken.contains(name) || its_length.abs_diff(length) > most {
                continue;
            }
            let Some(left) = self.budget.checked_sub(length * its_length) else {
                break;
            };
            self.budget = left;
            let distance = strsim::osa_distance(&name.trim().to_lowercase(), &folded);
            if distance > most {
                continue;
            }
            let exact = name
                .chars()
                .zip(wanted.chars())
                .filter(|(a, b)| a == b)
                .count();
            let rank = (distance, Reverse(exact), name);
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
            }
        }
        best.map(|(_, _, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = [
            "Campaign – contoso - admin",
            "campaign - contoso - admin",
            "Campaign - contoso - delivery",
            "Photoshop",
        ]
        .map(|name| Listed {
            name: name.to_owned(),
            members: None,
        });
        let mut search = Search::new(&names);
        for (name, taken, nearest) in [
            (
                "Campaign - contoso - admin",
                "",
                Some("campaign - contoso - admin"),
            ),
            (
                "Campaign - contoso - deliverys",
                "",
                Some("Campaign - contoso - delivery"),
            ),
            (
                "Campaign - contoso - deliverys",
                "Campaign - contoso - delivery",
                None,
            ),
            ("Campaign - contoso - reviewers", "", None),
            ("Illustrator", "", None),
        ] {
            assert_eq!(
                search.nearest(name, &HashSet::from([taken])),
                nearest,
                "{name}"
            );
        }
    }
}
