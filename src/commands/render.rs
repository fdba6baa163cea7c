//! `render MANIFEST`: checks a manifest, then writes its package.

use std::{io::IsTerminal, path::Path};

use super::{
    CommandError, Outcome, Result, Session,
    configuration::Configurations,
    input::{self, Needs},
};
use crate::{
    check::JudgedEnvironment,
    cli::RenderArgs,
    diagnostic::excerpt,
    io::{self, Mode, OutputFile},
    manifest::{Manifest, SecretReference},
    package::secret::{self, Origin},
    package::{self, CipherText, Package},
    rules::{instance::is_name, instances::Instance},
    text::show,
};

/// A package that is ready to be written.
struct Rendered {
    instance: String,
    text: String,
    steps: Vec<String>,
}

pub fn run(arguments: &RenderArgs, session: &Session) -> Result {
    let has_target = arguments.output.is_some() || arguments.out_dir.is_some();
    if arguments.check && !has_target {
        return Err(CommandError::other(
            "--check needs the file to compare with: add `-o FILE` or `--out-dir DIR`",
        ));
    }
    let or = "or `--out-dir DIR` for a file each";
    let needs = Needs {
        env: arguments.env.as_deref(),
        only_one: arguments.out_dir.is_none().then_some(or),
        ..Needs::default()
    };
    let Some(judged) = input::manifest(&arguments.manifest, &needs, session)? else {
        return Ok(Outcome::Findings);
    };
    let environments = &judged.environments;
    if arguments.include_secret && !has_target && std::io::stdout().is_terminal() {
        return Err(CommandError::other(
            "the package would hold the client secret, so it is not written to a terminal: add `-o FILE`",
        ));
    }
    let secrets = secrets(arguments, environments)?;
    let rendered = environments.iter().zip(secrets);
    let rendered = rendered
        .map(|(environment, secret)| render(environment, secret))
        .collect::<Result<Vec<_>>>()?;
    let files = files(arguments, &rendered)?;
    if arguments.check {
        return compare(&files, session);
    }
    if files.is_empty() {
        for package in &rendered {
            session.print(&package.text)?;
        }
    } else {
        refuse_inputs(arguments, &files, &judged.instances, session)?;
        write(arguments, &files, session)?;
    }
    for rendered in &rendered {
        let instance = show::text(&rendered.instance);
        let sum = package::sum(rendered.text.as_bytes());
        session.say(&format!(
            "This package is for the instance {instance} alone; its SHA-256 is {sum}."
        ));
        session.say(&format!("Still to be done by hand for {instance}:"));
        for (number, step) in (1..).zip(&rendered.steps) {
            session.say(&format!("  {number}. {}", show::text(step)));
        }
    }
    Ok(Outcome::Clean)
}

fn reference(manifest: &Manifest) -> Option<&SecretReference> {
    let account = manifest.external_account.get()?;
    Some(account.client_secret.get()?)
}

/// The client secret of each environment, where they are asked for; all are found before anything is written.
fn secrets(
    arguments: &RenderArgs,
    environments: &[JudgedEnvironment],
) -> Result<Vec<Option<CipherText>>> {
    if !arguments.include_secret {
        return Ok(vec![None; environments.len()]);
    }
    let mut origins: Vec<Origin> = Vec::new();
    let mut secrets = Vec::new();
    for environment in environments {
        let within = environment.name.as_ref().map_or_else(String::new, |name| {
            format!("in the environment `{}`, ", show::value(name))
        });
        let folder = io::folder_of(&arguments.manifest);
        let manifest = environment.manifest.as_ref();
        let (secret, origin) = secret::resolve(manifest.and_then(reference), |path| {
            io::read_inside(path, folder)
        })
        .map_err(|error| CommandError::other(format!("{within}{error}")))?;
        if origins.contains(&origin) {
            return Err(CommandError::other(format!(
                "{within}the client secret comes from where another instance's comes from; each instance encrypts with its own key, \
                 so write another `client_secret`, or render one with `--env`"
            )));
        }
        origins.push(origin);
        secrets.push(Some(secret));
    }
    Ok(secrets)
}

