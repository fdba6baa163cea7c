//! `render MANIFEST`: checks a manifest, then writes its package.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use super::{CommandError, Outcome, Terminal, chosen, run::Run, say_findings};
use crate::{
    check::JudgedEnvironment,
    cli::{Global, RenderArgs},
    io::files::{self, Input},
    io::output::{self, Mode, OutputError, OutputFile},
    package::secret::{self, Origin},
    package::{self, CipherText, Package},
    text::show,
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
    if arguments.include_secret && !arguments.check && to_terminal(arguments) {
        return Err(CommandError::Other(
            "the package would hold the client secret, so it is not written to a terminal: add `-o FILE`".to_owned(),
        ));
    }
    let secrets = secrets(arguments, environments)?;
    let rendered = environments
        .iter()
        .zip(secrets)
        .map(|(environment, secret)| render(environment, secret))
        .collect::<Result<Vec<_>, _>>()?;
    let targets = targets(arguments, &rendered);
    let outcome = if arguments.check {
        compare(&targets, terminal)?
    } else {
        refuse_inputs(arguments, &targets, environments, global)?;
        write(arguments, &targets, &rendered, terminal)?
    };
    if outcome == Outcome::Clean && !arguments.check {
        for package in &rendered {
            terminal.say(&format!(
                "Still to be done by hand for {}:",
                show::text(&package.instance)
            ));
            for (number, step) in (1..).zip(&package.steps) {
                terminal.say(&format!("  {number}. {}", show::text(step)));
            }
        }
    }
    Ok(outcome)
}

fn failed() -> CommandError {
    CommandError::Other(
        "the manifest cannot be rendered, though its check has no errors".to_owned(),
    )
}

fn to_terminal(arguments: &RenderArgs) -> bool {
    arguments.output.is_none() && arguments.out_dir.is_none() && io::stdout().is_terminal()
}

/// The client secret of each environment, where they are asked for; all are found before anything is written.
fn secrets(
    arguments: &RenderArgs,
    environments: &[JudgedEnvironment],
) -> Result<Vec<Option<CipherText>>, CommandError> {
    if !arguments.include_secret {
        return Ok(vec![None; environments.len()]);
    }
    let folder = folder(arguments);
    let mut origins: Vec<Origin> = Vec::new();
    let mut secrets = Vec::new();
    for environment in environments {
        let within = environment.name.as_ref().map_or_else(String::new, |name| {
            format!("in the environment `{}`, ", show::value(name))
        });
        let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
        let account = manifest.external_account.get();
        let reference = account.and_then(|account| account.client_secret.get());
        let (secret, origin) = secret::resolve(reference.map(|it| &it.value), folder)
            .map_err(|error| CommandError::Other(format!("{within}{error}")))?;
        if origins.contains(&origin) {
            return Err(CommandError::Other(format!(
                "{within}the client secret comes from where another instance's comes from; each instance encrypts with its own key, \
                 so write another `client_secret`, or render one with `--env`"
            )));
        }
        origins.push(origin);
        secrets.push(Some(secret));
    }
    Ok(secrets)
}

fn render(
    environment: &JudgedEnvironment,
    secret: Option<CipherText>,
) -> Result<Rendered, CommandError> {
    let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
    let mut package = Package::of(manifest).ok_or_else(failed)?;
    let with_secret = secret.is_some();
    package.client_secret = secret;
    let text = package::render(&package).map_err(|error| CommandError::Other(error.to_string()))?;
    let instance = manifest
        .instance
        .get()
        .and_then(|instance| instance.name.get())
        .ok_or_else(failed)?;
    Ok(Rendered {
        instance: instance.value.clone(),
        text,
        steps: package::steps(manifest, with_secret),
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

/// The manifest's folder.
fn folder(arguments: &RenderArgs) -> &Path {
    let parent = arguments.manifest.parent();
    parent
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Refuses to write onto the manifest, its configuration, or the file that holds a client secret.
fn refuse_inputs(
    arguments: &RenderArgs,
    targets: &[(PathBuf, Vec<u8>)],
    environments: &[JudgedEnvironment],
    global: &Global,
) -> Result<(), CommandError> {
    if targets.is_empty() {
        return Ok(());
    }
    let mut inputs = Run::new(global, None)?.configurations([&arguments.manifest]);
    inputs.push(arguments.manifest.clone());
    let references = environments.iter().filter_map(|environment| {
        let account = environment.manifest.as_ref()?.external_account.get()?;
        let file = account.client_secret.get()?.file.get()?;
        Some(folder(arguments).join(&file.value))
    });
    let secrets: Vec<PathBuf> = references.collect();
    for (path, _) in targets {
        output::refuse_same_file(path, &inputs)?;
        // The reference's own path is not shown: people paste the secret there.
        if let Err(OutputError::IsInput { output, .. }) = output::refuse_same_file(path, &secrets) {
            return Err(CommandError::Other(format!(
                "cannot write {}: the client secret is kept there; name another file",
                output.display()
            )));
        }
    }
    Ok(())
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
    let files: Vec<OutputFile> = targets
        .iter()
        .map(|(path, bytes)| OutputFile {
            path: path.clone(),
            bytes: bytes.clone(),
            mode: if arguments.include_secret {
                Mode::Secret
            } else {
                Mode::Public
            },
        })
        .collect();
    output::write_all_or_none(&files)?;
    for (path, _) in targets {
        let secret = if arguments.include_secret {
            ", which now holds a client secret: keep it out of version control"
        } else {
            ""
        };
        terminal.say(&format!(
            "Wrote {}{secret}",
            show::text(&files::shown(path))
        ));
    }
    Ok(Outcome::Clean)
}

fn compare(targets: &[(PathBuf, Vec<u8>)], terminal: &Terminal) -> Result<Outcome, CommandError> {
    let mut outcome = Outcome::Clean;
    for (path, bytes) in targets {
        let shown = show::text(&files::shown(path));
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
