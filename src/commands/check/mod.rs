//! `check [PATH…]`: checks manifests, fixes them where asked to, and reports what was found.

mod expected;
mod files;
mod filter;
mod output;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{CommandError, Outcome, Result, Session, input};
use crate::configuration::Configurations;
use crate::{
    check::{self, Checked},
    cli::CheckArgs,
    diagnostic::Finding,
    io::{self, Input},
    report::{Report, counted},
    rules::{self, catalogue::YAML_SYNTAX, instances::Instance},
    text::{show, suggest::list},
};
use files::{Done, Files, Shown, Task, path_of};
use filter::Filter;

/// What a run came to.
#[derive(Default)]
struct Found {
    files: Files,
    findings: Vec<Finding>,
    /// What kept it from some of its work.
    problems: Vec<CommandError>,
}

pub fn run(arguments: &CheckArgs, session: &Session) -> Result {
    for id in &arguments.ignore {
        if rules::find(id).is_some_and(|rule| rule.is_guarded) {
            session.say(&format!(
                "`{id}` can be neither switched off nor lowered: it stays."
            ));
        }
    }
    let has_stdin = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if arguments.stdin_filename.is_some() && !has_stdin {
        return Err(CommandError::other(
            "`--stdin-filename` is the name of standard input, which is not read: add `-`",
        ));
    }
    // Where the configuration is broken, the inputs are found all the same: no output may overwrite one.
    let made = Configurations::of_run(&session.global, &arguments.select, &arguments.ignore);
    let (mut configurations, broken) = match made {
        Ok(configurations) => (configurations, None),
        Err(error) => (Configurations::default(), Some(error)),
    };
    let (inputs, unreadable) = io::find(&arguments.paths, |path| configurations.exclude(path));
    for input in &inputs {
        // What is wrong with it is said later.
        let _ = configurations.of(path_of(input, arguments));
    }
    let unreadable: Vec<CommandError> = unreadable.into_iter().map(Into::into).collect();
    refuse_outputs(arguments, &inputs, &configurations, session)?;
    let found = match broken {
        Some(error) => Err(error.into()),
        None => find(
            arguments,
            inputs,
            &mut configurations,
            unreadable.is_empty(),
            session,
        ),
    };
    let mut found = found.unwrap_or_else(|error| Found {
        problems: vec![error],
        ..Found::default()
    });
    found.problems.splice(0..0, unreadable);
    let mut problems: Vec<String> = Vec::new();
    for problem in &found.problems {
        // A configuration that cannot be read is said once, not for each file below it.
        let line = problem.in_one_line();
        if !problems.contains(&line) {
            session.failed(problem);
            problems.push(line);
        }
    }
    let outputs = arguments.output.iter().map(|(_, file)| file.as_path());
    input::refuse_secret_files(outputs, instances(&found.files))?;
    output::write_fixed(&found.files, arguments, session)?;
    let files = &mut found.files;
    let expecting = files.iter().map(|it| it.expecting).sum();
    let mut shown = Shown::default();
    for of_file in files.iter_mut().filter_map(|it| it.shown.take()) {
        shown.mappings.extend(of_file.mappings);
        shown.expected.extend(of_file.expected);
    }
    let names = files.drain(..).map(|file| io::shown(&file.checked.key));
    let mut report = Report::new(found.findings, names.collect());
    report.problems = problems;
    output::write_report(&mut report, &shown, expecting, arguments, session)?;
    let fails = |severity| report.summary.reaches(severity);
    Ok(if !report.problems.is_empty() {
        Outcome::Failed
    } else if arguments.fail_on.severity().is_some_and(fails) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Checks the inputs. `all_read` says that the paths held nothing else.
///
/// # Errors
/// What leaves nothing to report.
fn find(
    arguments: &CheckArgs,
    inputs: Vec<Input>,
    configurations: &mut Configurations,
    all_read: bool,
    session: &Session,
) -> Result<Found> {
    if inputs.is_empty() && all_read {
        return Err(none_found(arguments, configurations));
    }
    let filter = Filter::new(arguments)?;
    let mut found = Found::default();
    let mut tasks = Vec::new();
    for input in inputs {
        match configurations.of(path_of(&input, arguments)) {
            Ok(configuration) => tasks.push(Task {
                input,
                configuration,
            }),
            Err(error) => found.problems.push(error.into()),
        }
    }
    let (files, errors) = files::check_all(tasks, arguments, &filter);
    found.files = files;
    found.problems.extend(errors);
    let has = |file: &Done, name| file.checked.judged.environment_names.contains(name);
    if let Some(name) = &arguments.env
        && !found.files.iter().any(|file| has(file, name))
        && found.problems.is_empty()
        && all_read
    {
        return Err(no_environment(name, &found.files));
    }
    if let Some(name) = &arguments.env {
        let is_read = |file: &Done| {
            let mut findings = file.checked.judged.findings.iter();
            !findings.any(|finding| finding.rule == &YAML_SYNTAX)
        };
        let lack = found.files.iter();
        let lack = lack
            .filter(|file| !has(file, name) && is_read(file))
            .count();
        if lack > 0 {
            session.say(&format!(
                "{} without the environment `{}`: only what holds for any text was looked at.",
                counted(lack, "file"),
                show::text(name)
            ));
        }
    }
    let mut findings = configurations.findings();
    findings.extend(across(&mut found, arguments));
    for file in &mut found.files {
        findings.append(&mut file.checked.judged.findings);
    }
    let checked: Vec<&Checked> = found.files.iter().map(|file| &file.checked).collect();
    filter.apply(&mut findings, &checked, session);
    if let Some(path) = &arguments.write_baseline
        && found.problems.is_empty()
        && all_read
    {
        input::refuse_secret_files([path.as_path()], instances(&found.files))?;
        filter::write_baseline(path, &findings, session)?;
        let hide = |all: &mut Vec<Finding>| all.retain(|finding| finding.rule.is_guarded);
        filter.leave_out(&mut findings, &checked, hide);
    }
    found.findings = findings;
    Ok(found)
}

fn instances(files: &Files) -> impl Iterator<Item = &Instance> {
    files.iter().flat_map(|it| &it.checked.judged.instances)
}

/// What the rules between instances find. Files are read again whose texts were let go of and are to be shown now: what one holds by
/// then counts.
fn across(found: &mut Found, arguments: &CheckArgs) -> Vec<Finding> {
    loop {
        let checked: Vec<&Checked> = found.files.iter().map(|file| &file.checked).collect();
        let forgotten = match check::compare(&checked) {
            Ok(findings) => return findings,
            Err(forgotten) => forgotten,
        };
        for number in forgotten {
            let Some(file) = found.files.get_mut(number) else {
                continue;
            };
            match files::again(&file.checked, arguments) {
                Ok(checked) => file.checked = checked,
                Err(error) => {
                    found.problems.push(error);
                    file.checked.judged.instances.clear();
                }
            }
        }
    }
}

/// Refuses outputs that would overwrite an input or each other.
fn refuse_outputs(
    arguments: &CheckArgs,
    inputs: &[Input],
    configurations: &Configurations,
    session: &Session,
) -> Result<()> {
    let outputs = arguments.output.iter().map(|(_, file)| file);
    let outputs: Vec<&PathBuf> = outputs.chain(&arguments.write_baseline).collect();
    let manifests = inputs.iter().map(|it| path_of(it, arguments));
    let others = arguments.baseline.iter().chain(&session.global.config);
    let inputs = manifests.chain(others.map(PathBuf::as_path));
    let inputs: Vec<&Path> = inputs.chain(configurations.files()).collect();
    for file in &outputs {
        io::refuse_inputs(file, &inputs)?;
    }
    io::refuse_twice(&outputs)?;
    Ok(())
}

/// The error where there is nothing to check, with the files that could have been meant.
fn none_found(arguments: &CheckArgs, configurations: &mut Configurations) -> CommandError {
    let mut message =
        "no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it"
            .to_owned();
    for file in io::passed_over(&arguments.paths, |path| configurations.exclude(path)) {
        message = message + "; " + &file;
    }
    CommandError::other(message)
}

/// The error where no manifest has the environment that was chosen, with those that there are.
fn no_environment(name: &str, files: &[Box<Done>]) -> CommandError {
    let judged = files.iter().map(|file| &file.checked.judged);
    let names = judged.flat_map(|judged| &judged.environment_names);
    let names: BTreeSet<String> = names.map(|name| show::value(name)).collect();
    let known = match names.is_empty() {
        true => "none has environments: leave `--env` out".to_owned(),
        false => format!("choose {}", list(&names)),
    };
    let name = show::value(name);
    CommandError::other(format!("no manifest has an environment `{name}`: {known}"))
}
