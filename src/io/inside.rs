//! A small file that a manifest names: read where it lies in the manifest's repository, and refused everywhere else.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use super::{identity, walk::is_repository};

/// The most bytes that such a file may have.
const MOST: u64 = 64 << 10;

const OUTSIDE: &str =
    "it is outside of the manifest's repository: name a file inside, relative to the manifest";

/// Reads a small regular file inside the manifest's repository; gives its real path, too. It is looked at before it is opened, since
/// opening a pipe waits and opening a device may act; and again once it is open, since it may have been replaced.
///
/// # Errors
/// Where it is elsewhere, not there, too large, or no file. Neither the path nor anything of the file is in the message: people paste
/// secrets in place of paths.
pub fn read_inside(path: &Path, folder: &Path) -> Result<(Vec<u8>, PathBuf), String> {
    let is_relative = path.components().all(|step| {
        matches!(
            step,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    let folder = folder.canonicalize().map_err(in_words)?;
    let root = folder.ancestors().find(|it| is_repository(it));
    let root = root.unwrap_or(&folder);
    // What is outside is not even said to be there or not.
    if !is_relative || leaves(path, &folder, root) {
        return Err(OUTSIDE.to_owned());
    }
    let real = folder.join(path).canonicalize().map_err(in_words)?;
    if !real.starts_with(root) {
        return Err(OUTSIDE.to_owned());
    }
    let before = real.symlink_metadata().map_err(in_words)?;
    refuse(&before)?;
    let file = File::open(&real).map_err(in_words)?;
    let opened = file.metadata().map_err(in_words)?;
    refuse(&opened)?;
    if identity(&before) != identity(&opened) {
        return Err("it was replaced while it was read".to_owned());
    }
    let mut bytes = Vec::new();
    let mut start = file.take(MOST);
    start.read_to_end(&mut bytes).map_err(in_words)?;
    Ok((bytes, real))
}

fn in_words(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        kind => kind.to_string(),
    }
}

/// Whether the steps of a path alone lead out of the root.
fn leaves(path: &Path, folder: &Path, root: &Path) -> bool {
    let mut at = folder.to_owned();
    path.components().any(|step| {
        match step {
            Component::ParentDir => {
                at.pop();
            }
            Component::Normal(name) => at.push(name),
            _ => {}
        }
        !at.starts_with(root)
    })
}

fn refuse(metadata: &Metadata) -> Result<(), String> {
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    if metadata.len() > MOST {
        return Err("it has more than 64 KiB".to_owned());
    }
    Ok(())
}
