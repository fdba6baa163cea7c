//! What no output may show: secrets, wherever and however they are written, and characters or commands that a terminal, a reader's eye
//! or a CI runner would follow. Each case is a file; every command and every format goes over all of them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod cases;
#[path = "../support/mod.rs"]
mod support;

use std::{cell::RefCell, fs, path::Path, sync::LazyLock};

use cases::{BASE, CANARY, Cases, HOSTILE, PACKAGE, SHAPES, hostile, packages, secrets};
use regex::Regex;
use support::{Run, program};

/// A character that a terminal obeys or nobody sees, by what Unicode says of it: controls, line and paragraph separators, whatever
/// is to be ignored where it is unknown, and noncharacters.
static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    let set =
        r"[[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]--\n]";
    Regex::new(set).unwrap()
});

/// The first hidden character of an output, with what is near it.
fn hidden(output: &str) -> Option<String> {
    let found = HIDDEN.find(output)?;
    let before = output.get(..found.start()).unwrap();
    let near: String = output
        .chars()
        .skip(before.chars().count().saturating_sub(300))
        .take(400)
        .collect();
    Some(format!("{near:?}"))
}

const FORMATS: [&str; 7] = [
    "human", "json", "sarif", "github", "gitlab", "junit", "markdown",
];
fn laid_out(cases: &Cases) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in cases {
        fs::write(folder.path().join(format!("{name}.ims.yaml")), bytes).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program(folder);
    command.env("GITHUB_ACTIONS", "true");
    command.args(arguments).output().unwrap().into()
}

/// Gives every command's and format's output over all cases to `judge`, with what made it.
fn everything(cases: &Cases, judge: impl Fn(&str, &str)) {
    let folder = laid_out(cases);
    let both = |what: &str, run: Run| {
        judge(what, &run.stdout);
        judge(&format!("{what}, standard error"), &run.stderr);
    };
    for format in FORMATS {
        let run = run(folder.path(), &["check", "--format", format]);
        assert!(run.code < 2, "{format}: {}", run.stderr);
        both(format, run);
    }
    let colour = run(folder.path(), &["check", "--color", "always"]);
    let plain = strip_colour(&colour.stdout);
    judge("coloured", &plain);
    both(
        "fix",
        run(folder.path(), &["check", "--fix", "--unsafe", "--diff"]),
    );
    let names: Vec<String> = cases
        .iter()
        .map(|(name, _)| format!("{name}.ims.yaml"))
        .collect();
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("p.xml"), PACKAGE).unwrap();
    fs::write(
        folder.path().join("list.txt"),
        "Campaign - contoso - admin\n",
    )
    .unwrap();
    // These say what they find in the same way, so some of the files will do.
    for name in names.iter().step_by(23) {
        for arguments in [
            &["render", name, "--out-dir", "out"][..],
            &["runbook", name],
            &["map", name, "--format", "markdown"],
            &["map", name, "--format", "json", "--profiles", "list.txt"],
            &["map", name, "--profiles", "list.txt"],
            &["map", name, "--format", "mermaid"],
            &["diff", name, "p.xml"],
            &["diff", name, "p.xml", "--format", "json"],
        ] {
            let run = run(folder.path(), arguments);
            both(&arguments.join(" "), run);
        }
    }
    let entries = fs::read_dir(folder.path().join("out")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy();
        judge(&name, &fs::read_to_string(&path).unwrap());
    }
}

/// A coloured text without its colours.
fn strip_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap();
        if after.as_bytes().get(end) == Some(&b'm') {
            rest = after.get(end + 1..).unwrap();
        } else {
            plain.push('\u{1b}');
            rest = after;
        }
    }
    plain + rest
}

