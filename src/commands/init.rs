//! `init [FILE]`: a starter manifest with comments.

use std::path::Path;

use super::{CommandError, Outcome, Terminal};
use crate::io::output::{self, Mode};

/// The starter manifest. Its only errors are its placeholders.
pub const STARTER: &str = include_str!("starter.ims.yaml");

pub fn run(file: Option<&Path>, terminal: &Terminal) -> Result<Outcome, CommandError> {
    let Some(file) = file else {
        terminal.print(STARTER.as_bytes())?;
        return Ok(Outcome::Clean);
    };
    if file.symlink_metadata().is_ok() {
        let shown = file.display();
        return Err(CommandError::Other(format!(
            "`{shown}` exists already; name another file, or remove it first"
        )));
    }
    output::write_atomic(file, STARTER.as_bytes(), Mode::Public)?;
    let shown = crate::io::files::shown(file);
    terminal.say(&format!(
        "Wrote {shown}. Fill in what says CHANGE-ME, then run `campaign-ims check {shown}`."
    ));
    Ok(Outcome::Clean)
}
