//! `render MANIFEST`: checks a manifest, then writes its package.

use std::path::{Path, PathBuf};

use super::{CommandError, Outcome, Terminal, chosen, say_findings};
use crate::{
    cli::{Global, RenderArgs},
    files::{self, Input},
    judge::JudgedEnvironment,
    output::{self, Mode, OutputFile},
    package::{self, Package},
    report::safe,
};

/// A package that is ready to be written.
struct Rendered {
    instance: String,
    text: String,
    steps: Vec<String>,
}

pub fn run(
    arguments: &RenderArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    if arguments.check && arguments.output.is_none() && arguments.out_dir.is_none() {
        return Err(CommandError::Other(
            "--check needs the file to compare with: add `-o FILE` or `--out-dir DIR`".to_owned(),
        ));
    }
    let manifest = chosen::read(&arguments.manifest, arguments.env.as_deref(), global)?;
    say_findings(&manifest, terminal);
    if manifest.has_errors() {
        return Ok(Outcome::Findings);
    }
    let environments = &manifest.environments;
    if environments.len() > 1 && arguments.out_dir.is_none() {
        return Err(chosen::several(
            &manifest,
            "or `--out-dir DIR` for a file each",
        ));
    }
    let rendered = environments
        .iter()
        .map(render)
        .collect::<Result<Vec<_>, _>>()?;
    let targets = targets(arguments, &rendered);
    let outcome = if arguments.check {
        compare(&targets, terminal)?
    } else {
        write(arguments, &targets, &rendered, terminal)?
    };
    if outcome == Outcome::Clean && !arguments.check {
        for package in &rendered {
            terminal.say(&format!(
                "Still to be done by hand for {}:",
                safe::text(&package.instance)
            ));
            for (number, step) in (1..).zip(&package.steps) {
                terminal.say(&format!("  {number}. {}", safe::text(step)));
            }
        }
    }
    Ok(outcome)
}

fn render(environment: &JudgedEnvironment) -> Result<Rendered, CommandError> {
    let failed = || {
        CommandError::Other(
            "the manifest cannot be rendered, though its check has no errors".to_owned(),
        )
    };
    let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
    let package = Package::of(manifest).ok_or_else(failed)?;
    let text = package::render(&package).map_err(|error| CommandError::Other(error.to_string()))?;
    let instance = manifest
        .instance
        .get()
        .and_then(|instance| instance.name.get())
        .ok_or_else(failed)?;
    Ok(Rendered {
        instance: instance.value.clone(),
        text,
        steps: package::steps(manifest),
    })
}

/// Each file with what belongs in it; nothing for standard output.
fn targets(arguments: &RenderArgs, rendered: &[Rendered]) -> Vec<(PathBuf, Vec<u8>)> {
    rendered
        .iter()
        .filter_map(|package| {
            let path = match (&arguments.output, &arguments.out_dir) {
                (Some(file), _) => file.clone(),
                (None, Some(folder)) => folder.join(format!("{}.xml", package.instance)),
                (None, None) => return None,
            };
            Some((path, package.text.clone().into_bytes()))
        })
        .collect()
}

fn write(
    arguments: &RenderArgs,
    targets: &[(PathBuf, Vec<u8>)],
    rendered: &[Rendered],
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    if targets.is_empty() {
        for package in rendered {
            terminal.print(package.text.as_bytes())?;
        }
        return Ok(Outcome::Clean);
    }
    if let Some(folder) = &arguments.out_dir {
        std::fs::create_dir_all(folder).map_err(|error| {
            CommandError::Other(format!(
                "cannot create the folder `{}`: {error}",
                folder.display()
            ))
        })?;
    }
    for (path, _) in targets {
        output::refuse_same_file(path, [&arguments.manifest])?;
    }
    let files: Vec<OutputFile> = targets
        .iter()
        .map(|(path, bytes)| OutputFile {
            path: path.clone(),
            bytes: bytes.clone(),
            mode: Mode::Public,
        })
        .collect();
    output::write_all_or_none(&files)?;
    for (path, _) in targets {
        terminal.say(&format!("Wrote {}", safe::text(&files::shown(path))));
    }
    Ok(Outcome::Clean)
}

fn compare(targets: &[(PathBuf, Vec<u8>)], terminal: &Terminal) -> Result<Outcome, CommandError> {
    let mut outcome = Outcome::Clean;
    for (path, bytes) in targets {
        let shown = safe::text(&files::shown(path));
        match current(path, bytes.len())? {
            Some(current) if current == *bytes => terminal.say(&format!("{shown} is up to date")),
            Some(_) => {
                terminal.error(&format!(
                    "`{shown}` differs from what the manifest renders to: render it again"
                ));
                outcome = Outcome::Findings;
            }
            None => {
                terminal.error(&format!("`{shown}` does not exist: render it"));
                outcome = Outcome::Findings;
            }
        }
    }
    Ok(outcome)
}

/// The bytes of a file, as many as can be equal and one more; nothing where there is no file.
fn current(path: &Path, length: usize) -> Result<Option<Vec<u8>>, CommandError> {
    if !path.exists() {
        return Ok(None);
    }
    Ok(Some(files::read(&Input::File(path.to_owned()), length)?))
}
