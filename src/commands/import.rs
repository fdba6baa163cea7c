//! `import PACKAGE.xml`: an exported package back to a manifest.

use std::path::Path;

use super::{CommandError, Outcome, Terminal, exported};
use crate::{
    cli::ImportArgs,
    io::files,
    io::output::{self, Mode},
    package::import,
    secrets,
    text::show,
};

pub fn run(arguments: &ImportArgs, terminal: &Terminal) -> Result<Outcome, CommandError> {
    if let Some(file) = &arguments.output {
        refuse_existing(file)?;
    }
    let package = exported::read(&arguments.package)?;
    let name = exported::name_of(&arguments.package);
    let account = package
        .account()
        .map_err(|error| CommandError::Other(format!("`{name}`: {error}")))?;
    let imported = import::manifest(&package, account);
    terminal.say(&format!(
        "Took the account `{}` ({name}, line {}).",
        show::text(&secrets::mask(account.name())),
        account.place.line
    ));
    for note in &imported.notes {
        terminal.say(note);
    }
    let Some(file) = &arguments.output else {
        terminal.print(imported.text.as_bytes())?;
        return Ok(Outcome::Clean);
    };
    // Looked at again: reading may have taken a while.
    refuse_existing(file)?;
    output::write_atomic(file, imported.text.as_bytes(), Mode::Public)?;
    let shown = show::text(&files::shown(file));
    terminal.say(&format!(
        "Wrote {shown}. Fill in what says CHANGE-ME ({} so far), then run `campaign-ims check {shown}`.",
        imported.open
    ));
    Ok(Outcome::Clean)
}

/// A manifest may hold what somebody wrote by hand, so none is replaced.
fn refuse_existing(file: &Path) -> Result<(), CommandError> {
    if file.symlink_metadata().is_ok() {
        let shown = files::shown(file);
        return Err(CommandError::Other(format!(
            "`{shown}` exists already; name another file, or remove it first"
        )));
    }
    Ok(())
}
