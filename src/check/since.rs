//! Which manifests differ from a git revision. Git itself is asked, without a shell and without the programs that a repository's
//! configuration can name for comparisons.

use std::{
    collections::HashSet,
    ffi::{OsStr, OsString},
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
        let root = git(folder, ["rev-parse", "--show-toplevel"])?.map_err(|_| no_repository())?;
        let root = path_of(root.strip_suffix(b"\n").unwrap_or(&root));
        if root.as_os_str().is_empty() {
            return Err(no_repository());
        }
        let commit = format!("{revision}^{{commit}}");
        let verify = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let commit = git(folder, verify)?.map_err(|_| SinceError::Unknown(revision.to_owned()))?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let list = |arguments: &[&str]| -> Result<Vec<PathBuf>, SinceError> {
            let command = || arguments.first().copied().unwrap_or_default().to_owned();
            let listed = git(&root, arguments)?.map_err(|reason| SinceError::Failed {
                command: command(),
                reason,
            })?;
            Ok(listed.split(|byte| *byte == 0).map(path_of).collect())
        };
        let held = list(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &commit])?;
        // Without renames, a renamed file is one that went and one that came.
        let differing = list(&[
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            &commit,
            "--",
        ])?;
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

/// What git prints, or what it says when it fails.
fn git<A: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Result<Vec<u8>, String>, SinceError> {
    let output = Command::new("git")
        .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(SinceError::NoGit)?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok(Err(match reason.is_empty() {
        true => output.status.to_string(),
        false => reason,
    }))
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

    fn run(folder: &Path, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "-c",
            "core.autocrlf=false",
        ];
        let told = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(identity)
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(told.status.success(), "{arguments:?}: {told:?}");
    }

    #[test]
    fn what_differs_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir(at("sub dir")).unwrap();
        for path in [
            "same.yaml",
            "edited.yaml",
            "staged.yaml",
            "old.yaml",
            "sub dir/é\n.yaml",
        ] {
            fs::write(at(path), format!("a: {path:?}\n")).unwrap();
        }
        run(folder.path(), &["init", "-q"]);
        run(folder.path(), &["add", "."]);
        run(folder.path(), &["commit", "-qm", "first"]);
        run(folder.path(), &["tag", "first"]);
        fs::write(at("edited.yaml"), "a: 2\n").unwrap();
        fs::write(at("staged.yaml"), "a: 2\n").unwrap();
        fs::write(at(".gitignore"), "ignored.yaml\n").unwrap();
        fs::write(at("ignored.yaml"), "a: 2\n").unwrap();
        fs::write(at("sub dir/new.yaml"), "a: 2\n").unwrap();
        run(folder.path(), &["add", "staged.yaml"]);
        run(folder.path(), &["mv", "old.yaml", "renamed.yaml"]);
        let since = Since::new("first", &at("sub dir")).unwrap();
        let differing = [
            "same.yaml",
            "edited.yaml",
            "staged.yaml",
            "renamed.yaml",
            "ignored.yaml",
            "sub dir/new.yaml",
            "sub dir/é\n.yaml",
            "sub dir/../same.yaml",
        ]
        .map(|path| since.differs(&at(path)));
        assert_eq!(
            differing,
            [false, true, true, true, true, true, false, false]
        );
        assert!(since.differs(Path::new("/elsewhere.yaml")));
        run(folder.path(), &["commit", "-qam", "second"]);
        assert!(
            Since::new("first", folder.path())
                .unwrap()
                .differs(&at("edited.yaml"))
        );
        assert!(
            !Since::new("HEAD", folder.path())
                .unwrap()
                .differs(&at("edited.yaml"))
        );

        let unknown = Since::new("no/such", folder.path()).unwrap_err();
        assert!(matches!(unknown, SinceError::Unknown(_)), "{unknown}");
        for option in ["--output=x", "", "-p"] {
            let refused = Since::new(option, folder.path()).unwrap_err();
            assert!(matches!(refused, SinceError::Malformed(_)));
        }
    }

    #[test]
    fn outside_of_a_repository_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let error = Since::new("HEAD", folder.path()).unwrap_err();
        assert!(matches!(error, SinceError::NoRepository(_)), "{error}");
    }
}
