//! The files of a run, each checked by itself, and fixed where asked to.

use std::{
    iter, panic,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

use super::{
    super::{CommandError, Result},
    expected::expected,
    filter::Filter,
};
use crate::{
    check::{self, Checked, Judged, settings::Settings},
    cli::CheckArgs,
    configuration::Configuration,
    fix,
    io::{self, Input},
    mapping,
    report::{self, Format},
    yaml,
};

/// The most of standard input that is handed on though it is too large for a manifest, in bytes.
const MOST_TO_GO_ON: usize = 64 << 20;

/// Fewer files than this are not worth a thread.
const FILES_A_THREAD: usize = 32;

/// A file that is to be checked.
pub(super) struct Task {
    pub input: Input,
    pub configuration: Arc<Configuration>,
}

/// What remains of a file once it was checked. Of many files this is most of what is in memory.
pub(super) struct Done {
    pub checked: Checked,
    pub fixed: Option<Box<Fixed>>,
    /// What a report shows of it besides findings.
    pub shown: Option<Box<Shown>>,
    /// How many instances expect something, those that no report shows included.
    pub expecting: usize,
}

/// The files of a run. They are moved from list to list: a list of large values would take its room twice.
pub(super) type Files = Vec<Box<Done>>;

/// What a report shows besides findings.
#[derive(Default)]
pub(super) struct Shown {
    /// Which profiles lead to which groups.
    pub mappings: Vec<report::Mapping>,
    /// What each instance expects.
    pub expected: Vec<report::Expected>,
}

/// What fixing did to a file.
pub(super) struct Fixed {
    pub applied: usize,
    pub skipped: usize,
    /// The findings of the fixed text.
    pub left: usize,
    /// Whether the diff shows a line otherwise than it is.
    pub hides: bool,
    /// What belongs on standard output: the change as a unified diff, or the fixed text of standard input.
    pub printed: Vec<u8>,
    /// Why the file could not be written.
    pub problem: Option<CommandError>,
}

/// What an input is reported under, and its configuration looked for from.
pub(super) fn path_of<'a>(input: &'a Input, arguments: &'a CheckArgs) -> &'a Path {
    match (input, &arguments.stdin_filename) {
        (Input::Stdin, Some(name)) => name,
        _ => input.path(),
    }
}

/// A file by its number, or why it was not checked.
type Numbered = (usize, std::result::Result<Box<Done>, Box<CommandError>>);

/// Checks every file, on all processors where there are many. Gives the files and the errors, each in order.
pub(super) fn check_all(
    tasks: Vec<Task>,
    arguments: &CheckArgs,
    filter: &Filter,
) -> (Files, Vec<CommandError>) {
    // Few files are not worth the question.
    let threads = match tasks.len() / FILES_A_THREAD {
        0 | 1 => 1,
        most => thread::available_parallelism().map_or(1, |it| most.min(it.get())),
    };
    let left = Mutex::new(tasks.into_iter().enumerate());
    let work = || check_share(&left, arguments, filter);
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            let done = other.join();
            all.extend(done.unwrap_or_else(|error| panic::resume_unwind(error)));
        }
        all
    });
    all.sort_unstable_by_key(|(number, _)| *number);
    let (mut files, mut errors) = (Files::with_capacity(all.len()), Vec::new());
    for (_, done) in all {
        match done {
            Ok(mut done) => {
                errors.extend(done.fixed.as_mut().and_then(|fixed| fixed.problem.take()));
                files.push(done);
            }
            Err(error) => errors.push(*error),
        }
    }
    (files, errors)
}

/// Checks one file after the other, as long as there are some left.
fn check_share(
    left: &Mutex<impl Iterator<Item = (usize, Task)>>,
    arguments: &CheckArgs,
    filter: &Filter,
) -> Vec<Numbered> {
    let mut described = 0;
    let next = || left.lock().ok()?.next();
    let done = iter::from_fn(next).map(|(number, task)| {
        let is_described = described < report::MOST_INSTANCES;
        let done = check_one(task, arguments, filter, is_described);
        described += done.as_ref().map_or(0, |done| done.expecting);
        (number, done.map(Box::new).map_err(Box::new))
    });
    done.collect()
}

