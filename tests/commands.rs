//! `check` and `render` as a user runs them: exit codes, what goes where, environments.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::{fs, path::Path};

use support::{MANIFEST, Run, TWO_ENVIRONMENTS, folder, program, run};

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<package buildNumber="9394" buildVersion="6.7" label="IMS configuration of contoso-prod" name="ims-contoso-prod" namespace="cus">
  <entities schema="xtk:group">
    <group label="Reviewers" name="reviewers"/>
  </entities>
  <entities schema="nms:extAccount">
    <extAccount active="1" callbackServer="https://campaign.fabrikam.com" clientId="Campaign1" imsOrgId="7A1E42C95D3B4F600A495E31@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" label="MAC" name="Adobe_Experience_Cloud" packageAutoExport="0" productContext="dma_campaign_classic" server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/>
  </entities>
</package>
"#;

fn run_with(folder: &Path, arguments: &[&str], stdin: &str) -> Run {
    let mut command = program(folder);
    command.args(arguments).write_stdin(stdin);
    command.output().unwrap().into()
}

/// The rules that a JSON report names, in its order.
fn rules(json: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_right_manifest_is_clean_and_renders_to_the_contracts_bytes() {
    let folder = folder(&[("prod.ims.yaml", MANIFEST)]);
    let check = run(folder.path(), &["check"]);
    assert_eq!(
        (check.code, check.stdout.as_str()),
        (
            0,
            "contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers\nChecked 1 file: no findings.\n"
        )
    );
    let render = run(folder.path(), &["render", "prod.ims.yaml"]);
    assert_eq!((render.code, render.stdout.as_str()), (0, PACKAGE));
    assert!(
        render.stderr.contains("Restart the server"),
        "{}",
        render.stderr
    );
    let quiet = run(folder.path(), &["render", "prod.ims.yaml", "--quiet"]);
    assert_eq!(
        (quiet.stdout.as_str(), quiet.stderr.as_str()),
        (PACKAGE, "")
    );
}

#[test]
fn findings_decide_the_exit_code_at_the_chosen_level() {
    let warning = MANIFEST.replace("  client_id", "  enabled: false\n  client_id");
    let folder = folder(&[("prod.ims.yaml", &warning)]);
    let code = |arguments: &[&str]| run(folder.path(), arguments).code;
    assert_eq!(code(&["check"]), 0);
    assert_eq!(code(&["check", "--fail-on", "warning"]), 1);
    assert_eq!(code(&["check", "--fail-on", "note"]), 1);
    assert_eq!(code(&["check", "--fail-on", "never"]), 0);
    let error = MANIFEST.replace("callback_server: https", "callback_server: http");
    let broken = self::folder(&[("prod.ims.yaml", &error)]);
    let code = |arguments: &[&str]| run(broken.path(), arguments).code;
    assert_eq!(code(&["check"]), 1);
    assert_eq!(code(&["check", "--fail-on", "never"]), 0);
    assert_eq!(code(&["check", ".", "missing.ims.yaml"]), 2);
    assert_eq!(code(&["check", "--env", "prod"]), 2);
    assert_eq!(code(&["check", "--nonsense"]), 2);
}

#[test]
fn folders_are_searched_for_manifests_that_git_does_not_ignore() {
    let folder = folder(&[
        ("a.ims.yaml", MANIFEST),
        (
            "deep/er/b.ims.yml",
            &MANIFEST.replace("contoso-prod", "contoso-other"),
        ),
        ("other.yaml", "nonsense"),
        ("ignored/c.ims.yaml", "nonsense"),
        (".gitignore", "ignored/\n"),
    ]);
    let json = run(folder.path(), &["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["summary"]["files"], 2);
    // Two instances with one callback and one mask: what rules between files are for.
    assert_eq!(rules(&json.stdout), ["callback-shared", "mask-shared"]);
    assert_eq!(value["findings"][0]["path"], "deep/er/b.ims.yml");
    assert_eq!(value["findings"][0]["related"][0]["path"], "a.ims.yaml");
    let once = run(
        folder.path(),
        &["check", "a.ims.yaml", "./a.ims.yaml", "--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_str(&once.stdout).unwrap();
    assert_eq!(value["summary"]["files"], 1);
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let folder = folder(&[]);
    let text = MANIFEST.replace("callback_server: https", "callback_server: http");
    let named = run_with(
        folder.path(),
        &[
            "check",
            "-",
            "--stdin-filename",
            "x.ims.yaml",
            "--format",
            "json",
        ],
        &text,
    );
    let value: serde_json::Value = serde_json::from_str(&named.stdout).unwrap();
    assert_eq!(value["findings"][0]["path"], "x.ims.yaml");
    assert_eq!(named.code, 1);
    assert_eq!(
        run_with(folder.path(), &["render", "-"], MANIFEST).stdout,
        PACKAGE
    );
}

#[test]
fn one_environment_is_checked_alone() {
    let text = TWO_ENVIRONMENTS.replace(
        "callback_server: https://stage",
        "callback_server: http://stage",
    );
    let folder = folder(&[("all.ims.yaml", &text)]);
    for (environment, code) in [("prod", 0), ("stage", 1), ("dev", 2)] {
        let arguments = ["check", "--env", environment];
        assert_eq!(run(folder.path(), &arguments).code, code, "{environment}");
    }
}

#[test]
fn several_environments_render_into_a_folder_all_or_none() {
    let text = format!("{TWO_ENVIRONMENTS}    groups: {{ reviewers: null }}\n");
    let folder = folder(&[("all.ims.yaml", &text)]);
    let undecided = run(folder.path(), &["render", "all.ims.yaml"]);
    assert_eq!(undecided.code, 2);
    assert!(
        undecided.stderr.contains("`prod` or `stage`"),
        "{}",
        undecided.stderr
    );
    let written = run(
        folder.path(),
        &["render", "all.ims.yaml", "--out-dir", "out"],
    );
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    let prod = fs::read_to_string(folder.path().join("out/contoso-prod.xml")).unwrap();
    assert_eq!(prod, PACKAGE);
    let stage = fs::read_to_string(folder.path().join("out/contoso-stage.xml")).unwrap();
    assert!(stage.contains("Campaign - contoso-stage - (.*)") && !stage.contains("xtk:group"));
    let check = run(
        folder.path(),
        &["render", "all.ims.yaml", "--out-dir", "out", "--check"],
    );
    assert_eq!(check.code, 0, "{}", check.stderr);
    fs::write(folder.path().join("out/contoso-stage.xml"), "older").unwrap();
    let check = run(
        folder.path(),
        &["render", "all.ims.yaml", "--out-dir", "out", "--check"],
    );
    assert_eq!(check.code, 1);
    assert_eq!(
        fs::read_to_string(folder.path().join("out/contoso-stage.xml")).unwrap(),
        "older"
    );
}

#[test]
fn with_errors_nothing_is_written() {
    let text = MANIFEST.replace("callback_server: https", "callback_server: http");
    let folder = folder(&[("prod.ims.yaml", &text)]);
    let render = run(folder.path(), &["render", "prod.ims.yaml", "-o", "out.xml"]);
    assert_eq!((render.code, render.stdout.as_str()), (1, ""));
    assert!(
        render.stderr.contains("callback-not-https"),
        "{}",
        render.stderr
    );
    assert!(!folder.path().join("out.xml").exists());
    let onto = run(folder.path(), &["check", "--output", "json=prod.ims.yaml"]);
    assert_eq!(onto.code, 2);
    assert_eq!(
        fs::read_to_string(folder.path().join("prod.ims.yaml")).unwrap(),
        text
    );
}

#[test]
fn no_output_is_written_onto_a_configuration_or_a_secrets_file() {
    let manifest = MANIFEST.replace("env: SECRET_OF_PROD", "file: secret.txt");
    let files = [
        ("prod.ims.yaml", manifest.as_str()),
        ("campaign-ims.toml", "[rules]\n"),
        ("secret.txt", "kept"),
    ];
    let folder = folder(&files);
    let attempts: [&[&str]; 5] = [
        &["render", "prod.ims.yaml", "-o", "campaign-ims.toml"],
        &["render", "prod.ims.yaml", "-o", "./secret.txt"],
        &["check", "--output", "json=campaign-ims.toml"],
        &[
            "check",
            "prod.ims.yaml",
            "--write-baseline",
            "campaign-ims.toml",
        ],
        &["check", "--write-baseline", "new", "--output", "json=new"],
    ];
    for arguments in attempts {
        let run = run(folder.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        for (name, text) in files {
            let kept = fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(kept, text, "{arguments:?}");
        }
    }
}

#[test]
fn explain_knows_its_rules_and_guesses_at_others() {
    let folder = folder(&[]);
    let page = run(folder.path(), &["explain", "callback-not-https"]);
    assert!(page.stdout.starts_with("# callback-not-https\n"));
    let near = run(folder.path(), &["explain", "callback-not-http"]);
    assert_eq!(near.code, 2);
    assert!(
        near.stderr.contains("did you mean `callback-not-https`?"),
        "{}",
        near.stderr
    );
    assert_eq!(run(folder.path(), &["rules"]).code, 0);
}

#[test]
fn what_would_keep_a_check_busy_is_refused_or_cut_short() {
    let groups: String = (0..8_000)
        .map(|number| format!("  g{number}: {{ create: true }}\n"))
        .collect();
    let environments: String = (0..15_000)
        .map(|number| format!("  e{number}: {{}}\n"))
        .collect();
    let many = format!("{MANIFEST}{groups}environments:\n{environments}");
    let look_alikes = MANIFEST.replace(
        "client_id: Campaign1",
        &format!("client_id: {}b", "a\u{a0}".repeat(20_000)),
    );
    let unknown: String = (0..20_000)
        .map(|number| format!("u{number}: 1\n"))
        .collect();
    let folder = folder(&[
        ("many.yaml", &many),
        ("look-alikes.yaml", &look_alikes),
        ("unknown.yaml", &format!("{MANIFEST}{unknown}")),
    ]);
    let count = |file: &str, rule: &str| {
        let json = run(folder.path(), &["check", file, "--format", "json"]).stdout;
        rules(&json).iter().filter(|found| *found == rule).count()
    };
    assert_eq!(count("many.yaml", "yaml-limits"), 1);
    assert_eq!(count("look-alikes.yaml", "value-confusable"), 20);
    assert_eq!(count("unknown.yaml", "unknown-field"), 1_000);
}

#[test]
fn a_diff_has_colours_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("cases/callback-not-https/http.ims.yaml");
    fs::write(folder.path().join("a.ims.yaml"), text).unwrap();
    let coloured = run(
        folder.path(),
        &["check", "--diff", "--color", "always", "a.ims.yaml"],
    );
    assert!(
        coloured.stdout.contains("\n\u{1b}[32m+"),
        "{}",
        coloured.stdout
    );
    let plain = run(folder.path(), &["check", "--diff", "a.ims.yaml"]);
    assert!(plain.stdout.contains("\n+") && !plain.stdout.contains('\u{1b}'));
}
