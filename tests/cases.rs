//! The cases in `tests/cases`: each manifest with what is found in it beside it. `tests/cases/README.md` says how to add one.
//! Everything is asked of the program, as a user would, so that the cases outlive the code.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail and speak"
)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value as Json;
use support::{SAMPLES, run};

/// Folders whose cases may have any findings. Every other folder is named as the rule that its cases break.
const FREE: [&str; 3] = ["right", "realistic", "together"];

/// A manifest, or several that are checked together.
struct Case {
    topic: String,
    folder: PathBuf,
    files: Vec<String>,
    /// The path of the expected text.
    out: PathBuf,
}

impl Case {
    fn is_free(&self) -> bool {
        FREE.contains(&self.topic.as_str())
    }

    /// What `check` says of the files as they are in a folder.
    fn check(&self, folder: &Path, more: &[&str]) -> Vec<Json> {
        let config = match self.topic.as_str() {
            "sample-value" => "--no-config",
            _ => SAMPLES,
        };
        let mut arguments = vec!["check", config, "--format", "json"];
        arguments.extend(
            self.files
                .iter()
                .map(String::as_str)
                .chain(more.iter().copied()),
        );
        let run = run(folder, &arguments);
        let report: Json = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.out.display(), run.stderr));
        let findings = report["findings"].as_array().unwrap().clone();
        let code = i32::from(has_error(&findings));
        assert_eq!(run.code, code, "{}", self.out.display());
        findings
    }

    fn text(&self, folder: &Path) -> String {
        written(&self.check(folder, &[]), self.files.len() > 1)
    }

    /// The files in a folder of their own, each changed by `change`.
    fn copied(&self, change: impl Fn(Vec<u8>) -> Vec<u8>) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        for file in &self.files {
            let bytes = fs::read(self.folder.join(file)).unwrap();
            fs::write(copy.path().join(file), change(bytes)).unwrap();
        }
        copy
    }

    /// The exit code of `render`, and the packages that it wrote, by the paths that they are kept under.
    fn render(&self) -> (i32, BTreeMap<PathBuf, String>) {
        let out = tempfile::tempdir().unwrap();
        let to = out.path().to_str().unwrap();
        let arguments = ["render", SAMPLES, &self.files[0], "--out-dir", to];
        let code = run(&self.folder, &arguments).code;
        let names = names(out.path());
        let kept = |name: &String| match names.len() {
            1 => self.out.with_extension("xml"),
            _ => self.out.with_extension(name),
        };
        let read = |name: &String| fs::read_to_string(out.path().join(name)).unwrap();
        (
            code,
            names.iter().map(|name| (kept(name), read(name))).collect(),
        )
    }
}

fn has_error(findings: &[Json]) -> bool {
    findings
        .iter()
        .any(|finding| finding["severity"] == "error")
}

fn has_fix(findings: &[Json], unsafe_too: bool) -> bool {
    let mut fixes = findings.iter().filter_map(|finding| finding.get("fix"));
    fixes.any(|fix| unsafe_too || fix["safe"] == true)
}

/// Findings as text. Offsets are left out: lines and columns say the same, and people can read them.
fn written(findings: &[Json], with_paths: bool) -> String {
    let mut text = String::new();
    let place = |of: &Json| match with_paths {
        true => format!("{}:{}", string(&of["path"]), range(of)),
        false => range(of),
    };
    for finding in findings {
        let (severity, rule) = (string(&finding["severity"]), string(&finding["rule"]));
        write!(text, "{} {severity}[{rule}]", place(finding)).unwrap();
        if finding["pointer"] != "" {
            write!(text, " {}", string(&finding["pointer"])).unwrap();
        }
        let names = finding["environments"].as_array().unwrap().iter();
        let names: Vec<&str> = names.map(string).collect();
        if !names.is_empty() {
            write!(text, " {{{}}}", names.join(",")).unwrap();
        }
        writeln!(text, ": {}", string(&finding["message"])).unwrap();
        writeln!(text, "  help: {}", string(&finding["help"])).unwrap();
        for related in finding["related"].as_array().into_iter().flatten() {
            let message = string(&related["message"]);
            writeln!(text, "  related: {} {message}", place(related)).unwrap();
        }
        let Some(fix) = finding.get("fix") else {
            continue;
        };
        let kind = if fix["safe"] == true {
            "safe"
        } else {
            "unsafe"
        };
        writeln!(text, "  fix ({kind}): {}", string(&fix["title"])).unwrap();
        for edit in fix["edits"].as_array().unwrap() {
            writeln!(text, "    {} -> {}", range(edit), edit["text"]).unwrap();
        }
    }
    if findings.is_empty() {
        text.push_str("clean\n");
    }
    text
}

fn string(json: &Json) -> &str {
    json.as_str().unwrap()
}

fn range(of: &Json) -> String {
    let [start, end] = ["start", "end"].map(|end| {
        let position = &of["range"][end];
        format!("{}:{}", position["line"], position["column"])
    });
    format!("{start}-{end}")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect::<BTreeSet<String>>().into_iter().collect()
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for topic in names(&root())
        .into_iter()
        .filter(|topic| topic != "README.md")
    {
        for name in names(&root().join(&topic)) {
            let mut folder = root().join(&topic);
            let (files, out) = match name.strip_suffix(".ims.yaml") {
                Some(stem) => (vec![name.clone()], format!("{stem}.out")),
                None if folder.join(&name).is_dir() => {
                    folder.push(&name);
                    let mut files = names(&folder);
                    files.retain(|file| file.ends_with(".ims.yaml"));
                    (files, "findings.out".to_owned())
                }
                None => continue,
            };
            let (topic, out) = (topic.clone(), folder.join(out));
            cases.push(Case {
                topic,
                folder,
                files,
                out,
            });
        }
    }
    assert!(cases.len() >= 250, "only {} cases", cases.len());
    cases
}

