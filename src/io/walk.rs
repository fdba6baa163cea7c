//! Which files a command reads, and what they are called.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Component, MAIN_SEPARATOR, Path, PathBuf, is_separator},
    sync::mpsc,
};

use ignore::{WalkBuilder, overrides::Override};

use super::{Input, ReadError};
use crate::{secrets, text::glob};

/// The endings of manifests that a folder is searched for.
const ENDINGS: [&str; 2] = [".ims.yaml", ".ims.yml"];

/// The most bytes that a `.gitignore` may have.
const MOST_RULES: u64 = 1 << 20;

/// Finds the manifests that paths name: files as they are, folders searched. Sorted, each once; what cannot be read is told apart.
///
/// A search honours `.gitignore` up to the repository's root, looks into hidden folders but not into `.git`, follows no folder links, and
/// passes over what `is_excluded` says.
pub fn find(
    paths: &[PathBuf],
    mut is_excluded: impl FnMut(&Path) -> bool,
) -> (Vec<Input>, Vec<ReadError>) {
    let mut files: Vec<Found> = Vec::new();
    let mut errors = Vec::new();
    let mut inputs = Vec::new();
    for path in paths {
        match path.metadata() {
            _ if path.as_os_str() == "-" => inputs = vec![Input::Stdin],
            Ok(metadata) if metadata.is_dir() => {
                search(path, &mut is_excluded, &mut files, &mut errors);
            }
            Ok(_) => files.push((clean(path), path.is_symlink())),
            Err(error) => errors.push(ReadError::new("", shown(path), &error)),
        }
    }
    let has_links = files.iter().any(|(_, is_link)| *is_link);
    // One search finds each file once.
    let files = match paths.len() > 1 || has_links {
        true => each_once(files),
        false => sorted(files),
    };
    inputs.extend(files.into_iter().map(Input::File));
    errors.sort_by_cached_key(ToString::to_string);
    (inputs, errors)
}

/// A file, and whether it is a link.
type Found = (PathBuf, bool);

/// The files without those that are the same file by another name: what is no link stays, else the first name. Sorted.
fn each_once(files: Vec<Found>) -> Vec<PathBuf> {
    let (links, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(_, is_link)| *is_link);
    let (mut files, mut links) = (sorted(files), sorted(links));
    // Of two names, the one from here on is what a report elsewhere has, too.
    files.sort_by_key(|file| file.is_absolute());
    let mut known = HashSet::new();
    let mut folders = HashMap::new();
    files.retain(|file| known.insert(real(file, &mut folders)));
    links.retain(|link| known.insert(canonical(link)));
    files.append(&mut links);
    sort(&mut files);
    files
}

fn sorted(files: Vec<Found>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = files.into_iter().map(|(file, _)| file).collect();
    sort(&mut files);
    files
}

/// Sorts paths part by part, as they compare, with bytes that are made once for each.
fn sort(files: &mut [PathBuf]) {
    files.sort_by_cached_key(|file| {
        let mut bytes = file.as_os_str().as_encoded_bytes().to_vec();
        let separators = bytes.iter_mut().filter(|it| is_separator((**it).into()));
        separators.for_each(|byte| *byte = 0);
        bytes
    });
}

/// The path of a file that is no link, without links on the way. `folders` has the paths that are known of folders.
fn real(file: &Path, folders: &mut HashMap<PathBuf, PathBuf>) -> PathBuf {
    // Elsewhere one file can have names that differ in case.
    let has_one_name = cfg!(target_os = "linux");
    let (Some(folder), Some(name), true) = (file.parent(), file.file_name(), has_one_name) else {
        return canonical(file);
    };
    if let Some(real) = folders.get(folder) {
        return real.join(name);
    }
    let is_here = folder.as_os_str().is_empty();
    let real = canonical(if is_here { Path::new(".") } else { folder });
    folders.insert(folder.to_owned(), real.clone());
    real.join(name)
}