/// Checks a file. What its instances expect is told where it is to be described; else they are counted.
fn check_one(
    task: Task,
    arguments: &CheckArgs,
    filter: &Filter,
    is_described: bool,
) -> Result<Done> {
    let is_file = matches!(task.input, Input::File(_));
    // The fixed text of standard input goes on, and so does one that cannot be read.
    let goes_on = !is_file && arguments.fix && !arguments.diff;
    let most = if goes_on {
        MOST_TO_GO_ON
    } else {
        yaml::MAX_BYTES
    };
    let bytes = io::read_start(&task.input, most)?;
    if bytes.len() > MOST_TO_GO_ON {
        return Err(CommandError::other(
            "standard input is over 64 MiB: nothing of it is handed on",
        ));
    }
    let whole = goes_on.then(|| bytes.clone());
    let path = match task.input {
        Input::File(path) => path,
        Input::Stdin => path_of(&Input::Stdin, arguments).to_owned(),
    };
    let mut checked = check_text(path, bytes, &task.configuration.settings, arguments);
    let mut fixed = None;
    if arguments.fix || arguments.diff {
        let mut one = fix_one(&mut checked, is_file, arguments, filter);
        if let Some(whole) = whole.filter(|_| checked.judged.document.is_none()) {
            one.printed = whole;
        }
        fixed = Some(Box::new(one));
    }
    let formats = arguments.output.iter().map(|(format, _)| *format);
    let formats: Vec<Format> = formats.chain([arguments.format]).collect();
    let environments = &checked.judged.environments;
    let (mut shown, mut expecting) = (Shown::default(), 0);
    if formats.contains(&Format::Markdown) {
        shown.mappings = mapping::mappings(environments);
    }
    if formats.contains(&Format::Human) && !checked.judged.has_errors() {
        let expected = environments
            .iter()
            .filter_map(|it| expected(it, is_described));
        let expected: Vec<_> = expected.collect();
        expecting = expected.len();
        if is_described {
            shown.expected = expected;
        }
    }
    checked.forget_tree();
    // Standard input cannot be read twice.
    if is_file {
        checked.forget_text();
    }
    let has_any = !shown.mappings.is_empty() || !shown.expected.is_empty();
    Ok(Done {
        checked,
        fixed,
        shown: has_any.then(|| Box::new(shown)),
        expecting,
    })
}

/// Reads a file again whose text was let go of, and checks it as it was checked.
pub(super) fn again(known: &Checked, arguments: &CheckArgs) -> Result<Checked> {
    let input = Input::File(known.key.clone());
    let bytes = io::read_start(&input, yaml::MAX_BYTES)?;
    let mut checked = check_text(known.key.clone(), bytes, known.settings(), arguments);
    checked.forget_tree();
    Ok(checked)
}

fn check_text(
    path: PathBuf,
    text: impl Into<Vec<u8>>,
    settings: &Arc<Settings>,
    arguments: &CheckArgs,
) -> Checked {
    let name = io::shown(&path);
    check::text(path, &name, text, settings, arguments.env.as_deref())
}

/// Applies the fixes of what is reported of a file: to the file with `--fix`, or to what is printed for standard input; to nothing but a
/// diff with `--diff`, which leaves the findings as they are.
fn fix_one(checked: &mut Checked, is_file: bool, arguments: &CheckArgs, filter: &Filter) -> Fixed {
    let (path, settings) = (checked.key.clone(), checked.settings().clone());
    let again = |text: &str| check_text(path.clone(), text, &settings, arguments);
    let reported = |mut judged: Judged| {
        filter.apply_to_file(&path, &mut judged.findings);
        judged
    };
    let old = checked.judged.source.clone();
    let first = reported(checked.judged.clone());
    let fixed = fix::apply(first, arguments.r#unsafe, |text| {
        reported(again(text).judged)
    });
    let left = fixed.judged.findings.len();
    let new = fixed.judged.source;
    let (mut printed, mut hides, mut problem) = (Vec::new(), false, None);
    if arguments.diff {
        printed = fix::unified_diff(&old, &new).into_bytes();
        hides = fix::diff_hides(&old, &new);
    } else {
        let is_changed = new.text() != old.text();
        if !is_file {
            printed = new.text().as_bytes().to_vec();
        } else if is_changed {
            let written = io::rewrite(&path, old.text().as_bytes(), new.text().as_bytes());
            problem = written.err().map(CommandError::from);
        }
        if is_changed && problem.is_none() {
            *checked = again(new.text());
        }
    }
    let applied = problem.as_ref().map_or(fixed.applied, |_| 0);
    Fixed {
        left,
        hides,
        applied,
        skipped: fixed.skipped,
        printed,
        problem,
    }
}
