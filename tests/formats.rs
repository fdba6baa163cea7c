//! The formats before judges that were not written here: `xmllint` with both JUnit schemas, and Microsoft's SARIF
//! Multitool with the rules of GitHub's code scanning. What is not installed is skipped, loudly.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use campaign_ims::{
    finding::{Finding, Fix, Location, Related, Severity, TextEdit},
    report::{self, Context, Format, Report, RuleInfo},
    text::Source,
};

const TEXT: &str = "version: 1\nexternal_account:\n  callback_server: http://campaign.contoso.com\n  client_secret: \
                    p8e-canary\n  association_mask: |\n    Campaign - (.*)\n    more\n";

const HOSTILE: &str =
    "::error::x\n\u{1b}[31m##[error]y ##vso[a]z \u{202e}<b>|`]]>\u{1}\u{200b} {0} [a](1) 100%";

fn finding(source: &Arc<Source>, rule: &'static str, severity: Severity, part: &str) -> Finding {
    let start = TEXT.find(part).unwrap();
    Finding {
        rule,
        severity,
        message: format!("the value of `{rule}` is wrong"),
        help: "write `{ env: NAME }` or [a-z](.*)".to_owned(),
        location: Location {
            source: source.clone(),
            pointer: "/external_account/callback_server".to_owned(),
            range: start..start + part.len(),
        },
        environments: vec!["prod".to_owned()],
        related: Vec::new(),
        fix: None,
    }
}

/// Ordinary findings, hostile ones, one of an empty document, and more of one file than are shown.
fn reports() -> Vec<(&'static str, Report)> {
    let secret = TEXT.find("p8e-").unwrap();
    let secret = secret..secret + 10;
    let source = Source::new("./conf/a b.ims.yaml", TEXT).with_secrets(vec![secret]);
    let source = Arc::new(source);
    let elsewhere = Arc::new(Source::new("../other.ims.yaml", TEXT));
    let mut callback = finding(&source, "callback-not-https", Severity::Error, "http:");
    callback.fix = Some(Fix {
        title: "write `https`".to_owned(),
        safe: true,
        edits: vec![TextEdit {
            range: callback.location.range.clone(),
            text: "https:".to_owned(),
        }],
        changes: Vec::new(),
    });
    let mut mask = finding(
        &source,
        "mask-capture",
        Severity::Warning,
        "|\n    Campaign - (.*)\n    more",
    );
    mask.related = vec![Related {
        message: "the first one".to_owned(),
        location: finding(&elsewhere, "mask-capture", Severity::Note, "version").location,
    }];
    let ordinary = vec![
        finding(&source, "secret-in-manifest", Severity::Error, "p8e-canary"),
        callback,
        mask,
        finding(&elsewhere, "org-id-unusual", Severity::Note, "1"),
    ];
    let nasty = Arc::new(Source::new(format!("p/{HOSTILE}"), TEXT));
    let mut hostile = finding(&nasty, "mask-capture", Severity::Error, "more");
    hostile.message = HOSTILE.to_owned();
    hostile.help = HOSTILE.to_owned();
    hostile.environments = vec![HOSTILE.to_owned()];
    hostile.location.pointer = format!("/{HOSTILE}");
    hostile.related = vec![Related {
        message: HOSTILE.to_owned(),
        location: hostile.location.clone(),
    }];
    let edits = vec![TextEdit {
        range: hostile.location.range.clone(),
        text: HOSTILE.to_owned(),
    }];
    hostile.fix = Some(Fix {
        title: HOSTILE.to_owned(),
        safe: false,
        edits,
        changes: Vec::new(),
    });
    let nothing = Arc::new(Source::new("empty.ims.yaml", ""));
    let mut empty = finding(&nothing, "yaml-syntax", Severity::Error, "");
    empty.location.range = 0..0;
    let many = (0..1_001).map(|_| finding(&source, "mask-capture", Severity::Error, "more"));
    let files = vec!["./clean.ims.yaml".to_owned()];
    vec![
        ("ordinary", Report::new(ordinary, files.clone())),
        ("hostile", Report::new(vec![hostile], files.clone())),
        ("empty", Report::new(vec![empty], Vec::new())),
        ("many", Report::new(many.collect(), Vec::new())),
        ("clean", Report::new(Vec::new(), files)),
        ("none", Report::default()),
    ]
}

fn rules() -> Vec<RuleInfo> {
    [
        "callback-not-https",
        "mask-capture",
        "org-id-unusual",
        "secret-in-manifest",
        "yaml-syntax",
    ]
    .map(|id| RuleInfo {
        id,
        severity: Severity::Error,
        summary: format!("What `{id}` finds."),
        page: "What it finds.\n\n## Why\n\nSign-in fails.\n\n```yaml fires\na: b\n```\n",
        help_uri: Some(format!(
            "https://github.com/campaign-ims/campaign-ims/blob/main/docs/rules.md#{id}"
        )),
    })
    .into()
}

fn written(format: Format, report: &Report) -> String {
    let rules = rules();
    let ran: Vec<&str> = rules.iter().map(|rule| rule.id).collect();
    let context = Context {
        rules: &rules,
        ran: &ran,
        ..Context::plain("0.1.0")
    };
    let mut out = Vec::new();
    report::write(format, report, &context, &mut out).unwrap();
    String::from_utf8(out).unwrap()
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
    for (name, report) in reports() {
        let file = folder.path().join(name).with_extension("xml");
        fs::write(&file, written(Format::Junit, &report)).unwrap();
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
    for (name, report) in reports() {
        let file = folder.path().join(name).with_extension("sarif");
        fs::write(&file, written(Format::Sarif, &report)).unwrap();
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
    assert!(said.contains("6 files scanned"), "{said}");
    assert!(said.contains("Analysis completed successfully"), "{said}");
    for word in [": error ", ": warning "] {
        let lines: Vec<&str> = said.lines().filter(|line| line.contains(word)).collect();
        assert!(lines.is_empty(), "{lines:#?}");
    }
}

/// No format shows a secret, a hidden character or a command, wherever they were written.
#[test]
fn no_format_shows_what_it_must_not() {
    use clap::ValueEnum;
    for (name, report) in reports() {
        for &format in Format::value_variants() {
            let text = written(format, &report);
            let hidden = |character: &char| {
                *character != '\n' && campaign_ims::text::show::is_hidden(*character)
            };
            let found = text.chars().find(hidden);
            assert_eq!(found, None, "{name} {format:?}");
            for forbidden in ["##[", "##vso[", "p8e-canary"] {
                let unmasked = name == "hostile" && forbidden == "p8e-canary";
                assert!(
                    unmasked || !text.contains(forbidden),
                    "{name} {format:?} {forbidden}:\n{text}"
                );
            }
            let command = |line: &&str| line.trim_start().starts_with("::");
            let own = |line: &&str| {
                line.starts_with("::error file=") || line.starts_with("::warning file=")
            };
            let own = |line: &&str| {
                format == Format::Github && (own(line) || line.starts_with("::notice file="))
            };
            let first = text.lines().find(|line| command(line) && !own(line));
            assert_eq!(first, None, "{name} {format:?}");
        }
    }
}
