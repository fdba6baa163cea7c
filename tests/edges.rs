//! Pipelines, git and folders: what a job reads of a check that failed, and which files and findings count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use support::{MANIFEST as GOOD, Run, folder, program, run, write};
use tempfile::TempDir;

/// The same with a mistake that has a safe fix.
fn bad() -> String {
    GOOD.replace("callback_server: https", "callback_server: http")
}

/// Another instance, with everything of its own.
fn other(text: &str, name: &str) -> String {
    text.replace("contoso-prod", &format!("contoso-{name}"))
        .replace("campaign.fabrikam.com", &format!("{name}.fabrikam.com"))
        .replace("contoso - ", &format!("contoso-{name} - "))
        .replace("SECRET_OF_PROD", &format!("SECRET_OF_{name}"))
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn check(folder: &TempDir, arguments: &[&str]) -> Run {
    run(folder.path(), &[&["check"], arguments].concat())
}

/// The rules and paths of what a check reports.
fn found(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let run = check(folder, &[&["--format", "json"], arguments].concat());
    let json: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let findings = json["findings"].as_array().unwrap().iter();
    let said = findings.map(|it| format!("{} {}", it["path"], it["rule"]).replace('"', ""));
    said.collect()
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@fabrikam.com"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "more"]);
}

/// A repository with one commit that holds some files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit(folder.path());
    folder
}

#[test]
fn a_check_that_failed_reads_clean_in_no_format() {
    let broken = folder(&[
        ("p.ims.yaml", &bad()),
        ("campaign-ims.toml", "[rules]\nmask-tenant = 'warn'\n"),
    ]);
    let unknown = folder(&[("p.ims.yaml", GOOD)]);
    let no_config = ["--config", "no.toml"];
    for (folder, arguments, said) in [
        (&broken, [".", "."], "is no level"),
        (&unknown, no_config, "cannot read"),
        (&unknown, [".", "no.ims.yaml"], "no.ims.yaml"),
        (
            &unknown,
            ["--env", "prod"],
            "no manifest has an environment",
        ),
        (&unknown, ["--since", "HEAD"], "no git working tree"),
        (&unknown, ["--baseline", "no.json"], "no.json"),
        (&unknown, ["--exclude-nothing", "."], ""),
    ] {
        let mut all = vec!["check"];
        all.extend(arguments);
        let formats = [
            "sarif", "json", "gitlab", "junit", "markdown", "github", "concise", "human",
        ];
        let outputs = formats.map(|format| format!("{format}={format}.out"));
        for output in &outputs {
            all.extend(["--output", output]);
        }
        let run = run(folder.path(), &all);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stdout);
        if said.is_empty() {
            // What is no command line at all writes nothing.
            continue;
        }
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(!run.stdout.contains("Checked 0"), "{}", run.stdout);
        let text = |format: &str| read(folder, &format!("{format}.out"));
        let json = |format| serde_json::from_str::<Value>(&text(format)).unwrap();
        let invocation = &json("sarif")["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        let notification = &invocation["toolExecutionNotifications"][0];
        assert_eq!(notification["level"], "error");
        let plain = |value: &Value| value.to_string();
        assert!(plain(&notification["message"]).contains(said));
        assert!(plain(&json("json")["errors"][0]).contains(said));
        assert!(plain(&json("gitlab")).contains(said));
        for format in ["junit", "github", "concise"] {
            assert!(text(format).contains(said), "{format}: {}", text(format));
        }
        assert!(text("junit").contains("<error "));
        assert!(text("markdown").contains("The check failed"));
        assert!(!text("markdown").contains('✅'));
        assert!(text("human").contains("The check failed"));
    }
    // Nothing is known of a baseline that a failed check would write.
    let run = check(&broken, &[".", "--write-baseline", "b.json"]);
    assert_eq!(run.code, 2);
    assert!(!broken.path().join("b.json").exists());
}

