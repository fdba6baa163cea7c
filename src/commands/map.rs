//! `map MANIFEST`: which product profile becomes which operator group, and whose members could not sign in.

use std::{
    iter,
    path::{Path, PathBuf},
};

use super::{
    CommandError, Outcome, Result, Session,
    input::{self, Needs},
    session::width,
};
use crate::{
    check::{self, Judged, settings::Settings},
    cli::{MapArgs, MapFormat},
    io::{self, Input},
    mapping::{self, Profiles},
    mask::Mask,
    text::show,
};

/// The errors that the mapping itself shows: they keep nobody from reading it.
const SHOWN_BY_THE_MAPPING: [&str; 3] = [
    "group-profile-unmatched",
    "group-capture-mismatch",
    "group-profile-duplicate",
];

pub fn run(arguments: &MapArgs, session: &Session) -> Result {
    let MapArgs { manifest, env, .. } = arguments;
    if let Some(profiles) = &arguments.profiles {
        input::refuse_both(manifest, profiles, "list")?;
    }
    let needs = Needs {
        env: env.as_deref(),
        harmless: &SHOWN_BY_THE_MAPPING,
        ..Needs::default()
    };
    let Some(judged) = input::manifest(manifest, &needs, session)? else {
        // A list that cannot be read weighs more than what is wrong with the manifest.
        if let Some(path) = &arguments.profiles {
            list(path, arguments.column.as_deref(), None)?;
        }
        return Ok(Outcome::Findings);
    };
    input::refuse_secret_files(arguments.output.as_deref(), &judged.instances)?;
    // Of all environments, those that were not asked for too: their profiles are not misspelt ones of this.
    let masks = match env {
        Some(_) => mapping::masks(&whole(&judged)),
        None => mapping::masks(&judged),
    };
    let profiles = match &arguments.profiles {
        Some(path) => Some(list(path, arguments.column.as_deref(), Some(&masks))?),
        None => None,
    };
    let environments = judged.environments.iter();
    let mappings = environments
        .map(|environment| mapping::mapping(environment, profiles.as_ref(), &masks))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| input::impossible("mapped"))?;
    let colour = session.colour && arguments.output.is_none();
    let text = match arguments.format {
        MapFormat::Table => mapping::table(&mappings, colour, width()).into_bytes(),
        MapFormat::Markdown => mapping::markdown(&mappings).into_bytes(),
        MapFormat::Mermaid => mapping::mermaid(&mappings).into_bytes(),
        MapFormat::Json => mapping::json(&mappings)?,
    };
    let inputs = iter::once(manifest).chain(&arguments.profiles);
    let inputs: Vec<&Path> = inputs.map(PathBuf::as_path).collect();
    session.deliver(text, arguments.output.as_deref(), &inputs)?;
    let mut rows = mappings.iter().flat_map(|mapping| &mapping.rows);
    let is_wrong = judged.has_errors() || rows.any(|row| row.standing().is_wrong());
    Ok(match is_wrong {
        true => Outcome::Findings,
        false => Outcome::Clean,
    })
}

/// The same manifest with all its environments.
fn whole(judged: &Judged) -> Judged {
    let source = &judged.source;
    let text = source.text().as_bytes().to_vec();
    check::judge(source.name(), text, &Settings::default(), None)
}

fn list(path: &Path, column: Option<&str>, masks: Option<&[Mask]>) -> Result<Profiles> {
    let input = Input::of(path);
    let bytes = io::read_start(&input, mapping::MAX_BYTES)?;
    mapping::profiles(&bytes, column, masks).map_err(|error| {
        let name = show::text(&input.name());
        CommandError::other(format!("cannot use the list `{name}`: {error}"))
    })
}
