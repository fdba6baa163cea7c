use std::fs;

use super::{Finder, Loaded, Mode, Settings, SettingsError, read::parse};
use crate::diagnostic::Severity;

fn good(text: &str) -> Loaded {
    parse("campaign-ims.toml", text.into()).unwrap_or_else(|error| panic!("{error}"))
}

fn bad(text: &str) -> String {
    match parse("campaign-ims.toml", text.into()) {
        Err(error) => error.to_string(),
        Ok(loaded) => panic!("{:?}", loaded.settings),
    }
}

#[test]
fn settings_are_read() {
    let loaded = good(
        "exclude = ['old/**']\nknown_ims_servers = ['IMS.Example.NET']\n[rules]\nmask-tenant = 'off'\nmask-shared = 'error'\n",
    );
    let settings = &loaded.settings;
    assert!(loaded.findings.is_empty());
    assert_eq!(settings.known_ims_servers, ["ims.example.net"]);
    assert_eq!(settings.level("mask-tenant"), None);
    assert_eq!(settings.level("mask-shared"), Some(Severity::Error));
    assert_eq!(settings.level("mask-overlap"), Some(Severity::Warning));
    assert_eq!(good("").settings, Settings::default());
    assert_eq!(good("\u{feff}[rules]\n").settings, Settings::default());
}

#[test]
fn every_mistake_has_its_place() {
    insta::assert_snapshot!(bad(
        "rule = 1\nexclude = 'x'\nknown_ims_servers = ['https://ims.example.net/a', 7, 'a b']\n[rules]\nmask-tenant = 'warn'\nmask-shared = true\n"
    ), @r#"
    campaign-ims.toml:1:1: `rule` is no key of this file
      help: did you mean `rules`?
    campaign-ims.toml:2:11: `exclude` is a list of texts, and this is a text
      help: write it as `exclude = ["archive/**"]`
    campaign-ims.toml:3:22: `'https://ims.example.net/a'` is no host name
      help: write the host alone: `"ims.example.net"`
    campaign-ims.toml:3:51: `known_ims_servers` is a list of texts, and this is a number
      help: write it as `known_ims_servers = ["ims.example.net"]`
    campaign-ims.toml:3:54: `'a b'` is no host name
      help: write a host alone, such as `"ims-na1.adobelogin.com"`
    campaign-ims.toml:5:15: `'warn'` is no level
      help: did you mean `"warning"`?
    campaign-ims.toml:6:15: a rule's level is a text, and this is `true` or `false`
      help: write `mask-shared = "error"`, `"warning"`, `"note"` or `"off"`
"#);
    insta::assert_snapshot!(bad("a = \n"), @r#"
    campaign-ims.toml:1:5: this is not TOML: string values must be quoted, expected literal string
      help: correct it, or quote what is meant as a text
"#);
    insta::assert_snapshot!(bad("exclude = ['a[', '!b']\nmask-tenant = 'off'\n"), @r#"
    campaign-ims.toml:1:18: `'!b'` is no glob
      help: name what is to be passed over, such as `archive/**`
    campaign-ims.toml:2:1: `mask-tenant` is no key of this file
      help: write the rule below `[rules]`
"#);
    assert!(bad("\u{feff}rule = 1").starts_with("campaign-ims.toml:1:1: `rule` is"));
    insta::assert_snapshot!(bad("rules = []"), @r#"
    campaign-ims.toml:1:9: `rules` is a table, and this is a list
      help: write `[rules]` on a line of its own and `RULE = "off"` below it
"#);
}

#[test]
fn a_bad_byte_has_its_place() {
    let error = parse("a.toml", b"# \xff\n".to_vec()).unwrap_err();
    assert!(error.to_string().starts_with("a.toml:1:3: "), "{error}");
}

#[test]
fn unknown_and_guarded_rules_are_findings() {
    let loaded = good(
        "[rules]\nmask-tennant = 'off'\nsecret-in-manifest = 'off'\nyaml-syntax = 'error'\nwrong-type = 'note'\n",
    );
    let said: Vec<String> = loaded
        .findings
        .iter()
        .map(|finding| {
            let line = finding
                .location
                .source
                .line_of(finding.location.range.start);
            format!(
                "{line} {} {}: {}; {}",
                finding.rule, finding.location.pointer, finding.message, finding.help
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    2 unknown-rule /rules/mask-tennant: there is no rule `mask-tennant`; did you mean `mask-tenant`?
    3 unknown-rule /rules/secret-in-manifest: `secret-in-manifest` can be neither switched off nor lowered; remove the line; the rule stays an error, whatever a file says
    5 unknown-rule /rules/wrong-type: `wrong-type` can be neither switched off nor lowered; remove the line; the rule stays an error, whatever a file says
"#);
    for rule in ["secret-in-manifest", "wrong-type"] {
        assert_eq!(loaded.settings.level(rule), Some(Severity::Error));
    }
}

#[test]
fn the_nearest_file_within_the_repository_counts() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    for path in ["repo/.git", "repo/a/b/c", "repo/d"] {
        fs::create_dir_all(at(path)).unwrap();
    }
    fs::write(at("campaign-ims.toml"), "[rules]\nmask-tenant = 'note'\n").unwrap();
    fs::write(
        at("repo/a/campaign-ims.toml"),
        "exclude = ['old', '/c/*.yaml']\n",
    )
    .unwrap();
    let finder = Finder::new(Mode::Nearest).unwrap();
    let found = |path: &str| finder.for_manifest(&at(path)).unwrap();
    let near = found("repo/a/b/c/x.yaml");
    assert!(
        near.path
            .as_ref()
            .unwrap()
            .ends_with("repo/a/campaign-ims.toml")
    );
    assert!(std::sync::Arc::ptr_eq(&near, &found("repo/a/y.yaml")));
    assert!(near.excludes(&at("repo/a/b/old/x.yaml")) && !near.excludes(&at("repo/a/b/c/x.yaml")));
    assert!(near.excludes(&at("repo/a/c/x.yaml")) && !near.excludes(&at("repo/old")));
    assert!(found("repo/d/x.yaml").path.is_none());
    assert!(found("x.yaml").path.is_some());
    assert_eq!(finder.loaded().len(), 2);

    fs::write(at("repo/campaign-ims.toml"), "").unwrap();
    let finder = Finder::new(Mode::Nearest).unwrap();
    assert!(
        finder
            .for_manifest(&at("repo/d/x.yaml"))
            .unwrap()
            .path
            .is_some()
    );
    let finder = Finder::new(Mode::File(at("campaign-ims.toml"))).unwrap();
    let loaded = finder.for_manifest(&at("repo/d/x.yaml")).unwrap();
    assert_eq!(loaded.settings.level("mask-tenant"), Some(Severity::Note));
    let finder = Finder::new(Mode::Nothing).unwrap();
    assert!(finder.for_manifest(&at("x.yaml")).unwrap().path.is_none());
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let error = Finder::new(Mode::File(folder.path().join("no.toml"))).unwrap_err();
    assert!(matches!(error, SettingsError::Io { .. }));
    let error = Finder::new(Mode::File(folder.path().to_owned())).unwrap_err();
    assert!(error.to_string().ends_with("it is no regular file"));
}
