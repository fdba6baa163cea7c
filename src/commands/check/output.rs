//! What a run prints and writes.

use std::{io::Write, path::PathBuf};

use supports_hyperlinks::Stream;

use super::{
    super::{Result, Session, ci, session::context},
    files::{Done, Fixed, Shown},
};
use crate::{
    cli::CheckArgs,
    io::{self, Mode, OutputFile},
    report::{self, Context, Format, Report, counted, painted},
};

/// Prints the diffs or the fixed text, and tells on standard error what was fixed and what could not be.
pub(super) fn write_fixed(
    all: &[Box<Done>],
    arguments: &CheckArgs,
    session: &Session,
) -> Result<()> {
    let fixed: Vec<&Fixed> = all
        .iter()
        .filter_map(|file| file.fixed.as_deref())
        .collect();
    if fixed.is_empty() {
        return Ok(());
    }
    let printed: Vec<&[u8]> = fixed.iter().map(|fixed| &*fixed.printed).collect();
    let printed = printed.concat();
    match arguments.diff && session.colour {
        true => session.print(coloured(&String::from_utf8_lossy(&printed)))?,
        false => session.print(printed)?,
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
    let hiding = fixed.iter().filter(|fixed| fixed.hides).count();
    if hiding > 0 {
        session.say(&format!(
            "The diff of {} hides a secret or a control character, so `patch` will refuse it there: use `--fix`.",
            counted(hiding, "file")
        ));
    }
    let left: usize = fixed.iter().map(|fixed| fixed.left).sum();
    if arguments.diff && left > 0 {
        session.say(&format!(
            "{} would be left: `check` without `--diff` says what they are.",
            counted(left, "finding")
        ));
    }
    Ok(())
}

/// A unified diff in the colours that git gives it.
fn coloured(diff: &str) -> String {
    let line = |line: &str| {
        let colour = match line.as_bytes().first() {
            _ if line.starts_with("---") || line.starts_with("+++") => "1",
            Some(b'-') => "31",
            Some(b'+') => "32",
            Some(b'@') => "36",
            _ => return line.to_owned(),
        };
        painted(line.trim_end_matches('\n'), colour, true) + "\n"
    };
    diff.split_inclusive('\n').map(line).collect()
}

pub(super) fn write_report(
    report: &mut Report,
    shown: &Shown,
    expecting: usize,
    arguments: &CheckArgs,
    session: &Session,
) -> Result<()> {
    // Standard output is the fixed text's where standard input was fixed.
    let is_taken = arguments.fix
        && !arguments.diff
        && arguments.paths.iter().any(|path| path.as_os_str() == "-");
    let mut here = match is_taken {
        true => context(session.colour_of_errors, Stream::Stderr),
        false => context(session.colour, Stream::Stdout),
    };
    here.fail_on = arguments.fail_on.severity();
    let links = ci::link_base();
    let project = ci::project();
    here.project = project.as_ref();
    here.link_base = links.as_deref();
    here.mappings = &shown.mappings;
    if !session.global.quiet {
        (here.expected, here.expecting) = (&shown.expected, expecting);
    }
    let mut text = Vec::new();
    let is_human = arguments.format == Format::Human;
    let nothing_to_say =
        report.files.is_empty() || session.global.quiet && report.findings.is_empty();
    // What `--diff` prints is for `patch`; findings would be in its way. Files of `--output` get them.
    if !(arguments.diff || is_human && nothing_to_say) {
        report::write(arguments.format, report, &here, &mut text)?;
    }
    if is_human && !arguments.no_annotations && !arguments.diff && !is_taken {
        if ci::is_github() {
            report::write(Format::Github, report, &here, &mut text)?;
        } else if ci::is_azure() {
            report::write_azure(report, &here, &mut text)?;
        }
    }
    here.colour = false;
    here.links = false;
    write_files(report, &here, &arguments.output)?;
    if is_taken {
        let _ = std::io::stderr().lock().write_all(&text);
        return Ok(());
    }
    session.print(text).inspect_err(|error| {
        // What was written reads as if all had gone well.
        report.problems.push(error.in_one_line());
        let _ = write_files(report, &here, &arguments.output);
    })
}

fn write_files(
    report: &Report,
    context: &Context<'_>,
    outputs: &[(Format, PathBuf)],
) -> Result<()> {
    let mut files = Vec::new();
    for (format, path) in outputs {
        let mut bytes = Vec::new();
        report::write(*format, report, context, &mut bytes)?;
        files.push(OutputFile {
            path: path.clone(),
            bytes,
            mode: Mode::Public,
        });
    }
    Ok(io::write_all(&files)?)
}
