//! What is wrong with an input: a rule, a place, a message, a help, and perhaps a fix. Places stay symbolic until they are printed, so
//! that no rule needs to know the text.

mod claims;
mod finding;
mod fingerprint;
mod locate;

use std::fmt;

pub use claims::{Claims, MOST_AT_ONE_VALUE};
pub use finding::{Finding, Location, Related};
pub use fingerprint::{fingerprints, fingerprints_by, relative};
pub use locate::{Locator, item};

use crate::address::SITE;
use crate::text::{Source, slice};
use crate::yaml::Place;
pub use crate::yaml::TextEdit;

/// How much a diagnostic weighs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; often intended.
    Note,
    /// Likely a mistake, or a risk.
    Warning,
    /// Sign-in fails, or the wrong people get in.
    Error,
}

impl Severity {
    /// The name that reports and configuration use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A rule: what the catalogue says of it. The function that looks for it stands beside it there.
#[derive(Debug)]
pub struct Rule {
    /// Its name: the bad thing that it reports. The same as the name of its page.
    pub id: &'static str,
    /// Its severity, unless a configuration says otherwise.
    pub severity: Severity,
    /// What its fix is like, where it has one. A single finding may still have none, or one that needs a look.
    pub fix: FixKind,
    /// The part of the list of rules that it is in.
    pub topic: Topic,
    /// Which diagnostics of one value it is silenced by: those of a lower rank.
    pub rank: Rank,
    /// Whether no file, comment, option or baseline can suppress or lower it.
    pub is_guarded: bool,
    /// Its page, in Markdown.
    pub page: &'static str,
}

/// What the fixes of a rule are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// It has none.
    NoFix,
    /// Applied by `--fix`.
    Safe,
    /// Applied by `--fix --unsafe` alone.
    Unsafe,
}

/// The parts of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The text and its form.
    Schema,
    /// What any value may be.
    Values,
    /// URLs and servers.
    Servers,
    /// The organization.
    Organization,
    /// The association mask.
    Mask,
    /// Operator groups and their product profiles.
    Groups,
    /// The account, its scopes, and the instance's build.
    Account,
    /// Several instances compared.
    Across,
    /// Ignore comments and configuration.
    Ignores,
}

/// The order in which rules claim a value: where a rule of a lower rank has an error, those of higher ranks keep silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The text is not YAML.
    Text,
    /// A secret.
    Secret,
    /// A value that is not filled in.
    Placeholder,
    /// The schema.
    Schema,
    /// The characters of a value.
    Characters,
    /// The form of a value by itself: a URL, an id, a mask.
    Form,
    /// Whether values fit together.
    Fit,
    /// What they mean.
    Meaning,
}

impl Rule {
    /// A diagnostic of this rule: where, what is wrong with the value, what to write instead.
    pub fn at(
        &'static self,
        place: impl Into<Place>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            rule: self,
            place: place.into(),
            message: message.into(),
            help: help.into(),
            related: Vec::new(),
            fix: None,
            key: String::new(),
            needs: Vec::new(),
        }
    }

    /// Where its page is on the web.
    pub fn address(&self) -> String {
        format!("{SITE}rules/{}.html", self.id)
    }

    /// The first sentence of the page: what the rule is about.
    pub fn summary(&self) -> &'static str {
        let mut lines = self.page.lines().skip(1);
        lines
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default()
    }
}

/// Rules are told apart by their ids.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// Something that is wrong, at a place of a document.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// What somebody has to change.
    pub place: Place,
    /// What is wrong with the value at hand. One sentence, no final dot.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Other places that belong to it, with what they have to do with it.
    pub related: Vec<(Place, String)>,
    /// How a program can fix it.
    pub fix: Option<Fix>,
    /// What tells it from others of its rule at its place, whatever its words: the missing field's name, for one. Often nothing.
    pub key: String,
    /// Values that it builds on: with an error in one of them it is not reported.
    pub needs: Vec<Place>,
}

/// A way to fix a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What the fix does, as a command: "write `https`".
    pub title: String,
    /// Whether it can be applied without a person looking at it.
    pub safe: bool,
    /// What it means.
    pub changes: Vec<Change>,
    /// What it changes in the text, sorted and disjoint; empty until the diagnostic has a range.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    /// The keys that it writes, or parts of them, with what it writes there.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (Place, &str)> {
        self.changes.iter().filter_map(|change| match change {
            Change::Replace(place, new) if place.is_key() => Some((*place, new.as_str())),
            _ => None,
        })
    }

    /// Whether it touches what is hidden, other than by writing over it.
    pub(crate) fn touches_secret(&self, source: &Source) -> bool {
        let overwrites = |change: &Change| matches!(change, Change::Overwrite(..));
        !self.changes.iter().all(overwrites)
            && self
                .edits
                .iter()
                .any(|edit| source.touches_secret(&edit.range))
    }
}

/// A change of the document that a fix means. The edits are made from it as the scalar's own style needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another text for a value, a key or a part of one.
    Replace(Place, String),
    /// YAML in place of a value that stands on one line.
    Write(Place, String),
    /// The same, with nothing of the value in it: a secret may stand there.
    Overwrite(Place, String),
    /// The same characters, as a string.
    Quote(Place),
    /// An item less in a list.
    RemoveItem(Place),
    /// Several items of a list in place of one.
    SplitItem(Place, Vec<String>),
}

impl Diagnostic {
    /// Adds another place, with what it has to do with the diagnostic.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.related.push((place.into(), message.into()));
        self
    }

    /// Adds what tells it from others of its rule at its place.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Adds a value that it builds on.
    #[must_use]
    pub fn needs(mut self, place: impl Into<Place>) -> Self {
        self.needs.push(place.into());
        self
    }

    /// Adds a fix that needs nobody's judgement.
    #[must_use]
    pub fn safe_fix(self, title: impl Into<String>, change: Change) -> Self {
        self.fix(title, true, change)
    }

    /// Adds a fix that somebody should look at.
    #[must_use]
    pub fn unsafe_fix(self, title: impl Into<String>, change: Change) -> Self {
        self.fix(title, false, change)
    }

    /// Adds a fix of one change.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, change: Change) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            safe,
            changes: vec![change],
            edits: Vec::new(),
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
        Some((end, _)) => format!("{}…", slice(text, ..end)),
        None => text.to_owned(),
    }
}
