//! Which manifests differ from a git revision. Git itself is asked, without a shell and without the programs that a repository's
//! configuration can name for comparisons.

use std::{
    collections::HashSet,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::io;

/// What a revision holds, and what of it is not the same any more.
#[derive(Debug)]
pub struct Since {
    /// The repository's working tree, links resolved.
    root: PathBuf,
    /// Paths below it whose files are as they were.
    same: HashSet<PathBuf>,
}

/// Why git could not say what differs.
#[derive(Debug, thiserror::Error)]
pub enum SinceError {
    /// The revision is an option, empty or no text.
    #[error("`{0}` is no git revision; name a branch, a tag or a commit, such as `origin/main`")]
    Malformed(String),
    /// There is no git.
    #[error("cannot run `git`, which `--since` needs: {0}")]
    NoGit(std::io::Error),
    /// The folder is in no working tree.
    #[error("{0} is in no git working tree, which `--since` needs")]
    NoRepository(String),
    /// Git does not know the revision.
    #[error(
        "git knows no revision `{0}` here; in CI, fetch it first (with `actions/checkout`: `fetch-depth: 0`)"
    )]
    Unknown(String),
    /// Git failed otherwise.
    #[error("`git {command}` failed: {reason}")]
    Failed {
        /// What git was to do.
        command: String,
        /// Git's word.
        reason: String,
    },
}

impl Since {
    /// Asks git what a revision holds and what differs from it in the working tree that `folder` is in. Commits, staged and
    /// unstaged changes count alike.
    ///
    /// # Errors
    /// Without git, outside of a working tree, and for a revision that git does not know.
    pub fn new(revision: &str, folder: &Path) -> Result<Self, SinceError> {
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            return Err(SinceError::Malformed(revision.to_owned()));
        }
        let no_repository = || SinceError::NoRepository(folder.display().to_string());
        let git = &Git::new(folder)?;
        let root = git.run(folder, "rev-parse --show-toplevel", &[])?;
        let root = root.map_err(|_| no_repository())?;
        let root = path_of(root.strip_suffix(b"\n").unwrap_or(&root));
        if root.as_os_str().is_empty() {
            return Err(no_repository());
        }
        let verify = "rev-parse --verify --quiet --end-of-options";
        let commit = git
            .run(folder, verify, &[&format!("{revision}^{{commit}}")])?
            .map_err(|_| SinceError::Unknown(revision.to_owned()))?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let list = |command: &str, rest: &[&str]| -> Result<Vec<PathBuf>, SinceError> {
            let listed = git
                .run(&root, command, rest)?
                .map_err(|reason| SinceError::Failed {
                    command: command.to_owned(),
                    reason,
                })?;
            Ok(listed.split(|byte| *byte == 0).map(path_of).collect())
        };
        let held = list("ls-tree -r -z --name-only --full-tree", &[&commit])?;
        // Without renames, a renamed file is one that went and one that came.
        let differing = list(
            "diff --name-only -z --no-renames --no-relative --no-ext-diff --no-textconv --ignore-submodules=all",
            &[&commit, "--"],
        )?;
        let mut same: HashSet<PathBuf> = held.into_iter().collect();
        for path in &differing {
            same.remove(path);
        }
        Ok(Self {
            root: io::canonical(&root),
            same,
        })
    }

    /// Whether a file differs from what the revision has under its path. What the revision lacks differs: new files, renamed ones,
    /// ignored ones, and those outside of the working tree.
    pub fn differs(&self, path: &Path) -> bool {
        let Some(name) = path.file_name() else {
            return true;
        };
        let path = io::canonical(io::folder_of(path)).join(name);
        match path.strip_prefix(&self.root) {
            Ok(below) => !self.same.contains(below),
            Err(_) => true,
        }
    }
}

/// Git, without the programs that a repository's configuration names: filters, remotes, hooks, file system monitors.
struct Git {
    /// The filters' settings, which are set to nothing.
    filters: Vec<String>,
}

impl Git {
    fn new(folder: &Path) -> Result<Self, SinceError> {
        let mut git = Self {
            filters: Vec::new(),
        };
        let names = git.run(folder, "config -z --name-only --get-regexp ^filter\\.", &[])?;
        let names = names.unwrap_or_default();
        let names = names
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        git.filters = names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        Ok(git)
    }

