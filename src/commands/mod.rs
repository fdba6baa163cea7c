//! The commands: one command, one file.

mod check;
mod chosen;
mod diff;
mod explain;
mod exported;
mod github;
mod import;
mod init;
mod map;
mod render;
mod rules;
mod run;
mod runbook;

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use anstream::AutoStream;
use clap::{CommandFactory, Parser};

use crate::{
    check::Judged,
    cli::{Cli, Colour, Command, Global},
    io::output::OutputError,
    manifest::schema,
    report::{self, Format, Report},
    rules::RULES,
    text::show,
};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing to say: exit code 0.
    Clean,
    /// Findings, or drift: exit code 1.
    Findings,
    /// The command itself failed, and said why: exit code 2.
    Failed,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// An input that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] crate::io::files::Unreadable),
    /// An output file that cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A configuration that cannot be used.
    #[error(transparent)]
    Settings(#[from] crate::check::settings::SettingsError),
    /// A baseline that cannot be used.
    #[error(transparent)]
    Baseline(#[from] crate::check::baseline::BaselineError),
    /// A revision that manifests cannot be compared with.
    #[error(transparent)]
    Since(#[from] crate::check::since::SinceError),
    /// Standard output that cannot be written; a closed pipe is no error.
    #[error("cannot write to standard output: {0}")]
    Stdout(#[from] io::Error),
    /// Anything else, with what to do.
    #[error("{0}")]
    Other(String),
}

/// What every command works with.
pub struct Terminal {
    /// Whether standard output is coloured.
    pub colour: bool,
    /// Whether standard error is coloured.
    pub colour_of_errors: bool,
    /// Whether to say nothing but results and errors.
    pub quiet: bool,
}

impl Terminal {
    fn new(global: &Global) -> Self {
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
            quiet: global.quiet,
        }
    }

    /// Says something to people, unless they asked for quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            message(text);
        }
    }

    /// Says what is wrong, in one line.
    pub fn error(&self, text: &str) {
        self.shown_error(&show::text(text));
    }

    /// Says why a command failed. Only what a configuration is told has lines of its own.
    pub fn failed(&self, error: &CommandError) {
        match error {
            CommandError::Settings(error) => {
                let text = show::lines(&error.to_string());
                self.shown_error(&show::no_line_commands(&text));
            }
            error => self.error(&error.to_string()),
        }
    }

    fn shown_error(&self, text: &str) {
        let word = if self.colour_of_errors {
            "\x1b[1;31merror\x1b[0m"
        } else {
            "error"
        };
        message(&format!("{word}: {text}"));
    }

    /// Writes a result to standard output.
    ///
    /// # Errors
    /// What standard output fails with, but for a closed pipe.
    pub fn print(&self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut out = io::stdout().lock();
        let written = if self.colour {
            // Consoles that know no escape sequences get calls of their own.
            AutoStream::always(&mut out).write_all(bytes)
        } else {
            out.write_all(bytes)
        };
        match written.and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Writes a line to standard error. That it may be closed is no reason to fail.
fn message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The width that reports are laid out for, in columns: the terminal's, `COLUMNS`, or 80.
fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || Some(usize::from(terminal_size::terminal_size()?.0.0));
    terminal().or_else(columns).unwrap_or(80).clamp(40, 120)
}

/// Whether to draw with Unicode characters.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Runs the program: arguments in, exit code out.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            print_usage(&error);
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(&cli.global);
    let outcome = match &cli.command {
        Command::Check(arguments) => check::run(arguments, &cli.global, &terminal),
        Command::Render(arguments) => render::run(arguments, &cli.global, &terminal),
        Command::Map(arguments) => map::run(arguments, &cli.global, &terminal),
        Command::Import(arguments) => import::run(arguments, &terminal),
        Command::Diff(arguments) => diff::run(arguments, &cli.global, &terminal),
        Command::Runbook(arguments) => runbook::run(arguments, &cli.global, &terminal),
        Command::Explain { rule } => explain::run(rule, &terminal),
        Command::Rules => rules::run(&terminal),
        Command::Schema => terminal
            .print(schema::TEXT.as_bytes())
            .map(|()| Outcome::Clean),
        Command::Init { file } => init::run(file.as_deref(), &terminal),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "campaign-ims", &mut text);
            terminal.print(&text).map(|()| Outcome::Clean)
        }
        Command::Man => man(&terminal),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        terminal.failed(&error);
        Outcome::Failed
    });
    ExitCode::from(match outcome {
        Outcome::Clean => 0,
        Outcome::Findings => 1,
        Outcome::Failed => 2,
    })
}

/// Help, or what is wrong with the arguments. These are shown in the message, which is why it is made safe first.
fn print_usage(error: &clap::Error) {
    let plain = error.render().to_string();
    let shown = show::no_line_commands(&(show::lines(&plain) + "\n"));
    if shown.trim_end() == plain.trim_end() {
        let _ = error.print();
    } else {
        message(shown.trim_end());
    }
}

fn man(terminal: &Terminal) -> Result<Outcome, CommandError> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text)?;
    terminal.print(&text)?;
    Ok(Outcome::Clean)
}

/// Writes a manifest's findings to standard error, for commands whose result is another.
fn say_findings(judged: &Judged, terminal: &Terminal) {
    let worth_saying = !terminal.quiet || judged.has_errors();
    if judged.findings.is_empty() || !worth_saying {
        return;
    }
    let report = Report::new(
        judged.findings.clone(),
        vec![judged.source.name().to_owned()],
    );
    let mut text = Vec::new();
    if report::write(
        Format::Human,
        &report,
        &context(terminal.colour_of_errors),
        &mut text,
    )
    .is_ok()
    {
        let _ = io::stderr().lock().write_all(&text);
    }
}

/// The context of a report on standard output or standard error.
fn context<'a>(colour: bool) -> report::Context<'a> {
    report::Context {
        colour,
        unicode: unicode(),
        width: width(),
        rules: RULES,
        ..report::Context::plain(env!("CARGO_PKG_VERSION"))
    }
}