fn render(environment: &JudgedEnvironment, secret: Option<CipherText>) -> Result<Rendered> {
    let failed = || input::impossible("rendered");
    let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
    let instance = manifest.instance.get().ok_or_else(failed)?;
    let instance = instance.name.get().ok_or_else(failed)?;
    let mut package = Package::of(manifest).ok_or_else(failed)?;
    package.client_secret = secret;
    Ok(Rendered {
        instance: instance.value.clone(),
        text: package::render(&package).map_err(|error| CommandError::other(error.to_string()))?,
        steps: package::steps(manifest, &package),
    })
}

/// Each file with what belongs in it; nothing for standard output.
fn files(arguments: &RenderArgs, rendered: &[Rendered]) -> Result<Vec<OutputFile>> {
    let mut files = Vec::new();
    for package in rendered {
        let path = match (&arguments.output, &arguments.out_dir) {
            (Some(file), _) => file.clone(),
            (None, Some(folder)) => folder.join(file_name(&package.instance)?),
            (None, None) => continue,
        };
        files.push(OutputFile {
            path,
            bytes: package.text.clone().into_bytes(),
            mode: match arguments.include_secret {
                true => Mode::Secret,
                false => Mode::Public,
            },
        });
    }
    Ok(files)
}

/// The name of an instance's file. Whatever the check said, no other folder is named by it.
fn file_name(instance: &str) -> Result<String> {
    match is_name(instance) {
        true => Ok(format!("{instance}.xml")),
        false => Err(CommandError::other(format!(
            "the instance's name `{}` is no name for a file: write it as `instance-name` says",
            excerpt(instance)
        ))),
    }
}

/// Refuses to write onto the manifest, its configuration, or the file that holds a client secret.
fn refuse_inputs(
    arguments: &RenderArgs,
    files: &[OutputFile],
    instances: &[Instance],
    session: &Session,
) -> Result<()> {
    let manifest = &arguments.manifest;
    let mut configurations = Configurations::new(&session.global)?;
    configurations.of(manifest)?;
    let inputs: Vec<&Path> = configurations.files().chain([manifest.as_path()]).collect();
    for OutputFile { path, .. } in files {
        io::refuse_inputs(path, &inputs)?;
    }
    let outputs = files.iter().map(|file| file.path.as_path());
    input::refuse_secret_files(outputs, instances)
}

fn write(arguments: &RenderArgs, files: &[OutputFile], session: &Session) -> Result<()> {
    if let Some(folder) = &arguments.out_dir {
        io::create_folder(folder)?;
    }
    io::write_all(files)?;
    let secret = match arguments.include_secret {
        true => ", which now holds a client secret: keep it out of version control",
        false => "",
    };
    for file in files {
        let path = show::text(&io::shown(&file.path));
        session.say(&format!("Wrote {path}{secret}"));
    }
    Ok(())
}

fn compare(files: &[OutputFile], session: &Session) -> Result {
    let mut outcome = Outcome::Clean;
    for OutputFile { path, bytes, .. } in files {
        let shown = show::text(&io::shown(path));
        let what = match io::holds(path, bytes)? {
            Some(true) => {
                session.say(&format!("{shown} is up to date"));
                continue;
            }
            Some(false) => "differs from what the manifest renders to: render it again",
            None => "does not exist: render it",
        };
        session.error(&format!("`{shown}` {what}"));
        outcome = Outcome::Findings;
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn no_instance_names_another_folder() {
        for name in ["../x", "a/b", "a\\b", "-o", ".x", "con", "", "a:b"] {
            assert!(file_name(name).is_err(), "{name}");
        }
        assert_eq!(file_name("contoso-prod").unwrap(), "contoso-prod.xml");
    }
}
