//! `import PACKAGE.xml`: an exported package back to a manifest.

use super::{CommandError, Outcome, Result, Session, input};
use crate::{cli::ImportArgs, io, package::import, secrets, text::show};

pub fn run(arguments: &ImportArgs, session: &Session) -> Result {
    let (package, name) = input::package(&arguments.package)?;
    let account = package
        .account()
        .map_err(|error| CommandError::other(format!("`{name}`: {error}")))?;
    let imported = import::manifest(&package, account);
    // A manifest may hold what somebody wrote by hand, so none is replaced.
    if let Some(file) = &arguments.output {
        io::write_new(file, imported.text.as_bytes())?;
    }
    session.say(&format!(
        "Took the account `{}` ({name}, line {}).",
        show::text(&secrets::mask_value("name", account.name())),
        account.place.line
    ));
    for note in &imported.notes {
        session.say(note);
    }
    let Some(file) = &arguments.output else {
        session.print(imported.text)?;
        return Ok(Outcome::Clean);
    };
    session.wrote(file, &format!(" ({} so far)", imported.open));
    Ok(Outcome::Clean)
}
