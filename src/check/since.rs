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
    /// Paths below it whose files are as they were, and those of submodules that are at the same commit.
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
    #[error(
        "{0} is in no git working tree, which `--since` needs; run this in the repository of the manifests"
    )]
    NoRepository(String),
    /// Git does not know the revision.
    #[error(
        "git knows no revision `{0}` here; in CI, fetch it first (with `actions/checkout`: `fetch-depth: 0`)"
    )]
    Unknown(String),
    /// The revision and what is checked out have no commit in common.
    #[error("git finds no commit that `{0}` and what is checked out have in common; {1}")]
    Unrelated(String, &'static str),
    /// Git failed otherwise, and says why and what to do.
    #[error("`git {command}` failed, and says:\n{reason}")]
    Failed {
        /// What git was to do.
        command: String,
        /// Git's word.
        reason: String,
    },
}

impl Since {
    /// Asks git what the merge base of a revision and of what is checked out holds, and what differs from it in the working tree that
    /// `folder` is in. Commits, staged and unstaged changes count alike.
    ///
    /// # Errors
    /// Without git, outside of a working tree, where git refuses, and for a revision that git does not know or cannot compare with.
    pub fn new(revision: &str, folder: &Path) -> Result<Self, SinceError> {
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            return Err(SinceError::Malformed(revision.to_owned()));
        }
        let no_repository = || SinceError::NoRepository(folder.display().to_string());
        let top = "rev-parse --show-toplevel";
        let root = git(folder, top, &[])?.map_err(|reason| {
            match reason.contains("not a git repository") || reason.contains("work tree") {
                true => no_repository(),
                false => failed(top, reason),
            }
        })?;
        let root = path_of(root.strip_suffix(b"\n").unwrap_or(&root));
        if root.as_os_str().is_empty() {
            return Err(no_repository());
        }
        let verify = "rev-parse --verify --quiet --end-of-options";
        let commit = git(folder, verify, &[&format!("{revision}^{{commit}}")])?
            .map_err(|_| SinceError::Unknown(revision.to_owned()))?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let base = git(&root, "merge-base", &[&commit, "HEAD"])?;
        let base = base.map_err(|_| unrelated(revision, &root))?;
        let base = String::from_utf8_lossy(&base).trim().to_owned();
        let list = |command: &str, rest: &[&str]| -> Result<Vec<PathBuf>, SinceError> {
            let listed = git(&root, command, rest)?.map_err(|reason| failed(command, reason))?;
            Ok(listed.split(|byte| *byte == 0).map(path_of).collect())
        };
        let held = list("ls-tree -r -z --name-only --full-tree", &[&base])?;
        // Without renames, a renamed file is one that went and one that came.
        let differing = list(
            "diff --name-only -z --no-renames --no-relative --no-ext-diff --no-textconv --ignore-submodules=dirty",
            &[&base, "--"],
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

    /// Whether a file, or what it is a link to, differs from what the revision has under its path. What the revision lacks differs: new
    /// files, renamed ones, ignored ones, and those outside of the working tree. Of a submodule its commit counts alone.
    pub fn differs(&self, path: &Path) -> bool {
        let target = || path.canonicalize().is_ok_and(|it| self.itself_differs(&it));
        self.itself_differs(path) || path.is_symlink() && target()
    }

    fn itself_differs(&self, path: &Path) -> bool {
        let Some(name) = path.file_name() else {
            return true;
        };
        let path = io::canonical(io::folder_of(path)).join(name);
        match path.strip_prefix(&self.root) {
            Ok(below) => !below.ancestors().any(|it| self.same.contains(it)),
            Err(_) => true,
        }
    }
}

fn failed(command: &str, reason: String) -> SinceError {
    // The options say nothing to people.
    let command = command.split(" -").next().unwrap_or_default().to_owned();
    SinceError::Failed { command, reason }
}

fn unrelated(revision: &str, root: &Path) -> SinceError {
    let shallow = git(root, "rev-parse --is-shallow-repository", &[]);
    let is_shallow = matches!(shallow, Ok(Ok(answer)) if answer.starts_with(b"true"));
    let remedy = match is_shallow {
        true => {
            "this clone is shallow: fetch the rest with `git fetch --unshallow` (with `actions/checkout`: `fetch-depth: 0`)"
        }
        false => "name a revision that both come from",
    };
    SinceError::Unrelated(revision.to_owned(), remedy)
}

/// The programs that filters of the configuration name, as variables that leave each of them out: a comparison would run them.
fn without_filters(folder: &Path) -> Result<Vec<(String, String)>, SinceError> {
    let names = command(folder, &[])
        .args(["config", "-z", "--name-only", "--get-regexp"])
        .arg(r"^filter\..*\.(clean|process|required)$")
        .output()
        .map_err(SinceError::NoGit)?;
    let names = String::from_utf8_lossy(&names.stdout).into_owned();
    let names = names.split_terminator('\0');
    let mut variables: Vec<(String, String)> = Vec::new();
    // What the variables set already stays.
    let count = std::env::var("GIT_CONFIG_COUNT").ok();
    let mut count: usize = count.and_then(|it| it.parse().ok()).unwrap_or(0);
    for name in names {
        let value = if name.ends_with(".required") {
            "false"
        } else {
            ""
        };
        variables.push((format!("GIT_CONFIG_KEY_{count}"), name.to_owned()));
        variables.push((format!("GIT_CONFIG_VALUE_{count}"), value.to_owned()));
        count += 1;
    }
    variables.push(("GIT_CONFIG_COUNT".to_owned(), count.to_string()));
    Ok(variables)
}

/// Git, told to run no other program, to ask nobody for what a partial clone lacks, and to speak English.
fn command(folder: &Path, variables: &[(String, String)]) -> Command {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(folder)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .envs([
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_ALLOW_PROTOCOL", "none"),
            ("LC_ALL", "C"),
        ])
        .stdin(Stdio::null());
    command
}

/// What git prints, or what it says when it fails. `arguments` has the command and its options; what may hold blanks is in `rest`.
fn git(
    folder: &Path,
    arguments: &str,
    rest: &[&str],
) -> Result<Result<Vec<u8>, String>, SinceError> {
    // A comparison alone runs filters.
    let variables = match arguments.starts_with("diff ") {
        true => without_filters(folder)?,
        false => Vec::new(),
    };
    let output = command(folder, &variables)
        .args(arguments.split(' '))
        .args(rest)
        .output()
        .map_err(SinceError::NoGit)?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let reason = String::from_utf8_lossy(&output.stderr).replace('\t', "  ");
    let reason = reason.trim().to_owned();
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
        run(folder.path(), "checkout -q --orphan other");
        run(folder.path(), "commit -qm other");
        let unrelated = error("first").to_string();
        assert!(unrelated.contains("name a revision that both come from"));
        fs::remove_dir_all(at(".git")).unwrap();
        assert!(matches!(error("HEAD"), SinceError::NoRepository(_)));
    }

