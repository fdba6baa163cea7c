//! The ledger: every diagnostic is pushed here, and one mistake stays one finding.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{Diagnostic, Rank, Rule, Severity};
use crate::yaml::{NodeId, Place, Tree};

/// How many diagnostics of one rule a value can have: nobody reads more, and each costs a search of the value.
pub const MOST_AT_ONE_VALUE: usize = 20;

/// A value or (true) a key.
type Slot = (NodeId, bool);

/// The diagnostics of one text or of one environment, and which values they claim.
///
/// The order of pushing does not matter: [`Claims::settle`] takes them by rank. A rule of a higher rank is silent about a value with
/// an error of a lower one, a rule is silent where a value that it [needs](Diagnostic::needs) has an error, and the schema is silent
/// about what lies in or around a value that a secret or a placeholder has claimed.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Whether what is not guarded is passed over.
    guarded_alone: bool,
    settled: Vec<Diagnostic>,
    pushed: Vec<Diagnostic>,
    counts: HashMap<(&'static str, NodeId), usize>,
    own: Known,
    /// Of one environment, what is known of the whole text: it may be much, and there may be many environments.
    outer: Option<Arc<Known>>,
}

/// What is known of a text or of an environment.
#[derive(Debug, Clone, Default)]
struct Known {
    /// The lowest rank of an error at each value and key.
    errors: HashMap<Slot, Rank>,
    /// The mappings and lists that hold a secret as one of their own values.
    hold_secret: HashSet<NodeId>,
}

impl Known {
    /// The values that are claimed by a secret, a placeholder or the schema.
    fn claimed(&self) -> impl Iterator<Item = NodeId> {
        let errors = self.errors.iter();
        let claimed = errors.filter(|((_, is_key), rank)| !is_key && **rank <= Rank::Schema);
        claimed.map(|((node, _), _)| *node)
    }
}

fn slot(place: Place) -> Slot {
    (place.node, place.is_key())
}

/// The nodes around a diagnostic's.
fn around<'a>(
    document: Option<&'a Tree>,
    diagnostic: &Diagnostic,
) -> impl Iterator<Item = NodeId> + use<'a> {
    let node = diagnostic.place.node;
    document
        .into_iter()
        .flat_map(move |document| document.ancestors(node))
}

impl Claims {
    /// Claims that only guarded rules make, as if there were no others.
    pub fn of_guarded() -> Self {
        Self {
            guarded_alone: true,
            ..Self::default()
        }
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.guarded_alone && !diagnostic.rule.is_guarded {
            return;
        }
        let count = self
            .counts
            .entry((diagnostic.rule.id, diagnostic.place.node));
        let count = count.or_default();
        *count += 1;
        if *count <= MOST_AT_ONE_VALUE {
            self.pushed.push(diagnostic);
        }
    }

    /// Adds diagnostics.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// Claims a value for the schema, without a diagnostic: what lies in a field that does not exist is not looked at.
    pub fn claim_value(&mut self, node: NodeId) {
        self.mark((node, false), Rank::Schema);
    }

    /// Marks a mapping whose fields are not all known, as one is misspelt, or comes from elsewhere: what is said of a field that it seems
    /// to lack needs it to be right.
    pub fn mark_incomplete(&mut self, mapping: NodeId) {
        self.mark((mapping, false), Rank::Meaning);
    }

    fn mark(&mut self, slot: Slot, rank: Rank) {
        if self.rank(slot).is_none() {
            self.own.errors.insert(slot, rank);
        }
    }

    fn known(&self) -> impl Iterator<Item = &Known> {
        [Some(&self.own), self.outer.as_deref()]
            .into_iter()
            .flatten()
    }

    /// The lowest rank of an error there.
    fn rank(&self, slot: Slot) -> Option<Rank> {
        let ranks = self.known().filter_map(|known| known.errors.get(&slot));
        ranks.min().copied()
    }

    /// Claims the key of a value for the reader of the text, without a diagnostic.
    pub fn claim_key(&mut self, node: NodeId) {
        self.own.errors.insert((node, true), Rank::Text);
    }

    /// The same claims without the diagnostics: what an environment starts from.
    pub fn without_diagnostics(&self) -> Self {
        Self {
            guarded_alone: self.guarded_alone,
            outer: Some(Arc::new(self.own.clone())),
            ..Self::default()
        }
    }

