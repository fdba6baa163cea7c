//! What every command works with: the options that all take, and where it speaks. Results go to standard output, messages to
//! standard error.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;

use super::{CommandError, Result};
use crate::{
    check::Judged,
    cli::{Colour, Global},
    report::{self, Format, Report},
    rules::RULES,
    text::show,
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
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = |is_terminal: bool| match global.color {
            _ if forbidden => false,
            Colour::Auto => {
                is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
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
        let word = match self.colour_of_errors {
            true => "\x1b[1;31merror\x1b[0m",
            false => "error",
        };
        message(&format!("{word}: {text}"));
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
        let context = context(self.colour_of_errors);
        if report::write(Format::Human, &report, &context, &mut text).is_ok() {
            let _ = io::stderr().lock().write_all(&text);
        }
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
pub fn context<'a>(colour: bool) -> report::Context<'a> {
    report::Context {
        colour,
        unicode: unicode(),
        width: width(),
        rules: RULES,
        ..report::Context::plain(env!("CARGO_PKG_VERSION"))
    }
}
