//! `diff MANIFEST PACKAGE.xml`: drift between the manifest and what an instance exported.

use super::{CommandError, Outcome, Terminal, chosen, exported, say_findings, unicode, width};
use crate::{
    cli::{DiffArgs, DiffFormat, Global},
    package::drift::{self, Look},
    package::{self, Package},
    resolve::Resolver,
    secrets,
    text::show,
    yaml::Field,
};

pub fn run(
    arguments: &DiffArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    if arguments.manifest.as_os_str() == "-" && arguments.package.as_os_str() == "-" {
        return Err(CommandError::Other(
            "the manifest and the package cannot both be standard input: name a file".to_owned(),
        ));
    }
    let judged = chosen::read(&arguments.manifest, arguments.env.as_deref(), global)?;
    say_findings(&judged, terminal);
    if judged.has_errors() {
        return Ok(Outcome::Findings);
    }
    let environment = match judged.environments.as_slice() {
        [environment] => environment,
        _ => return Err(chosen::several(&judged, "as a package is of one instance")),
    };
    let failed = || {
        CommandError::Other(
            "the manifest cannot be compared, though its check has no errors".to_owned(),
        )
    };
    let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
    let expected = Package::of(manifest).ok_or_else(failed)?;
    let document = judged.document.as_ref().ok_or_else(failed)?;
    let found = exported::read(&arguments.package)?;
    let name = exported::name_of(&arguments.package);
    let account = found
        .account()
        .map_err(|error| CommandError::Other(format!("`{name}`: {error}")))?;
    let groups = manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let others: Vec<&str> = groups
        .filter(|(_, group)| {
            !group
                .get()
                .is_some_and(|it| matches!(&it.create, Field::Written(create) if create.value))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let resolver = Resolver {
        document,
        source: &judged.source,
    };
    let differences = drift::locate(
        package::diff(&expected, &others, &found, account),
        manifest,
        |place| resolver.location(place),
    );
    let account_name = secrets::mask(account.name());
    match arguments.format {
        DiffFormat::Json => {
            let mut text = Vec::new();
            drift::json(&account_name, &differences, &mut text)?;
            terminal.print(&text)?;
        }
        DiffFormat::Human => {
            let look = Look {
                colour: terminal.colour,
                width: width(),
                unicode: unicode(),
            };
            let mut text = drift::human(&differences, look);
            let account = show::text(&account_name);
            match differences.len() {
                0 if terminal.quiet => {}
                0 => text.push_str(&format!("No drift: the account `{account}` of {name} is as the manifest says.\n")),
                count => text.push_str(&format!(
                    "Drift: {count} difference{} between the manifest and the account `{account}` of {name}.\n",
                    if count == 1 { "" } else { "s" }
                )),
            }
            terminal.print(text.as_bytes())?;
        }
    }
    Ok(if differences.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}
