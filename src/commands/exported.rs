//! The package that a command reads, from a file or from standard input.

use std::{fs::File, io, path::Path};

use super::CommandError;
use crate::{
    io::files,
    package::{self, PackageError, ReadPackage},
    text::show,
};

/// Reads an exported package, `-` for standard input, as a stream.
///
/// # Errors
/// Where it cannot be read, or is no package; says where.
pub fn read(path: &Path) -> Result<ReadPackage, CommandError> {
    let name = name_of(path);
    let failed = |error: &dyn std::fmt::Display| {
        CommandError::Other(format!("cannot read `{name}`: {error}"))
    };
    let read = if path.as_os_str() == "-" {
        package::read(io::stdin().lock())
    } else {
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed(&"there is no such file"),
            _ => failed(&error),
        })?;
        package::read(file)
    };
    read.map_err(|error| match &error {
        PackageError::Io(error) if error.kind() == io::ErrorKind::IsADirectory => {
            failed(&"it is a folder, not a file")
        }
        PackageError::Io(error) => failed(error),
        error => failed(error),
    })
}

/// A package's name, as messages show it.
pub fn name_of(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "<stdin>".to_owned()
    } else {
        show::text(&files::shown(path))
    }
}
