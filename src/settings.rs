//! What a `campaign-ims.toml` sets.

use std::collections::BTreeMap;

use crate::finding::Severity;

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
