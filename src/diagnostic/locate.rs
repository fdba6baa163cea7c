//! From symbolic places to ranges: diagnostics become findings.

use std::sync::Arc;

use super::{Change, Diagnostic, Finding, Fix, Location, Related, excerpt};
use crate::{
    text::Source,
    yaml::{NodeId, Place, Step, Target, TextEdit, Tree},
};

/// A text, with its tree where it has one.
#[derive(Clone, Copy)]
pub struct Locator<'a> {
    /// The tree.
    pub document: Option<&'a Tree>,
    /// The text.
    pub source: &'a Arc<Source>,
}

impl Locator<'_> {
    /// Where a place is in the text.
    pub fn location(&self, place: Place) -> Location {
        let pointer = |document: &Tree| document.pointer(place.node);
        let range = match (place.target, self.document) {
            (Target::Text(start, end), _) => start..end,
            (_, Some(document)) => document.range(self.source.text(), place),
            (_, None) => 0..0,
        };
        Location {
            source: self.source.clone(),
            pointer: self.document.map_or_else(String::new, pointer),
            range,
        }
    }

    /// A diagnostic as a finding of some environments.
    pub fn finding(&self, diagnostic: Diagnostic, environments: Vec<String>) -> Finding {
        let related = |(place, message)| Related {
            message,
            location: self.location(place),
        };
        let mut related: Vec<Related> = diagnostic.related.into_iter().map(related).collect();
        related.extend(diagnostic.place.via.map(|alias| Related {
            message: "it is used here, through this alias".to_owned(),
            location: self.location(Place::value(alias, None)),
        }));
        let taken = diagnostic.fix.as_ref().and_then(|fix| self.taken_key(fix));
        let (help, fix) = match taken {
            Some(key) => {
                let key = excerpt(&key);
                let help = format!("`{key}` is written already: remove one of the two");
                (help, None)
            }
            None => (
                diagnostic.help,
                diagnostic.fix.and_then(|fix| self.fix(fix)),
            ),
        };
        Finding {
            rule: diagnostic.rule,
            severity: diagnostic.rule.severity,
            message: diagnostic.message,
            help,
            key: diagnostic.key,
            location: self.location(diagnostic.place),
            environments,
            related,
            fix,
        }
    }

    /// The key that a fix would write beside an equal one.
    pub fn taken_key(&self, fix: &Fix) -> Option<String> {
        let document = self.document?;
        fix.keys().find_map(|(place, new)| {
            let node = document.node(place.node)?;
            let Step::Key(old) = &node.step else {
                return None;
            };
            let part = place.range_in(old)?;
            let key = [old.get(..part.start)?, new, old.get(part.end..)?].concat();
            let beside = document.at(node.parent?)?.get(&key)?;
            (beside.id() != place.node).then_some(key)
        })
    }

    /// A fix with its edits; nothing where it cannot be written, or would touch a secret.
    pub fn fix(&self, fix: Fix) -> Option<Fix> {
        let mut edits = Vec::new();
        for change in &fix.changes {
            edits.extend(self.edits(change)?);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let pairs = edits.iter().zip(edits.iter().skip(1));
        let are_apart = pairs
            .into_iter()
            .all(|(one, next)| one.range.end <= next.range.start);
        let is_whole = are_apart && !edits.is_empty();
        let fix = Fix { edits, ..fix };
        (is_whole && !fix.touches_secret(self.source)).then_some(fix)
    }

    fn edits(&self, change: &Change) -> Option<Vec<TextEdit>> {
        let (document, text) = (self.document?, self.source.text());
        match change {
            Change::Replace(place, new) => document.replace(text, *place, new),
            Change::Write(place, yaml) | Change::Overwrite(place, yaml) => {
                document.write(text, *place, yaml)
            }
            Change::Quote(place) => document.quote(text, *place),
            Change::RemoveItem(place) => document.remove_item(text, item(document, *place)),
            Change::SplitItem(place, items) => {
                document.split_item(text, item(document, *place), items)
            }
        }
    }
}

/// The item of a list that a place is: the alias where the item is one.
pub fn item(document: &Tree, place: Place) -> NodeId {
    let is_item = |id: &NodeId| {
        let written = document.node(*id);
        written.is_some_and(|written| matches!(written.step, Step::Index(_)))
    };
    place.via.filter(is_item).unwrap_or(place.node)
}
