//! The formats: what each says of one manifest with many mistakes, kept in `tests/formats`; and what judges that were not written here
//! say of them: `xmllint` with both JUnit schemas, and Microsoft's SARIF Multitool with the rules of GitHub's code scanning. What is
//! not installed is skipped, loudly.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use support::{SAMPLES, run};

const HOSTILE: &str =
    "::error::x\u{1b}[31m##[error]y ##vso[a]z \u{202e}<b>|`]]>\u{1}\u{200b} {0} [a](1) 100%";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_format_is_as_expected() {
    for (format, end) in [
        ("human", "txt"),
        ("json", "json"),
        ("sarif", "sarif"),
        ("github", "github.txt"),
        ("gitlab", "gitlab.json"),
        ("junit", "xml"),
        ("markdown", "md"),
    ] {
        let arguments = ["check", SAMPLES, "--format", format];
        let manifest = "examples/before.ims.yaml";
        let run = run(&root(), &[&arguments[..], &[manifest]].concat());
        assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{format}");
        // A release changes nothing here.
        let text = run.stdout.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let path = root().join("tests/formats").join(format!("before.{end}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let mut lines = expected.lines().zip(text.lines());
        let differs = lines.find(|(expected, found)| expected != found);
        assert!(
            expected == text,
            "{}: {differs:?}: read what changed, then run `UPDATE=1 cargo test --locked --test formats`",
            path.display()
        );
    }
}

/// Folders to be checked: ordinary findings, hostile ones, one of an empty document, more of one file than are shown, and none.
fn reports(format: &str) -> Vec<(&'static str, String)> {
    let base = fs::read_to_string(root().join("tests/cases/right/base.ims.yaml")).unwrap();
    let many: String = (0..1_001).map(|number| format!("u{number}: 1\n")).collect();
    let quoted = serde_json::to_string(HOSTILE).unwrap();
    let hostile = base.replace("label: Reviewers", &format!("label: {quoted}"));
    let hostile = format!("{hostile}{quoted}: 1\n");
    let hostile_name = if cfg!(unix) {
        HOSTILE.replace('/', "")
    } else {
        "hostile".to_owned()
    };
    let mut reports = Vec::new();
    for (what, name, text) in [
        ("hostile", hostile_name.as_str(), hostile.as_str()),
        ("empty", "empty", ""),
        ("many", "many", &format!("{base}{many}")),
        ("clean", "a b", &base),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(format!("{name}.ims.yaml")), text).unwrap();
        let run = run(folder.path(), &["check", SAMPLES, "--format", format]);
        assert_eq!(
            run.code,
            i32::from(what != "clean"),
            "{what}: {}",
            run.stderr
        );
        reports.push((what, run.stdout));
    }
    let cases = root().join("tests/cases");
    let all = run(&cases, &["check", SAMPLES, "--format", format]);
    assert_eq!(all.code, 1, "{}", all.stderr);
    reports.push(("cases", all.stdout));
    reports
}

#[test]
fn formats_in_json_parse() {
    for format in ["json", "sarif", "gitlab"] {
        for (name, report) in reports(format) {
            let parsed = serde_json::from_str::<serde_json::Value>(&report);
            assert!(parsed.is_ok(), "{name}, {format}: {parsed:?}");
        }
    }
}

/// Says something that the test harness does not keep to itself.
fn say(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// A folder of the repository or beside it, where it is there.
fn judge(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if !path.exists() {
        say(&format!("SKIPPED: there is no {}", path.display()));
        return None;
    }
    Some(path)
}

#[test]
fn junit_is_valid_against_both_schemas() {
    let Some(schemas) = judge("../shared/corpus/junit") else {
        return;
    };
    if Command::new("xmllint").arg("--version").output().is_err() {
        say("SKIPPED: xmllint is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in reports("junit") {
        let file = folder.path().join(name).with_extension("xml");
        fs::write(&file, report).unwrap();
        for schema in ["jenkins-junit-10.xsd", "windyroad-JUnit.xsd"] {
            let output = Command::new("xmllint")
                .args(["--noout", "--nonet", "--schema"])
                .args([&schemas.join(schema), &file])
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}, {schema}: {said}");
        }
    }
}

#[test]
fn the_sarif_multitool_has_nothing_to_say() {
    let tool = "target/tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool";
    let Some(tool) = judge(tool) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(&tool);
    command
        .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
        .arg("validate");
    for (name, report) in reports("sarif") {
        let file = folder.path().join(name).with_extension("sarif");
        fs::write(&file, report).unwrap();
        command.arg(&file);
    }
    command.args([
        "--rule-kind",
        "Sarif;Ghas",
        "--level",
        "Error;Warning;Note",
        "--kind",
        "Fail",
    ]);
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(said.contains("5 files scanned"), "{said}");
    assert!(said.contains("Analysis completed successfully"), "{said}");
    for word in [": error ", ": warning "] {
        let lines: Vec<&str> = said.lines().filter(|line| line.contains(word)).collect();
        assert!(lines.is_empty(), "{lines:#?}");
    }
}
