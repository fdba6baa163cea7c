//! Whole commands as somebody types them: `tests/sessions/NAME.t` has commands and what they print, in the format of cram. Lines
//! without indentation are prose; `  $ ` begins a command, `  > ` goes on with it; other lines that are indented by two blanks are its
//! output, standard error included, and `  [N]` its exit code where that is not 0. Bash runs them, in an empty folder for each file. `$ONE`
//! and `$TWO` are manifests without a finding, the second with two environments; `$SAMPLES` is the option by which their sample values
//! are meant. A session that ends with the code 80 lacks something here, and is skipped. `UPDATE=1` writes what they print.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail and speak"
)]

mod support;

use std::{fmt::Write, fs, path::Path, process::Command};

/// Stands behind each command's output and its exit code.
const MARK: char = '\u{1e}';

/// The script of a session: its commands, each with a mark, its exit code and a mark behind it.
fn script(session: &str) -> String {
    let mut script = String::new();
    for line in session.lines() {
        if let Some(command) = line.strip_prefix("  $ ") {
            end(&mut script);
            script += command;
        } else if let Some(more) = line.strip_prefix("  > ") {
            script.push('\n');
            script += more;
        }
    }
    end(&mut script);
    script
}

fn end(script: &mut String) {
    if !script.is_empty() {
        script.push_str("\nprintf '\\036%d\\036' $?\n");
    }
}

/// A session with what its commands print now, or nothing where it lacks something here.
fn told(session: &str, folder: &Path) -> Option<String> {
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support");
    let programs = Path::new(env!("CARGO_BIN_EXE_campaign-ims"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", programs.parent().unwrap().display());
    let mut command = Command::new("bash");
    command.args(["-c", &format!("exec 2>&1\n{}", script(session))]);
    let output = support::as_a_user(&mut command, folder)
        .env("PATH", path)
        .env("ONE", support.join("one.ims.yaml"))
        .env("TWO", support.join("two.ims.yaml"))
        .env("SAMPLES", support::SAMPLES)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    if output.status.code() == Some(80) {
        return None;
    }
    let output = String::from_utf8(output.stdout).unwrap();
    let room = folder.canonicalize().unwrap();
    let output = output.replace(room.to_str().unwrap(), "$ROOM");
    let mut outputs = output.split(MARK);
    let mut told = String::new();
    let mut is_due = false;
    for line in session.lines() {
        let is_command = line.starts_with("  $ ");
        if is_due && !line.starts_with("  > ") {
            tell(&mut told, &mut outputs);
            is_due = false;
        }
        is_due |= is_command;
        if is_command || line.starts_with("  > ") || !line.starts_with("  ") {
            told += line;
            told.push('\n');
        }
    }
    if is_due {
        tell(&mut told, &mut outputs);
    }
    Some(told)
}

/// Adds what one command printed, and its exit code.
fn tell<'a>(told: &mut String, outputs: &mut impl Iterator<Item = &'a str>) {
    let (output, code) = (outputs.next().unwrap(), outputs.next().unwrap());
    for line in output.lines() {
        writeln!(told, "  {line}").unwrap();
    }
    if code != "0" {
        writeln!(told, "  [{code}]").unwrap();
    }
}

#[test]
fn sessions_go_as_they_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions");
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "t") {
            continue;
        }
        count += 1;
        let session = fs::read_to_string(&path).unwrap();
        let room = tempfile::tempdir().unwrap();
        let Some(told) = told(&session, room.path()) else {
            eprintln!("SKIPPED: {} lacks something here", path.display());
            continue;
        };
        if told == session {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, told).unwrap();
            continue;
        }
        eprintln!("{}:\n{}", path.display(), difference(&session, &told));
        failed.push(path);
    }
    assert!(count > 0 && failed.is_empty(), "{failed:?}");
}

/// The lines that differ, from the first one on.
fn difference(written: &str, told: &str) -> String {
    let same = written
        .lines()
        .zip(told.lines())
        .take_while(|(a, b)| a == b);
    let same = same.count();
    let show = |sign: &str, text: &str| -> String {
        let lines = text.lines().skip(same).take(12);
        lines.map(|line| format!("{sign}{line}\n")).collect()
    };
    show("-", written) + &show("+", told)
}
