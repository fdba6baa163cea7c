//! `diff MANIFEST PACKAGE.xml`: drift between the manifest and what an instance exported.

use super::{
    CommandError, Outcome, Result, Session, input,
    session::{unicode, width},
};
use crate::{
    cli::{DiffArgs, DiffFormat},
    diagnostic::Locator,
    manifest::Manifest,
    package::drift::{self, Look},
    package::{self, Package},
    report::counted,
    secrets,
    text::show,
    yaml::Field,
};

pub fn run(arguments: &DiffArgs, session: &Session) -> Result {
    let DiffArgs { manifest, env, .. } = arguments;
    input::refuse_both(manifest, &arguments.package, "package")?;
    let Some(judged) = input::manifest(manifest, env.as_deref(), &[], session)? else {
        return Ok(Outcome::Findings);
    };
    let [environment] = judged.environments.as_slice() else {
        return Err(input::several(&judged, "as a package is of one instance"));
    };
    let failed = || input::impossible("compared");
    let manifest = environment.manifest.as_ref().ok_or_else(failed)?;
    let expected = Package::of(manifest).ok_or_else(failed)?;
    let resolver = Locator {
        document: judged.document.as_ref(),
        source: &judged.source,
    };
    let (found, name) = input::package(&arguments.package)?;
    let account = found
        .account()
        .map_err(|error| CommandError::other(format!("`{name}`: {error}")))?;
    let differences = drift::locate(
        package::diff(&expected, &not_created(manifest), &found, account),
        manifest,
        |place| resolver.location(place),
    );
    let account = secrets::masked(account.name());
    let mut text = Vec::new();
    match arguments.format {
        DiffFormat::Json => drift::json(&account, &differences, &mut text)?,
        DiffFormat::Human => {
            let look = Look {
                colour: session.colour,
                width: width(),
                unicode: unicode(),
            };
            text.extend(drift::human(&differences, look).into_bytes());
            let account = show::text(&account);
            let summary = match differences.len() {
                0 if session.global.quiet => String::new(),
                0 => format!(
                    "No drift: the account `{account}` of {name} is as the manifest says.\n"
                ),
                count => format!(
                    "Drift: {} between the manifest and the account `{account}` of {name}.\n",
                    counted(count, "difference")
                ),
            };
            text.extend(summary.into_bytes());
        }
    }
    session.print(text)?;
    Ok(match differences.is_empty() {
        true => Outcome::Clean,
        false => Outcome::Findings,
    })
}

/// The groups that the package does not create.
fn not_created(manifest: &Manifest) -> Vec<&str> {
    let groups = manifest.groups.get().into_iter().flat_map(|it| &it.0);
    let others = groups.filter(|(_, group)| {
        let create = group.get().map(|group| &group.create);
        !matches!(create, Some(Field::Written(create)) if create.value)
    });
    others.map(|(name, _)| name.as_str()).collect()
}
