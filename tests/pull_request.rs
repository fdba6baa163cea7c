//! A scratch repository plays a pull request: what a job in CI calls, sees and gets as its exit code.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use support::MANIFEST as GOOD;

/// Another instance, which was there before and has a warning of its own, `callback-extra-parts`.
fn old() -> String {
    GOOD.replace("contoso-prod", "contoso-old")
        .replace("campaign.fabrikam.com", "old.fabrikam.com")
        .replace(
            "server: https://old.fabrikam.com",
            "server: https://old.fabrikam.com/x",
        )
        .replace("Campaign - contoso", "Old - contoso-old")
        .replace("Campaign1", "Old1")
        .replace("SECRET_OF_PROD", "SECRET_OF_OLD")
}

/// What the commit of the pull request writes.
fn bad() -> String {
    GOOD.replace("callback_server: https:", "callback_server: http:")
}

/// What each format says of it: the rule and the line.
const SAID: [(&str, &str); 7] = [
    ("human", "prod.ims.yaml:13:20"),
    ("json", r#""rule":"callback-not-https""#),
    ("sarif", r#""ruleId":"callback-not-https""#),
    ("github", "::error file=prod.ims.yaml,line=13,"),
    ("gitlab", r#""check_name":"callback-not-https""#),
    ("junit", "at prod.ims.yaml:13:20: "),
    ("markdown", "prod.ims.yaml#L13"),
];

/// A repository whose `main` has both manifests, with the pull request's branch checked out.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("a-old.ims.yaml", &old());
        repository.write("prod.ims.yaml", GOOD);
        repository.commit("Two instances");
        repository.git(&["switch", "--quiet", "--create", "change"]);
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = scrubbed(Command::new("git"))
            .args(["-c", "user.name=Test", "-c", "user.email=test@fabrikam.com"])
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// `campaign-ims check` there, as a command that further arguments and variables can be given to.
    fn check(&self, arguments: &[&str]) -> Command {
        let mut command = scrubbed(Command::new(env!("CARGO_BIN_EXE_campaign-ims")));
        command
            .args(["check", "--no-config"])
            .args(arguments)
            .current_dir(self.path());
        command
    }
}

/// A command that knows nothing of the machine that the tests run on.
fn scrubbed(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if shown.starts_with("GITHUB_") || shown.starts_with("GIT_") || shown == "CI" {
            command.env_remove(name);
        }
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("SOURCE_DATE_EPOCH");
    command
}

/// The exit code, and standard output; standard error is shown where the code is another.
fn run(mut command: Command, code: i32) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let stdout = String::from_utf8(stdout).unwrap();
    let stderr = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(code), "{command:?}\n{stdout}\n{stderr}");
    stdout
}

#[test]
fn a_bad_commit_fails_the_job_in_every_format() {
    let repository = Repository::new();
    run(repository.check(&[]), 0);
    run(repository.check(&["--fail-on", "warning"]), 1);
    repository.write("prod.ims.yaml", &bad());
    repository.commit("A bad callback");
    for (format, said) in SAID {
        let stdout = run(repository.check(&["--format", format]), 1);
        assert!(stdout.contains(said), "{format}:\n{stdout}");
        assert!(
            stdout.contains("callback-extra-parts"),
            "{format}:\n{stdout}"
        );
    }
    run(repository.check(&["--fail-on", "never"]), 0);
    run(repository.check(&["nowhere"]), 2);
}

#[test]
fn only_the_changed_manifest_is_reported_then_fixed() {
    let repository = Repository::new();
    repository.write("prod.ims.yaml", &bad());
    repository.commit("A bad callback");
    for (format, said) in SAID {
        let stdout = run(
            repository.check(&["--since", "main", "--format", format]),
            1,
        );
        assert!(stdout.contains(said), "{format}:\n{stdout}");
        // SARIF describes every rule and JUnit has a case for each.
        let reported = match format {
            "sarif" => stdout.contains(r#""ruleId":"callback-extra-parts""#),
            "junit" => stdout.contains("[callback-extra-parts]"),
            _ => stdout.contains("callback-extra-parts"),
        };
        assert!(!reported, "{format}:\n{stdout}");
    }
    run(
        repository.check(&["--since", "main", "--fail-on", "never"]),
        0,
    );
    run(repository.check(&["--since", "no-such-revision"]), 2);

    run(repository.check(&["--since", "main", "--fix"]), 0);
    let prod = fs::read_to_string(repository.path().join("prod.ims.yaml")).unwrap();
    assert_eq!(prod, GOOD);
    assert_eq!(repository.git(&["diff", "--stat", "main"]), "");
    repository.commit("Fix it");
    run(
        repository.check(&["--since", "main", "--fail-on", "note"]),
        0,
    );
    // What was there before is still there.
    run(repository.check(&["--fail-on", "warning"]), 1);
}

#[test]
fn rules_between_instances_see_unchanged_manifests() {
    let repository = Repository::new();
    let shared = "https://old.fabrikam.com";
    let prod = GOOD.replace("https://campaign.fabrikam.com", shared);
    repository.write(
        "a-old.ims.yaml",
        &old().replace("old.fabrikam.com/x", "old.fabrikam.com"),
    );
    repository.commit("Without the path");
    repository.git(&["branch", "--force", "main"]);
    repository.write("prod.ims.yaml", &prod);
    let stdout = run(
        repository.check(&["--since", "main", "--format", "json"]),
        1,
    );
    assert!(stdout.contains("callback-shared"), "{stdout}");
    assert!(stdout.contains("a-old.ims.yaml"), "{stdout}");
}

/// A job on GitHub: annotations after the text for people, and links to the lines in the summary.
#[test]
fn a_job_on_github_annotates_and_links() {
    let repository = Repository::new();
    repository.write("prod.ims.yaml", &bad());
    let root = repository.path().canonicalize().unwrap();
    let on_github = |arguments: &[&str]| {
        let mut command = repository.check(arguments);
        command
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_SERVER_URL", "https://github.com")
            .env("GITHUB_REPOSITORY", "contoso/campaign")
            .env("GITHUB_SHA", "0123abc")
            .env("GITHUB_WORKSPACE", &root);
        command
    };
    let annotation = "\n::error file=prod.ims.yaml,line=13,";
    let stdout = run(on_github(&["--output", "markdown=summary.md"]), 1);
    assert!(stdout.contains("error[callback-not-https]"), "{stdout}");
    assert!(stdout.contains(annotation), "{stdout}");
    let summary = fs::read_to_string(repository.path().join("summary.md")).unwrap();
    let link = "(https://github.com/contoso/campaign/blob/0123abc/prod.ims.yaml#L13)";
    assert!(summary.contains(link), "{summary}");

    fs::create_dir(root.join("ims")).unwrap();
    repository.write("ims/prod.ims.yaml", &bad());
    let mut below = on_github(&["--format", "markdown"]);
    below.current_dir(root.join("ims"));
    let stdout = run(below, 1);
    let link = "(https://github.com/contoso/campaign/blob/0123abc/ims/prod.ims.yaml#L13)";
    assert!(stdout.contains(link), "{stdout}");
    fs::remove_dir_all(root.join("ims")).unwrap();

    let stdout = run(on_github(&["--no-annotations"]), 1);
    assert!(!stdout.contains("::error"), "{stdout}");
    let stdout = run(on_github(&["--format", "json"]), 1);
    assert!(!stdout.contains("::error"), "{stdout}");
    let stdout = run(repository.check(&[]), 1);
    assert!(!stdout.contains("::error"), "{stdout}");
}