/// What is wrong with a case, and the case.
fn complaint(case: &Case, what: &str) -> String {
    format!(
        "\n{}: {what}",
        case.out.strip_prefix(root()).unwrap().display()
    )
}

/// Compares a file with what it should hold, or writes it where `UPDATE` is set.
fn compare(path: &Path, text: &str) -> String {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == text {
        return String::new();
    }
    let path = path.strip_prefix(root()).unwrap().display();
    format!(
        "\n{path}: expected:\n{expected}found (to accept it, run `UPDATE=1 cargo test --locked --test cases`):\n{text}"
    )
}

#[test]
fn every_case_is_as_expected() {
    let mut wrong = String::new();
    let mut topics = BTreeSet::new();
    for case in cases() {
        let text = case.text(&case.folder);
        wrong += &compare(&case.out, &text);
        if case.is_free() {
            continue;
        }
        let bytes = fs::read(case.folder.join(&case.files[0])).unwrap();
        let manifest = String::from_utf8_lossy(&bytes);
        let count = manifest
            .rsplit_once("# findings: ")
            .map_or("1", |(_, count)| count.trim());
        let findings = case.check(&case.folder, &[]);
        let is_other = |finding: &Json| finding["rule"] != *case.topic;
        if findings.len().to_string() != count || findings.iter().any(is_other) {
            let what = format!("expected {count} of `{}`, found:\n{text}", case.topic);
            wrong += &complaint(&case, &what);
        }
        topics.insert(case.topic);
    }
    assert!(wrong.is_empty(), "{wrong}");
    let rules = run(&root(), &["rules", "--no-config"]).stdout;
    let rules = rules
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let rules: BTreeSet<String> = rules.map(str::to_owned).collect();
    assert!(rules.len() >= 60);
    assert_eq!(
        topics, rules,
        "each rule has a case, and each folder has a rule"
    );
}

#[test]
fn packages_are_as_expected() {
    let (mut wrong, mut known) = (String::new(), BTreeSet::new());
    for case in cases() {
        known.insert(case.out.clone());
        known.extend(case.files.iter().map(|file| case.folder.join(file)));
        if case.files.len() > 1 {
            continue;
        }
        let (code, packages) = case.render();
        let is_wrong = has_error(&case.check(&case.folder, &[]));
        if code != i32::from(is_wrong) || packages.is_empty() != is_wrong {
            wrong += &complaint(
                &case,
                "`render` writes what `check` has no error for, nothing else",
            );
        }
        if ["right", "realistic"].contains(&case.topic.as_str()) {
            for (path, xml) in packages {
                wrong += &compare(&path, &xml);
                known.insert(path);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let is_package = |path: &&PathBuf| path.extension().is_some_and(|end| end == "xml");
    let packages: Vec<&PathBuf> = known.iter().filter(is_package).collect();
    assert!(packages.len() >= 60);
    match Command::new("xmllint")
        .args(["--noout", "--nonet"])
        .args(packages)
        .output()
    {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(_) => eprintln!("SKIPPED: xmllint is not installed"),
    }
    // No text is left of a case that is gone.
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for name in names(&folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                folders.push(path);
            } else {
                assert!(
                    known.contains(&path) || name == "README.md",
                    "{} belongs to no case",
                    path.display()
                );
            }
        }
    }
}

/// The line ends and the first bytes that editors on Windows write change no finding.
#[test]
fn a_bom_and_crlf_change_nothing() {
    let mut wrong = String::new();
    let mut count = 0;
    for case in cases() {
        let read = |file| fs::read_to_string(case.folder.join(file)).unwrap_or_default();
        if case
            .files
            .iter()
            .map(read)
            .any(|text| text.is_empty() || text.contains(['\r', '\u{feff}']))
        {
            continue;
        }
        let copy = case.copied(|bytes| {
            let text = String::from_utf8(bytes).unwrap();
            format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
        });
        let found = case.text(copy.path()).replace("\\r\\n", "\\n");
        if found != case.text(&case.folder) {
            wrong += &complaint(&case, &format!("with a BOM and CRLF:\n{found}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 200);
}

/// After `--fix` nothing is left that it could fix, and what the rule had to say is done.
#[test]
fn what_can_be_fixed_is_fixed() {
    let mut wrong = String::new();
    let mut count = 0;
    for case in cases() {
        let before = case.check(&case.folder, &[]);
        for (unsafe_too, more) in [(false, &["--fix"][..]), (true, &["--fix", "--unsafe"])] {
            if !has_fix(&before, unsafe_too) {
                continue;
            }
            let copy = case.copied(|bytes| bytes);
            case.check(copy.path(), more);
            let after = case.check(copy.path(), &[]);
            // Of a mask's placeholders a program knows one.
            let is_left = unsafe_too
                && case.topic != "placeholder"
                && after.iter().any(|finding| finding["rule"] == *case.topic);
            if is_left || has_fix(&after, unsafe_too) {
                let what = format!("after {more:?}:\n{}", written(&after, true));
                wrong += &complaint(&case, &what);
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 60);
}