    #[test]
    fn what_changed_on_the_other_branch_alone_does_not_differ() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let commit = |path: &str, text: &str| {
            fs::write(at(path), text).unwrap();
            run(folder.path(), "add .");
            run(folder.path(), "commit -qm more");
        };
        run(folder.path(), "init -q -b main");
        commit("theirs", "1");
        commit("ours", "1");
        run(folder.path(), "checkout -q -b change");
        commit("ours", "2");
        run(folder.path(), "checkout -q main");
        commit("theirs", "2");
        run(folder.path(), "checkout -q --detach change");
        let since = Since::new("main", folder.path()).unwrap();
        assert!(since.differs(&at("ours")));
        assert!(!since.differs(&at("theirs")));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_that_the_configuration_names_is_run() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        run(folder.path(), "init -q");
        fs::write(at("a"), "1").unwrap();
        run(folder.path(), "add .");
        run(folder.path(), "commit -qm first");
        fs::write(at("a"), "2").unwrap();
        fs::write(at(".gitattributes"), "* filter=evil diff=evil\n").unwrap();
        let script = at("evil.sh");
        fs::write(&script, "#!/bin/sh\necho x >> \"$0.ran\"\ncat\n").unwrap();
        run(folder.path(), "config core.sharedRepository umask");
        let mut permissions = fs::metadata(&script).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        fs::set_permissions(&script, permissions).unwrap();
        for name in [
            "filter.evil.clean",
            "filter.evil.process",
            "diff.evil.textconv",
            "diff.evil.command",
            "diff.external",
            "core.fsmonitor",
            "core.pager",
        ] {
            run(
                folder.path(),
                &format!("config {name} {}", script.display()),
            );
        }
        run(folder.path(), "config filter.evil.required true");
        assert!(Since::new("HEAD", folder.path()).unwrap().differs(&at("a")));
        assert!(!at("evil.sh.ran").exists());
    }
}
