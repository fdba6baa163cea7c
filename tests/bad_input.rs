//! Input that is no manifest, and surroundings that are against the program: a clear message, the right exit code, and no panic.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command as Process, Stdio},
};

use serde_json::Value as Json;
use support::{Run, program, run};

const GOOD: &str = include_str!("../examples/one-instance.ims.yaml");

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Nothing of a run looks as if the program had fallen over.
fn is_calm(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        for word in [
            "panicked",
            "backtrace",
            "RUST_BACKTRACE",
            "src/",
            "Os {",
            "unwrap",
        ] {
            assert!(!text.contains(word), "{word}:\n{text}");
        }
    }
}

/// A manifest has one finding, in the human and in the JSON format, whatever command reads it.
fn one_finding(bytes: &[u8], rule: &str, line: u64, message: &str) {
    let folder = folder(&[("a.ims.yaml", bytes)]);
    let human = run(folder.path(), &["check"]);
    is_calm(&human);
    assert_eq!(human.code, 1, "{}", human.stdout);
    let unwrapped = human.stdout.replace("\n  │ ", " ");
    assert!(
        unwrapped.contains(&format!("error[{rule}]: ")),
        "{}",
        human.stdout
    );
    assert!(unwrapped.contains(message), "{message}:\n{}", human.stdout);
    assert_eq!(human.stderr, "");

    let json = run(folder.path(), &["check", "--format", "json"]);
    is_calm(&json);
    assert_eq!((json.code, json.stderr.as_str()), (1, ""));
    let report: Json = serde_json::from_str(&json.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{}", json.stdout);
    assert_eq!(findings[0]["rule"], rule);
    assert_eq!(findings[0]["range"]["start"]["line"], line);

    let render = run(folder.path(), &["render", "a.ims.yaml"]);
    is_calm(&render);
    assert_eq!((render.code, render.stdout.as_str()), (1, ""));
    assert!(render.stderr.contains(&format!("error[{rule}]: ")));
}

/// A command fails by itself: exit code 2, a message on standard error that says all of `words`.
fn fails(folder: &Path, arguments: &[&str], words: &[&str]) {
    let run = run(folder, arguments);
    is_calm(&run);
    assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.stdout, run.stderr);
    let stderr = &run.stderr;
    assert!(stderr.starts_with("error: "), "{stderr}");
    for word in words {
        assert!(stderr.contains(word), "{arguments:?}, {word}: {stderr}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let folder = folder(&[("good.ims.yaml", GOOD.as_bytes())]);
    let words = ["`no.ims.yaml`", "there is no such file or folder"];
    fails(folder.path(), &["check", "no.ims.yaml"], &words);
    fails(folder.path(), &["render", "no.ims.yaml"], &words);
    fails(
        folder.path(),
        &["check", "--format", "json", "no.ims.yaml"],
        &words,
    );
    // What can be read is judged all the same.
    let both = run(
        folder.path(),
        &["check", "--format=json", "good.ims.yaml", "no.ims.yaml"],
    );
    assert_eq!(both.code, 2);
    let report: Json = serde_json::from_str(&both.stdout).unwrap();
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn a_folder_is_no_manifest() {
    let folder = folder(&[]);
    fs::create_dir(folder.path().join("dir.ims.yaml")).unwrap();
    fails(
        folder.path(),
        &["render", "dir.ims.yaml"],
        &["`dir.ims.yaml`", "it is a folder"],
    );
    fails(
        folder.path(),
        &["check", "dir.ims.yaml"],
        &["no manifest found", "*.ims.yaml"],
    );
    fails(folder.path(), &["check"], &["no manifest found"]);
    fails(
        folder.path(),
        &["check", "dir.ims.yaml/x"],
        &["there is no such file or folder"],
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.ims.yaml", GOOD.as_bytes())]);
    let path = folder.path().join("a.ims.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // The administrator reads everything.
    }
    for command in ["check", "render"] {
        fails(
            folder.path(),
            &[command, "a.ims.yaml"],
            &["`a.ims.yaml`", "permission denied"],
        );
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_a_failure() {
    let broken = "x: [\n".repeat(50);
    let folder = folder(&[("a.ims.yaml", broken.as_bytes()), ("b.ims.yaml", b"a: b")]);
    let good = folder.path().join("c.yaml");
    fs::write(&good, GOOD).unwrap();
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["render", "c.yaml"],
        &["schema"],
        &["rules"],
        &["explain", "mask-capture"],
        &["init"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        // Gone before the program begins.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = Process::new(assert_cmd::cargo::cargo_bin("campaign-ims"))
            .current_dir(folder.path())
            .args(arguments)
            .env("RUST_BACKTRACE", "1")
            .env_remove("GITHUB_ACTIONS")
            .stdin(Stdio::null())
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(
            child.wait().unwrap().code(),
            Some(2),
            "{arguments:?}: {stderr}"
        );
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
        let said = stderr.contains("error: cannot write to standard output: ");
        assert!(said, "{arguments:?}: {stderr}");
    }
}

/// Run again and again, and interrupted at other times each.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_temporary_file() {
    let folder = folder(&[("a.ims.yaml", GOOD.as_bytes())]);
    let environments: String = (0..300)
        .map(|number| {
            format!("  e{number}: {{ instance: {{ name: i{number}, url: 'https://i{number}.fabrikam.com' }}, external_account: {{ callback_server: 'https://i{number}.fabrikam.com', association_mask: 'Campaign - i{number} - (.*)' }} }}\n")
        })
        .collect();
    let many = format!("{GOOD}environments:\n{environments}");
    fs::write(folder.path().join("many.yaml"), many).unwrap();
    for wait in (0..400).step_by(25) {
        let mut child = Process::new(assert_cmd::cargo::cargo_bin("campaign-ims"))
            .current_dir(folder.path())
            .args(["render", "many.yaml", "--out-dir", "out"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let stopped = Process::new("kill").arg(child.id().to_string()).status();
        stopped.unwrap();
        child.wait().unwrap();
        let Ok(entries) = fs::read_dir(folder.path().join("out")) else {
            continue;
        };
        let left = entries.filter_map(|it| it.unwrap().file_name().into_string().ok());
        let left: Vec<String> = left.filter(|name| name.starts_with('.')).collect();
        assert_eq!(left, [""; 0], "after {wait} ms");
    }
}

#[test]
fn a_full_disk_is_a_failure() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = folder(&[("a.ims.yaml", b"a: b")]);
    for arguments in [&["check"][..], &["schema"], &["rules"]] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = Process::new(assert_cmd::cargo::cargo_bin("campaign-ims"))
            .current_dir(folder.path())
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(
            stderr.starts_with("error: cannot write to standard output: "),
            "{stderr}"
        );
    }
}

#[test]
fn what_is_too_much_is_refused_early() {
    let line = format!("version: {}\n", "x".repeat(10 << 20));
    one_finding(line.as_bytes(), "yaml-limits", 1, "1 MiB");
    let nested = "[".repeat(100_000);
    one_finding(nested.as_bytes(), "yaml-limits", 1, "64");
    one_finding(b"- a\n", "wrong-type", 1, "a manifest must be a mapping");
}

#[test]
fn xml_is_named_as_such() {
    let group = "<entities schema=\"xtk:group\"/>";
    let envelope = "<SOAP-ENV:Envelope><SOAP-ENV:Body><extAccount clientSecret=\"@x\"/></SOAP-ENV:Body></SOAP-ENV:Envelope>";
    for text in [
        format!("<?xml version=\"1.0\"?>\n<package buildVersion=\"6.7\">\n  {group}\n</package>\n"),
        format!("\u{feff}\n<package label=\"a: b\">{group}</package>\n"),
        "<package>\n  <entities\n    schema=\"nms:extAccount\"\n  />\n</package>".to_owned(),
        format!(
            "<!-- an export -->\n<package>{}</package>",
            " ".repeat(2 << 20)
        ),
        envelope.to_owned(),
    ] {
        let folder = folder(&[("a.ims.yaml", text.as_bytes())]);
        let run = run(folder.path(), &["check", "--format", "concise"]);
        is_calm(&run);
        let lines: Vec<&str> = run.stdout.lines().collect();
        let [finding] = lines.as_slice() else {
            panic!("{}", run.stdout);
        };
        let expected = "error[yaml-syntax] this is XML, where a manifest is due";
        assert!(finding.ends_with(expected), "{finding}");
        assert_eq!(run.code, 1);
    }
}

#[test]
fn a_long_line_below_the_limit_is_shown_in_part() {
    let text = GOOD.replace(
        "name: Contoso #",
        &format!("name: {} #", "x".repeat(900_000)),
    );
    let text = text.replace("tenant: contoso", "tennant: contoso");
    let folder = folder(&[("a.ims.yaml", text.as_bytes())]);
    let run = run(folder.path(), &["check"]);
    is_calm(&run);
    assert_eq!(run.code, 1);
    assert!(run.stdout.len() < 4_000, "{} bytes", run.stdout.len());
}

#[test]
fn a_long_line_full_of_mistakes_is_judged_in_time() {
    let name = format!("name: \"{}x\"", "\\u200b".repeat(10_000));
    let name = GOOD.replace("name: contoso-prod", &name);
    let urls = format!("{GOOD}x-a: \"{}\"\n", "a://b@".repeat(10_000));
    let ignores = format!("{GOOD}# campaign-ims: ignore[{}]\n", "a,".repeat(10_000));
    let start = std::time::Instant::now();
    for text in [name, urls, ignores] {
        let folder = folder(&[("a.ims.yaml", text.as_bytes())]);
        is_calm(&run(folder.path(), &["check"]));
    }
    // Minutes, where each mistake has the whole line read again.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn standard_input_is_judged_as_files_are() {
    let folder = folder(&[]);
    let list: Run = program(folder.path())
        .args(["check", "-", "--stdin-filename", "conf/x.ims.yaml"])
        .write_stdin("- a\n")
        .output()
        .unwrap()
        .into();
    is_calm(&list);
    assert_eq!(list.code, 1);
    assert!(list.stdout.contains("conf/x.ims.yaml:1:1"));
}

#[test]
fn wrong_arguments_are_explained() {
    // The example's values are samples, which would be said first.
    let quiet = include_str!("samples.toml");
    let files = [("a.ims.yaml", GOOD), ("campaign-ims.toml", quiet)];
    let folder = folder(&files.map(|(name, text)| (name, text.as_bytes())));
    for (arguments, word) in [
        (&["chekc"][..], "check"),
        (&["check", "--format", "xml"], "sarif"),
        (&["check", "--fail-on", "info"], "note"),
        (&["check", "--output", "sarif"], "sarif=ims.sarif"),
        (&["check", "--env", "prod"], "prod"),
        (&["render"], "MANIFEST"),
        (&["render", "a.ims.yaml", "--env", "prod"], "no environment"),
        (&["render", "a.ims.yaml", "--check"], "-o FILE"),
        (&["explain", "mask-captures"], "mask-capture"),
        (&["completions", "cmd"], "bash"),
        (&["render", "a.ims.yaml", "-o", "a.ims.yaml"], "a.ims.yaml"),
        (
            &["render", "a.ims.yaml", "-o", "no/such/folder/a.xml"],
            "no/such/folder",
        ),
        (&["init", "a.ims.yaml"], "exists already"),
        (
            &["check", "--output", "json=no/such/folder/a.json"],
            "no/such/folder",
        ),
    ] {
        fails(folder.path(), arguments, &[word]);
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("a.ims.yaml")).unwrap(),
        GOOD
    );
}
