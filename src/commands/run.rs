//! One run: manifests judged with their configuration, comments heeded, instances compared.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::CommandError;
use crate::{
    check::ignore::{self, Ignores},
    check::settings::{Finder, Loaded, Mode},
    check::{self, Judged},
    cli::Global,
    diagnostic::Finding,
    io::files::{self, Input},
    rules::instances::Instance,
    yaml::MAX_BYTES,
};

/// What every manifest of a run is judged with.
pub struct Run<'a> {
    finder: Finder,
    only: Option<&'a str>,
}

/// A manifest that was judged, and what remains to be known of it.
pub struct File {
    /// What was found, ignored findings left out.
    pub judged: Judged,
    /// What its comments ignore of the rules between instances.
    pub ignores: Ignores,
    /// Its configuration.
    pub configuration: Arc<Loaded>,
}

impl<'a> Run<'a> {
    /// A run with the configuration that the command line asks for. `only` is the environment that was chosen, if one was.
    ///
    /// # Errors
    /// Where a named configuration cannot be read.
    pub fn new(global: &Global, only: Option<&'a str>) -> Result<Self, CommandError> {
        let mode = match &global.config {
            Some(file) => Mode::File(file.clone()),
            None if global.no_config => Mode::Nothing,
            None => Mode::Nearest,
        };
        Ok(Self {
            finder: Finder::new(mode)?,
            only,
        })
    }

    /// Whether the configuration of a file's folder excludes it. A configuration that cannot be read excludes nothing: judging
    /// the file says what is wrong with it.
    pub fn excludes(&self, path: &Path) -> bool {
        self.finder
            .for_manifest(path)
            .is_ok_and(|configuration| configuration.excludes(path))
    }

    /// Reads and judges a manifest. `name` is the path that it is reported under, and that its configuration is looked for from.
    ///
    /// # Errors
    /// Where it or its configuration cannot be read.
    pub fn file(&self, input: &Input, name: &Path) -> Result<File, CommandError> {
        let bytes = files::read(input, MAX_BYTES)?;
        let configuration = self.finder.for_manifest(name)?;
        let (judged, ignores) = self.judge(&files::shown(name), bytes, &configuration);
        Ok(File {
            judged,
            ignores,
            configuration,
        })
    }

    /// Judges a manifest's bytes, and heeds its comments.
    pub fn judge(&self, name: &str, bytes: Vec<u8>, configuration: &Loaded) -> (Judged, Ignores) {
        let settings = &configuration.settings;
        let mut judged = check::judge(name, bytes, settings, self.only);
        let ignores = ignore::apply(&mut judged, settings, self.only.is_some());
        (judged, ignores)
    }

    /// The configuration files that manifests are judged with: inputs of the run as they are. One that cannot be read is told of
    /// where its manifest is judged.
    pub fn configurations<'p>(
        &self,
        manifests: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Vec<PathBuf> {
        for manifest in manifests {
            let _ = self.finder.for_manifest(manifest);
        }
        let loaded = self.finder.loaded();
        loaded.iter().filter_map(|it| it.path.clone()).collect()
    }

    /// What the configurations that were read have to say themselves.
    pub fn of_configurations(&self) -> Vec<Finding> {
        let loaded = self.finder.loaded();
        let findings = loaded.iter().flat_map(|loaded| {
            let mut findings = loaded.findings.clone();
            loaded.settings.apply(&mut findings);
            findings
        });
        findings.collect()
    }
}

/// The findings of the rules between instances that no file ignores, at their levels. `file` gives what is known of the file of a
/// name.
pub fn between<'f>(
    instances: &[Instance],
    file: impl Fn(&str) -> Option<(&'f Ignores, &'f Loaded)>,
) -> Vec<Finding> {
    let findings = check::between(instances).into_iter().flat_map(|finding| {
        let known = file(finding.location.source.name());
        if known.is_some_and(|(ignores, _)| ignores.covers(&finding)) {
            return Vec::new();
        }
        let mut findings = vec![finding];
        if let Some((_, configuration)) = known {
            configuration.settings.apply(&mut findings);
        }
        findings
    });
    findings.collect()
}

impl File {
    /// Adds what the rules between instances find between the manifest's own environments.
    pub fn compare_environments(&mut self) {
        let found = between(&self.judged.instances, |_| {
            Some((&self.ignores, &*self.configuration))
        });
        self.judged.findings.extend(found);
        self.judged
            .findings
            .sort_by(|a, b| a.order().cmp(&b.order()));
    }
}