    /// Takes in what was pushed since, by rank: drops what a graver mistake explains already.
    /// `document` is nothing where the text has no tree.
    pub fn settle(&mut self, document: Option<&Tree>) {
        let mut pushed = std::mem::take(&mut self.pushed);
        // The sort is stable: within a rank the order of the catalogue stays.
        pushed.sort_by_cached_key(|diagnostic| {
            let Rule { rank, severity, .. } = *diagnostic.rule;
            let order = match rank <= Rank::Schema {
                // An outer value comes before what lies in it.
                true => around(document, diagnostic).count(),
                // What others need comes before those that need it.
                false if diagnostic.needs.is_empty() => 0,
                false => 1 + usize::from(severity != Severity::Error),
            };
            (rank, order)
        });
        let mut twins = HashMap::new();
        for diagnostic in pushed {
            if self.is_explained(&diagnostic, document) {
                continue;
            }
            self.claim(&diagnostic, document);
            let Place { node, via, target } = diagnostic.place;
            let what = (diagnostic.rule.id, node, target, diagnostic.key.clone());
            let twin = *twins.entry(what).or_insert(self.settled.len());
            match self.settled.get_mut(twin) {
                // One text is used by two fields: what is wrong with it is one mistake.
                Some(twin) if twin.place.via != via => {
                    let alias = |it| (Place::value(it, None), "it is used here, too".to_owned());
                    twin.related.extend(via.map(alias));
                }
                _ => self.settled.push(diagnostic),
            }
        }
    }

    fn claim(&mut self, diagnostic: &Diagnostic, document: Option<&Tree>) {
        if diagnostic.rule.rank == Rank::Secret {
            let hold_secret = &mut self.own.hold_secret;
            hold_secret.extend(around(document, diagnostic).next());
        }
        if diagnostic.rule.severity == Severity::Error {
            let rank = diagnostic.rule.rank;
            let known = self.own.errors.entry(slot(diagnostic.place));
            let known = known.or_insert(rank);
            *known = rank.min(*known);
        }
    }

    fn is_explained(&self, diagnostic: &Diagnostic, document: Option<&Tree>) -> bool {
        let (rank, place) = (diagnostic.rule.rank, diagnostic.place);
        let graver = |slot| self.rank(slot).is_some_and(|known| known < rank);
        let holds_secret = |node| self.known().any(|it| it.hold_secret.contains(&node));
        // Of a field with a secret in it, neither the name nor the type matters any more.
        let is_secret = rank == Rank::Schema
            && (graver((place.node, false)) || !place.is_key() && holds_secret(place.node));
        is_secret
            || graver(slot(place))
            || diagnostic.needs.iter().any(|place| !self.is_clean(*place))
            || around(document, diagnostic).any(|outer| self.is_claimed(outer))
    }

    /// Whether a value is claimed by a secret, a placeholder or the schema, so that nothing about it can be judged.
    pub fn is_claimed(&self, node: NodeId) -> bool {
        self.rank((node, false))
            .is_some_and(|rank| rank <= Rank::Schema)
    }

    /// Whether a value is claimed by a secret.
    pub fn is_secret(&self, node: NodeId) -> bool {
        self.rank((node, false)) == Some(Rank::Secret)
    }

    /// Whether [`Self::is_claimed`] is true of any value.
    pub fn has_claimed(&self) -> bool {
        self.known().flat_map(Known::claimed).next().is_some()
    }

    /// The values of which [`Self::is_claimed`] is true, of an environment without those of the whole text.
    pub fn claimed(&self) -> HashSet<NodeId> {
        self.own.claimed().collect()
    }

    /// The values that a rule has found something in.
    pub fn with_error_of(&self, rule: &'static Rule) -> impl Iterator<Item = NodeId> {
        let found = self.settled.iter().filter(move |it| it.rule == rule);
        found.map(|it| it.place.node)
    }

    /// Whether no error is known in a value or key.
    pub fn is_clean(&self, place: impl Into<Place>) -> bool {
        self.rank(slot(place.into())).is_none()
    }

    /// What was found and settled.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.settled
    }
}
