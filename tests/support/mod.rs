//! Runs the program as a user does, with nothing of the surroundings that changes its output.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::{ffi::OsStr, path::Path, process::Output};

use assert_cmd::Command;

/// A configuration by which the sample values of the tests' manifests are meant.
pub const SAMPLES: &str = concat!(
    "--config=",
    env!("CARGO_MANIFEST_DIR"),
    "/tests/samples.toml"
);

/// A manifest without a finding.
pub const MANIFEST: &str = include_str!("one.ims.yaml");

/// What a run left behind.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// What of the surroundings would change an output: the starts of the variables' names.
const SURROUNDINGS: [&str; 8] = [
    "CI",
    "NO_COLOR",
    "GITHUB_",
    "GIT_",
    "TF_BUILD",
    "LC_",
    "LANG",
    "SECRET_OF_",
];

/// The program, 80 columns wide, without colour, with back-traces asked for.
pub fn program(folder: &Path) -> Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_campaign-ims"));
    as_a_user(&mut command, folder);
    Command::from_std(command)
}

/// A command in a folder, with the same surroundings everywhere.
pub fn as_a_user<'a>(
    command: &'a mut std::process::Command,
    folder: &Path,
) -> &'a mut std::process::Command {
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if SURROUNDINGS.iter().any(|start| shown.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    command
        .current_dir(folder)
        .env("COLUMNS", "80")
        .env("RUST_BACKTRACE", "1")
}

/// Runs the program with nothing on standard input.
pub fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    program(folder).args(arguments).output().unwrap().into()
}
