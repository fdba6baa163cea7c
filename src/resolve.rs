//! From symbolic places to ranges: drafts become findings.

use std::sync::Arc;

use crate::{
    draft::{Change, Draft},
    finding::{Finding, Fix, Location, Related, Severity, TextEdit},
    rules,
    text::Source,
    yaml::{Document, NodeId, Place, Step},
};

/// A document together with its text.
pub struct Resolver<'a> {
    /// The tree, and each node as written.
    pub document: &'a Document,
    /// The text.
    pub source: &'a Arc<Source>,
}

impl Resolver<'_> {
    /// Where a place is in the text.
    pub fn location(&self, place: Place) -> Location {
        Location {
            source: self.source.clone(),
            pointer: self.document.pointer(place.node),
            range: self.document.range(self.source.text(), place),
        }
    }

    /// A draft as a finding.
    pub fn finding(&self, draft: Draft, environments: Vec<String>) -> Finding {
        let mut related: Vec<Related> = draft
            .related
            .into_iter()
            .map(|(place, message)| Related {
                message,
                location: self.location(place),
            })
            .collect();
        related.extend(draft.place.via.map(|alias| self.alias(alias)));
        let fix = draft.fix.and_then(|fix| {
            let mut edits = Vec::new();
            for change in &fix.changes {
                edits.extend(self.edits(change)?);
            }
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            let apart = edits
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.range.end <= b.range.start));
            let harmless = !edits
                .iter()
                .any(|edit| self.source.touches_secret(&edit.range));
            (apart && harmless && !edits.is_empty()).then_some(Fix {
                title: fix.title,
                safe: fix.safe,
                edits,
                changes: fix.changes,
            })
        });
        Finding {
            rule: draft.rule,
            severity: rules::find(draft.rule).map_or(Severity::Error, |rule| rule.severity),
            key: String::new(),
            message: draft.message,
            help: draft.help,
            location: self.location(draft.place),
            environments,
            related,
            fix,
        }
    }

    fn alias(&self, alias: NodeId) -> Related {
        Related {
            message: "it is used here, through this alias".to_owned(),
            location: self.location(Place::value(alias, None)),
        }
    }

    fn edits(&self, change: &Change) -> Option<Vec<TextEdit>> {
        let text = self.source.text();
        match change {
            Change::Replace(place, new) => self.document.replace(text, *place, new),
            Change::Quote(place) => self.document.quote(text, *place),
            Change::RemoveItem(place) => {
                self.document.remove_item(text, item(self.document, *place))
            }
            Change::SplitItem(place, items) => {
                self.document
                    .split_item(text, item(self.document, *place), items)
            }
        }
    }
}

/// The item of a list that a place is: the alias where the item is one.
pub fn item(document: &Document, place: Place) -> NodeId {
    let is_item = |id: &NodeId| {
        let written = document.written(*id);
        written.is_some_and(|written| matches!(written.step, Step::Index(_)))
    };
    place.via.filter(is_item).unwrap_or(place.node)
}