    /// What git prints, or what it says when it fails. `command` has its options; what may hold blanks is in `rest`.
    fn run(
        &self,
        folder: &Path,
        command: &str,
        rest: &[&str],
    ) -> Result<Result<Vec<u8>, String>, SinceError> {
        let mut git = Command::new("git");
        git.args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
            .args([
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-C",
            ])
            .arg(folder)
            .args(command.split(' '))
            .args(rest)
            // What is not here is not fetched, by git's own word and by what older ones know.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_CONFIG_COUNT", self.filters.len().to_string())
            .stdin(Stdio::null());
        for (number, name) in self.filters.iter().enumerate() {
            // An empty command is no filter; an empty `required` is false.
            git.env(format!("GIT_CONFIG_KEY_{number}"), name)
                .env(format!("GIT_CONFIG_VALUE_{number}"), "");
        }
        let output = git.output().map_err(SinceError::NoGit)?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Ok(Err(match reason.is_empty() {
            true => output.status.to_string(),
            false => reason,
        }))
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(OsString::from_vec(bytes.to_vec()))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn run(folder: &Path, arguments: &str) {
        let identity = "-c user.name=a -c user.email=a@b -c core.autocrlf=false";
        let told = Command::new("git")
            .current_dir(folder)
            .args(identity.split(' '))
            .args(arguments.split(' '))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(told.status.success(), "{arguments}: {told:?}");
    }

    #[test]
    fn what_differs_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let write = |path: &str, text: &str| fs::write(at(path), text).unwrap();
        fs::create_dir(at("sub dir")).unwrap();
        for path in ["same", "edited", "staged", "old", "sub dir/é\n.yaml"] {
            write(path, path);
        }
        run(folder.path(), "init -q");
        run(folder.path(), "add .");
        run(folder.path(), "commit -qm first");
        run(folder.path(), "tag first");
        for path in ["edited", "staged", "ignored", "sub dir/new"] {
            write(path, "a: 2\n");
        }
        write(".gitignore", "ignored\n");
        run(folder.path(), "add staged");
        run(folder.path(), "mv old renamed");
        let since = Since::new("first", &at("sub dir")).unwrap();
        for (path, differs) in [
            ("same", false),
            ("edited", true),
            ("staged", true),
            ("renamed", true),
            ("ignored", true),
            ("sub dir/new", true),
            ("sub dir/é\n.yaml", false),
            ("sub dir/../same", false),
            ("/elsewhere", true),
        ] {
            assert_eq!(since.differs(&at(path)), differs, "{path}");
        }
        run(folder.path(), "commit -qam second");
        for (revision, differs) in [("first", true), ("HEAD", false)] {
            let since = Since::new(revision, folder.path()).unwrap();
            assert_eq!(since.differs(&at("edited")), differs, "{revision}");
        }
        let error = |revision: &str| Since::new(revision, folder.path()).unwrap_err();
        assert!(matches!(error("no/such"), SinceError::Unknown(_)));
        for option in ["--output=x", "", "-p"] {
            assert!(matches!(error(option), SinceError::Malformed(_)));
        }
        fs::remove_dir_all(at(".git")).unwrap();
        assert!(matches!(error("HEAD"), SinceError::NoRepository(_)));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_that_the_configuration_names_is_run() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::write(at(".gitattributes"), "* filter=a=b\n").unwrap();
        fs::write(at("a"), "1\n").unwrap();
        run(folder.path(), "init -q");
        run(folder.path(), "add .");
        run(folder.path(), "commit -qm first");
        let ran = at("ran");
        let filter = format!(
            "[filter \"a=b\"]\n\tclean = touch {0}; cat\n\tprocess = touch {0}\n\trequired = true\n\
             [remote \"evil\"]\n\turl = {1}\n\tpromisor = true\n\tuploadpack = touch {0}; false\n\
             [extensions]\n\tpartialClone = evil\n[core]\n\trepositoryformatversion = 1\n\tfsmonitor = touch {0}\n",
            ran.display(),
            folder.path().display(),
        );
        let config = fs::read_to_string(at(".git/config")).unwrap();
        fs::write(at(".git/config"), config + &filter).unwrap();
        // Of the same size, so that git has to look into it.
        fs::write(at("a"), "2\n").unwrap();
        let since = Since::new("HEAD", folder.path()).unwrap();
        assert!(since.differs(&at("a")) && !since.differs(&at(".gitattributes")));
        let lacking = "0123456789012345678901234567890123456789";
        Since::new(lacking, folder.path()).unwrap_err();
        assert!(!ran.exists());
    }
}
