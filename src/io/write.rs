//! Output files, whole or not at all.
//!
//! A file is written beside its target under a random name, made anew and exclusively, brought to the disk and then renamed onto
//! the target. A reader sees the old file or the new one, never a part, and a symbolic link in the target's place is never followed.

use std::{
    collections::BTreeSet,
    fs::{self, File, Metadata, Permissions},
    io::{self, Write},
    path::{MAIN_SEPARATOR_STR, Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::{folder_of, identity, interrupt::remembered};

/// Who may read an output file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As the process's umask says; a file that is replaced keeps its permissions.
    Public,
    /// Its owner alone (0600 on Unix), from the moment it is made.
    Secret,
}

/// A file to write.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
    /// For whom.
    pub mode: Mode,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {reason}", super::shown(path))]
pub struct WriteError {
    path: PathBuf,
    /// What is in the way, and what to do.
    reason: String,
}

impl WriteError {
    fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }
}

/// The system refused; `action` is what was being done.
fn failed(path: &Path, action: &str) -> impl FnOnce(io::Error) -> WriteError {
    move |error| WriteError::new(path, format!("{action}: {error}"))
}

/// Writes one file, whole or not at all.
///
/// # Errors
/// Where the target is a symbolic link, a folder, a device or write-protected, and where the system refuses; the target is then as
/// it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    rename(stage(path, bytes, Mode::Public)?, path)
}

/// Writes a file anew that was read as `old`.
///
/// # Errors
/// As [`write`], and where the file has other names, or somebody else has written it since.
pub fn rewrite(path: &Path, old: &[u8], bytes: &[u8]) -> Result<(), WriteError> {
    let new = stage(path, bytes, Mode::Public)?;
    if count_names(path) > 1 {
        let reason = "it has other names (hard links), which would keep the old text; change it by hand, or make it a file of its own";
        return Err(WriteError::new(path, reason));
    }
    let now = fs::read(path).map_err(failed(path, "reading it again"))?;
    if now != old {
        let reason = "it was changed while it was fixed, and is left as it is; run this again";
        return Err(WriteError::new(path, reason));
    }
    rename(new, path)
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// As [`write`], and where there is anything of that name.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let exists = || WriteError::new(path, "it exists already; name another file, or remove it");
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    stage(path, bytes, Mode::Public)?
        .persist_noclobber(path)
        .map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => exists(),
            _ => failed(path, "renaming the temporary file")(error.error),
        })?;
    sync_folder(path);
    Ok(())
}

/// Writes several files, all or none: every file is complete on the disk before the first one is renamed. Where a rename fails, those
/// before it are taken back.
///
/// # Errors
/// As [`write`], and where two files have one path. The message says so if some file is not as it was.
pub fn write_all(files: &[OutputFile]) -> Result<(), WriteError> {
    let paths: Vec<&PathBuf> = files.iter().map(|file| &file.path).collect();
    refuse_twice(&paths)?;
    let mut staged = Vec::with_capacity(files.len());
    for OutputFile { path, bytes, mode } in files {
        staged.push((stage(path, bytes, *mode)?, backup(path)?, path.as_path()));
    }
    let mut done = Vec::with_capacity(files.len());
    for (new, old, path) in staged {
        if let Err(cause) = rename(new, path) {
            return Err(put_back(done, cause));
        }
        done.push((old, path));
    }
    Ok(())
}

/// Makes a folder, and those that it lies in, where they do not exist.
///
/// # Errors
/// Where a symbolic link is on the way, and where the system refuses.
pub fn create_folder(path: &Path) -> Result<(), WriteError> {
    refuse_links(path)?;
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            WriteError::new(path, "a file is in the way; name a folder")
        }
        _ => failed(path, "creating the folder")(error),
    })
}

