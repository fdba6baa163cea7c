//! `runbook MANIFEST`: the check-list of what people do by hand.

use super::{
    Outcome, Result, Session,
    input::{self, Needs},
};
use crate::{
    cli::{Global, RunbookArgs},
    runbook, secrets,
    text::shell,
};

pub fn run(arguments: &RunbookArgs, session: &Session) -> Result {
    let needs = Needs {
        env: arguments.env.as_deref(),
        ..Needs::default()
    };
    let Some(judged) = input::manifest(&arguments.manifest, &needs, session)? else {
        return Ok(Outcome::Findings);
    };
    let text = runbook::write(&judged, &options(&session.global));
    let text = text.ok_or_else(|| input::impossible("made a run book of"))?;
    input::refuse_secret_files(arguments.output.as_deref(), &judged.instances)?;
    session.deliver(text, arguments.output.as_deref(), &[&arguments.manifest])?;
    Ok(Outcome::Clean)
}

/// What made this check pass, for the commands that check again: each option, with a blank before it.
fn options(global: &Global) -> String {
    let config = global.config.as_ref().map(|path| {
        let path = secrets::mask(&path.to_string_lossy());
        format!(" {}", shell::option("--config", &path))
    });
    let none = global.no_config.then(|| " --no-config".to_owned());
    config.or(none).unwrap_or_default()
}
