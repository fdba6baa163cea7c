//! Output files, whole or not at all.
//!
//! A file is written beside its target under a random name, made anew and exclusively, brought to the disk and then
//! renamed onto the target. A reader sees the old file or the new one, never a part, and a symbolic link in the
//! target's place is never followed.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

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
pub enum OutputError {
    /// The target is a symbolic link.
    #[error("cannot write {}: it is a symbolic link, which is never written through; name the file it leads to", .0.display())]
    SymbolicLink(PathBuf),
    /// The target is a folder, or no file name at all.
    #[error("cannot write {}: it is a folder; name a file in it", .0.display())]
    Folder(PathBuf),
    /// The target is a device, a pipe or a socket.
    #[error("cannot write {}: it is a device, a pipe or a socket; name a file, or leave the option out for the standard output", .0.display())]
    Special(PathBuf),
    /// The target is write-protected.
    #[error("cannot write {}: it is write-protected; allow writing, or name another file", .0.display())]
    Protected(PathBuf),
    /// The target's folder is write-protected.
    #[error("cannot write {}: its folder is write-protected; allow writing there, or name another one", .0.display())]
    ProtectedFolder(PathBuf),
    /// Two outputs have one path.
    #[error("cannot write {}: two outputs would go there", .0.display())]
    Twice(PathBuf),
    /// The output is an input.
    #[error("cannot write {}: it is also read, as {}; name another file", .output.display(), .input.display())]
    IsInput {
        /// The output as named.
        output: PathBuf,
        /// The input as named.
        input: PathBuf,
    },
    /// The target's folder is not there.
    #[error("cannot write {}: its folder does not exist; create it first", .0.display())]
    NoFolder(PathBuf),
    /// The system refused.
    #[error("cannot write {}: {action}: {source}", .path.display())]
    Io {
        /// The target.
        path: PathBuf,
        /// What was being done.
        action: &'static str,
        /// The system's word.
        source: io::Error,
    },
    /// The system refused, and what had been replaced before could not be put back either.
    #[error("{cause}; and what stood in {} before could not be put back: {source}", .path.display())]
    NotPutBack {
        /// Why the files were not written.
        cause: Box<OutputError>,
        /// The file that now has its new content, or is gone.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
}

/// Writes one file, whole or not at all.
///
/// # Errors
/// Where the target is a symbolic link, a folder, a device or write-protected, and where the system refuses; the
/// target is then as it was.
pub fn write_atomic(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), OutputError> {
    let new = stage(path, bytes, mode)?;
    rename(new, path)?;
    sync_folder(path);
    Ok(())
}

/// Writes several files, all or none: every file is complete on the disk before the first one is renamed. Where a
/// rename fails, those before it are taken back.
///
/// # Errors
/// As [`write_atomic`], and where two files have one path. [`OutputError::NotPutBack`] alone means that some file is
/// not as it was.
pub fn write_all_or_none(files: &[OutputFile]) -> Result<(), OutputError> {
    let mut paths = BTreeSet::new();
    for file in files {
        if !paths.insert(comparable(&file.path)) {
            return Err(OutputError::Twice(file.path.clone()));
        }
    }
    let mut staged = Vec::with_capacity(files.len());
    for file in files {
        staged.push((
            stage(&file.path, &file.bytes, file.mode)?,
            backup(&file.path)?,
            &file.path,
        ));
    }
    let mut done = Vec::with_capacity(files.len());
    for (new, old, path) in staged {
        if let Err(cause) = rename(new, path) {
            return Err(put_back(done, cause));
        }
        done.push((old, path));
    }
    for (_, path) in &done {
        sync_folder(path);
    }
    Ok(())
}

/// Refuses an output that is one of the inputs, by whatever path or link it is named.
///
/// # Errors
/// [`OutputError::IsInput`]; [`OutputError::Io`] where the output is there but cannot be looked at.
pub fn refuse_same_file<P: AsRef<Path>>(
    output: &Path,
    inputs: impl IntoIterator<Item = P>,
) -> Result<(), OutputError> {
    let own = match fs::canonicalize(output) {
        Ok(own) => own,
        // What does not exist is no input that was read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(failed(output, "looking at it", source)),
    };
    for input in inputs {
        let input = input.as_ref();
        let same = fs::canonicalize(input).is_ok_and(|it| it == own || same_inode(&it, &own));
        if same {
            return Err(OutputError::IsInput {
                output: output.to_owned(),
                input: input.to_owned(),
            });
        }
    }
    Ok(())
}

/// Writes the new content beside its target.
fn stage(path: &Path, bytes: &[u8], mode: Mode) -> Result<NamedTempFile, OutputError> {
    let old = old_permissions(path)?;
    let mut builder = Builder::new();
    builder.prefix(".campaign-ims-").suffix(".tmp");
    #[cfg(unix)]
    if mode == Mode::Public && old.is_none() {
        // Less the umask; otherwise the builder makes it 0600.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut new = builder
        .tempfile_in(folder(path))
        .map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => OutputError::NoFolder(path.to_owned()),
            io::ErrorKind::PermissionDenied => OutputError::ProtectedFolder(path.to_owned()),
            _ => failed(path, "making a temporary file beside it", source),
        })?;
    new.write_all(bytes)
        .map_err(|source| failed(path, "writing", source))?;
    if let (Mode::Public, Some(old)) = (mode, old) {
        new.as_file()
            .set_permissions(old)
            .map_err(|source| failed(path, "keeping its permissions", source))?;
    }
    new.as_file()
        .sync_all()
        .map_err(|source| failed(path, "bringing it to the disk", source))?;
    Ok(new)
}

