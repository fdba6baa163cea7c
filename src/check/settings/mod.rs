//! What a `campaign-ims.toml` sets.

mod read;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    diagnostic::{Finding, Severity},
    rules,
    text::{Position, Source, glob, suggest},
};

/// The name of the configuration file.
pub const FILE_NAME: &str = "campaign-ims.toml";

/// The most bytes that a configuration file may have.
pub const MAX_BYTES: u64 = 1 << 20;

/// The settings of one run, or of the files below one configuration file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The level of each rule that is not at its own; nothing for `off`.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// IMS hosts that are known besides the documented ones, in lower case.
    pub known_ims_servers: Vec<String>,
    /// Globs of files that a walk passes over, relative to the configuration's folder and read as in a `.gitignore`: one without a
    /// slash matches at any depth, one that matches a folder everything in it.
    pub exclude: Vec<String>,
}

/// A configuration's text as it was read.
#[derive(Debug)]
pub struct Parsed {
    /// What it sets, but for what has a mistake.
    pub settings: Settings,
    /// Its text.
    pub source: Arc<Source>,
    /// What it sets without effect: `unknown-rule`, at that rule's own level.
    pub findings: Vec<Finding>,
    /// What cannot be used, sorted by place.
    pub mistakes: Vec<Mistake>,
}

/// A mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Settings {
    /// Reads a configuration's text. `name` is what messages and findings call the file. Nothing is refused: what cannot be used is
    /// among the mistakes, and the rest is set.
    pub fn parse(name: &str, text: impl Into<Vec<u8>>) -> Parsed {
        read::parse(name, text.into())
    }

    /// The level that a rule's findings have; nothing for a rule that is off. What is guarded keeps its own, whatever is set.
    pub fn level(&self, rule: &str) -> Option<Severity> {
        let own = rules::find(rule).map_or(Severity::Error, |rule| rule.severity);
        match self.levels.get(rule) {
            Some(level) if !rules::find(rule).is_some_and(|rule| rule.is_guarded) => *level,
            _ => Some(own),
        }
    }

    /// Leaves some rules alone, where `select` names any, at their own levels if they are off; and none of those that `ignore` names.
    /// What is guarded stays.
    pub fn choose(&mut self, select: &[String], ignore: &[String]) {
        for rule in rules::RULES.iter().filter(|_| !select.is_empty()) {
            if !select.iter().any(|id| id == rule.id) {
                self.levels.insert(rule.id.to_owned(), None);
            } else if self.level(rule.id).is_none() {
                self.levels.remove(rule.id);
            }
        }
        for id in ignore {
            self.levels.insert(id.clone(), None);
        }
    }

    /// Gives findings the levels that are set, and drops those of rules that are off.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| match self.level(finding.rule.id) {
            Some(level) => {
                finding.severity = level;
                true
            }
            None => false,
        });
    }

    /// What `exclude` matches; nothing where a glob cannot be read, or all are too much together.
    #[cfg(feature = "cli")]
    pub fn globs(&self) -> Option<ignore::gitignore::Gitignore> {
        let mut builder = ignore::gitignore::GitignoreBuilder::new("");
        for line in &self.exclude {
            if !glob::is_flat(line) {
                return None;
            }
            builder.add_line(None, line).ok()?;
        }
        builder.build().ok()
    }
}

impl Parsed {
    /// The mistakes as a message for people; nothing where there is none.
    pub fn message(&self) -> Option<String> {
        let lines = self.mistakes.iter().map(|mistake| {
            let Position { line, column, .. } = self.source.position(mistake.range.start);
            let Mistake { message, help, .. } = mistake;
            let name = self.source.name();
            format!("{name}:{line}:{column}: {message}\n  help: {help}")
        });
        // To find a column is a search of the line, so only what anybody reads is told.
        const MOST: usize = 100;
        let mut lines: Vec<String> = lines.take(MOST).collect();
        if let Some(more) = self
            .mistakes
            .len()
            .checked_sub(MOST)
            .filter(|more| *more > 0)
        {
            lines.push(format!("{}: {more} more mistakes", self.source.name()));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

/// What to do about a rule that does not exist.
pub(crate) fn unknown_rule_help(name: &str) -> String {
    let ids: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
    match suggest::did_you_mean(name, &ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`campaign-ims rules` lists the rules".to_owned(),
    }
}

#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
