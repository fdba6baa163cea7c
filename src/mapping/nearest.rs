//! The name of a list that is nearest to one that it lacks.

/// How many pairs of characters all searches of one list may compare: a long list costs no more than moments.
const BUDGET: usize = 100_000_000;

/// Searches in one list.
pub struct Search<'a> {
    names: Vec<(&'a str, usize)>,
    budget: usize,
}

impl<'a> Search<'a> {
    /// Over these names.
    pub fn new(names: &'a [String]) -> Self {
        let names = names.iter().map(|name| (name.as_str(), name.chars().count()));
        Self {
            names: names.collect(),
            budget: BUDGET,
        }
    }

    /// The nearest name, if one is near: at most a quarter of the characters, but for two, differ. Letter case and blanks at the ends
    /// count as little.
    pub fn nearest(&mut self, wanted: &str) -> Option<&'a str> {
        let length = wanted.chars().count();
        let most = (length / 4).max(2);
        let folded = wanted.trim().to_lowercase();
        let mut best: Option<(usize, usize, &str)> = None;
        for &(name, its_length) in &self.names {
            if name == wanted || its_length.abs_diff(length) > most {
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
            let exact = strsim::generic_hamming(&name.chars().collect::<Vec<_>>(), &wanted.chars().collect::<Vec<_>>());
            let rank = (distance, exact.unwrap_or(its_length), name);
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
        let names = ["Campaign – contoso - admin", "campaign - contoso - admin", "Campaign - contoso - delivery", "Photoshop"]
            .map(str::to_owned);
        let mut search = Search::new(&names);
        assert_eq!(search.nearest("Campaign - contoso - admin"), Some("campaign - contoso - admin"));
        assert_eq!(search.nearest("Campaign - contoso - deliverys"), Some("Campaign - contoso - delivery"));
        assert_eq!(search.nearest("Illustrator"), None);
    }
}
