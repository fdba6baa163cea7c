//! The files of a run, each checked by itself, and fixed where asked to.

use std::{panic, path::Path, sync::Arc, thread};

use super::{super::Result, expected::expected, filter::Filter};
use crate::{
    check::{self, Checked, Judged},
    cli::CheckArgs,
    configuration::Configuration,
    fix,
    io::{self, Input},
    mapping,
    report::{self, Format},
    yaml,
};

/// Fewer files than this are not worth a thread.
const FILES_A_THREAD: usize = 32;

/// A file that is to be checked.
pub(super) struct Task {
    pub input: Input,
    pub configuration: Arc<Configuration>,
}

/// What remains of a file once it was checked.
pub(super) struct Done {
    pub checked: Checked,
    pub fixed: Option<Fixed>,
    /// Which profiles lead to which groups, where a report shows it.
    pub mappings: Vec<report::Mapping>,
    /// What each instance expects, where a report shows it.
    pub expected: Vec<report::Expected>,
    /// How many instances expect something, those that no report shows included.
    pub expecting: usize,
}

/// What fixing did to a file.
pub(super) struct Fixed {
    pub applied: usize,
    pub skipped: usize,
    /// What belongs on standard output: the change as a unified diff, or the fixed text of standard input.
    pub printed: String,
}

/// What an input is reported under, and its configuration looked for from.
pub(super) fn path_of<'a>(input: &'a Input, arguments: &'a CheckArgs) -> &'a Path {
    match (input, &arguments.stdin_filename) {
        (Input::Stdin, Some(name)) => name,
        _ => input.path(),
    }
}

/// Checks every file, on all processors where there are many. Each thread takes every so many-th file: neighbours are alike, and
/// one folder may be slower than another.
pub(super) fn check_all(
    tasks: &[Task],
    arguments: &CheckArgs,
    filter: &Filter,
) -> Vec<Result<Box<Done>>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(tasks.len() / FILES_A_THREAD).max(1);
    let share = |first: usize| -> Vec<(usize, Result<Box<Done>>)> {
        let mut described = 0;
        let own = tasks.iter().enumerate().skip(first).step_by(threads);
        let done = own.map(|(index, task)| {
            let is_described = described < report::MOST_INSTANCES;
            let done = check_one(task, arguments, filter, is_described);
            described += done.as_ref().map_or(0, |done| done.expecting);
            (index, done)
        });
        done.collect()
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

/// Checks a file. What its instances expect is told where it is to be described; else they are counted.
fn check_one(
    task: &Task,
    arguments: &CheckArgs,
    filter: &Filter,
    is_described: bool,
) -> Result<Box<Done>> {
    let mut checked = read(task, arguments)?;
    let mut fixed = None;
    if arguments.fix || arguments.diff {
        fixed = Some(fix_one(&mut checked, task, arguments, filter)?);
    }
    let formats = arguments.output.iter().map(|(format, _)| *format);
    let formats: Vec<Format> = formats.chain([arguments.format]).collect();
    let environments = &checked.judged.environments;
    let mappings = match formats.contains(&Format::Markdown) {
        true => mapping::mappings(environments),
        false => Vec::new(),
    };
    let expected: Vec<report::Expected> = match formats.contains(&Format::Human) {
        true => environments
            .iter()
            .filter_map(|it| expected(it, is_described))
            .collect(),
        false => Vec::new(),
    };
    checked.forget_tree();
    // Standard input cannot be read twice.
    if matches!(task.input, Input::File(_)) {
        checked.forget_text();
    }
    Ok(Box::new(Done {
        checked,
        fixed,
        mappings,
        expecting: expected.len(),
        expected: match is_described {
            true => expected,
            false => Vec::new(),
        },
    }))
}

/// Reads a file and checks it.
pub(super) fn read(task: &Task, arguments: &CheckArgs) -> Result<Checked> {
    let bytes = io::read_start(&task.input, yaml::MAX_BYTES)?;
    Ok(check_text(task, bytes, arguments))
}

fn check_text(task: &Task, text: impl Into<Vec<u8>>, arguments: &CheckArgs) -> Checked {
    let settings = &task.configuration.settings;
    let env = arguments.env.as_deref();
    let path = path_of(&task.input, arguments);
    check::text(path, &io::shown(path), text, settings, env)
}

/// Applies the fixes of what is reported of a file: to the file with `--fix`, or to what is printed for standard input; to nothing but a
/// diff with `--diff`, which leaves the findings as they are.
fn fix_one(
    checked: &mut Checked,
    task: &Task,
    arguments: &CheckArgs,
    filter: &Filter,
) -> Result<Fixed> {
    let again = |text: &str| check_text(task, text, arguments);
    let reported = |mut judged: Judged| {
        filter.apply_to_file(path_of(&task.input, arguments), &mut judged.findings);
        judged
    };
    let old = checked.judged.source.clone();
    let first = reported(checked.judged.clone());
    let fixed = fix::apply(first, arguments.r#unsafe, |text| {
        reported(again(text).judged)
    });
    let new = fixed.judged.source;
    let mut printed = String::new();
    if arguments.diff {
        printed = fix::unified_diff(&old, &new);
    } else {
        let is_changed = new.text() != old.text();
        match &task.input {
            Input::Stdin => printed = new.text().to_owned(),
            Input::File(path) if is_changed => {
                io::rewrite(path, old.text().as_bytes(), new.text().as_bytes())?;
            }
            Input::File(_) => {}
        }
        if is_changed {
            *checked = again(new.text());
        }
    }
    Ok(Fixed {
        applied: fixed.applied,
        skipped: fixed.skipped,
        printed,
    })
}
