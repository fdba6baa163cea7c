//! The command line, as clap reads it.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::{check::settings::unknown_rule_help, diagnostic::Severity, report::Format, rules};

/// Checks the Adobe IMS sign-in set-up of Adobe Campaign, kept as YAML manifests, and renders it into packages
#[derive(Debug, Parser)]
#[command(
    name = "campaign-ims",
    version = env!("CAMPAIGN_IMS_VERSION"),
    max_term_width = 100,
    propagate_version = false
)]
#[command(after_help = "Exit codes: 0 clean, 1 findings or drift, 2 the command itself failed.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes
    #[command(flatten)]
    pub global: Global,
}

/// `check` without the other commands: to make all of them known takes as long as to check a small manifest.
#[derive(Debug, Parser)]
pub struct CheckAlone {
    /// Its own arguments
    #[command(flatten)]
    pub arguments: CheckArgs,
    /// What every command takes
    #[command(flatten)]
    pub global: Global,
}

/// The commands as help shows them, by what somebody wants to do.
const GROUPS: [(&str, &[&str]); 4] = [
    ("Start", &["init", "import"]),
    ("Check", &["check", "explain", "rules", "lsp"]),
    ("Deliver", &["render", "runbook", "map", "diff"]),
    ("Set up", &["schema", "completions", "man", "help"]),
];

/// The commands that read no configuration.
const WITHOUT_CONFIGURATION: [&str; 7] = [
    "init",
    "import",
    "explain",
    "schema",
    "completions",
    "man",
    "help",
];

/// The command line with its help: commands in groups, and no option where it means nothing.
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    let about = |name: &str| {
        let found = command.find_subcommand(name);
        let about = found.and_then(clap::Command::get_about);
        about.map(ToString::to_string).unwrap_or_default()
    };
    let groups = GROUPS.iter().map(|(title, names)| {
        let lines = names
            .iter()
            .map(|name| format!("  {name:11}  {}\n", about(name)));
        format!("{title}:\n{}", lines.collect::<String>())
    });
    let groups: Vec<String> = groups.collect();
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}\nOptions:\n{{options}}{{after-help}}",
        groups.join("\n")
    );
    let mut command = command.help_template(template);
    for name in WITHOUT_CONFIGURATION {
        command = command.mut_subcommand(name, |it| {
            it.mut_args(|argument| match argument.get_id().as_str() {
                "config" | "no_config" => argument.hide(true),
                _ => argument,
            })
        });
    }
    command
}

/// The same for completions: shells offer the rules' names, too. To some, only commands can be named: there each rule is one.
pub fn command_for_completions(shell: clap_complete::Shell) -> clap::Command {
    use clap_complete::Shell::{Elvish, Fish, PowerShell};
    let rules: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
    let named = |argument: clap::Arg| {
        argument.value_parser(clap::builder::PossibleValuesParser::new(rules.clone()))
    };
    let pages = rules::RULES.iter();
    let pages = pages.map(|rule| clap::Command::new(rule.id).about(rule.summary()));
    let explain = |it: clap::Command| match shell {
        Elvish | Fish | PowerShell => it.disable_help_subcommand(true).subcommands(pages),
        _ => it.mut_arg("rule", named),
    };
    let check = |it: clap::Command| it.mut_arg("select", named).mut_arg("ignore", named);
    let mut command = Cli::command();
    command.build();
    let command = command.mut_subcommand("explain", explain);
    command.mut_subcommand("check", check)
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Use this configuration instead of the nearest campaign-ims.toml
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long, global = true)]
    pub no_config: bool,
    /// When to colour; it counts before NO_COLOR, that before CLICOLOR_FORCE and FORCE_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// Say nothing but results and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// From which severity on findings fail a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    /// The lowest severity that fails, if any does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// A command. Its options are made when it is the one that was asked for, and what they are in has no doc comment: it would
/// take the place of the command's.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Check manifests: their schema, and what the rules say
    Check(CheckArgs),
    /// Check a manifest and write its Campaign package
    Render(RenderArgs),
    /// Show which product profile becomes which operator group, and whose members could not sign in
    Map(MapArgs),
    /// Make a manifest from a package that an instance exported
    Import(ImportArgs),
    /// Compare a manifest with a package that an instance exported
    Diff(DiffArgs),
    /// Write the check-list of what people do by hand, in Markdown
    Runbook(RunbookArgs),
    /// Print a rule's page
    Explain {
        /// The rule's id
        #[arg(value_name = "RULE")]
        rule: String,
    },
    /// List the rules with the levels that hold here
    Rules {
        /// How to write the list
        #[arg(long, value_name = "F", default_value = "table")]
        format: RulesFormat,
    },
    /// Run the language server for editors, on standard input and output
    Lsp,
    /// Print the JSON Schema of the manifest
    Schema(OutputArgs),
    /// Write a starter manifest with comments
    Init {
        /// Where to; standard output if not given
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print completions for a shell
    #[command(override_usage = "campaign-ims completions [OPTIONS] <SHELL>")]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", required_unless_present = "environments")]
        shell: Option<clap_complete::Shell>,
        /// What the scripts ask: the environments of the manifests among the words of a command line, or of those in this folder
        #[arg(long, hide = true, num_args = 0.., allow_hyphen_values = true, value_name = "WORD")]
        environments: Option<Vec<OsString>>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Print the man page
    Man(OutputArgs),
}

