//! The manifests of a session: the open ones as they stand in the editor, the others as they are on the disk. Each is judged once and
//! kept; a change judges its own document again, and the rules between instances compare what is kept.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
    ptr,
    sync::Arc,
    time::SystemTime,
};

use url::Url;

use super::{BUG, guarded};
use crate::{
    check::{self, Checked, settings::Settings},
    cli::Global,
    configuration::Configurations,
    diagnostic::{Finding, Location},
    io,
    report::Report,
    text::Source,
    yaml,
};

/// How a text is judged: its key, its name, its bytes and its settings.
pub type Check = fn(&Path, &str, Vec<u8>, &Arc<Settings>) -> Checked;

fn check(key: &Path, name: &str, bytes: Vec<u8>, settings: &Arc<Settings>) -> Checked {
    check::text(key, name, bytes, settings, None)
}

/// A manifest that is open in the editor.
pub struct Document {
    /// Its file; of what is no file, its address.
    pub path: PathBuf,
    /// The client's number of this text.
    pub version: Option<i32>,
    /// Its text, as the client has it.
    pub text: String,
    /// The settings that it is judged with.
    pub settings: Arc<Settings>,
    /// What was found in it; nothing where the check failed.
    pub checked: Option<Checked>,
}

/// A manifest that a search of the folders finds.
struct File {
    /// When it was written, and how long it is.
    stamp: Option<(SystemTime, u64)>,
    settings: Arc<Settings>,
    /// Without its tree; nothing where it cannot be read.
    checked: Option<Checked>,
}

/// All manifests.
pub struct Workspace<'g> {
    global: &'g Global,
    folders: Vec<PathBuf>,
    configurations: Configurations,
    files: BTreeMap<PathBuf, File>,
    /// By their addresses, as the client writes them.
    documents: BTreeMap<String, Document>,
    /// What the rules between instances found, by the address of the manifest that it is in.
    between: HashMap<String, Vec<Finding>>,
    /// What is wrong with configurations, and was not yet said; whether it is no more than a warning.
    pub problems: Vec<(String, bool)>,
    /// What is wrong with them as it stands.
    told: HashSet<String>,
    /// How documents and files are judged: tests have a way that fails.
    pub check: Check,
}

impl<'g> Workspace<'g> {
    /// No folder, no document.
    pub fn new(global: &'g Global) -> Self {
        Self {
            global,
            folders: Vec::new(),
            configurations: Configurations::default(),
            files: BTreeMap::new(),
            documents: BTreeMap::new(),
            between: HashMap::new(),
            problems: Vec::new(),
            told: HashSet::new(),
            check,
        }
    }

