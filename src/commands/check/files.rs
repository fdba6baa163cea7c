//! The files of a run, each checked by itself, and fixed where asked to.

use std::{panic, path::PathBuf, sync::Arc, thread};

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
    /// What it is reported under, and its configuration looked for from.
    pub path: PathBuf,
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
    pub printed: String,
}

/// Checks every file, on all processors where there are many. Each thread takes every so many-th file: neighbours are alike, and
/// one folder may be slower than another.
pub(super) fn check_all(
    tasks: &[Task],
    arguments: &CheckArgs,
    filter: &Filter,
) -> Vec<Result<Done>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(tasks.len() / FILES_A_THREAD).max(1);
    let share = |first: usize| -> Vec<(usize, Result<Done>)> {
        let own = tasks.iter().enumerate().skip(first).step_by(threads);
        own.map(|(index, task)| (index, check_one(task, arguments, filter)))
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

fn check_one(task: &Task, arguments: &CheckArgs, filter: &Filter) -> Result<Done> {
    let bytes = io::read_start(&task.input, yaml::MAX_BYTES)?;
    let mut checked = check_text(task, bytes, arguments);
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
    let expected = match formats.contains(&Format::Human) {
        true => environments.iter().filter_map(expected).collect(),
        false => Vec::new(),
    };
    checked.forget_tree();
    Ok(Done {
        checked,
        fixed,
        mappings,
        expected,
    })
}

fn check_text(task: &Task, text: impl Into<Vec<u8>>, arguments: &CheckArgs) -> Checked {
    let settings = &task.configuration.settings;
    let env = arguments.env.as_deref();
    check::text(&task.path, &io::shown(&task.path), text, settings, env)
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
        filter.apply_to_file(&task.path, &mut judged.findings);
        judged
    };
    let old = checked.judged.source.clone();
    let first = reported(checked.judged.clone());
    let fixed = fix::apply(first, arguments.r#unsafe, |text| {
        reported(again(text).judged)
    });
    let left = fixed.judged.findings.len();
    let new = fixed.judged.source;
    let (mut printed, mut hides) = (String::new(), false);
    if arguments.diff {
        printed = fix::unified_diff(&old, &new);
        hides = fix::diff_hides(&old, &new);
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
        left,
        hides,
        applied: fixed.applied,
        skipped: fixed.skipped,
        printed,
    })
}
