//! The one manifest that a command works on, checked first.

use std::path::Path;

use super::{CommandError, check};
use crate::{
    cli::Global,
    files::{self, Input},
    judge::{self, Judged},
    settings::Settings,
    yaml::MAX_BYTES,
};

/// Reads and checks a manifest, `-` for standard input. Rules between its environments are among the findings.
///
/// # Errors
/// Where it cannot be read, or has no environment of the chosen name.
pub fn read(path: &Path, env: Option<&str>, _global: &Global) -> Result<Judged, CommandError> {
    let input = if path.as_os_str() == "-" {
        Input::Stdin
    } else {
        Input::File(path.to_owned())
    };
    let bytes = files::read(&input, MAX_BYTES)?;
    let mut judged = judge::judge(&check::name_of(path), bytes, &Settings::default(), env);
    check::with_crossings(&mut judged);
    if let Some(name) = env
        && judged.document.is_some()
        && !judged.environment_names.iter().any(|known| known == name)
    {
        let known: Vec<&str> = judged
            .environment_names
            .iter()
            .map(String::as_str)
            .collect();
        let name = crate::report::safe::value(name);
        return Err(CommandError::Other(if known.is_empty() {
            format!(
                "the manifest has no environments, so none is called `{name}`: leave `--env` out"
            )
        } else {
            format!(
                "the manifest has no environment `{name}`, but {}",
                crate::manifest::suggest::list(&known)
            )
        }));
    }
    Ok(judged)
}

/// The error where a manifest has several environments, and the command can do with one only.
pub fn several(judged: &Judged, or: &str) -> CommandError {
    let names: Vec<&str> = judged
        .environment_names
        .iter()
        .map(String::as_str)
        .collect();
    CommandError::Other(format!(
        "the manifest has several environments: add `--env` with {}, {or}",
        crate::manifest::suggest::list(&names)
    ))
}
