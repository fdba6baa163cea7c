//! `runbook MANIFEST`: the check-list of what people do by hand.

use super::{CommandError, Outcome, Terminal, input};
use crate::{
    cli::{Global, RunbookArgs},
    runbook,
};

pub fn run(
    arguments: &RunbookArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    let env = arguments.env.as_deref();
    let Some(judged) = input::manifest(&arguments.manifest, env, &[], global, terminal)? else {
        return Ok(Outcome::Findings);
    };
    let text = runbook::write(&judged);
    terminal.print(text.ok_or_else(|| input::impossible("made a run book of"))?)?;
    Ok(Outcome::Clean)
}
