//! The one manifest that a command works on, checked first.

use std::path::Path;

use super::{CommandError, run::Run};
use crate::{check::Judged, cli::Global, io::files::Input, text::show, text::suggest::list};

/// The name that standard input is reported under.
pub const STDIN: &str = "<stdin>";

/// Reads and checks a manifest, `-` for standard input. Rules between its environments are among the findings.
///
/// # Errors
/// Where it or its configuration cannot be read, or it has no environment of the chosen name.
pub fn read(path: &Path, env: Option<&str>, global: &Global) -> Result<Judged, CommandError> {
    let run = Run::new(global, env)?;
    let mut file = if path.as_os_str() == "-" {
        run.file(&Input::Stdin, Path::new(STDIN))?
    } else {
        run.file(&Input::File(path.to_owned()), path)?
    };
    file.compare_environments();
    let mut judged = file.judged;
    judged.findings.extend(run.of_configurations());
    if let Some(name) = env
        && judged.document.is_some()
        && !judged.environment_names.iter().any(|known| known == name)
    {
        return Err(no_such_environment(&judged, name));
    }
    Ok(judged)
}

fn no_such_environment(judged: &Judged, name: &str) -> CommandError {
    let known: Vec<&str> = judged
        .environment_names
        .iter()
        .map(String::as_str)
        .collect();
    let name = show::value(name);
    CommandError::Other(if known.is_empty() {
        format!("the manifest has no environments, so none is called `{name}`: leave `--env` out")
    } else {
        format!(
            "the manifest has no environment `{name}`, but {}",
            list(&known)
        )
    })
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
        list(&names)
    ))
}
