//! Findings as rules make them: their places are still symbolic, so that no rule needs to know the text.

use crate::yaml::Place;

/// A finding whose places are nodes of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The rule's id.
    pub rule: &'static str,
    /// What somebody has to change.
    pub place: Place,
    /// What is wrong with the value at hand. One sentence, no final dot.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Other places that belong to it, with what they have to do with it.
    pub related: Vec<(Place, String)>,
    /// How to mend it by machine.
    pub fix: Option<DraftFix>,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftFix {
    /// What the fix does, as a command: "write `https`".
    pub title: String,
    /// Whether it can be applied without a person looking at it.
    pub safe: bool,
    /// What it changes.
    pub changes: Vec<Change>,
}

/// A change of the document that a fix means. The text edits are made from it as the scalar's own style needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another text for a value, a key or a part of one.
    Replace(Place, String),
    /// The same characters, as a string.
    Quote(Place),
    /// An item less in a list.
    RemoveItem(Place),
    /// Several items of a list in place of one.
    SplitItem(Place, Vec<String>),
}

impl Draft {
    /// A finding without related places and fix.
    pub fn new(
        rule: &'static str,
        place: impl Into<Place>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            place: place.into(),
            message: message.into(),
            help: help.into(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// Adds another place, with what it has to do with the finding.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.related.push((place.into(), message.into()));
        self
    }

    /// Adds a fix that needs nobody's judgement.
    #[must_use]
    pub fn safe_fix(self, title: impl Into<String>, change: Change) -> Self {
        self.fix(title, true, vec![change])
    }

    /// Adds a fix that somebody should look at.
    #[must_use]
    pub fn unsafe_fix(self, title: impl Into<String>, change: Change) -> Self {
        self.fix(title, false, vec![change])
    }

    /// Adds a fix of several changes.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, changes: Vec<Change>) -> Self {
        self.fix = Some(DraftFix {
            title: title.into(),
            safe,
            changes,
        });
        self
    }
}

/// A single character as a message may quote it: a space would not be seen.
pub fn shown(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        other => format!("`{other}`"),
    }
}

/// A value as a message may quote it: at most 80 characters.
pub fn excerpt(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
