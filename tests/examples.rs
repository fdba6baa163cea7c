//! The examples and what is said of them: the good ones are clean and render, the bad one has exactly the findings that it is there
//! for, and what the README files show is what the program prints.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail and speak"
)]

mod support;

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value as Json;
use support::{SAMPLES, run};

const GOOD: [&str; 3] = [
    "examples/one-instance.ims.yaml",
    "examples/environments.ims.yaml",
    "examples/two-files",
];

const BEFORE: &str = "examples/before.ims.yaml";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The findings of a JSON report: file, rule and line, in its order.
fn findings(json: &str) -> Vec<(String, String, u64)> {
    let report: Json = serde_json::from_str(json).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            (
                finding["path"].as_str().unwrap().to_owned(),
                finding["rule"].as_str().unwrap().to_owned(),
                finding["range"]["start"]["line"].as_u64().unwrap(),
            )
        })
        .collect()
}

#[test]
fn good_examples_have_no_finding() {
    for example in GOOD {
        let run = run(&root(), &["check", "--fail-on", "note", example]);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (0, ""),
            "{example}:\n{}",
            run.stdout
        );
        assert!(run.stdout.ends_with(": no findings.\n"), "{}", run.stdout);
    }
}

#[test]
fn good_examples_render_to_well_formed_packages() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    for example in [
        "examples/one-instance.ims.yaml",
        "examples/environments.ims.yaml",
        "examples/two-files/prod.ims.yaml",
        "examples/two-files/stage.ims.yaml",
    ] {
        let arguments = ["render", example, "--out-dir", out];
        let run = run(&root(), &arguments);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (0, ""),
            "{example}: {}",
            run.stderr
        );
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let xml = fs::read_to_string(&path).unwrap();
            assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package "));
            match Command::new("xmllint").arg("--noout").arg(&path).output() {
                Ok(output) => assert!(output.status.success(), "{example}: {output:?}"),
                Err(_) => eprintln!("SKIPPED: xmllint is not installed"),
            }
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn examples_name_the_schema_for_editors() {
    for (example, schema) in [
        ("one-instance.ims.yaml", "../schemas/"),
        ("environments.ims.yaml", "../schemas/"),
        ("before.ims.yaml", "../schemas/"),
        ("two-files/prod.ims.yaml", "../../schemas/"),
        ("two-files/stage.ims.yaml", "../../schemas/"),
    ] {
        let path = root().join("examples").join(example);
        let text = fs::read_to_string(&path).unwrap();
        let first = format!("# yaml-language-server: $schema={schema}ims-manifest.schema.json\n");
        assert!(text.starts_with(&first), "{example}");
        let schema = path.with_file_name(schema).join("ims-manifest.schema.json");
        assert!(schema.is_file(), "{example}");
    }
}

/// What a console block of a Markdown file shows below a command.
fn shown(markdown: &str, command: &str) -> String {
    let opening = format!("```console\n$ {command}\n");
    let (_, rest) = markdown.split_once(&opening).unwrap();
    rest.split_once("```\n").unwrap().0.to_owned()
}

#[test]
fn the_readme_files_show_what_the_program_prints() {
    let command = format!("campaign-ims check {BEFORE}");
    let printed = run(&root(), &["check", BEFORE]).stdout;
    let path = root().join("examples/README.md");
    let all = fs::read_to_string(&path).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        let updated = all.replace(&shown(&all, &command), &printed);
        fs::write(&path, updated).unwrap();
    }
    let all = fs::read_to_string(&path).unwrap();
    assert_eq!(
        shown(&all, &command),
        printed,
        "run `UPDATE=1 cargo test --test examples`"
    );

    // The README leaves out, at `…`, but changes nothing.
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut rest = printed.as_str();
    let block = shown(&readme, &command);
    let parts: Vec<&str> = block.trim_end().split("\n\n").collect();
    assert!(parts.len() > 3);
    for part in parts.iter().filter(|part| **part != "…") {
        let found = rest.split_once(part);
        let Some((_, after)) = found.filter(|(_, after)| after.starts_with('\n')) else {
            panic!("README.md shows what the program does not print, or in another order:\n{part}");
        };
        rest = after;
    }
    let count = findings(&run(&root(), &["check", "--format", "json", BEFORE]).stdout).len();
    assert!(readme.contains(&format!("of the {count} findings")));
}

/// The manifest in the README has no finding either.
#[test]
fn the_readme_s_manifest_is_clean() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme
        .split_once("```yaml\n# yaml-language-server")
        .unwrap();
    let (manifest, _) = rest.split_once("```\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.ims.yaml"),
        format!("# yaml-language-server{manifest}"),
    )
    .unwrap();
    let run = run(folder.path(), &["check", SAMPLES, "--fail-on", "note"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn the_starter_s_only_errors_are_its_placeholders() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "new.ims.yaml"]).code, 0);
    let run = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(run.code, 1);
    let found = findings(&run.stdout);
    assert!(found.len() > 5);
    for (_, rule, line) in found {
        assert_eq!(rule, "placeholder", "line {line}");
    }
}