/// Refuses two outputs that lead to one file, by whatever names.
///
/// # Errors
/// Where there are such.
pub fn refuse_twice(outputs: &[&PathBuf]) -> Result<(), WriteError> {
    let mut paths = BTreeSet::new();
    let is_known = |path: &&&PathBuf| !paths.insert(comparable(&real(path)));
    match outputs.iter().find(is_known) {
        Some(path) => Err(WriteError::new(path, "two outputs would go there")),
        None => Ok(()),
    }
}

/// Refuses an output that is one of the inputs, by whatever path or link it is named.
///
/// # Errors
/// Where it is one.
pub fn refuse_inputs(output: &Path, inputs: &[&Path]) -> Result<(), WriteError> {
    match inputs.iter().find(|input| same_file(output, input)) {
        Some(input) => Err(WriteError::new(
            output,
            format!("it is also read, as {}; name another file", input.display()),
        )),
        None => Ok(()),
    }
}

/// Whether two paths lead to one file, which exists.
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => {
            let file = |path: &Path| fs::metadata(path).ok().and_then(|it| identity(&it));
            one == other || file(&one).is_some_and(|one| file(&other) == Some(one))
        }
        _ => false,
    }
}

/// Writes the new content beside its target.
fn stage(path: &Path, bytes: &[u8], mode: Mode) -> Result<NamedTempFile, WriteError> {
    let old = replaced(path)?;
    let mut builder = Builder::new();
    builder.prefix(".campaign-ims-").suffix(".tmp");
    #[cfg(unix)]
    if mode == Mode::Public && old.is_none() {
        // Less the umask; otherwise the builder makes it 0600.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            WriteError::new(path, "its folder does not exist; create it first")
        }
        io::ErrorKind::PermissionDenied => WriteError::new(
            path,
            "its folder is write-protected; allow writing there, or name another one",
        ),
        _ => failed(path, "making a temporary file beside it")(error),
    };
    let mut new = remembered(|| builder.tempfile_in(folder_of(path))).map_err(refused)?;
    new.write_all(bytes).map_err(failed(path, "writing"))?;
    let file = new.as_file();
    if let (Mode::Public, Some(old)) = (mode, old) {
        keep_owner(file, &old);
        file.set_permissions(plain(old.permissions()))
            .map_err(failed(path, "keeping its permissions"))?;
    }
    file.sync_all()
        .map_err(failed(path, "bringing it to the disk"))?;
    Ok(new)
}

/// What the system says of the file that is to be replaced, if there is one; refuses what cannot be replaced.
fn replaced(path: &Path) -> Result<Option<Metadata>, WriteError> {
    let refused = |reason: &str| Err(WriteError::new(path, reason));
    if path.as_os_str() == "-" {
        return refused("name a file: `-` stands for standard input alone");
    }
    let written = path.as_os_str().as_encoded_bytes();
    if path.file_name().is_none() || written.ends_with(MAIN_SEPARATOR_STR.as_bytes()) {
        return refused("it is a folder; name a file in it");
    }
    refuse_links(folder_of(path))?;
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, "looking at it")(error)),
    };
    let kind = metadata.file_type();
    if kind.is_symlink() {
        refused("it is a symbolic link, which is never written through; name the file it leads to")
    } else if kind.is_dir() {
        refused("it is a folder; name a file in it")
    } else if !kind.is_file() {
        refused(
            "it is a device, a pipe or a socket; name a file, or leave the option out for the standard output",
        )
    } else if metadata.permissions().readonly() {
        refused("it is write-protected; allow writing, or name another file")
    } else {
        Ok(Some(metadata))
    }
}

/// A second name (or where the file system has none, a copy) of the file that is to be replaced.
fn backup(path: &Path) -> Result<Option<NamedTempFile<()>>, WriteError> {
    if !path.exists() {
        return Ok(None);
    }
    let mut builder = Builder::new();
    builder.prefix(".campaign-ims-").suffix(".old");
    let folder = folder_of(path);
    remembered(|| builder.make_in(folder, |name| fs::hard_link(path, name)))
        .or_else(|_| {
            remembered(|| {
                builder.make_in(folder, |name| {
                    let new = File::create_new(name)?;
                    new.set_permissions(fs::metadata(path)?.permissions())?;
                    io::copy(&mut File::open(path)?, &mut &new).map(|_| ())
                })
            })
        })
        .map(Some)
        .map_err(failed(path, "keeping the old file"))
}

