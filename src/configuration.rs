//! Which configuration is a manifest's: the one that the command line names, none, or the nearest one upwards.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use ignore::gitignore::Gitignore;

use crate::{
    check::settings::{FILE_NAME, MAX_BYTES, Settings},
    cli::Global,
    diagnostic::Finding,
    io::{self, Input, ReadError},
};

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It holds mistakes, a line or two each.
    #[error("{0}")]
    Mistakes(String),
}

type Result<T> = std::result::Result<T, ConfigurationError>;

/// A configuration file that was read; the default where there is none.
#[derive(Debug, Default)]
pub struct Configuration {
    /// What it sets.
    pub settings: Arc<Settings>,
    /// What it sets without effect, at the levels that it sets.
    findings: Vec<Finding>,
    /// The folder that `exclude` is relative to, links resolved.
    folder: PathBuf,
    excludes: Option<Gitignore>,
}

/// The configurations of a run, each file read once.
#[derive(Debug, Default)]
pub struct Configurations {
    /// The one of all manifests, where it is not looked for.
    fixed: Option<Arc<Configuration>>,
    /// By the folder of a manifest, as named.
    by_folder: HashMap<PathBuf, Arc<Configuration>>,
    /// By its path; nothing for a file that could not be used.
    by_file: BTreeMap<PathBuf, Option<Arc<Configuration>>>,
    /// The rules that the command line chooses, and those that it leaves out.
    chosen: [Vec<String>; 2],
}

impl Configurations {
    /// The configurations that the command line asks for.
    ///
    /// # Errors
    /// Where a file that it names cannot be read, or holds mistakes.
    pub fn new(global: &Global) -> Result<Self> {
        Self::of_run(global, &[], &[])
    }

    /// The same for a run with some rules alone, where `select` has any, and without those of `ignore`.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_run(global: &Global, select: &[String], ignore: &[String]) -> Result<Self> {
        let mut configurations = Self {
            chosen: [select.to_vec(), ignore.to_vec()],
            ..Self::default()
        };
        if let Some(file) = &global.config {
            // Such a file often lies elsewhere, and is for the manifests here.
            configurations.fixed = Some(configurations.load(file, Path::new("."))?);
        } else if global.no_config {
            configurations.fixed = Some(configurations.none());
        }
        Ok(configurations)
    }

    /// The configuration of a manifest. A text from the standard input has that of the folder that its name is in.
    ///
    /// # Errors
    /// Where it cannot be read, or holds mistakes.
    pub fn of(&mut self, manifest: &Path) -> Result<Arc<Configuration>> {
        if let Some(fixed) = &self.fixed {
            return Ok(fixed.clone());
        }
        let folder = io::folder_of(manifest);
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(known.clone());
        }
        let found = match io::nearest(folder, FILE_NAME) {
            Some(file) => self.load(&file, io::folder_of(&file))?,
            None => self.none(),
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        Ok(found)
    }

    /// Whether a walk passes over a file. A configuration that cannot be read excludes nothing: checking the file says what is wrong
    /// with it.
    pub fn exclude(&mut self, path: &Path) -> bool {
        self.of(path).is_ok_and(|found| found.excludes(path))
    }

    /// The files that were read, those that could not be used among them.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.by_file.keys().map(PathBuf::as_path)
    }

    /// What the files that were read have to say themselves.
    pub fn findings(&self) -> Vec<Finding> {
        let used = self.by_file.values().flatten();
        used.flat_map(|it| it.findings.clone()).collect()
    }

    /// The configuration where there is no file.
    fn none(&self) -> Arc<Configuration> {
        let [select, ignore] = &self.chosen;
        let mut settings = Settings::default();
        settings.choose(select, ignore);
        Arc::new(Configuration {
            settings: Arc::new(settings),
            ..Configuration::default()
        })
    }

    /// `folder` is what its `exclude` is relative to.
    fn load(&mut self, file: &Path, folder: &Path) -> Result<Arc<Configuration>> {
        if let Some(Some(known)) = self.by_file.get(file) {
            return Ok(known.clone());
        }
        self.by_file.insert(file.to_owned(), None);
        let input = Input::File(file.to_owned());
        let bytes = io::read(&input, "the configuration ", MAX_BYTES)?;
        let mut parsed = Settings::parse(&io::shown_from_here(file), bytes);
        if let Some(message) = parsed.message() {
            return Err(ConfigurationError::Mistakes(message));
        }
        let [select, ignore] = &self.chosen;
        parsed.settings.choose(select, ignore);
        parsed.settings.apply(&mut parsed.findings);
        let loaded = Arc::new(Configuration {
            excludes: parsed.settings.globs().filter(|globs| !globs.is_empty()),
            settings: Arc::new(parsed.settings),
            findings: parsed.findings,
            folder: io::canonical(folder),
        });
        self.by_file.insert(file.to_owned(), Some(loaded.clone()));
        Ok(loaded)
    }
}

impl Configuration {
    fn excludes(&self, path: &Path) -> bool {
        let (Some(globs), Some(name)) = (&self.excludes, path.file_name()) else {
            return false;
        };
        let path = io::canonical(io::folder_of(path)).join(name);
        path.strip_prefix(&self.folder)
            .is_ok_and(|path| globs.matched_path_or_any_parents(path, false).is_ignore())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{cli::Colour, diagnostic::Severity};

    fn configurations(config: Option<PathBuf>, no_config: bool) -> Configurations {
        let global = Global {
            config,
            no_config,
            color: Colour::Never,
            quiet: false,
        };
        Configurations::new(&global).unwrap()
    }

    #[test]
    fn the_nearest_file_within_the_repository_counts() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["repo/.git", "repo/a/b/c", "repo/d"] {
            fs::create_dir_all(at(path)).unwrap();
        }
        fs::write(at("campaign-ims.toml"), "[rules]\nmask-tenant = 'note'\n").unwrap();
        let globs = "exclude = ['old', '/c/*.yaml']\n";
        fs::write(at("repo/a/campaign-ims.toml"), globs).unwrap();
        let mut nearest = configurations(None, false);
        for (path, excluded) in [
            ("repo/a/b/old/x.yaml", true),
            ("repo/a/b/c/x.yaml", false),
            ("repo/a/c/x.yaml", true),
            ("repo/old", false),
            ("x.yaml", false),
        ] {
            assert_eq!(nearest.exclude(&at(path)), excluded, "{path}");
        }
        let level = |configurations: &mut Configurations, path: &str| {
            let found = configurations.of(&at(path)).unwrap();
            found.settings.level("mask-tenant")
        };
        assert_eq!(
            level(&mut nearest, "repo/d/x.yaml"),
            Some(Severity::Warning)
        );
        assert_eq!(level(&mut nearest, "x.yaml"), Some(Severity::Note));
        assert_eq!(nearest.files().count(), 2);
        let mut one = configurations(Some(at("campaign-ims.toml")), false);
        assert_eq!(level(&mut one, "repo/d/x.yaml"), Some(Severity::Note));
        let mut none = configurations(None, true);
        assert_eq!(level(&mut none, "x.yaml"), Some(Severity::Warning));
        assert_eq!(none.files().count(), 0);
    }
}