fn search(
    folder: &Path,
    is_excluded: &mut impl FnMut(&Path) -> bool,
    files: &mut Vec<Found>,
    errors: &mut Vec<ReadError>,
) {
    let here = canonical(folder);
    let repository = here.ancestors().find(|it| is_repository(it));
    let is_inside = |it: &&Path| repository.is_some_and(|root| it.starts_with(root));
    let above = here.ancestors().skip(1).take_while(is_inside);
    // Rules that nobody could mean: a search that went on without them would check what they exclude.
    if let Some(error) = above.chain([folder]).find_map(unusable_rules) {
        errors.push(error);
        return;
    }
    let (tell, unusable) = mpsc::channel();
    // A repository within has rules of its own alone, and a search of its own.
    let (tell_repository, repositories) = mpsc::channel();
    let mut walk = WalkBuilder::new(folder);
    walk.hidden(false)
        .require_git(repository.is_some())
        .ignore(false)
        .follow_links(false)
        .overrides(Override::empty())
        .filter_entry(move |entry| {
            if entry.file_name() == ".git" {
                return false;
            }
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if is_folder && entry.depth() > 0 && is_repository(entry.path()) {
                let _ = tell_repository.send(entry.path().to_owned());
                return false;
            }
            let error = is_folder.then(|| unusable_rules(entry.path())).flatten();
            let is_usable = error.is_none();
            let _ = error.map(|error| tell.send(error));
            is_usable
        });
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                if !is_manifest(&name) {
                    continue;
                }
                let kind = entry.file_type();
                let is_link = kind.is_some_and(|kind| kind.is_symlink());
                // A link to a file is read as the file is; a link to a folder is not followed.
                let is_file = match is_link {
                    true => entry.path().metadata().map(|target| target.is_file()),
                    false => Ok(kind.is_some_and(|kind| kind.is_file())),
                };
                let path = clean(entry.path());
                match is_file {
                    Ok(false) => {}
                    _ if is_excluded(&path) => {}
                    Ok(true) => files.push((path, is_link)),
                    Err(error) => errors.push(ReadError::new("", shown(&path), &error)),
                }
            }
            Err(error) => {
                let name = shown(path_of(&error).unwrap_or(folder));
                let text = error.to_string();
                let error = error.into_io_error();
                let error = error.unwrap_or_else(|| std::io::Error::other(text));
                errors.push(ReadError::new("", name, &error));
            }
        }
    }
    errors.extend(unusable.try_iter());
    for repository in repositories.try_iter() {
        search(&repository, is_excluded, files, errors);
    }
}

/// Whether a folder holds `.git`: a folder, or in a worktree or a submodule a file.
pub(super) fn is_repository(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// Why the `.gitignore` of a folder cannot be used, where it has one that cannot.
fn unusable_rules(folder: &Path) -> Option<ReadError> {
    let path = folder.join(".gitignore");
    let metadata = fs::metadata(&path).ok()?;
    let reason = match metadata.is_file() {
        false => "it is no regular file",
        true if metadata.len() > MOST_RULES => "it is over 1 MiB",
        true if !is_flat(&path) => "a line of it has too many braces within braces",
        true => return None,
    };
    let error = std::io::Error::other(reason);
    Some(ReadError::new("", shown(&path), &error))
}

/// Whether the globs of a file can be read.
fn is_flat(path: &Path) -> bool {
    let text = fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().all(glob::is_flat)
}

/// Whether a file is a manifest by its name.
pub fn is_manifest(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// The nearest file of a name in a folder or in those above it, up to the root of the repository (a folder that holds `.git`), that
/// one included; outside of a repository, up to the root of the file system. The folder's links are resolved first.
pub fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    for folder in canonical(folder).ancestors() {
        let file = folder.join(name);
        if file.is_file() {
            return Some(file);
        }
        if is_repository(folder) {
            return None;
        }
    }
    None
}

/// The folder that a file is in, by its path alone.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The absolute path, links resolved where it exists.
pub fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

/// A path without `.` steps, as reports show it.
fn clean(path: &Path) -> PathBuf {
    // Most paths have none.
    let is_clean =
        |text: &str| !text.contains("./") && !text.contains("//") && !text.ends_with(['.', '/']);
    if cfg!(unix) && path.to_str().is_some_and(is_clean) {
        return path.to_owned();
    }
    let cleaned: PathBuf = path
        .components()
        .filter(|step| *step != Component::CurDir)
        .collect();
    match cleaned.as_os_str().is_empty() {
        true => path.to_owned(),
        false => cleaned,
    }
}

/// A path as reports show it: with `/`, and the numbers of the bytes that are no Unicode, so that two names stay two. A secret in it,
/// such as the password of an address, is hidden before the path is made shorter.
pub fn shown(path: &Path) -> String {
    let masked = path.to_str().map(secrets::mask);
    let path = clean(masked.as_deref().map_or(path, Path::new));
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("<0x{byte:02X}>"));
        }
    }
    shown.replace(MAIN_SEPARATOR, "/")
}