#[test]
fn no_output_shows_a_secret() {
    let cases = secrets();
    assert!(cases.len() > 700);
    everything(&cases, |what, output| {
        if output.contains(CANARY) {
            let lines: Vec<&str> = output.lines().collect();
            let leaks: Vec<String> = (0..lines.len())
                .filter(|&at| lines.get(at).unwrap().contains(CANARY))
                .map(|at| {
                    let near = lines.get(at.saturating_sub(6)..=at).unwrap();
                    let cut: Vec<String> = near.iter().map(|line| around(line)).collect();
                    cut.join("\n")
                })
                .take(8)
                .collect();
            panic!("{what} shows a secret:\n{}", leaks.join("\n----\n"));
        }
    });
}

/// Whoever can see an output learns nothing of a secret, not even by comparing: another one of the same length gives the same bytes.
#[test]
fn another_secret_of_the_same_length_changes_no_output() {
    let ours: Cases = secrets().into_iter().step_by(7).collect();
    let ours = ours.into_iter();
    let ours: Cases = ours
        .filter(|(_, bytes)| std::str::from_utf8(bytes).is_ok())
        .collect();
    let others: Cases = ours
        .iter()
        .map(|(name, bytes)| {
            (
                name.clone(),
                other(str::from_utf8(bytes).unwrap()).into_bytes(),
            )
        })
        .collect();
    same(
        collected(|judge| everything(&ours, judge)),
        collected(|judge| everything(&others, judge)),
    );
    let texts: Vec<String> = texts().into_iter().step_by(2).collect();
    let others: Vec<String> = texts.iter().map(|text| other(text)).collect();
    for (commands, name) in [
        (
            from_packages as fn(&[&str], &dyn Fn(&str, &str)),
            "packages",
        ),
        (from_configurations, "configurations"),
    ] {
        let both = [&texts, &others].map(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            collected(|judge| commands(&texts, judge))
        });
        let [ours, others] = both;
        assert!(!ours.is_empty(), "{name}");
        same(ours, others);
    }
}

/// A text with another secret of the same length.
fn other(text: &str) -> String {
    text.replace(CANARY, "ZEBRAS")
}

/// All outputs, each with what made it.
fn collected(run: impl FnOnce(&dyn Fn(&str, &str))) -> Vec<(String, String)> {
    let outputs = RefCell::new(Vec::new());
    run(&|what, output| {
        let output = (other(what), output.to_owned());
        outputs.borrow_mut().push(output);
    });
    outputs.into_inner()
}

fn same(ours: Vec<(String, String)>, others: Vec<(String, String)>) {
    assert_eq!(ours.len(), others.len());
    for ((what, ours), (other, others)) in ours.into_iter().zip(others) {
        assert_eq!(what, other);
        let mut lines = ours.lines().zip(others.lines());
        let differing = lines.find(|(ours, others)| ours != others);
        assert_eq!(differing, None, "{what}");
        assert_eq!(ours.len(), others.len(), "{what}");
    }
}

/// Secrets in texts that are no manifests.
fn texts() -> Vec<String> {
    let urls = [
        "https://me:CANARY@campaign.contoso.com",
        "x http://u:CANARY@h/",
    ];
    let texts = SHAPES.iter().chain(&urls).map(|text| (*text).to_owned());
    let cut = SHAPES.map(|shape| format!("{} {shape}", "x".repeat(70)));
    texts.chain(cut).collect()
}

