//! `check [PATH…]`: judges manifests, mends them where asked to, and reports what was found.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    CommandError, Outcome, Terminal, chosen, context, github,
    run::{self, Run},
};
use crate::{
    check::baseline::{self, Baseline},
    check::ignore::Ignores,
    check::settings::Loaded,
    check::since::Since,
    cli::{CheckArgs, Global},
    finding::Finding,
    fix,
    io::files::{self, Input},
    io::output::{self, Mode, OutputError, OutputFile},
    mapping,
    report::{self, Format, Report, counted},
    rules::instances::Instance,
};

/// How many files a thread takes at a time.
const BATCH: usize = 16;

/// What remains of a file once it was judged.
struct Checked {
    name: String,
    path: PathBuf,
    findings: Vec<Finding>,
    instances: Vec<Instance>,
    ignores: Ignores,
    configuration: Arc<Loaded>,
    has_environment: bool,
    mended: Option<Mended>,
    /// Which profiles lead to which groups, where a report shows it.
    mappings: Vec<report::Mapping>,
}

/// What mending did to a file.
struct Mended {
    applied: usize,
    skipped: usize,
    /// The change as a unified diff, where one was asked for.
    diff: String,
}

pub fn run(
    arguments: &CheckArgs,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, CommandError> {
    let run = Run::new(global, arguments.env.as_deref())?;
    let (inputs, unreadable) = files::find(&arguments.paths, |path| run.excludes(path));
    if inputs.is_empty() && unreadable.is_empty() {
        return Err(CommandError::Other(
            "no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it"
                .to_owned(),
        ));
    }
    refuse(arguments, &inputs, &run)?;
    let since = match &arguments.since {
        Some(revision) => Some(Since::new(revision, Path::new("."))?),
        None => None,
    };
    let (checked, failed) = check_all(&inputs, arguments, &run);
    let problems: Vec<CommandError> = unreadable
        .into_iter()
        .map(CommandError::from)
        .chain(failed)
        .collect();
    if let Some(name) = &arguments.env
        && !checked.iter().any(|file| file.has_environment)
        && problems.is_empty()
    {
        let name = crate::text::show::value(name);
        let message = format!("no manifest has an environment `{name}`");
        return Err(CommandError::Other(message));
    }
    say_mended(&checked, arguments, terminal)?;
    let mappings: Vec<report::Mapping> = checked
        .iter()
        .flat_map(|file| file.mappings.iter().cloned())
        .collect();
    let report = report(checked, since.as_ref(), arguments, &run, terminal)?;
    write_report(&report, &mappings, arguments, terminal)?;
    for problem in &problems {
        terminal.failed(problem);
    }
    let fails = |severity| report.summary.reaches(severity);
    Ok(if !problems.is_empty() {
        Outcome::Failed
    } else if arguments.fail_on.severity().is_some_and(fails) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Refuses outputs that would overwrite an input, and what cannot be done with standard input.
fn refuse(arguments: &CheckArgs, inputs: &[Input], run: &Run<'_>) -> Result<(), CommandError> {
    if arguments.fix && !arguments.diff && inputs.contains(&Input::Stdin) {
        return Err(CommandError::Other(
            "--fix cannot change standard input: name a file, or add --diff".to_owned(),
        ));
    }
    let outputs: Vec<&PathBuf> = arguments
        .output
        .iter()
        .map(|(_, file)| file)
        .chain(&arguments.write_baseline)
        .collect();
    if outputs.is_empty() {
        return Ok(());
    }
    let manifests = inputs.iter().filter_map(|input| match input {
        Input::File(path) => Some(path),
        Input::Stdin => arguments.stdin_filename.as_ref(),
    });
    let configurations = run.configurations(manifests.clone());
    let inputs: Vec<&PathBuf> = manifests
        .chain(&arguments.baseline)
        .chain(&configurations)
        .collect();
    for file in outputs {
        output::refuse_same_file(file, &inputs)?;
    }
    if let Some(baseline) = &arguments.write_baseline
        && arguments.output.iter().any(|(_, file)| file == baseline)
    {
        return Err(OutputError::Twice(baseline.clone()).into());
    }
    Ok(())
}

/// Judges every input, on all processors where there are many.
fn check_all(
    inputs: &[Input],
    arguments: &CheckArgs,
    run: &Run<'_>,
) -> (Vec<Checked>, Vec<CommandError>) {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(inputs.len().div_ceil(BATCH));
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(inputs.len()));
    let work = || {
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            let end = inputs.len().min(start + BATCH);
            let Some(batch) = inputs.get(start..end).filter(|batch| !batch.is_empty()) else {
                return;
            };
            let done: Vec<_> = batch
                .iter()
                .map(|input| check_one(input, arguments, run))
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
    // A configuration that cannot be read is said once, not for each file below it.
    let mut said = std::collections::HashSet::new();
    failed.retain(|error| said.insert(error.to_string()));
    (checked, failed)
}

fn check_one(input: &Input, arguments: &CheckArgs, run: &Run<'_>) -> Result<Checked, CommandError> {
    let path = match input {
        Input::Stdin => arguments
            .stdin_filename
            .clone()
            .unwrap_or_else(|| chosen::STDIN.into()),
        Input::File(path) => path.clone(),
    };
    let mut file = run.file(input, &path)?;
    let mut mended = None;
    if arguments.fix || arguments.diff {
        file = mend(file, input, arguments, run, &mut mended)?;
    }
    let has_environment = arguments
        .env
        .as_ref()
        .is_some_and(|env| file.judged.environment_names.contains(env));
    let mappings = if wants_markdown(arguments) {
        mapping::mappings(&file.judged.environments)
    } else {
        Vec::new()
    };
    Ok(Checked {
        mappings,
        name: file.judged.source.name().to_owned(),
        path,
        findings: file.judged.findings,
        instances: file.judged.instances,
        ignores: file.ignores,
        configuration: file.configuration,
        has_environment,
        mended,
    })
}

/// Whether a report is asked for that shows the mapping besides the findings.
fn wants_markdown(arguments: &CheckArgs) -> bool {
    let formats = arguments.output.iter().map(|(format, _)| *format);
    formats
        .chain([arguments.format])
        .any(|format| format == Format::Markdown)
}

/// Applies a file's fixes: to the file with `--fix`, to nothing but a diff with `--diff`, which leaves the findings as they are.
fn mend(
    file: run::File,
    input: &Input,
    arguments: &CheckArgs,
    run: &Run<'_>,
    mended: &mut Option<Mended>,
) -> Result<run::File, CommandError> {
    let configuration = file.configuration.clone();
    let name = file.judged.source.name().to_owned();
    let judge = |text: &str| {
        let bytes = text.as_bytes().to_vec();
        run.judge(&name, bytes, &configuration).0
    };
    let old = file.judged.source.clone();
    let before = file.judged.clone();
    let fixed = fix::apply(file.judged, arguments.r#unsafe, judge);
    let new = fixed.judged.source.clone();
    *mended = Some(Mended {
        applied: fixed.applied,
        skipped: fixed.skipped.len(),
        diff: if arguments.diff {
            fix::unified_diff(&old, &new)
        } else {
            String::new()
        },
    });
    if arguments.diff {
        return Ok(run::File {
            judged: before,
            ..file
        });
    }
    if let Input::File(path) = input
        && new.text() != old.text()
    {
        output::write_atomic(path, new.text().as_bytes(), Mode::Public)?;
    }
    let (judged, ignores) = run.judge(&name, new.text().as_bytes().to_vec(), &configuration);
    Ok(run::File {
        judged,
        ignores,
        configuration,
    })
}

/// Prints the diffs, and tells on standard error what was mended and what could not be.
fn say_mended(
    checked: &[Checked],
    arguments: &CheckArgs,
    terminal: &Terminal,
) -> Result<(), CommandError> {
    let mended = || checked.iter().filter_map(|file| file.mended.as_ref());
    let diffs: String = mended().map(|mended| mended.diff.as_str()).collect();
    if arguments.diff {
        terminal.print(diffs.as_bytes())?;
    }
    if !(arguments.fix || arguments.diff) {
        return Ok(());
    }
    let applied: usize = mended().map(|mended| mended.applied).sum();
    let files = mended().filter(|mended| mended.applied > 0).count();
    let verb = if arguments.diff { "Would fix" } else { "Fixed" };
    terminal.say(&format!(
        "{verb} {} in {}.",
        counted(applied, "finding"),
        counted(files, "file")
    ));
    let skipped: usize = mended().map(|mended| mended.skipped).sum();
    if skipped > 0 {
        terminal.say(&format!(
            "Left {} alone that would have changed more than {} should.",
            counted(skipped, "fix").replace("fixs", "fixes"),
            if skipped == 1 { "it" } else { "they" }
        ));
    }
    Ok(())
}

/// Everything that was found, the rules between instances among it, but for what a baseline knows or no change touched.
fn report(
    checked: Vec<Checked>,
    since: Option<&Since>,
    arguments: &CheckArgs,
    run: &Run<'_>,
    terminal: &Terminal,
) -> Result<Report, CommandError> {
    let mut findings = run.of_configurations();
    let mut instances = Vec::new();
    let mut names = Vec::new();
    let mut known = HashMap::new();
    let mut untouched = std::collections::HashSet::new();
    for file in checked {
        if since.is_some_and(|since| !since.differs(&file.path)) {
            untouched.insert(file.name.clone());
        }
        findings.extend(file.findings);
        instances.extend(file.instances);
        known.insert(file.name.clone(), (file.ignores, file.configuration));
        names.push(file.name);
    }
    findings.extend(run::between(&instances, |name| {
        let (ignores, configuration) = known.get(name)?;
        Some((ignores, &**configuration))
    }));
    findings.retain(|finding| !untouched.contains(finding.location.source.name()));
    if let Some(path) = &arguments.baseline {
        let hidden = Baseline::read(path)?.hide(&mut findings);
        if hidden > 0 {
            terminal.say(&format!(
                "The baseline knows {}.",
                counted(hidden, "finding")
            ));
        }
    }
    if let Some(path) = &arguments.write_baseline {
        let text = baseline::text(&findings);
        output::write_atomic(path, text.as_bytes(), Mode::Public)?;
        let hidden = Baseline::read(path)?.hide(&mut findings);
        terminal.say(&format!(
            "Wrote {} to {}.",
            counted(hidden, "finding"),
            crate::text::show::text(&files::shown(path))
        ));
    }
    Ok(Report::new(findings, names))
}

fn write_report(
    report: &Report,
    mappings: &[report::Mapping],
    arguments: &CheckArgs,
    terminal: &Terminal,
) -> Result<(), CommandError> {
    let mut here = context(terminal.colour);
    here.fail_on = arguments.fail_on.severity();
    let links = github::link_base();
    here.link_base = links.as_deref();
    here.mappings = mappings;
    let mut text = Vec::new();
    let nothing_to_say = report.files.is_empty() || terminal.quiet && report.findings.is_empty();
    // What `--diff` prints is for `patch`; findings would be in its way. Files of `--output` get them.
    let is_silent = arguments.diff || arguments.format == Format::Human && nothing_to_say;
    if !is_silent {
        report::write(arguments.format, report, &here, &mut text)?;
    }
    let annotates = arguments.format == Format::Human && !arguments.no_annotations;
    if annotates && !arguments.diff && github::is_here() {
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