/// An absolute path as people who stand in the current folder name it. Far away, the absolute path says more than a row of dots;
/// the root of a file system is never near.
pub fn shown_from_here(path: &Path) -> String {
    let here = canonical(Path::new("."));
    for (ups, base) in here.ancestors().take(8).enumerate() {
        if let Ok(below) = path.strip_prefix(base)
            && base.parent().is_some()
            && (ups == 0 || below.components().count() == 1)
        {
            return "../".repeat(ups) + &shown(below);
        }
    }
    shown(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &Path, paths: &[&str]) -> (Vec<String>, usize) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
        let (inputs, errors) = find(&paths, |_| false);
        let name = |input: &Input| shown(input.path().strip_prefix(folder).unwrap());
        (inputs.iter().map(name).collect(), errors.len())
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in files {
            let path = folder.path().join(path);
            fs::create_dir_all(folder_of(&path)).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn hidden_folders_are_searched_but_not_git() {
        let folder = folder(&[
            ".ci/a.ims.yaml",
            ".git/b.ims.yaml",
            "c/.git/d.ims.yml",
            ".e.ims.yml",
        ]);
        let (names, _) = found(folder.path(), &[""]);
        assert_eq!(names, [".ci/a.ims.yaml", ".e.ims.yml"]);
    }

    #[test]
    fn rules_count_up_to_the_repository_and_not_above() {
        let folder = folder(&[
            "repo/.git/x",
            "repo/a/b.ims.yaml",
            "repo/a/c.ims.yaml",
            "out/d.ims.yaml",
        ]);
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
        write(".gitignore", "*.yaml\n");
        write("repo/.gitignore", "b.*\n");
        for path in ["repo", "repo/a"] {
            assert_eq!(
                found(folder.path(), &[path]).0,
                ["repo/a/c.ims.yaml"],
                "{path}"
            );
        }
        // Outside of a repository, all rules upwards count.
        assert!(found(folder.path(), &["out"]).0.is_empty());
        write("repo/.gitignore", &"#".repeat(1 << 20));
        assert_eq!(found(folder.path(), &["repo/a"]).0.len(), 2);
        write("repo/.gitignore", &"#".repeat((1 << 20) + 1));
        assert_eq!(found(folder.path(), &["repo/a"]), (Vec::new(), 1));
        fs::remove_file(folder.path().join("repo/.gitignore")).unwrap();
        fs::create_dir(folder.path().join("repo/a/.gitignore")).unwrap();
        assert_eq!(found(folder.path(), &["repo"]), (Vec::new(), 1));
    }

    #[cfg(unix)]
    #[test]
    fn each_file_is_found_once_by_its_own_name() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["b.ims.yaml", "elsewhere/base.yaml", "sub/x.ims.yaml"]);
        let at = |path: &str| folder.path().join(path);
        symlink(at("b.ims.yaml"), at("a.ims.yaml")).unwrap();
        symlink(at("elsewhere/base.yaml"), at("d.ims.yaml")).unwrap();
        symlink(at("elsewhere/base.yaml"), at("c.ims.yaml")).unwrap();
        symlink(at("sub"), at("linked")).unwrap();
        let all = ["b.ims.yaml", "c.ims.yaml", "sub/x.ims.yaml"];
        assert_eq!(found(folder.path(), &[""]).0, all);
        let twice = ["", "a.ims.yaml", "linked", "linked/x.ims.yaml"];
        let (names, errors) = found(folder.path(), &twice);
        assert_eq!((names.len(), errors), (3, 0), "{names:?}");
    }
}