/// What is said of configurations, files that git ignores, and names that the command line gives.
fn from_configurations(texts: &[&str], judge: &dyn Fn(&str, &str)) {
    let folder = laid_out(&vec![("a".to_owned(), BASE.as_bytes().to_vec())]);
    let both = |what: &str, run: Run| {
        judge(what, &run.stdout);
        judge(what, &run.stderr);
    };
    let configuration = folder.path().join("campaign-ims.toml");
    for text in texts {
        for made in [
            format!("# {text}\nrules = 1\n"),
            format!("'{text}' = 1\n"),
            format!("[rules]\n'{text}' = 'off'\n"),
            format!("[rules]\nscope-missing = '{text}'\n"),
            format!("[rules]\n'{text}' = 'bad'\n"),
            format!("exclude = ['{text}', 1]\n"),
            format!("exclude = ['[{text}']\n"),
            format!("exclude = '{text}'\n"),
            format!("known_ims_servers = ['{text}']\n"),
            format!("known_ims_servers = {text}\n"),
            format!("x = ['{text}\n"),
        ] {
            fs::write(&configuration, &made).unwrap();
            for arguments in [
                &["check"][..],
                &["check", "--format", "json"],
                &["check", "--format", "sarif"],
                &["check", "--format", "github"],
                &["runbook", "a.ims.yaml"],
            ] {
                both(
                    &format!("{arguments:?} with {made}"),
                    run(folder.path(), arguments),
                );
            }
        }
        fs::remove_file(&configuration).unwrap();
        let ignored = folder.path().join(".gitignore");
        fs::write(&ignored, format!("{text}\n[{text}\n")).unwrap();
        both(
            &format!("with ignored {text}"),
            run(folder.path(), &["check"]),
        );
        fs::remove_file(&ignored).unwrap();
        for arguments in [
            &["explain", text][..],
            &["check", "--env", text],
            &["check", "--format", text],
            &["render", "a.ims.yaml", "--env", text],
            &["map", "a.ims.yaml", "--column", text],
            &["check", "--config", text],
            &["rules", text],
            &["init", text, "--output", text],
        ] {
            // A path that is a URL loses a slash, and is none any more.
            let is_path = arguments.contains(&"--config");
            if !(is_path && text.contains("://")) {
                both(&format!("{arguments:?}"), run(folder.path(), arguments));
            }
        }
    }
}

/// What is near the canary, or the start of a line.
fn around(line: &str) -> String {
    let at = line.find(CANARY).unwrap_or(0);
    line.chars()
        .skip(line.get(..at).unwrap().chars().count().saturating_sub(100))
        .take(160)
        .collect()
}
#[test]
fn no_output_shows_a_hidden_character_or_a_command() {
    let cases = hostile();
    assert!(cases.len() > 700);
    assert!(HOSTILE.iter().any(|text| hidden(text).is_some()));
    everything(&cases, |what, output| {
        assert_eq!(hidden(output), None, "{what} shows a hidden character");
        for line in output.lines() {
            let start = line.trim_start();
            let own = [
                "::error file=",
                "::warning file=",
                "::notice file=",
                "::error title=the check failed::",
            ];
            let is_own = own.iter().any(|own| line.starts_with(own));
            assert!(is_own || !start.starts_with("::"), "{what}: {line}");
            let lower = line.to_ascii_lowercase();
            assert!(
                !lower.contains("##[") && !lower.contains("##vso["),
                "{what}: {line}"
            );
        }
    });
}
/// What is shown of packages and lists of profiles, and of manifests made from packages.
fn from_packages(texts: &[&str], judge: &dyn Fn(&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ims.yaml"), BASE).unwrap();
    for package in packages(texts) {
        fs::write(folder.path().join("p.xml"), &package).unwrap();
        for arguments in [
            &["import", "p.xml"][..],
            &["diff", "a.ims.yaml", "p.xml"],
            &["diff", "a.ims.yaml", "p.xml", "--format", "json"],
        ] {
            let run = run(folder.path(), arguments);
            let what = format!("{arguments:?} of {package}");
            judge(&what, &run.stdout);
            judge(&what, &run.stderr);
        }
    }
    for text in texts {
        let list = format!("{text}\nCampaign - contoso - {text}\n");
        fs::write(folder.path().join("list.txt"), list).unwrap();
        for format in ["table", "json", "markdown", "mermaid"] {
            let arguments = [
                "map",
                "a.ims.yaml",
                "--profiles",
                "list.txt",
                "--format",
                format,
            ];
            let run = run(folder.path(), &arguments);
            let is_refused = run.stderr.contains("looks like CSV");
            assert!(run.code < 2 || is_refused, "{format}: {}", run.stderr);
            judge(format, &run.stdout);
            judge(format, &run.stderr);
        }
    }
}

#[test]
fn nothing_shows_a_secret_of_a_package_or_a_list() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let judge = |what: &str, output: &str| {
        assert!(!output.contains(CANARY), "{what}:\n{output}");
    };
    from_packages(&texts, &judge);
    from_configurations(&texts, &judge);
    let literal = PACKAGE.replace(
        "active=",
        "clientSecret=\"CANARY\" password=\"CANARY\" active=",
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.xml"), literal).unwrap();
    let import = run(folder.path(), &["import", "p.xml"]);
    assert_eq!(import.code, 0, "{}", import.stderr);
    assert!(!(import.stdout + &import.stderr).contains(CANARY));
}

/// User information of a URL, in every text of a right manifest that takes one.
#[test]
fn nothing_on_the_manifests_side_shows_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ims.yaml"), BASE).unwrap();
    let render = run(folder.path(), &["render", "a.ims.yaml", "-o", "p.xml"]);
    assert_eq!(render.code, 0, "{}", render.stderr);
    for text in ["name: Contoso", "label: MAC", "label: Reviewers"] {
        let manifest = BASE.replacen(text, &format!("{text} https://me:CANARY@contoso.com"), 1);
        fs::write(folder.path().join("a.ims.yaml"), manifest).unwrap();
        for arguments in [
            &["runbook", "a.ims.yaml"][..],
            &["map", "a.ims.yaml"],
            &["diff", "a.ims.yaml", "p.xml"],
            &["diff", "a.ims.yaml", "p.xml", "--format", "json"],
        ] {
            let run = run(folder.path(), arguments);
            assert_eq!(run.code, 1, "{arguments:?}: {}", run.stderr);
            let all = run.stdout + &run.stderr;
            assert!(all.contains("url-credentials"), "{arguments:?}:\n{all}");
            assert!(!all.contains(CANARY), "{arguments:?}:\n{all}");
        }
    }
}

