//! `check [PATH…]`: checks manifests, fixes them where asked to, and reports what was found.

use std::{
    collections::HashSet,
    panic,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use super::{
    CommandError, Outcome, Result, Session,
    configuration::{Configuration, Configurations},
    github,
    session::context,
};
use crate::{
    check::{
        self, Checked,
        baseline::{self, Baseline},
        since::Since,
    },
    cli::CheckArgs,
    diagnostic::Finding,
    fix,
    io::{self, Input, Mode, OutputFile},
    mapping,
    report::{self, Format, Report, counted},
    text::{shell, show},
    yaml,
};

/// Fewer files than this are not worth a thread.
const FILES_A_THREAD: usize = 32;

/// A file that is to be checked.
struct Task {
    input: Input,
    /// What it is reported under, and its configuration looked for from.
    path: PathBuf,
    configuration: Arc<Configuration>,
}

/// What remains of a file once it was checked.
struct Done {
    checked: Checked,
    fixed: Option<Fixed>,
    /// Which profiles lead to which groups, where a report shows it.
    mappings: Vec<report::Mapping>,
}

/// What fixing did to a file.
struct Fixed {
    applied: usize,
    skipped: usize,
    /// The change as a unified diff, where one was asked for.
    diff: String,
}

pub fn run(arguments: &CheckArgs, session: &Session) -> Result {
    let mut configurations = Configurations::new(&session.global)?;
    let (inputs, unreadable) = io::find(&arguments.paths, |path| configurations.exclude(path));
    if inputs.is_empty() && unreadable.is_empty() {
        return Err(CommandError::other(
            "no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it",
        ));
    }
    if arguments.fix && !arguments.diff && inputs.contains(&Input::Stdin) {
        return Err(CommandError::other(
            "--fix cannot change standard input: name a file, or add --diff",
        ));
    }
    let mut problems: Vec<CommandError> = unreadable.into_iter().map(Into::into).collect();
    let mut paths = Vec::new();
    let mut tasks = Vec::new();
    for input in inputs {
        let path = match (&input, &arguments.stdin_filename) {
            (Input::Stdin, Some(name)) => name.clone(),
            _ => input.path().to_owned(),
        };
        paths.push(path.clone());
        match configurations.of(&path) {
            Ok(configuration) => tasks.push(Task {
                input,
                path,
                configuration,
            }),
            Err(error) => problems.push(error),
        }
    }
    refuse_outputs(arguments, &paths, &configurations)?;
    let since = match &arguments.since {
        Some(revision) => Some(Since::new(revision, Path::new("."))?),
        None => None,
    };
    let mut all = Vec::with_capacity(tasks.len());
    for result in check_all(&tasks, arguments) {
        match result {
            Ok(done) => all.push(done),
            Err(error) => problems.push(error),
        }
    }
    let has = |file: &Done, name| file.checked.judged.environment_names.contains(name);
    if let Some(name) = &arguments.env
        && !all.iter().any(|file| has(file, name))
        && problems.is_empty()
    {
        let name = show::value(name);
        let message = format!("no manifest has an environment `{name}`");
        return Err(CommandError::other(message));
    }
    say_fixed(&all, arguments, session)?;
    let mappings = all
        .iter_mut()
        .map(|file| std::mem::take(&mut file.mappings));
    let mappings: Vec<report::Mapping> = mappings.flatten().collect();
    let mut findings = configurations.findings();
    let names = all.iter().map(|file| file.checked.judged.source.name());
    let names = names.map(str::to_owned).collect();
    findings.extend(findings_of(all, since.as_ref()));
    heed_baseline(&mut findings, arguments, session)?;
    let report = Report::new(findings, names);
    write_report(&report, &mappings, arguments, session)?;
    // A configuration that cannot be read is said once, not for each file below it.
    let mut said = HashSet::new();
    for problem in &problems {
        if said.insert(problem.to_string()) {
            session.failed(problem);
        }
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

/// Refuses outputs that would overwrite an input or each other.
fn refuse_outputs(
    arguments: &CheckArgs,
    manifests: &[PathBuf],
    configurations: &Configurations,
) -> Result<()> {
    let outputs = arguments.output.iter().map(|(_, file)| file);
    let outputs: Vec<&PathBuf> = outputs.chain(&arguments.write_baseline).collect();
    let manifests = manifests.iter().chain(&arguments.baseline);
    let inputs = manifests
        .map(PathBuf::as_path)
        .chain(configurations.files());
    let inputs: Vec<&Path> = inputs.collect();
    for file in &outputs {
        io::refuse_inputs(file, &inputs)?;
    }
    io::refuse_twice(&outputs)?;
    Ok(())
}

/// Checks every file, on all processors where there are many. Each thread takes every so many-th file: neighbours are alike, and
/// one folder may be slower than another.
fn check_all(tasks: &[Task], arguments: &CheckArgs) -> Vec<Result<Done>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(tasks.len() / FILES_A_THREAD).max(1);
    let share = |first: usize| -> Vec<(usize, Result<Done>)> {
        let own = tasks.iter().enumerate().skip(first).step_by(threads);
        own.map(|(index, task)| (index, check_one(task, arguments)))
            .collect()
    };
    let share = &share;
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || share(first)))
            .collect();
        let mut all = share(0);
        for other in others {
            all.extend(
                other
                    .join()
                    .unwrap_or_else(|error| panic::resume_unwind(error)),
            );
        }
        all
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, done)| done).collect()
}

