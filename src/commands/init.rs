//! `init [FILE]`: a starter manifest with comments.

use std::path::Path;

use super::{Outcome, Result, Session};
use crate::io;

/// The starter manifest. Its only errors are its placeholders.
pub const STARTER: &str = include_str!("starter.ims.yaml");

pub fn run(file: Option<&Path>, session: &Session) -> Result {
    let Some(file) = file else {
        session.print(STARTER)?;
        return Ok(Outcome::Clean);
    };
    io::write_new(file, STARTER.as_bytes())?;
    session.wrote(file, "");
    let name = file.file_name().map(|name| name.to_string_lossy());
    if !name.is_some_and(|name| io::is_manifest(&name)) {
        session.say(
            "A `campaign-ims check` of its folder would not find it: only names that end in .ims.yaml or .ims.yml are found. Rename it \
             if it shall be checked with the others.",
        );
    }
    Ok(Outcome::Clean)
}
