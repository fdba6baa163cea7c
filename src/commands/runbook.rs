//! `runbook MANIFEST`: the check-list of what people do by hand.

use super::{CommandError, Outcome, Terminal, chosen, say_findings};
use crate::{
    cli::{Global, RunbookArgs},
    runbook,
};

pub fn run(
    arguments: &RunbookArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    let judged = chosen::read(&arguments.manifest, arguments.env.as_deref(), global)?;
    say_findings(&judged, terminal);
    if judged.has_errors() {
        return Ok(Outcome::Findings);
    }
    let text = runbook::write(&judged).ok_or_else(|| {
        CommandError::Other(
            "there is no run book, though the manifest's check has no errors".to_owned(),
        )
    })?;
    terminal.print(text.as_bytes())?;
    Ok(Outcome::Clean)
}