fn check_one(task: &Task, arguments: &CheckArgs) -> Result<Done> {
    let bytes = io::read_start(&task.input, yaml::MAX_BYTES)?;
    let mut fixed = None;
    let is_fixed = arguments.fix || arguments.diff;
    let old = is_fixed.then(|| bytes.clone());
    let mut checked = check_text(task, bytes, arguments);
    if let Some(old) = old {
        fixed = Some(fix_one(&mut checked, &old, task, arguments)?);
    }
    let formats = arguments.output.iter().map(|(format, _)| *format);
    let mut formats = formats.chain([arguments.format]);
    let mappings = match formats.any(|format| format == Format::Markdown) {
        true => mapping::mappings(&checked.judged.environments),
        false => Vec::new(),
    };
    checked.forget_tree();
    Ok(Done {
        checked,
        fixed,
        mappings,
    })
}

fn check_text(task: &Task, text: impl Into<Vec<u8>>, arguments: &CheckArgs) -> Checked {
    let settings = &task.configuration.settings;
    let env = arguments.env.as_deref();
    check::text(&task.path, &io::shown(&task.path), text, settings, env)
}

/// Applies a file's fixes: to the file with `--fix`, to nothing but a diff with `--diff`, which leaves the findings as they are.
fn fix_one(
    checked: &mut Checked,
    bytes: &[u8],
    task: &Task,
    arguments: &CheckArgs,
) -> Result<Fixed> {
    let again = |text: &str| check_text(task, text, arguments);
    let old = checked.judged.source.clone();
    let fixed = fix::apply(checked.judged.clone(), arguments.r#unsafe, |text| {
        again(text).judged
    });
    let new = fixed.judged.source;
    let mut diff = String::new();
    if arguments.diff {
        diff = fix::unified_diff(&old, &new);
    } else if let Input::File(path) = &task.input
        && new.text() != old.text()
    {
        io::rewrite(path, bytes, new.text().as_bytes())?;
        *checked = again(new.text());
    }
    Ok(Fixed {
        applied: fixed.applied,
        skipped: fixed.skipped,
        diff,
    })
}