    /// Adds and removes folders, by their addresses.
    pub fn change_folders<'a>(
        &mut self,
        added: impl Iterator<Item = &'a str>,
        removed: impl Iterator<Item = &'a str>,
    ) {
        let removed: Vec<PathBuf> = removed.filter_map(file_of).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in added.filter_map(file_of) {
            if !self.folders.contains(&folder) && !is_everything(&folder) {
                self.folders.push(folder);
            }
        }
        self.rescan(&[]);
    }

    /// Searches the folders again, and judges what differs from what is known: files that were written, or whose settings are others
    /// now. Those that are named are judged in any case.
    pub fn rescan(&mut self, changed: &[PathBuf]) {
        // What was told and is mended can be told again.
        let told = std::mem::take(&mut self.told);
        let pending = std::mem::take(&mut self.problems);
        self.configurations = Configurations::new(self.global).unwrap_or_else(|error| {
            self.tell(error.to_string(), false);
            Configurations::default()
        });
        let folders = self.folders.iter().filter(|folder| folder.is_dir());
        let folders: Vec<PathBuf> = folders.cloned().collect();
        let configurations = &mut self.configurations;
        let (inputs, _) = io::find(&folders, |path| configurations.exclude(path));
        let mut known = std::mem::take(&mut self.files);
        for input in inputs {
            let path = input.path().to_owned();
            let stamp = path.metadata().ok();
            let stamp = stamp.and_then(|it| Some((it.modified().ok()?, it.len())));
            let settings = self.settings(&path);
            let file = known.remove(&path).filter(|file| {
                stamp.is_some()
                    && file.stamp == stamp
                    && file.settings == settings
                    && !changed.contains(&path)
            });
            let file = file.unwrap_or_else(|| {
                let bytes = io::read_start(&input, yaml::MAX_BYTES).ok();
                let mut checked = bytes.and_then(|bytes| self.judge(&path, bytes, &settings));
                if let Some(checked) = &mut checked {
                    checked.forget_tree();
                }
                File {
                    stamp,
                    settings,
                    checked,
                }
            });
            self.files.insert(path, file);
        }
        self.judge_documents();
        for finding in self.configurations.findings() {
            let Location { source, range, .. } = &finding.location;
            let line = source.position(range.start).line;
            let place = format!("{}:{line}", source.name());
            self.tell(
                format!("{place}: {}; {}", finding.message, finding.help),
                true,
            );
        }
        self.problems.retain(|(problem, _)| !told.contains(problem));
        self.problems.splice(0..0, pending);
        self.compare();
    }

    /// Judges the open documents again whose settings are others now.
    fn judge_documents(&mut self) {
        let mut documents = std::mem::take(&mut self.documents);
        for document in documents.values_mut() {
            let settings = self.settings(&document.path);
            if settings != document.settings {
                let bytes = document.text.clone().into_bytes();
                document.checked = self.judge(&document.path, bytes, &settings);
                document.settings = settings;
            }
        }
        self.documents = documents;
    }

    /// The settings of a manifest; the default ones where its configuration cannot be used, which is a problem to tell.
    fn settings(&mut self, path: &Path) -> Arc<Settings> {
        match self.configurations.of(path) {
            Ok(found) => found.settings.clone(),
            Err(error) => {
                self.tell(error.to_string(), false);
                Arc::default()
            }
        }
    }

    fn judge(&self, path: &Path, bytes: Vec<u8>, settings: &Arc<Settings>) -> Option<Checked> {
        // As `check` in the only folder names it. In several folders, a name may not be enough.
        let below = match self.folders.as_slice() {
            [folder] => path.strip_prefix(folder).ok(),
            _ => None,
        };
        let name = io::shown(below.unwrap_or(path));
        guarded(|| (self.check)(path, &name, bytes, settings))
    }

    /// Tells of a problem, once.
    fn tell(&mut self, problem: String, is_warning: bool) {
        if self.told.insert(problem.clone()) {
            self.problems.push((problem, is_warning));
        }
    }

    /// What would be found in a document with another text.
    pub fn judge_again(&self, document: &Document, text: String) -> Option<Checked> {
        self.judge(&document.path, text.into_bytes(), &document.settings)
    }

    /// Takes a document's text, new or changed, and judges it. What is no manifest by its name is none of ours.
    pub fn set(&mut self, address: &str, version: Option<i32>, text: String) {
        let path = file_of(address).unwrap_or_else(|| PathBuf::from(address));
        if !io::is_manifest(&path.to_string_lossy()) {
            return;
        }
        let is_new = !self.documents.contains_key(address);
        if is_new && !self.files.contains_key(&path) && path.is_file() {
            self.rescan(&[]);
        }
        let settings = self.settings(&path);
        let checked = self.judge(&path, text.clone().into_bytes(), &settings);
        if checked.is_none() {
            self.tell(BUG.to_owned(), false);
        }
        let document = Document {
            path,
            version,
            text,
            settings,
            checked,
        };
        self.documents.insert(address.to_owned(), document);
        self.compare();
    }

    /// Lets go of a document: its file counts again.
    pub fn close(&mut self, address: &str) {
        if let Some(document) = self.documents.remove(address) {
            self.rescan(&[document.path]);
        }
    }

    /// An open document.
    pub fn document(&self, address: &str) -> Option<&Document> {
        self.documents.get(address)
    }

    /// The addresses of the open documents, and of what the rules between instances found something in.
    pub fn addresses(&self) -> impl Iterator<Item = &String> {
        self.documents.keys().chain(self.between.keys())
    }

    /// Runs the rules between instances: over what a search of the folders finds, and over each other document by itself.
    fn compare(&mut self) {
        let open = self.documents.values();
        let open = open.filter_map(|it| Some((it.path.as_path(), it.checked.as_ref()?)));
        // Of two documents of one file, one counts.
        let by_path: HashMap<&Path, &Checked> = open.clone().collect();
        let mut all: Vec<&Checked> = Vec::new();
        let mut files: HashMap<*const Source, &Path> = HashMap::new();
        for (path, file) in &self.files {
            if let Some(checked) = by_path.get(path.as_path()) {
                all.push(checked);
            } else if let Some(checked) = &file.checked {
                files.insert(Arc::as_ptr(&checked.judged.source), path);
                all.push(checked);
            }
        }
        let mut found = guarded(|| check::across(&all)).unwrap_or_default();
        let others = open.filter(|(path, checked)| {
            let counts = by_path.get(path).is_some_and(|it| ptr::eq(*it, *checked));
            !(counts && self.files.contains_key(*path))
        });
        for (_, checked) in others {
            found.extend(guarded(|| check::across(&[checked])).unwrap_or_default());
        }
        let mut between: HashMap<String, Vec<Finding>> = HashMap::new();
        for finding in found {
            let source = &finding.location.source;
            let file = files.get(&Arc::as_ptr(source));
            let address = match file {
                Some(path) => address_of(path),
                None => self.address(source),
            };
            if let Some(address) = address {
                between.entry(address).or_default().push(finding);
            }
        }
        self.between = between;
    }

    /// Everything that was found in a manifest, as a report has it: sorted, and no more than a report shows. Of one that is not open,
    /// what the rules between instances found.
    pub fn findings(&self, address: &str) -> Report {
        let document = self.documents.get(address);
        let checked = document.and_then(|document| document.checked.as_ref());
        let own = checked.into_iter().flat_map(|it| &it.judged.findings);
        let between = self.between.get(address).into_iter().flatten();
        Report::new(own.chain(between).cloned().collect(), Vec::new())
    }

    /// The address of a text, as a client takes it.
    pub fn address(&self, source: &Arc<Source>) -> Option<String> {
        let is_of = |checked: &Option<Checked>| {
            let checked = checked.as_ref();
            checked.is_some_and(|checked| Arc::ptr_eq(&checked.judged.source, source))
        };
        let mut documents = self.documents.iter();
        let document = documents.find(|(_, document)| is_of(&document.checked));
        let file = || self.files.iter().find(|(_, file)| is_of(&file.checked));
        match document {
            Some((address, _)) => Some(address.clone()),
            None => address_of(file()?.0),
        }
    }
}

/// Whether a folder holds so much that nobody keeps manifests in it as a whole: a search would keep the editor waiting for minutes. Some
/// clients name it where they know no better.
fn is_everything(folder: &Path) -> bool {
    folder.parent().is_none() || std::env::home_dir().is_some_and(|home| home == folder)
}

/// The file that an address is of.
pub fn file_of(address: &str) -> Option<PathBuf> {
    Url::parse(address).ok()?.to_file_path().ok()
}

/// The address of a file.
fn address_of(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(String::from)
}
