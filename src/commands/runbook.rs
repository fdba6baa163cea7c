//! `runbook MANIFEST`: the check-list of what people do by hand.

use super::{Outcome, Result, Session, input};
use crate::{cli::RunbookArgs, runbook};

pub fn run(arguments: &RunbookArgs, session: &Session) -> Result {
    let env = arguments.env.as_deref();
    let Some(judged) = input::manifest(&arguments.manifest, env, &[], session)? else {
        return Ok(Outcome::Findings);
    };
    let text = runbook::write(&judged);
    let text = text.ok_or_else(|| input::impossible("made a run book of"))?;
    session.deliver(text, arguments.output.as_deref(), &[&arguments.manifest])?;
    Ok(Outcome::Clean)
}
