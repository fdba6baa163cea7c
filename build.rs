//! Tells the program which commit it was built from, where that is known.

use std::{path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let version = env!("CARGO_PKG_VERSION");
    // Unpacked sources are no repository, though a folder above may be one.
    let commit = Path::new(".git")
        .exists()
        .then(|| git(&["rev-parse", "--short=10", "HEAD"]))
        .flatten();
    let version = commit.map_or_else(
        || version.to_owned(),
        |commit| format!("{version} ({commit})"),
    );
    println!("cargo::rustc-env=CAMPAIGN_IMS_VERSION={version}");
    // In a worktree they are elsewhere. A file that is not there would have everything built anew each time.
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(file) = git(&["rev-parse", "--git-path", name])
            && Path::new(&file).exists()
        {
            println!("cargo::rerun-if-changed={file}");
        }
    }
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
