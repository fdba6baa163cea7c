//! The order of steps, the same for the command line, a language server and a page: a manifest is judged, its comments are heeded,
//! and the levels that are set are given; then several are compared.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use super::{
    Judged, between,
    ignore::{self, Ignores},
    inherited, judge,
    settings::Settings,
};
use crate::{diagnostic::Finding, rules::instances::Instance, text::Source};

/// A manifest that was checked by itself.
#[derive(Debug)]
pub struct Checked {
    /// What tells its file from all others, where the name that is shown may not: its path, or another name of its own.
    pub key: PathBuf,
    /// What it holds, and what was found in it.
    pub judged: Judged,
    ignores: Ignores,
    settings: Arc<Settings>,
}

/// Checks one manifest. `key` tells its file from all others, `name` is shown; `only` is the environment that was chosen, if one
/// was.
pub fn text(
    key: impl Into<PathBuf>,
    name: &str,
    bytes: impl Into<Vec<u8>>,
    settings: &Arc<Settings>,
    only: Option<&str>,
) -> Checked {
    let mut judged = judge(name, bytes.into(), settings, only);
    let ignores = ignore::apply(&mut judged, only.is_some());
    settings.apply(&mut judged.findings);
    Checked {
        key: key.into(),
        judged,
        ignores,
        settings: settings.clone(),
    }
}

/// What the rules between instances find in manifests, which come in the order in which they are reported. What the comments and
/// the settings of the file ignore that a finding is in is left out.
pub fn across(checked: &[&Checked]) -> Vec<Finding> {
    let instances = checked.iter().flat_map(|file| &file.judged.instances);
    let instances: Vec<&Instance> = instances.collect();
    // Names may be equal, texts are not shared.
    let by_source: HashMap<*const Source, &Checked> = checked
        .iter()
        .map(|file| (Arc::as_ptr(&file.judged.source), *file))
        .collect();
    let mut found = between(&instances);
    found.retain_mut(|finding| {
        let Some(file) = by_source.get(&Arc::as_ptr(&finding.location.source)) else {
            return true;
        };
        let level = file.settings.level(finding.rule.id);
        finding.severity = level.unwrap_or(finding.severity);
        // What two environments inherit is one line.
        let here = finding.location.clone();
        finding.related.retain(|other| other.location != here);
        inherited::explain(finding, &file.judged.environment_names);
        level.is_some() && !file.ignores.covers(finding)
    });
    found
}

impl Checked {
    /// Lets go of the tree and the typed manifest: of many manifests, what was found and what is compared between them is enough.
    pub fn forget_tree(&mut self) {
        self.judged.document = None;
        self.judged.environments = Vec::new();
    }

    /// Whether a comment ignores what a rule between instances found on a line of this text.
    pub fn ignores(&self, finding: &Finding) -> bool {
        self.ignores.covers(finding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    const MANIFEST: &str = include_str!("../../examples/one-instance.ims.yaml");
    const MASK: &str = "  association_mask: Campaign - contoso - (.*)";

    /// What is found between two manifests of one name, the first one with a comment at its mask.
    fn between(comments: [&str; 2], settings: &Arc<Settings>) -> Vec<String> {
        let check = |key: &str, text: &str| super::text(key, "a", text, settings, None);
        let manifest = MANIFEST
            .replace("contoso.com", "fabrikam.com")
            .replace("0A1B2C3D4E5F60718293A4B5", "7A1E42C95D3B4F600A495E31");
        let [first, later] =
            comments.map(|comment| manifest.replace(MASK, &format!("{MASK}{comment}")));
        let later = later.replace("name: contoso-prod", "name: contoso-other");
        let (first, later) = (check("1", &first), check("2", &later));
        assert_eq!(first.judged.findings.len() + later.judged.findings.len(), 0);
        let found = across(&[&first, &later]);
        let found = found.iter().map(|finding| {
            assert!(Arc::ptr_eq(&finding.location.source, &later.judged.source));
            format!("{} {}", finding.severity, finding.rule.id)
        });
        found.collect()
    }

    #[test]
    fn each_files_comments_and_settings_count_for_what_is_found_in_it() {
        let ignore = " # campaign-ims: ignore[mask-shared]";
        let settings = Arc::default();
        let both = between(["", ""], &settings);
        assert!(
            both.iter().any(|found| found.ends_with(" mask-shared")),
            "{both:?}"
        );
        assert_eq!(between([ignore, ""], &settings), both);
        let ignored = between(["", ignore], &settings);
        assert_eq!(ignored.len() + 1, both.len());
        let mut settings = Settings::default();
        settings.levels.insert("mask-shared".to_owned(), None);
        assert_eq!(between(["", ""], &Arc::new(settings.clone())), ignored);
        let level = Some(Severity::Error);
        settings.levels.insert("mask-shared".to_owned(), level);
        let raised = between(["", ""], &Arc::new(settings));
        assert!(
            raised.contains(&"error mask-shared".to_owned()),
            "{raised:?}"
        );
    }
}