/// Undoes the renames that were done, the last one first.
fn put_back(done: Vec<(Option<NamedTempFile<()>>, &Path)>, mut cause: WriteError) -> WriteError {
    for (old, path) in done.into_iter().rev() {
        let undone = match old {
            Some(old) => old.persist(path).map(|_| ()).map_err(|error| error.error),
            None => fs::remove_file(path),
        };
        if let Err(error) = undone {
            let path = path.display();
            cause.reason +=
                &format!("; and what stood in {path} before could not be put back: {error}");
        }
    }
    cause
}

/// Puts the new content in the target's place, for good.
fn rename(new: NamedTempFile, path: &Path) -> Result<(), WriteError> {
    // Looked at again: a link or folder may have been put there since.
    replaced(path)?;
    new.persist(path)
        .map_err(|error| failed(path, "renaming the temporary file")(error.error))?;
    sync_folder(path);
    Ok(())
}

/// Makes a rename last through a power failure, where the system can.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder_of(path))
    {
        // Some file systems have no such thing; the file itself is on the disk.
        let _ = folder.sync_all();
    }
}

/// Refuses a folder with a symbolic link on the way to it: what lies behind one is elsewhere than the path says. The folders that this
/// process stands in are trusted, and what is right below the root, where the system has links of its own.
fn refuse_links(folder: &Path) -> Result<(), WriteError> {
    let here = super::canonical(Path::new("."));
    let is_trusted = |step: &Path| {
        let is_at_root = step.parent().is_none_or(|above| above.parent().is_none());
        step.is_absolute() && (is_at_root || here.starts_with(super::canonical(step)))
    };
    let is_link = |step: &&Path| {
        let metadata = step.symlink_metadata();
        metadata.is_ok_and(|it| it.is_symlink()) && !is_trusted(step)
    };
    match folder.ancestors().find(is_link) {
        Some(link) => Err(WriteError::new(
            link,
            "it is a symbolic link, which is never written through; name the folder it leads to",
        )),
        None => Ok(()),
    }
}

/// The path that an output has once links on the way to it are resolved.
fn real(path: &Path) -> PathBuf {
    let folder = super::canonical(folder_of(path));
    let name = path.file_name().map(|name| folder.join(name));
    name.unwrap_or(folder)
}

/// The path as the usual file system of this platform tells it from others.
fn comparable(path: &Path) -> PathBuf {
    match cfg!(any(windows, target_os = "macos")) {
        true => PathBuf::from(path.to_string_lossy().to_lowercase()),
        false => path.to_owned(),
    }
}

/// Permissions without the bits that make a program run as somebody else.
#[cfg(unix)]
fn plain(permissions: Permissions) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(permissions.mode() & 0o1777)
}

#[cfg(not(unix))]
fn plain(permissions: Permissions) -> Permissions {
    permissions
}

/// Gives a new file the owner and the group of the one that it replaces, where the system lets this user.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata().ok();
    if own.is_some_and(|own| (own.uid(), own.gid()) != (old.uid(), old.gid())) {
        let both = fchown(file, Some(old.uid()), Some(old.gid()));
        let _ = both.or_else(|_| fchown(file, None, Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// How many names a file has.
#[cfg(unix)]
fn count_names(path: &Path) -> u64 {
    fs::metadata(path).map_or(1, |metadata| {
        std::os::unix::fs::MetadataExt::nlink(&metadata)
    })
}

#[cfg(not(unix))]
fn count_names(_: &Path) -> u64 {
    1
}

#[cfg(test)]
mod tests;