/// The Action's own script, as its step runs it.
#[cfg(unix)]
#[test]
fn the_action_uploads_nothing_after_a_check_that_failed() {
    let folder = folder(&[("p.ims.yaml", &bad()), ("q/x.ims.yaml", GOOD)]);
    let action = |paths: &str| {
        let output = folder.path().join("output");
        let summary = folder.path().join("summary");
        let _ = fs::remove_file(&output);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/action-check.sh");
        let status = Command::new("bash")
            .arg(script)
            .current_dir(folder.path())
            .env("PROGRAM", env!("CARGO_BIN_EXE_campaign-ims"))
            .env("FAIL_ON", "error")
            .env("PATHS", paths)
            .env("RUNNER_TEMP", folder.path())
            .env("GITHUB_OUTPUT", &output)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        (status.code(), fs::read_to_string(output).unwrap())
    };
    let (code, output) = action("q\np.ims.yaml");
    assert_eq!(code, Some(1));
    assert!(output.contains("exit-code=1\nsarif-file=/"), "{output}");
    let (code, output) = action("q\nnowhere");
    assert_eq!((code, output.as_str()), (Some(2), "exit-code=2\n"));
    assert!(read(&folder, "summary").contains("The check failed"));
}

#[test]
fn some_rules_alone_are_reported() {
    let text = bad().replace("  client_id", "  enabled: false\n  client_id");
    let folder = folder(&[
        ("p.ims.yaml", &text),
        ("campaign-ims.toml", "[rules]\naccount-disabled = 'off'\n"),
    ]);
    let rules = |arguments: &[&str]| found(&folder, arguments);
    assert_eq!(rules(&[]), ["p.ims.yaml callback-not-https"]);
    let disabled = ["p.ims.yaml account-disabled"];
    assert_eq!(rules(&["--select", "account-disabled"]), disabled);
    assert_eq!(
        rules(&["--select", "account-disabled,mask-shared"]),
        disabled
    );
    let chosen = ["--select", "account-disabled", "--no-config"];
    assert_eq!(rules(&chosen), disabled);
    assert!(rules(&["--ignore", "callback-not-https"]).is_empty());
    let run = check(&folder, &["--select", "callback-not-http"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did you mean `callback-not-https`?"),
        "{}",
        run.stderr
    );
    // Fixes are those of what is reported.
    check(&folder, &["--fix", "--ignore", "callback-not-https"]);
    assert_eq!(read(&folder, "p.ims.yaml"), text);
    // What nothing switches off stays.
    let secret = GOOD.replace(
        "client_id:",
        "client_secret: p8e-this-is-a-secret\n  client_id:",
    );
    let secret = secret.replacen("  client_secret: {", "  # client_secret: {", 1);
    write(folder.path(), "p.ims.yaml", &secret);
    for arguments in [
        ["--ignore", "secret-in-manifest"],
        ["--select", "mask-shared"],
    ] {
        assert!(rules(&arguments).contains(&"p.ims.yaml secret-in-manifest".to_owned()));
    }
}

#[test]
fn the_list_of_rules_has_the_levels_that_hold_here() {
    let settings = "[rules]\nmask-tenant = 'off'\nmask-shared = 'error'\nyaml-syntax = 'off'\n";
    let folder = folder(&[("campaign-ims.toml", settings)]);
    let list = run(folder.path(), &["rules", "--format", "json"]);
    assert_eq!(list.code, 0);
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    let level = |id: &str| {
        let mut rules = list["rules"].as_array().unwrap().iter();
        let rule = rules.find(|rule| rule["id"] == id).unwrap();
        let words = [&rule["level"], &rule["default"]];
        words.map(|word| word.as_str().unwrap().to_owned())
    };
    assert_eq!(level("mask-tenant"), ["off", "warning"]);
    assert_eq!(level("mask-shared"), ["error", "note"]);
    assert_eq!(level("yaml-syntax"), ["error", "error"]);
    let table = run(folder.path(), &["rules"]).stdout;
    let line = table.lines().find(|line| line.starts_with("mask-tenant "));
    assert!(line.unwrap().contains(" off "), "{table}");
    let table = run(folder.path(), &["rules", "--no-config"]).stdout;
    let line = table.lines().find(|line| line.starts_with("mask-tenant "));
    assert!(line.unwrap().contains(" warning "), "{table}");
}

/// A byte order mark and CR LF are the file's own; a secret beside a fix is never in the diff, and that is said.
#[test]
fn a_diff_is_of_the_file_but_for_what_it_hides() {
    let windows = format!("\u{feff}{}", bad().replace('\n', "\r\n"));
    let folder = repository(&[("p.ims.yaml", &windows)]);
    let diff = check(&folder, &["--diff"]);
    assert!(!diff.stderr.contains("hides"), "{}", diff.stderr);
    write(folder.path(), "p.patch", &diff.stdout);
    git(folder.path(), &["apply", "p.patch"]);
    assert!(found(&folder, &["--no-config"]).is_empty());

    let key = "p8e-aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";
    let beside = bad().replace("groups:", &format!("# once {key}\ngroups:"));
    write(folder.path(), "p.ims.yaml", &beside);
    let diff = check(&folder, &["--diff"]);
    assert!(
        !diff.stdout.contains(key) && diff.stdout.contains("# once **"),
        "{}",
        diff.stdout
    );
    assert!(
        diff.stderr.contains("1 file hides a secret"),
        "{}",
        diff.stderr
    );
    assert!(
        diff.stderr.contains("1 finding would be left"),
        "{}",
        diff.stderr
    );
}

#[test]
fn patch_and_git_take_the_diff() {
    let files = [("a b.ims.yaml", "p1"), ("sub dir/c.ims.yaml", "p2")];
    let texts = files.map(|(name, instance)| (name, other(&bad(), instance)));
    let texts = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let folder = repository(&texts);
    let diff = check(&folder, &["--diff"]);
    write(folder.path(), "p.patch", &diff.stdout);
    for command in [
        &["git", "apply", "p.patch"][..],
        &["git", "apply", "-p1", "p.patch"],
        &["patch", "-s", "-p0", "-i", "p.patch"],
        &["patch", "-s", "-p1", "-i", "p.patch"],
    ] {
        let done = Command::new(command[0])
            .args(&command[1..])
            .current_dir(folder.path())
            .output();
        let Ok(done) = done else {
            continue;
        };
        assert!(
            done.status.success(),
            "{command:?} {done:?}\n{}",
            diff.stdout
        );
        assert!(found(&folder, &["--no-config"]).is_empty(), "{command:?}");
        git(folder.path(), &["checkout", "-q", "."]);
    }
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = folder(&[]);
    let fix = |text: &str, arguments: &[&str]| -> Run {
        let mut command = program(folder.path());
        command.args(["check", "-", "--fix"]).args(arguments);
        command.write_stdin(text).output().unwrap().into()
    };
    let fixed = fix(&bad(), &[]);
    assert_eq!((fixed.code, fixed.stdout.as_str()), (0, GOOD));
    assert!(fixed.stderr.contains("Fixed 1 finding"), "{}", fixed.stderr);
    let untouched = fix("version: 1\n", &["--format", "json"]);
    assert_eq!(
        (untouched.code, untouched.stdout.as_str()),
        (1, "version: 1\n")
    );
    assert!(untouched.stderr.contains("\"missing-field\""));
}

#[test]
fn a_finding_counts_where_a_related_place_changed() {
    let stage = other(GOOD, "astage");
    let folder = repository(&[("a.ims.yaml", &stage), ("b.ims.yaml", GOOD)]);
    let shared = stage.replace("astage.fabrikam.com", "campaign.fabrikam.com");
    write(folder.path(), "a.ims.yaml", &shared);
    let since = ["--since", "HEAD"];
    assert_eq!(found(&folder, &since), found(&folder, &[]));
    assert!(found(&folder, &since)[0].starts_with("b.ims.yaml callback-shared"));
    // From the merge base on: what others did meanwhile is not reported.
    commit(folder.path());
    git(folder.path(), &["checkout", "-q", "-b", "change", "HEAD~1"]);
    write(folder.path(), "c.txt", "");
    commit(folder.path());
    assert!(found(&folder, &["--since", "main"]).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_changes_with_its_target() {
    let folder = repository(&[("shared/base.yaml", GOOD)]);
    let link = folder.path().join("prod.ims.yaml");
    std::os::unix::fs::symlink("shared/base.yaml", link).unwrap();
    commit(folder.path());
    write(folder.path(), "shared/base.yaml", &bad());
    let since = found(&folder, &["--since", "HEAD"]);
    assert_eq!(since, ["prod.ims.yaml callback-not-https"]);
}

#[test]
fn renamed_deleted_untracked_and_foreign_files_differ() {
    let names = ["same", "old", "gone", "x y\u{e9}"];
    let texts = names.map(|name| (format!("{name}.ims.yaml"), other(&bad(), &name[..1])));
    let texts = texts
        .each_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let folder = repository(&texts);
    git(folder.path(), &["mv", "old.ims.yaml", "renamed.ims.yaml"]);
    fs::remove_file(folder.path().join("gone.ims.yaml")).unwrap();
    write(folder.path(), "sub/new.ims.yaml", &other(&bad(), "n"));
    let differ = |names: &[&str]| -> Vec<String> {
        let names = names.iter();
        names
            .map(|name| format!("{name} callback-not-https"))
            .collect()
    };
    let since = found(&folder, &["--since", "HEAD"]);
    assert_eq!(since, differ(&["renamed.ims.yaml", "sub/new.ims.yaml"]));
    // Detached, and from a folder below.
    git(folder.path(), &["checkout", "-q", "--detach"]);
    let below = run(
        &folder.path().join("sub"),
        &["check", "..", "--since", "HEAD", "--format", "concise"],
    );
    let lines: Vec<&str> = below.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", below.stdout);
    assert!(lines[0].starts_with("../renamed.ims.yaml:"), "{lines:?}");
}

#[test]
fn worktrees_and_submodules_are_working_trees() {
    let folder = repository(&[("p.ims.yaml", &bad())]);
    let outer = repository(&[("a.txt", "")]);
    let worktree = outer.path().join("tree");
    let there = worktree.to_str().unwrap();
    git(folder.path(), &["worktree", "add", "--quiet", there]);
    let source = folder.path().to_str().unwrap();
    git(
        outer.path(),
        &["submodule", "--quiet", "add", source, "module"],
    );
    for place in [worktree, outer.path().join("module")] {
        let since = || run(&place, &["check", "--since", "HEAD"]);
        assert_eq!(since().code, 0, "{}", since().stdout);
        write(&place, "p.ims.yaml", &(bad() + "# touched\n"));
        assert_eq!(since().code, 1, "{}", since().stdout);
    }
}

#[test]
fn what_git_says_is_passed_on() {
    let folder = repository(&[("p.ims.yaml", GOOD)]);
    let refused = program(folder.path())
        .args(["check", "--since", "HEAD", "--format", "json"])
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output();
    let refused = Run::from(refused.unwrap());
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("dubious ownership"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("safe.directory"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stdout.contains("safe.directory"),
        "{}",
        refused.stdout
    );
    // A clone that lacks the past says how to fetch it.
    git(folder.path(), &["checkout", "-q", "-b", "change"]);
    write(folder.path(), "a.txt", "");
    commit(folder.path());
    git(folder.path(), &["checkout", "-q", "main"]);
    write(folder.path(), "b.txt", "");
    commit(folder.path());
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    let shallow = ["clone", "-q", "--depth=1", "--no-single-branch", &url, "."];
    git(clone.path(), &shallow);
    let run = check(&clone, &["--since", "origin/change"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
}

#[test]
fn fixes_touch_only_what_is_reported() {
    let [one, two] = ["p1", "p2"].map(|name| other(&bad(), name));
    let folder = repository(&[("p1.ims.yaml", &one), ("p2.ims.yaml", &two)]);
    let touched = one.clone() + "# touched\n";
    write(folder.path(), "p1.ims.yaml", &touched);
    let diff = check(&folder, &["--diff", "--since", "HEAD"]);
    assert!(diff.stdout.contains("p1.ims.yaml"), "{}", diff.stdout);
    assert!(!diff.stdout.contains("p2.ims.yaml"), "{}", diff.stdout);
    assert_eq!(check(&folder, &["--fix", "--since", "HEAD"]).code, 0);
    assert_eq!(read(&folder, "p2.ims.yaml"), two);
    assert_ne!(read(&folder, "p1.ims.yaml"), touched);
    check(&folder, &["--write-baseline", "b.json"]);
    check(&folder, &["--baseline", "b.json", "--fix"]);
    assert_eq!(read(&folder, "p2.ims.yaml"), two);
}

#[test]
fn gitlab_has_the_projects_paths() {
    let folder = folder(&[("ims/p.ims.yaml", &bad())]);
    let root = folder.path().canonicalize().unwrap();
    let report = |below: &str, path: &str| {
        let run = program(&root.join(below))
            .args(["check", path, "--format", "gitlab"])
            .env("CI_PROJECT_DIR", &root)
            .output();
        Run::from(run.unwrap()).stdout
    };
    let here = report("", ".");
    assert!(here.contains(r#""path":"ims/p.ims.yaml""#), "{here}");
    assert_eq!(report("ims", "."), here);
    assert_eq!(report("", root.to_str().unwrap()), here);
}

#[test]
fn azure_is_recognised() {
    let folder = folder(&[("p.ims.yaml", &bad())]);
    let on_azure = |arguments: &[&str]| {
        let mut command = program(folder.path());
        command.arg("check").args(arguments).env("TF_BUILD", "True");
        Run::from(command.output().unwrap()).stdout
    };
    let issue = "\n##vso[task.logissue type=error;sourcepath=p.ims.yaml;linenumber=";
    assert!(on_azure(&[]).contains(issue), "{}", on_azure(&[]));
    assert!(!on_azure(&["--no-annotations"]).contains("##vso"));
    assert!(!on_azure(&["--format", "concise"]).contains("##vso"));
    assert!(!check(&folder, &[]).stdout.contains("##vso"));
}

#[cfg(unix)]
#[test]
fn names_that_are_no_unicode_stay_two() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = folder(&[]);
    for (byte, name) in [(0xfe, "p1"), (0xff, "p2")] {
        let path = [b"bad", &[byte][..], b".ims.yaml"].concat();
        let path = folder.path().join(OsStr::from_bytes(&path));
        // A file system may refuse such names.
        if fs::write(path, other(&bad(), name)).is_err() {
            return;
        }
    }
    let both = ["bad<0xFE>.ims.yaml", "bad<0xFF>.ims.yaml"];
    let both = both.map(|name| format!("{name} callback-not-https"));
    assert_eq!(found(&folder, &[]), both);
    assert!(check(&folder, &[]).stdout.contains("Checked 2 files"));
}

#[test]
fn a_report_says_what_instances_expect() {
    let many: Vec<(String, String)> = (10..22)
        .map(|number| {
            (
                format!("{number}.ims.yaml"),
                other(GOOD, &format!("p{number}")),
            )
        })
        .collect();
    let many = folder(&many.iter().map(|(a, b)| (&**a, &**b)).collect::<Vec<_>>());
    let run = check(&many, &[]);
    let first =
        "contoso-p10: Campaign - contoso-p10 - {admin, reviewers}; the package creates reviewers\n";
    assert!(run.stdout.starts_with(first), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 12, "{}", run.stdout);
    assert!(
        run.stdout.contains("and 2 instances more\n"),
        "{}",
        run.stdout
    );
    assert_eq!(check(&many, &["--quiet"]).stdout, "");
    write(many.path(), "10.ims.yaml", &bad());
    let run = check(&many, &[]);
    // Of what has an error nobody knows.
    let has = |start: &str| run.stdout.lines().any(|line| line.starts_with(start));
    assert!(
        !has("contoso-p10: ") && has("contoso-p11: "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("campaign-ims explain RULE"),
        "{}",
        run.stdout
    );
}

/// What bash offers after some words, by the script that the program prints.
#[cfg(unix)]
#[test]
fn bash_completes_after_a_command_too() {
    let folder = folder(&[]);
    let script = run(folder.path(), &["completions", "bash"]).stdout;
    write(folder.path(), "campaign-ims.bash", &script);
    let complete = |words: &str| {
        let ask = format!(
            "source ./campaign-ims.bash; COMP_WORDS=({words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); \
             _campaign__ims campaign-ims \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
             echo \"${{COMPREPLY[*]}}\""
        );
        let programs = Path::new(env!("CARGO_BIN_EXE_campaign-ims")).parent();
        let path = format!(
            "{}:{}",
            programs.unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let output = Command::new("bash")
            .args(["-c", &ask])
            .env("PATH", path)
            .current_dir(folder.path())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert_eq!(complete("campaign-ims ch"), "check\n");
    assert_eq!(complete("campaign-ims check --fo"), "--format\n");
    assert_eq!(complete("campaign-ims check --format sa"), "sarif\n");
    assert_eq!(complete("campaign-ims explain mask-ten"), "mask-tenant\n");
    assert_eq!(
        complete("campaign-ims check --select mask-ten"),
        "mask-tenant\n"
    );
    // Environments: of the manifest that is named, else of those in the folder; a name is never a command.
    let hostile = "environments:\n  prod: {}\n  '$(touch ran)': {}\n  pilot: {}\n  stage: {}\n";
    write(folder.path(), "a.ims.yaml", hostile);
    assert_eq!(
        complete("campaign-ims render a.ims.yaml --env p"),
        "pilot prod\n"
    );
    assert_eq!(complete("campaign-ims check --env st"), "stage\n");
    assert_eq!(
        complete("campaign-ims check . --env ''"),
        "pilot prod stage\n"
    );
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn what_is_printed_can_be_written_to_a_file() {
    let folder = folder(&[("p.ims.yaml", GOOD)]);
    for arguments in [
        &["schema"][..],
        &["man"],
        &["completions", "zsh"],
        &["map", "p.ims.yaml"],
        &["runbook", "p.ims.yaml"],
    ] {
        let printed = run(folder.path(), arguments);
        let written = run(folder.path(), &[arguments, &["-o", "out"]].concat());
        assert_eq!(
            (written.code, written.stdout.as_str()),
            (0, ""),
            "{arguments:?}"
        );
        assert_eq!(read(&folder, "out"), printed.stdout, "{arguments:?}");
    }
    for command in ["map", "runbook"] {
        let onto_itself = run(folder.path(), &[command, "p.ims.yaml", "-o", "p.ims.yaml"]);
        assert_eq!(onto_itself.code, 2);
        assert_eq!(read(&folder, "p.ims.yaml"), GOOD);
    }
}

#[test]
fn a_baseline_follows_a_renamed_file_and_says_what_is_stale() {
    let [one, two] = ["p1", "p2"].map(|name| other(&bad(), name));
    let folder = folder(&[("p1.ims.yaml", &one), ("p2.ims.yaml", &two)]);
    check(&folder, &["--write-baseline", "b.json"]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("sub")).unwrap();
    fs::rename(at("p1.ims.yaml"), at("sub/renamed.ims.yaml")).unwrap();
    let with_baseline = || check(&folder, &["--baseline", "b.json"]);
    let run = with_baseline();
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(run.stderr, "The baseline knows 2 findings.\n");
    write(folder.path(), "p2.ims.yaml", &other(GOOD, "p2"));
    let run = with_baseline();
    assert!(
        run.stderr.contains("1 finding that nothing is found for"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.ends_with("  p2.ims.yaml callback-not-https\n"),
        "{}",
        run.stderr
    );
    let narrow = ["--baseline", "b.json", "--select", "mask-shared"];
    assert_eq!(check(&folder, &narrow).stderr, "");
    assert_eq!(
        check(&folder, &["sub", "--baseline", "b.json"]).stderr,
        "The baseline knows 1 finding.\n"
    );
}
