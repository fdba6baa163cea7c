//! What every command works with: the options that all take, and where it speaks. Results go to standard output, messages to
//! standard error.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use anstream::AutoStream;
use supports_hyperlinks::Stream;

use super::{CommandError, Result};
use crate::{
    check::Judged,
    cli::{Colour, Global},
    report::{self, Format, Report},
    rules::RULES,
    secrets,
    text::{shell, show},
};

/// What every command works with.
pub struct Session {
    /// Whether standard output is coloured.
    pub colour: bool,
    /// Whether standard error is coloured.
    pub colour_of_errors: bool,
    /// The options that every command takes.
    pub global: Global,
}

impl Session {
    pub fn new(global: Global) -> Self {
        let colour = |is_terminal| match global.color {
            Colour::Auto => {
                is_coloured(is_terminal, |name| std::env::var(name).unwrap_or_default())
            }
            Colour::Always => true,
            Colour::Never => false,
        };
        Self {
            colour: colour(io::stdout().is_terminal()),
            colour_of_errors: colour(io::stderr().is_terminal()),
            global,
        }
    }

    /// Says something to people, unless they asked for quiet.
    pub fn say(&self, text: &str) {
        if !self.global.quiet {
            message(text);
        }
    }

    /// Says that a manifest was written, and what to do with it. `open` tells how much is left to a person, where that is known.
    pub fn wrote(&self, manifest: &Path, open: &str) {
        let path = crate::io::shown(manifest);
        let (shown, word) = (show::text(&path), show::text(&shell::path(&path)));
        self.say(&format!(
            "Wrote {shown}. Fill in what says CHANGE-ME{open}, then run `campaign-ims check {word}`."
        ));
    }

    /// Says what is wrong, in one line.
    pub fn error(&self, text: &str) {
        self.shown_error(&show::text(text));
    }

    /// Says why a command failed. Only what a configuration is told, and what git says, have lines of their own.
    pub fn failed(&self, error: &CommandError) {
        match error {
            CommandError::Configuration(_) | CommandError::Since(_) => {
                let text = error.to_string();
                self.shown_error(&show::no_line_commands(&show::lines(&text)));
            }
            error => self.error(&error.to_string()),
        }
    }

    fn shown_error(&self, text: &str) {
        let word = report::painted("error", "1;31", self.colour_of_errors);
        message(&format!("{word}: {}", secrets::mask(text)));
    }

    /// Writes a result to the file that was asked for, which may be none of the inputs, or to standard output.
    ///
    /// # Errors
    /// What either fails with.
    pub fn deliver(
        &self,
        text: impl AsRef<[u8]>,
        output: Option<&Path>,
        inputs: &[&Path],
    ) -> Result<()> {
        let Some(output) = output else {
            return self.print(text);
        };
        crate::io::refuse_inputs(output, inputs)?;
        crate::io::write(output, text.as_ref())?;
        Ok(())
    }

    /// Writes a result to standard output.
    ///
    /// # Errors
    /// What standard output fails with. A pipe that nobody reads any more is a failure, too: the result has not arrived.
    pub fn print(&self, text: impl AsRef<[u8]>) -> Result<()> {
        let mut out = io::stdout().lock();
        let written = match self.colour {
            // Consoles that know no escape sequences get calls of their own.
            true => AutoStream::always(&mut out).write_all(text.as_ref()),
            false => out.write_all(text.as_ref()),
        };
        Ok(written.and_then(|()| out.flush())?)
    }

    /// Writes a manifest's findings to standard error, for commands whose result is another.
    pub fn findings(&self, judged: &Judged) {
        if judged.findings.is_empty() || self.global.quiet && !judged.has_errors() {
            return;
        }
        let files = vec![judged.source.name().to_owned()];
        let report = Report::new(judged.findings.clone(), files);
        let mut text = Vec::new();
        let context = context(self.colour_of_errors, Stream::Stderr);
        if report::write(Format::Human, &report, &context, &mut text).is_ok() {
            let _ = io::stderr().lock().write_all(&text);
        }
    }
}

/// Whether to colour where the command line does not say: `NO_COLOR` beats what forces colours, and that beats what the terminal can.
fn is_coloured(is_terminal: bool, get: impl Fn(&str) -> String) -> bool {
    let is_forced = |name| !matches!(get(name).as_str(), "" | "0" | "false");
    match ["CLICOLOR_FORCE", "FORCE_COLOR"].into_iter().any(is_forced) {
        _ if !get("NO_COLOR").is_empty() => false,
        true => true,
        false => is_terminal && get("TERM") != "dumb",
    }
}

/// Writes a line to standard error. That it may be closed is no reason to fail.
pub fn message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The width that reports are laid out for, in columns: the terminal's, `COLUMNS`, or 80.
pub fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || Some(usize::from(terminal_size::terminal_size()?.0.0));
    terminal().or_else(columns).unwrap_or(80).clamp(40, 120)
}

/// Whether to draw with Unicode characters.
pub fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The context of a report on standard output or standard error.
pub fn context<'a>(colour: bool, stream: Stream) -> report::Context<'a> {
    report::Context {
        colour,
        links: colour && supports_hyperlinks::on(stream),
        unicode: unicode(),
        width: width(),
        rules: RULES,
        ..report::Context::plain(env!("CARGO_PKG_VERSION"))
    }
}

#[cfg(test)]
mod tests {
    use super::is_coloured;

    #[test]
    fn what_forbids_colours_beats_what_forces_them() {
        let coloured = |terminal, variables: &[(&str, &str)]| {
            is_coloured(terminal, |name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map_or_else(String::new, |(_, value)| (*value).to_owned())
            })
        };
        assert!(coloured(true, &[]));
        assert!(!coloured(false, &[]));
        assert!(!coloured(true, &[("TERM", "dumb")]));
        for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            assert!(coloured(false, &[(name, "1")]));
            assert!(!coloured(false, &[(name, "0")]));
            assert!(!coloured(true, &[(name, "1"), ("NO_COLOR", "1")]));
            assert!(coloured(false, &[(name, "1"), ("NO_COLOR", "")]));
        }
    }
}
