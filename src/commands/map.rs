//! `map MANIFEST`: which product profile becomes which operator group, and whose members could not sign in.

use std::path::Path;

use super::{CommandError, Outcome, Terminal, chosen, say_findings, width};
use crate::{
    cli::{Global, MapArgs, MapFormat},
    diagnostic::Severity,
    io::files::{self, Input},
    mapping,
    text::show,
};

/// The errors that the mapping itself shows: they keep nobody from reading it.
const SHOWN_BY_THE_MAPPING: [&str; 3] = [
    "group-profile-unmatched",
    "group-capture-mismatch",
    "group-profile-duplicate",
];

pub fn run(
    arguments: &MapArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    let both = arguments.profiles.as_deref() == Some(Path::new("-"));
    if both && arguments.manifest.as_os_str() == "-" {
        return Err(CommandError::Other(
            "the manifest and the list cannot both be standard input: name a file".to_owned(),
        ));
    }
    let judged = chosen::read(&arguments.manifest, arguments.env.as_deref(), global)?;
    say_findings(&judged, terminal);
    let mut errors = judged
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .peekable();
    let has_errors = errors.peek().is_some();
    if errors.any(|finding| !SHOWN_BY_THE_MAPPING.contains(&finding.rule.id)) {
        return Ok(Outcome::Findings);
    }
    let profiles = match &arguments.profiles {
        Some(path) => Some(list(path, arguments.column.as_deref())?),
        None => None,
    };
    let mappings = judged
        .environments
        .iter()
        .map(|environment| mapping::mapping(environment, profiles.as_deref()))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| {
            CommandError::Other(
                "the manifest cannot be mapped, though its check has no errors".to_owned(),
            )
        })?;
    let text = match arguments.format {
        MapFormat::Table => mapping::table(&mappings, terminal.colour, width()).into_bytes(),
        MapFormat::Markdown => mapping::markdown(&mappings).into_bytes(),
        MapFormat::Mermaid => mapping::mermaid(&mappings).into_bytes(),
        MapFormat::Json => {
            let mut text = Vec::new();
            mapping::json(&mappings, &mut text)?;
            text
        }
    };
    terminal.print(&text)?;
    let mut rows = mappings.iter().flat_map(|mapping| &mapping.rows);
    Ok(if has_errors || rows.any(|row| row.status.is_wrong()) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn list(path: &Path, column: Option<&str>) -> Result<Vec<String>, CommandError> {
    let input = if path.as_os_str() == "-" {
        Input::Stdin
    } else {
        Input::File(path.to_owned())
    };
    let bytes = files::read(&input, mapping::MAX_BYTES)?;
    mapping::profiles(&bytes, column).map_err(|error| {
        let name = if input == Input::Stdin {
            "<stdin>".to_owned()
        } else {
            show::text(&files::shown(path))
        };
        CommandError::Other(format!("cannot use the list `{name}`: {error}"))
    })
}
