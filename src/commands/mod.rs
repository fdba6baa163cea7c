//! The commands: one command, one file.

mod check;
mod ci;
mod completions;
mod diff;
mod explain;
mod import;
mod init;
mod input;
mod manual;
mod map;
mod render;
mod rules;
mod runbook;
mod session;

use std::{ffi::OsString, process::ExitCode};

use clap::{FromArgMatches, Parser};

use session::Session;

use crate::{
    cli::{self, CheckAlone, Cli, Command, OutputArgs},
    configuration::{self, ConfigurationError},
    lsp,
    manifest::schema,
    secrets,
    text::{show, slice},
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
    Read(#[from] crate::io::ReadError),
    /// An output file that cannot be written.
    #[error(transparent)]
    Write(#[from] crate::io::WriteError),
    /// A configuration that cannot be used; its mistakes have a line each.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A revision that manifests cannot be compared with.
    #[error(transparent)]
    Since(#[from] crate::check::since::SinceError),
    /// Standard output that cannot be written.
    #[error("cannot write to standard output: {0}")]
    Stdout(#[from] std::io::Error),
    /// Anything else, with what to do.
    #[error("{0}")]
    Other(String),
}

impl CommandError {
    fn other(message: impl Into<String>) -> Self {
        Self::Other(message.into())
    }

    /// The message in one line.
    fn in_one_line(&self) -> String {
        let message = secrets::mask(&self.to_string());
        match self {
            Self::Configuration(_) | Self::Since(_) => {
                let lines = message.lines().map(str::trim);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
                lines.join("; ")
            }
            _ => message,
        }
    }
}

/// How a command ended, or why it failed.
type Result<T = Outcome> = std::result::Result<T, CommandError>;

/// The command line as it was typed, or what is to be told instead: help, the version, or what is wrong with it.
fn parse(arguments: &[OsString]) -> std::result::Result<Cli, clap::Error> {
    if let [_, own @ ..] = arguments
        && own.first().is_some_and(|command| command == "check")
        && let Ok(CheckAlone { arguments, global }) = CheckAlone::try_parse_from(own)
    {
        let command = Command::Check(arguments);
        return Ok(Cli { command, global });
    }
    // Help in groups is made for who reads it: it takes all commands apart, which no other run needs.
    Cli::try_parse_from(arguments).or_else(|error| {
        if error.kind() == clap::error::ErrorKind::DisplayVersion {
            return Err(error);
        }
        let matches = cli::command().try_get_matches_from(arguments)?;
        Cli::from_arg_matches(&matches)
    })
}

/// Runs the program: arguments in, exit code out.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match parse(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let printed = print_usage(&error, &arguments);
            if let Err(error) = &printed {
                session::message(&format!(
                    "error: {}",
                    CommandError::Stdout(error.kind().into())
                ));
            }
            return ExitCode::from(if error.use_stderr() || printed.is_err() {
                2
            } else {
                0
            });
        }
    };
    let session = &Session::new(cli.global);
    let outcome = match &cli.command {
        Command::Check(arguments) => check::run(arguments, session),
        Command::Render(arguments) => render::run(arguments, session),
        Command::Map(arguments) => map::run(arguments, session),
        Command::Import(arguments) => import::run(arguments, session),
        Command::Diff(arguments) => diff::run(arguments, session),
        Command::Runbook(arguments) => runbook::run(arguments, session),
        Command::Explain { rule } => explain::run(rule, session),
        Command::Rules { format } => rules::run(*format, session),
        Command::Lsp => serve(session),
        Command::Init { file } => init::run(file.as_deref(), session),
        Command::Schema(to) => printed(session, schema::TEXT.as_bytes(), to),
        Command::Completions {
            shell,
            environments,
            output,
        } => {
            let text = match shell {
                Some(shell) => completions::script(*shell),
                None => completions::environments(environments.as_deref().unwrap_or_default()),
            };
            printed(session, text.as_bytes(), output)
        }
        Command::Man(to) => manual::man()
            .map_err(CommandError::from)
            .and_then(|text| printed(session, &text, to)),
    };
    ExitCode::from(match outcome {
        Ok(Outcome::Clean) => 0,
        Ok(Outcome::Findings) => 1,
        Ok(Outcome::Failed) => 2,
        Err(error) => {
            session.failed(&error);
            2
        }
    })
}

/// The language server, until its client ends it.
fn serve(session: &Session) -> Result {
    match lsp::run(&session.global)? {
        true => Ok(Outcome::Clean),
        false => Ok(Outcome::Findings),
    }
}

fn printed(session: &Session, text: &[u8], to: &OutputArgs) -> Result {
    session.deliver(text, to.output.as_deref(), &[])?;
    Ok(Outcome::Clean)
}

/// Whether a text has a part of a secret of an argument, which may have been cut at a `=`.
fn shows_part(text: &str, argument: &str) -> bool {
    let hidden = secrets::in_text(argument).hidden.into_iter();
    let mut parts = hidden.flat_map(|range| slice(argument, range).split('='));
    parts.any(|part| part.len() >= 4 && text.contains(part))
}

/// Help, or what is wrong with the arguments. These are shown in the message, which is why it is made safe first.
fn print_usage(error: &clap::Error, arguments: &[OsString]) -> std::io::Result<()> {
    let plain = error.render().to_string();
    let shown = show::no_line_commands(&(show::lines(&secrets::mask(&plain)) + "\n"));
    let has_part = |argument: &OsString| shows_part(&shown, &argument.to_string_lossy());
    if error.use_stderr() && arguments.iter().any(has_part) {
        session::message(
            "error: this is no command line of `campaign-ims`, and holds a secret, so it is not shown: `campaign-ims --help` says what is",
        );
        return Ok(());
    }
    if shown.trim_end() == plain.trim_end() {
        return error.print();
    }
    session::message(shown.trim_end());
    Ok(())
}
