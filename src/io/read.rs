//! The one way in which a file is read: up to a limit, with errors that say what was read.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::shown;
use crate::text::show;

/// What a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// The input that a command line names: `-` is standard input.
    pub fn of(path: &Path) -> Self {
        match path.as_os_str() == "-" {
            true => Self::Stdin,
            false => Self::File(path.to_owned()),
        }
    }

    /// Its path; of standard input, a name in its place.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("<stdin>"),
            Self::File(path) => path,
        }
    }

    /// What reports and messages call it.
    pub fn name(&self) -> String {
        shown(self.path())
    }
}

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {what}`{}`: {reason}", show::text(name))]
pub struct ReadError {
    /// What it is, where its name does not say so: `the baseline `.
    what: &'static str,
    name: String,
    reason: String,
}

impl ReadError {
    /// An error of the system, in words.
    pub fn new(what: &'static str, name: String, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
            _ => error.to_string(),
        };
        Self { what, name, reason }
    }
}

/// A reader that fails once it has given more than its limit.
struct Capped {
    inner: Box<dyn Read>,
    left: u64,
    most: u64,
}

impl Read for Capped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                let most = self.most >> 20;
                return Err(io::Error::other(format!("it is over {most} MiB")));
            }
        }
        Ok(read)
    }
}

/// Opens a file to be read piece by piece; reading fails after `most` bytes.
///
/// # Errors
/// Where there is no such file, or it may not be read. That it is a folder shows when it is read.
pub fn open(input: &Input, what: &'static str, most: u64) -> Result<impl Read, ReadError> {
    Ok(Capped {
        inner: uncapped(input, what)?,
        left: most,
        most,
    })
}

fn uncapped(input: &Input, what: &'static str) -> Result<Box<dyn Read>, ReadError> {
    match input {
        Input::Stdin => Ok(Box::new(io::stdin().lock())),
        Input::File(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(ReadError::new(what, input.name(), &error)),
        },
    }
}

/// The bytes of a file. `what` says in errors what it is, where its name does not, with a space at the end.
///
/// # Errors
/// Where there is no such file, it is a folder, it cannot be read, or it has more than `most` bytes.
pub fn read(input: &Input, what: &'static str, most: u64) -> Result<Vec<u8>, ReadError> {
    all(open(input, what, most)?, input, what)
}

/// The first bytes of a file, of no more than `most` and one: who is given more than he takes says so himself, with the place.
///
/// # Errors
/// As [`read`], but for the limit.
pub fn read_start(input: &Input, most: usize) -> Result<Vec<u8>, ReadError> {
    let most = most as u64 + 1;
    all(uncapped(input, "")?.take(most), input, "")
}

/// Whether a file holds some bytes and no more; nothing where there is no file.
///
/// # Errors
/// Where it cannot be read.
pub fn holds(path: &Path, bytes: &[u8]) -> Result<Option<bool>, ReadError> {
    if !path.exists() {
        return Ok(None);
    }
    let found = read_start(&Input::File(path.to_owned()), bytes.len())?;
    Ok(Some(found == bytes))
}

fn all(mut reader: impl Read, input: &Input, what: &'static str) -> Result<Vec<u8>, ReadError> {
    // Most manifests are smaller, and are read at once.
    let mut bytes = Vec::with_capacity(8 << 10);
    match reader.read_to_end(&mut bytes) {
        Ok(_) => bytes.shrink_to_fit(),
        Err(error) => return Err(ReadError::new(what, input.name(), &error)),
    }
    Ok(bytes)
}
