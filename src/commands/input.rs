//! What commands read: the one manifest that they work on, checked first, and the package that an instance exported.

use std::{io::BufReader, path::Path};

use super::{CommandError, Result, Session, configuration::Configurations};
use crate::{
    check::{self, Judged},
    diagnostic::Severity,
    io::{self, Input, ReadError},
    package::{self, ReadPackage},
    rules::instances::Instance,
    text::{show, suggest::list},
    yaml,
};

/// The most bytes that a package may have.
const MOST_OF_A_PACKAGE: u64 = 1 << 30;

/// What a command needs of its manifest.
#[derive(Default)]
pub struct Needs<'a> {
    /// The environment that was chosen.
    pub env: Option<&'a str>,
    /// The rules whose errors do not keep the command from its work.
    pub harmless: &'a [&'a str],
    /// For a command that can do with one environment only: why, or what else there is.
    pub only_one: Option<&'a str>,
}

/// Reads and checks the manifest that a command works on, rules between its environments included, and says on standard error what
/// was found. Nothing where errors keep the command from its work.
///
/// # Errors
/// Where it or its configuration cannot be read, or where it has no environment of the chosen name or several to choose from.
pub fn manifest(path: &Path, needs: &Needs<'_>, session: &Session) -> Result<Option<Judged>> {
    let Needs {
        env,
        harmless,
        only_one,
    } = *needs;
    let mut configurations = Configurations::new(&session.global)?;
    let input = Input::of(path);
    let bytes = io::read_start(&input, yaml::MAX_BYTES)?;
    if package::is_xml(&bytes) {
        let name = show::text(&input.name());
        return Err(CommandError::other(format!(
            "`{name}` is XML, where a manifest is due: the manifest comes first, and `campaign-ims import` makes one from a package"
        )));
    }
    let settings = &configurations.of(input.path())?.settings;
    let checked = check::text(input.path(), &input.name(), bytes, settings, env);
    let across = check::across(&[&checked]);
    let mut judged = checked.judged;
    judged.findings.extend(across);
    judged.findings.extend(configurations.findings());
    if let Some(name) = env
        && judged.document.is_some()
        && !judged.environment_names.iter().any(|known| known == name)
    {
        return Err(no_such_environment(&judged, name));
    }
    session.findings(&judged);
    if let Some(or) = only_one
        && env.is_none()
        && judged.environment_names.len() > 1
    {
        return Err(several(&judged, or));
    }
    let is_in_the_way = judged
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error && !harmless.contains(&finding.rule.id));
    Ok((!is_in_the_way).then_some(judged))
}

fn no_such_environment(judged: &Judged, name: &str) -> CommandError {
    let name = show::value(name);
    let known = &judged.environment_names;
    CommandError::other(match known.is_empty() {
        true => format!(
            "the manifest has no environments, so none is called `{name}`: leave `--env` out"
        ),
        false => format!(
            "the manifest has no environment `{name}`, but {}",
            list(known)
        ),
    })
}

/// The error where a manifest has several environments, and the command can do with one only.
fn several(judged: &Judged, or: &str) -> CommandError {
    let names = list(&judged.environment_names);
    CommandError::other(format!(
        "the manifest has several environments: add `--env` with {names}, {or}"
    ))
}

/// The error where a manifest without errors lacks what it needs, which its check should have said.
pub fn impossible(what: &str) -> CommandError {
    CommandError::other(format!(
        "the manifest cannot be {what}, though its check has no errors"
    ))
}

/// Refuses to write onto a file that a client secret is kept in.
///
/// # Errors
/// Where an output is one.
pub fn refuse_secret_files<'a>(
    outputs: impl IntoIterator<Item = &'a Path>,
    instances: impl IntoIterator<Item = &'a Instance>,
) -> Result<()> {
    let instances = instances.into_iter();
    let secrets = instances.filter_map(|it| it.secret.as_ref());
    let files = secrets.filter_map(|secret| secret.value.strip_prefix("file:"));
    let files: Vec<&Path> = files.map(Path::new).collect();
    for output in outputs {
        // The reference's own path is not shown: people paste the secret there.
        if files.iter().any(|secret| io::same_file(output, secret)) {
            let output = output.display();
            return Err(CommandError::other(format!(
                "cannot write {output}: the client secret is kept there; name another file"
            )));
        }
    }
    Ok(())
}

/// Refuses to read two inputs from standard input. `what` is the second one.
///
/// # Errors
/// Where both are `-`.
pub fn refuse_both(manifest: &Path, other: &Path, what: &str) -> Result<()> {
    if manifest.as_os_str() == "-" && other.as_os_str() == "-" {
        return Err(CommandError::other(format!(
            "the manifest and the {what} cannot both be standard input: name a file"
        )));
    }
    Ok(())
}

/// Reads an exported package, `-` for standard input, as a stream; gives its name as messages show it.
///
/// # Errors
/// Where it cannot be read, or is no package; says where.
pub fn package(path: &Path) -> Result<(ReadPackage, String)> {
    let input = Input::of(path);
    let name = show::text(&input.name());
    let reader = io::open(&input, "", MOST_OF_A_PACKAGE)?;
    match package::read(BufReader::with_capacity(64 * 1024, reader)) {
        Ok(package) => Ok((package, name)),
        Err(package::PackageError::Io(error)) => {
            Err(ReadError::new("", input.name(), &error).into())
        }
        Err(error) => Err(CommandError::other(format!(
            "cannot read `{name}`: {error}"
        ))),
    }
}
