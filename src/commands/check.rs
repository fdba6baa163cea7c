//! `check [PATH…]`: judges manifests and reports what was found.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{CommandError, Outcome, Terminal, context, github, rule_infos};
use crate::{
    cli::{CheckArgs, Global},
    files::{self, Input, Unreadable},
    finding::Finding,
    instances::Instance,
    judge::{self, Judged},
    output::{self, Mode, OutputFile},
    report::{self, Format, Report},
    rules::RULES,
    settings::Settings,
    yaml::MAX_BYTES,
};

/// How many files a thread takes at a time.
const BATCH: usize = 16;

/// What remains of a file once it was judged.
struct Checked {
    name: String,
    findings: Vec<Finding>,
    instances: Vec<Instance>,
    has_environment: bool,
}

pub fn run(
    arguments: &CheckArgs,
    _global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    let (inputs, mut unreadable) = files::find(&arguments.paths, |_| false);
    if inputs.is_empty() && unreadable.is_empty() {
        return Err(CommandError::Other(
            "no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it"
                .to_owned(),
        ));
    }
    refuse_outputs_onto_inputs(arguments, &inputs)?;
    let settings = Settings::default();
    let (checked, failed) = check_all(&inputs, arguments, &settings);
    unreadable.extend(failed);
    if let Some(name) = &arguments.env
        && !checked.iter().any(|file| file.has_environment)
        && unreadable.is_empty()
    {
        return Err(no_such_environment(name));
    }
    let report = report(checked);
    write_report(&report, arguments, terminal)?;
    for problem in &unreadable {
        terminal.error(&problem.to_string());
    }
    Ok(if !unreadable.is_empty() {
        Outcome::Failed
    } else if arguments
        .fail_on
        .severity()
        .is_some_and(|severity| report.summary.reaches(severity))
    {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// The error where `--env` names an environment that there is nowhere.
pub fn no_such_environment(name: &str) -> CommandError {
    let name = crate::report::safe::value(name);
    CommandError::Other(format!("no manifest has an environment `{name}`"))
}

fn refuse_outputs_onto_inputs(arguments: &CheckArgs, inputs: &[Input]) -> Result<(), CommandError> {
    let files: Vec<&PathBuf> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::File(path) => Some(path),
            Input::Stdin => None,
        })
        .collect();
    for (_, file) in &arguments.output {
        output::refuse_same_file(file, &files)?;
    }
    Ok(())
}

/// Judges every input, on all processors where there are many.
fn check_all(
    inputs: &[Input],
    arguments: &CheckArgs,
    settings: &Settings,
) -> (Vec<Checked>, Vec<Unreadable>) {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(inputs.len().div_ceil(BATCH));
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(inputs.len()));
    let work = || {
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = inputs
                .get(start..inputs.len().min(start + BATCH))
                .filter(|batch| !batch.is_empty())
            else {
                return;
            };
            let done: Vec<_> = batch
                .iter()
                .map(|input| check_one(input, arguments, settings))
                .collect();
            if let Ok(mut results) = results.lock() {
                results.extend(done.into_iter().zip(start..));
            }
        }
    };
    if threads <= 1 {
        work();
    } else {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(work);
            }
        });
    }
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(_, index)| *index);
    let mut checked = Vec::with_capacity(results.len());
    let mut failed = Vec::new();
    for (result, _) in results {
        match result {
            Ok(file) => checked.push(file),
            Err(error) => failed.push(error),
        }
    }
    (checked, failed)
}

fn check_one(
    input: &Input,
    arguments: &CheckArgs,
    settings: &Settings,
) -> Result<Checked, Unreadable> {
    let bytes = files::read(input, MAX_BYTES)?;
    let name = match input {
        Input::Stdin => arguments
            .stdin_filename
            .as_deref()
            .map_or_else(|| "<stdin>".to_owned(), files::shown),
        Input::File(path) => files::shown(path),
    };
    let only = arguments.env.as_deref();
    let judged = judge::judge(&name, bytes, settings, only);
    let Judged {
        findings,
        instances,
        environment_names,
        ..
    } = judged;
    Ok(Checked {
        name,
        findings,
        instances,
        has_environment: only.is_some_and(|only| environment_names.iter().any(|name| name == only)),
    })
}

/// Everything that was found, the rules between instances among it.
fn report(checked: Vec<Checked>) -> Report {
    let mut findings = Vec::new();
    let mut instances = Vec::new();
    let mut names = Vec::new();
    for file in checked {
        findings.extend(file.findings);
        instances.extend(file.instances);
        names.push(file.name);
    }
    findings.extend(judge::between(&instances));
    Report::new(findings, names)
}

fn write_report(
    report: &Report,
    arguments: &CheckArgs,
    terminal: &Terminal,
) -> Result<(), CommandError> {
    let rules = rule_infos();
    let ran: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let mut here = context(terminal.colour, &rules, &ran);
    here.fail_on = arguments.fail_on.severity();
    let links = github::link_base();
    here.link_base = links.as_deref();
    let mut text = Vec::new();
    let nothing_to_say = report.files.is_empty() || terminal.quiet && report.findings.is_empty();
    let is_silent = arguments.format == Format::Human && nothing_to_say;
    if !is_silent {
        report::write(arguments.format, report, &here, &mut text)?;
    }
    if arguments.format == Format::Human && github::is_here() && !arguments.no_annotations {
        report::write(Format::Github, report, &here, &mut text)?;
    }
    here.colour = false;
    let mut files = Vec::new();
    for (format, path) in &arguments.output {
        let mut bytes = Vec::new();
        report::write(*format, report, &here, &mut bytes)?;
        files.push(OutputFile {
            path: path.clone(),
            bytes,
            mode: Mode::Public,
        });
    }
    output::write_all_or_none(&files)?;
    terminal.print(&text)
}

/// The findings of the rules between the environments of one manifest.
pub fn with_crossings(judged: &mut Judged) {
    judged.findings.extend(judge::between(&judged.instances));
    judged.findings.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// A manifest's name, as reports show it.
pub fn name_of(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "<stdin>".to_owned()
    } else {
        files::shown(path)
    }
}