/// Prints the diffs, and tells on standard error what was fixed and what could not be.
fn say_fixed(all: &[Done], arguments: &CheckArgs, session: &Session) -> Result<()> {
    let fixed: Vec<&Fixed> = all.iter().filter_map(|file| file.fixed.as_ref()).collect();
    if !(arguments.fix || arguments.diff) {
        return Ok(());
    }
    if arguments.diff {
        let diffs: String = fixed.iter().map(|fixed| fixed.diff.as_str()).collect();
        session.print(diffs)?;
    }
    let applied: usize = fixed.iter().map(|fixed| fixed.applied).sum();
    let files = fixed.iter().filter(|fixed| fixed.applied > 0).count();
    let verb = if arguments.diff { "Would fix" } else { "Fixed" };
    session.say(&format!(
        "{verb} {} in {}.",
        counted(applied, "finding"),
        counted(files, "file")
    ));
    let skipped: usize = fixed.iter().map(|fixed| fixed.skipped).sum();
    if skipped > 0 {
        session.say(&format!(
            "Left {} alone that would have changed more than {} should.",
            counted(skipped, "fix").replace("fixs", "fixes"),
            if skipped == 1 { "it" } else { "they" }
        ));
    }
    Ok(())
}

/// Everything that was found in manifests, the rules between instances among it, but for what lies where nothing changed.
fn findings_of(all: Vec<Done>, since: Option<&Since>) -> Vec<Finding> {
    let checked: Vec<&Checked> = all.iter().map(|file| &file.checked).collect();
    let across = check::across(&checked);
    let unchanged = checked
        .iter()
        .filter(|file| since.is_some_and(|since| !since.differs(&file.key)));
    let unchanged: HashSet<_> = unchanged
        .map(|file| Arc::as_ptr(&file.judged.source))
        .collect();
    let own = all
        .into_iter()
        .flat_map(|file| file.checked.judged.findings);
    let mut findings: Vec<Finding> = own.chain(across).collect();
    findings.retain(|finding| !unchanged.contains(&Arc::as_ptr(&finding.location.source)));
    findings
}

/// Leaves out what a baseline knows, or writes one that knows everything.
fn heed_baseline(
    findings: &mut Vec<Finding>,
    arguments: &CheckArgs,
    session: &Session,
) -> Result<()> {
    let known = |path: &Path, bytes: &[u8]| {
        Baseline::parse(bytes).map_err(|reason| {
            let path = io::shown(path);
            let option = shell::option("--write-baseline", &path);
            CommandError::other(format!(
                "{path} is no baseline: {reason}; write it anew with `{option}`"
            ))
        })
    };
    if let Some(path) = &arguments.baseline {
        let input = Input::File(path.clone());
        let bytes = io::read(&input, "the baseline ", baseline::MAX_BYTES)?;
        let hidden = known(path, &bytes)?.hide(findings);
        if hidden > 0 {
            let hidden = counted(hidden, "finding");
            session.say(&format!("The baseline knows {hidden}."));
        }
    }
    if let Some(path) = &arguments.write_baseline {
        let text = baseline::text(findings);
        io::write(path, text.as_bytes())?;
        let hidden = counted(known(path, text.as_bytes())?.hide(findings), "finding");
        let path = show::text(&io::shown(path));
        session.say(&format!("Wrote {hidden} to {path}."));
    }
    Ok(())
}

fn write_report(
    report: &Report,
    mappings: &[report::Mapping],
    arguments: &CheckArgs,
    session: &Session,
) -> Result<()> {
    let mut here = context(session.colour);
    here.fail_on = arguments.fail_on.severity();
    let links = github::link_base();
    here.link_base = links.as_deref();
    here.mappings = mappings;
    let mut text = Vec::new();
    let is_human = arguments.format == Format::Human;
    let nothing_to_say =
        report.files.is_empty() || session.global.quiet && report.findings.is_empty();
    // What `--diff` prints is for `patch`; findings would be in its way. Files of `--output` get them.
    if !(arguments.diff || is_human && nothing_to_say) {
        report::write(arguments.format, report, &here, &mut text)?;
    }
    if is_human && !arguments.no_annotations && !arguments.diff && github::is_here() {
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
    io::write_all(&files)?;
    session.print(text)
}
