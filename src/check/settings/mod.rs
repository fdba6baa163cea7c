//! What a `campaign-ims.toml` sets, and where it is found.

mod find;
mod read;
pub mod schema;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use ignore::gitignore::Gitignore;

pub use find::{Finder, Mode};
pub(crate) use read::unknown_rule_help;
pub use read::{MAX_BYTES, load};

use crate::{
    diagnostic::{Finding, Severity},
    rules,
    text::Position,
};

/// The name of the configuration file.
pub const FILE_NAME: &str = "campaign-ims.toml";

/// The settings of one run, or of the files below one configuration file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The level of each rule that is not at its own; nothing for `off`.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// IMS hosts that are known besides the documented ones, in lower case.
    pub known_ims_servers: Vec<String>,
    /// Globs of files that a walk passes over.
    pub exclude: Vec<String>,
}

impl Settings {
    /// The level that a rule's findings have; nothing for a rule that is off. What is guarded keeps its own, whatever is set.
    pub fn level(&self, rule: &str) -> Option<Severity> {
        let own = rules::find(rule).map_or(Severity::Error, |rule| rule.severity);
        match self.levels.get(rule) {
            Some(level) if !rules::find(rule).is_some_and(|rule| rule.is_guarded) => *level,
            _ => Some(own),
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
}

/// A configuration file that was read; the default where there is none.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The file, if there is one.
    pub path: Option<PathBuf>,
    /// What it sets.
    pub settings: Settings,
    /// What it sets without effect: `unknown-rule`.
    pub findings: Vec<Finding>,
    /// The folder that `exclude` is relative to, links resolved.
    folder: PathBuf,
    excludes: Option<Gitignore>,
}

impl Loaded {
    /// Whether a walk passes over a file. Globs are relative to the configuration's folder and read as in a `.gitignore`: one
    /// without a slash matches at any depth, one that matches a folder everything in it.
    pub fn excludes(&self, path: &Path) -> bool {
        let Some(globs) = &self.excludes else {
            return false;
        };
        let path = find::resolved(path);
        path.strip_prefix(&self.folder)
            .is_ok_and(|path| globs.matched_path_or_any_parents(path, false).is_ignore())
    }
}

/// A mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub position: Position,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Why a configuration file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The system did not let it be read.
    #[error("cannot read the configuration {path}: {source}")]
    Io {
        /// The file, as people know it.
        path: String,
        /// The system's word.
        source: std::io::Error,
    },
    /// It is over 16 MiB.
    #[error("cannot read the configuration {0}: it is over 16 MiB")]
    TooLarge(String),
    /// It is a folder, a pipe or a device.
    #[error("cannot read the configuration {0}: it is no regular file")]
    NoFile(String),
    /// It holds mistakes.
    #[error("{}", in_lines(path, mistakes))]
    Mistakes {
        /// The file, as people know it.
        path: String,
        /// All of them, sorted by place; at least one.
        mistakes: Vec<Mistake>,
    },
}

fn in_lines(path: &str, mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes
        .iter()
        .map(|mistake| {
            let Position { line, column, .. } = mistake.position;
            let Mistake { message, help, .. } = mistake;
            format!("{path}:{line}:{column}: {message}\n  help: {help}")
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