#[test]
fn nothing_shows_what_is_hostile_in_a_package_or_a_list() {
    let texts = [
        "::error::x",
        "a&#10;::error::x",
        "##[error]x",
        "##vso[task.x]x",
        "\u{202e}x\u{2066}",
        "c1\u{9b}31m",
        "zero\u{200b}width",
        "<b>",
    ];
    from_packages(&texts, &|what, output| {
        assert_eq!(hidden(output), None, "{what}: {output}");
        let command = output
            .lines()
            .find(|line| line.trim_start().starts_with("::"));
        assert_eq!(command, None, "{what}: {output}");
        assert!(
            !output.contains("##[") && !output.contains("##vso["),
            "{what}: {output}"
        );
    });
}

/// What the command line holds is shown as safely as what a file holds.
#[test]
fn arguments_are_shown_safely() {
    let folder = laid_out(&vec![("a".to_owned(), BASE.as_bytes().to_vec())]);
    for text in HOSTILE {
        for arguments in [
            &["check", text][..],
            &["check", "--env", text],
            &["check", "--format", text],
            &["check", "--output", text],
            &["check", "--config", text],
            &["render", text],
            &["render", "a.ims.yaml", "--env", text],
            &["explain", text],
            &["init", text],
            &[text],
        ] {
            if arguments.first() == Some(&"init") && !text.contains('/') {
                continue;
            }
            let run = run(folder.path(), arguments);
            let all = run.stdout + &run.stderr;
            assert_eq!(hidden(&all), None, "{arguments:?}: {all}");
            let own = "::error title=the check failed::";
            let mut lines = all.lines().filter(|line| !line.starts_with(own));
            let command = lines.find(|line| line.trim_start().starts_with("::"));
            assert_eq!(command, None, "{arguments:?}: {all}");
            assert!(
                !all.contains("##[") && !all.contains("##vso["),
                "{arguments:?}: {all}"
            );
        }
    }
}
