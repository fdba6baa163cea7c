//! The formats: what each says of one manifest with many mistakes, kept in `tests/formats`; and what judges that were not written here
//! say of them: `xmllint` with both JUnit schemas, and Microsoft's SARIF Multitool with the rules of GitHub's code scanning. What is
//! not installed is skipped, loudly.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod support;

use std::{
    collections::HashSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use support::{SAMPLES, program, run};
use tempfile::TempDir;

const HOSTILE: &str =
    "::error::x\u{1b}[31m##[error]y ##vso[a]z \u{202e}<b>|`]]>\u{1}\u{200b} {0} [a](1) 100%";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

const FORMATS: [(&str, &str); 8] = [
    ("human", "txt"),
    ("concise", "concise.txt"),
    ("json", "json"),
    ("sarif", "sarif"),
    ("github", "github.txt"),
    ("gitlab", "gitlab.json"),
    ("junit", "xml"),
    ("markdown", "md"),
];

/// Manifests with findings of several lines, with related places nearby and in another file, and with what is no safe fix; and a file
/// that is not there.
const FAILED: [&str; 6] = [
    "tests/cases/yaml-duplicate-key/merge-keys-twice.ims.yaml",
    "tests/cases/wrong-type/groups-as-list.ims.yaml",
    "tests/cases/mask-shared/two-files",
    "tests/cases/org-id-unusual/letter-o.ims.yaml",
    "tests/cases/mask-confusable/one-full-width-parenthesis.ims.yaml",
    "no::error::<b>.ims.yaml",
];

/// Compares what was printed with the file in `tests/formats` that holds it.
fn compare(name: &str, text: &str) {
    // A release changes nothing here.
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let path = root().join("tests/formats").join(name);
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

/// What a check in a folder prints, which ends with a code.
fn checked(folder: &Path, code: i32, arguments: &[&str], paths: &[&str]) -> String {
    let arguments = [&["check", SAMPLES], arguments, paths].concat();
    let run = run(folder, &arguments);
    assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
    run.stdout
}

#[test]
fn every_format_is_as_expected() {
    let (clean, hostile) = (folder("a b", &base()), hostile());
    for (format, end) in FORMATS {
        let arguments = ["--format", format];
        let before = checked(&root(), 1, &arguments, &["examples/before.ims.yaml"]);
        compare(&format!("before.{end}"), &before);
        let failed = checked(&root(), 2, &arguments, &FAILED);
        let clean = checked(clean.path(), 0, &arguments, &["."]);
        // JUnit has a case for each rule and file.
        if format != "junit" {
            compare(&format!("failed.{end}"), &failed);
            compare(&format!("clean.{end}"), &clean);
        }
        let hostile = checked(hostile.path(), 1, &arguments, &["."]);
        if cfg!(unix) {
            compare(&format!("hostile.{end}"), &hostile);
        }
    }
}

#[test]
fn every_format_of_a_map_is_as_expected() {
    let arguments =
        "map tests/formats/map.ims.yaml --profiles tests/formats/map.profiles.txt --format";
    for (format, end) in [
        ("table", "txt"),
        ("json", "json"),
        ("markdown", "md"),
        ("mermaid", "mmd"),
    ] {
        let arguments: Vec<&str> = arguments.split(' ').chain([format]).collect();
        let run = run(&root(), &arguments);
        assert_eq!(run.code, 1, "{}", run.stderr);
        compare(&format!("map.{end}"), &run.stdout);
    }
}

#[test]
fn an_export_becomes_a_manifest() {
    let run = run(&root(), &["import", "tests/formats/export.xml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    compare("export.ims.yaml", &run.stdout);
    compare("export.said.txt", &run.stderr);
}

#[test]
fn people_and_runners_get_what_their_terminal_can_show() {
    let hostile = hostile();
    for (name, arguments, variables) in [
        (
            "ascii",
            "--color=never",
            [("LC_ALL", "C"), ("COLUMNS", "40")],
        ),
        (
            "coloured",
            "--color=always",
            [("FORCE_HYPERLINK", "0"), ("COLUMNS", "80")],
        ),
        (
            "linked",
            "--color=always",
            [("FORCE_HYPERLINK", "1"), ("COLUMNS", "80")],
        ),
        (
            "azure",
            "--color=never",
            [("TF_BUILD", "True"), ("COLUMNS", "80")],
        ),
    ] {
        for (what, folder, paths) in [
            ("failed", &*root(), &FAILED[..]),
            ("hostile", hostile.path(), &["."]),
        ] {
            let mut command = program(folder);
            command.args(["check", SAMPLES, arguments]).args(paths);
            let output = command.envs(variables).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            if cfg!(unix) || what != "hostile" {
                let name = format!("{what}.{name}.txt");
                compare(&name, &text.replace('\u{1b}', "ESC"));
            }
        }
    }
}

fn base() -> String {
    fs::read_to_string(root().join("tests/cases/right/base.ims.yaml")).unwrap()
}

/// A folder with one manifest.
fn folder(name: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{name}.ims.yaml")), text).unwrap();
    folder
}

/// A manifest with everything that somebody hostile would write; in its name too, where a file can have it.
fn hostile() -> TempDir {
    let quoted = serde_json::to_string(HOSTILE).unwrap();
    let text = base().replace("label: Reviewers", &format!("label: {quoted}"));
    let name = if cfg!(unix) {
        HOSTILE.replace('/', "")
    } else {
        "hostile".to_owned()
    };
    folder(&name, &format!("{text}{quoted}: 1\n"))
}

/// A manifest with one finding more than is shown.
fn many() -> String {
    let unknown: String = (0..1_001).map(|number| format!("u{number}: 1\n")).collect();
    base() + &unknown
}

/// Folders to be checked: ordinary findings, hostile ones, one of an empty document, more of one file than are shown, and none.
fn reports(format: &str) -> Vec<(&'static str, String)> {
    let format = ["--format", format];
    let mut reports: Vec<(&str, String)> = Vec::new();
    for (what, folder) in [
        ("hostile", hostile()),
        ("empty", folder("empty", "")),
        ("many", folder("many", &many())),
        ("clean", folder("a b", &base())),
    ] {
        let code = i32::from(what != "clean");
        reports.push((what, checked(folder.path(), code, &format, &["."])));
    }
    reports.push(("failed", checked(&root(), 2, &format, &FAILED)));
    reports.push(("cases", checked(&root(), 1, &format, &["tests/cases"])));
    reports
}

/// Judges reports by a JSON Schema.
fn judge_by_schema(format: &str, schema: &Path) {
    let schema = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (name, report) in reports(format) {
        let report: Value = serde_json::from_str(&report).unwrap();
        let errors: Vec<_> = schema.iter_errors(&report).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        for part in ["/findings/0", "/runs/0/results/0"] {
            let mut odd = report.clone();
            if let Some(part) = odd.pointer_mut(part) {
                part["more"] = true.into();
                assert!(!schema.is_valid(&odd), "the schema is not strict");
            }
        }
    }
}

#[test]
fn json_is_valid_against_its_schema() {
    judge_by_schema("json", &root().join("schemas/findings.schema.json"));
}

#[test]
fn sarif_is_valid_against_its_schema() {
    if let Some(schema) = judge("../shared/corpus/sarif-schema-2.1.0.json") {
        judge_by_schema("sarif", &schema);
    }
}

#[test]
fn each_issue_of_gitlab_has_a_fingerprint_of_its_own() {
    for (name, report) in reports("gitlab") {
        let issues: Vec<Value> = serde_json::from_str(&report).unwrap();
        let prints: HashSet<String> = issues
            .iter()
            .map(|it| it["fingerprint"].to_string())
            .collect();
        assert_eq!(prints.len(), issues.len(), "{name}");
    }
}

#[test]
fn what_fails_the_check_fails_in_junit() {
    for (least, failures) in [("never", 0), ("error", 6), ("note", 8)] {
        let arguments = ["--format", "junit", "--fail-on", least];
        let report = checked(&root(), 2, &arguments, &FAILED);
        assert_eq!(report.matches("<failure ").count(), failures, "{least}");
    }
}

#[test]
fn every_format_says_what_is_left_off() {
    let many = folder("many", &many());
    for (format, _) in FORMATS {
        let report = checked(many.path(), 1, &["--format", format], &["."]);
        let said = "1 finding more left off: 1,000 a file are shown";
        assert_eq!(report.matches(said).count(), 1, "{format}");
        if format == "github" {
            // No more than it shows: ten of a level.
            compare("many.github.txt", &report);
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
    // A check that failed is judged by the schema alone.
    let reports = reports("sarif").into_iter();
    for (name, report) in reports.filter(|(name, _)| *name != "failed") {
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