/// The permissions of the file that is to be replaced, if there is one; refuses what cannot be replaced.
fn old_permissions(path: &Path) -> Result<Option<Permissions>, OutputError> {
    if path.file_name().is_none() {
        return Err(OutputError::Folder(path.to_owned()));
    }
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(failed(path, "looking at it", source)),
    };
    let kind = metadata.file_type();
    if kind.is_symlink() {
        return Err(OutputError::SymbolicLink(path.to_owned()));
    }
    if kind.is_dir() {
        return Err(OutputError::Folder(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(OutputError::Special(path.to_owned()));
    }
    if metadata.permissions().readonly() {
        return Err(OutputError::Protected(path.to_owned()));
    }
    Ok(Some(metadata.permissions()))
}

/// A second name (or where the file system has none, a copy) of the file that is to be replaced.
fn backup(path: &Path) -> Result<Option<NamedTempFile<()>>, OutputError> {
    if !fs::exists(path).map_err(|source| failed(path, "looking at it", source))? {
        return Ok(None);
    }
    let mut builder = Builder::new();
    builder.prefix(".campaign-ims-").suffix(".old");
    let folder = folder(path);
    let linked = builder.make_in(folder, |name| fs::hard_link(path, name));
    linked
        .or_else(|_| {
            builder.make_in(folder, |name| {
                let new = File::create_new(name)?;
                new.set_permissions(fs::metadata(path)?.permissions())?;
                io::copy(&mut File::open(path)?, &mut &new).map(|_| ())
            })
        })
        .map(Some)
        .map_err(|source| failed(path, "keeping the old file", source))
}

/// Undoes the renames that were done, the last one first.
fn put_back(done: Vec<(Option<NamedTempFile<()>>, &PathBuf)>, cause: OutputError) -> OutputError {
    let mut cause = cause;
    for (old, path) in done.into_iter().rev() {
        let undone = match old {
            Some(old) => old.persist(path).map(|_| ()).map_err(|error| error.error),
            None => fs::remove_file(path),
        };
        if let Err(source) = undone {
            cause = OutputError::NotPutBack {
                cause: Box::new(cause),
                path: path.clone(),
                source,
            };
        }
    }
    cause
}

fn rename(new: NamedTempFile, path: &Path) -> Result<(), OutputError> {
    // Looked at again: a link or folder may have been put there since.
    old_permissions(path)?;
    new.persist(path)
        .map(|_| ())
        .map_err(|error| failed(path, "renaming the temporary file", error.error))
}

/// Makes a rename last through a power failure, where the system can.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder(path))
    {
        // Some file systems have no such thing; the file itself is on the disk.
        let _ = folder.sync_all();
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path as the usual file system of this platform tells it from others.
fn comparable(path: &Path) -> PathBuf {
    if cfg!(any(windows, target_os = "macos")) {
        PathBuf::from(path.to_string_lossy().to_lowercase())
    } else {
        path.to_owned()
    }
}

fn failed(path: &Path, action: &'static str, source: io::Error) -> OutputError {
    OutputError::Io {
        path: path.to_owned(),
        action,
        source,
    }
}

#[cfg(unix)]
fn same_inode(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(a), fs::metadata(b)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_inode(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