// What commands take that print one text.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Write it to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("mends").args(["fix", "diff"]).multiple(true))]
pub struct CheckArgs {
    /// Files, folders (for *.ims.yaml and *.ims.yml), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: Format,
    /// Write the findings to a file besides, such as sarif=ims.sarif; repeatable
    #[arg(long, value_name = "F=FILE", value_parser = output)]
    pub output: Vec<(Format, PathBuf)>,
    /// Check this environment alone
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// From which level on findings make the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// The name that standard input is reported under
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// Apply the safe fixes
    #[arg(long)]
    pub fix: bool,
    /// Apply the fixes that somebody should look at, too
    #[arg(long, requires = "mends")]
    pub r#unsafe: bool,
    /// Show what --fix would change, as a unified diff, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Report only findings in manifests that differ from this git revision
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to this file, for --baseline
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Report this rule alone, besides those that nothing switches off; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub select: Vec<String>,
    /// Leave this rule out; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub ignore: Vec<String>,
    /// Print no annotations on GitHub
    #[arg(long)]
    pub no_annotations: bool,
}

/// What the list of rules is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people at a terminal
    Table,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub struct RenderArgs {
    /// The manifest, or - for standard input
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// Render this environment
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// Write the package to this file
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// Write each environment's package to INSTANCE.xml in this folder
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
    /// Write nothing; exit with 1 where a file differs
    #[arg(long)]
    pub check: bool,
    /// Put the client secret in: a cipher text made on the target instance, from where the manifest says
    #[arg(long)]
    pub include_secret: bool,
}

#[derive(Debug, Args)]
pub struct MapArgs {
    /// The manifest, or - for standard input
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// Map this environment alone
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// The product profiles that there are, to say whose members could not sign in; - for standard input
    ///
    /// FILE is one of: the list of users that the Admin Console exports (Users > "..." > Export users list to CSV), which also tells how
    /// many members each profile has, but not the profiles that have none; the JSON of the User Management API
    /// (GET /v2/usermanagement/groups/{orgId}/{page}, all pages); another CSV file (`,`, `;` or tab) with --column; or one profile's name
    /// a line.
    #[arg(long, value_name = "FILE")]
    pub profiles: Option<PathBuf>,
    /// The column of the CSV file that has the names; a cell may hold several, with commas or semicolons between them
    #[arg(long, value_name = "NAME", requires = "profiles")]
    pub column: Option<String>,
    /// How to write the mapping
    #[arg(long, value_name = "F", default_value = "table")]
    pub format: MapFormat,
    /// Write it to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a mapping is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    /// For people at a terminal
    Table,
    /// For programs
    Json,
    /// A table in Markdown
    Markdown,
    /// A flow chart in Mermaid
    Mermaid,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The exported package, or - for standard input
    #[arg(value_name = "PACKAGE.xml")]
    pub package: PathBuf,
    /// Write the manifest to this file, which must not exist yet
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The manifest, or - for standard input
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// The package that the instance exported, or - for standard input
    #[arg(value_name = "PACKAGE.xml")]
    pub package: PathBuf,
    /// Compare this environment
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// How to write the differences
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: DiffFormat,
}

/// What differences are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people at a terminal
    Human,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub struct RunbookArgs {
    /// The manifest, or - for standard input
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// Write about this environment alone
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// Write it to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

fn rule(id: &str) -> Result<String, String> {
    match rules::find(id) {
        Some(rule) => Ok(rule.id.to_owned()),
        None => Err(unknown_rule_help(id)),
    }
}

fn output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text
        .split_once('=')
        .ok_or("write the format, `=` and a file, such as sarif=ims.sarif")?;
    if file.is_empty() {
        return Err("the file's name is missing after `=`".to_owned());
    }
    let format = Format::from_str(format, true).map_err(|_| {
        let formats: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!("`{format}` is not one of {}", formats.join(", "))
    })?;
    Ok((format, PathBuf::from(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_has_every_command_once() {
        let help = command().render_long_help().to_string();
        let listed: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        for subcommand in command().get_subcommands() {
            let name = subcommand.get_name();
            assert_eq!(listed.iter().filter(|it| **it == name).count(), 1, "{name}");
            let about = subcommand.get_about().unwrap().to_string();
            assert!(help.contains(&format!("  {name:11}  {about}\n")), "{help}");
        }
        assert!(help.contains("Deliver:\n"), "{help}");
        let help = |name: &str| {
            let mut command = command();
            let found = command.find_subcommand_mut(name).unwrap();
            found.render_help().to_string()
        };
        assert!(!help("schema").contains("--config"));
        assert!(help("schema").contains("--quiet"));
        assert!(help("check").contains("--config"));
    }

    #[test]
    fn outputs_are_a_format_and_a_file() {
        assert_eq!(
            output("sarif=a=b").unwrap(),
            (Format::Sarif, PathBuf::from("a=b"))
        );
        assert!(output("sarif").is_err());
        assert!(output("sarif=").is_err());
        assert!(output("sariff=x").unwrap_err().contains("junit"));
    }
}
