use super::{Parsed, Settings};
use crate::diagnostic::Severity;

fn good(text: &str) -> Parsed {
    let parsed = Settings::parse("campaign-ims.toml", text);
    assert_eq!(parsed.message(), None);
    parsed
}

fn bad(text: &str) -> String {
    let parsed = Settings::parse("campaign-ims.toml", text);
    parsed.message().unwrap()
}

#[test]
fn settings_are_read() {
    let parsed = good(
        "exclude = ['old/**']\nknown_ims_servers = ['IMS.Example.NET']\n[rules]\nmask-tenant = 'off'\nmask-shared = 'error'\n",
    );
    let settings = &parsed.settings;
    assert!(parsed.findings.is_empty());
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
    campaign-ims.toml:2:11: expected a list of strings, found a string
      help: write it as `exclude = ["archive/**"]`
    campaign-ims.toml:3:22: `'https://ims.example.net/a'` is no host name
      help: write a host alone, such as `"ims-na1.adobelogin.com"`
    campaign-ims.toml:3:51: expected a string, found a number
      help: write it as `known_ims_servers = ["ims.example.net"]`
    campaign-ims.toml:3:54: `'a b'` is no host name
      help: write a host alone, such as `"ims-na1.adobelogin.com"`
    campaign-ims.toml:5:15: `'warn'` is no level
      help: write `mask-tenant = "error"`, `"warning"`, `"note"` or `"off"`
    campaign-ims.toml:6:15: expected a level, found a boolean
      help: write `mask-shared = "error"`, `"warning"`, `"note"` or `"off"`
"#);
    insta::assert_snapshot!(bad("a = \n"), @r#"
    campaign-ims.toml:1:5: this is not TOML: string values must be quoted, expected literal string
      help: correct it, or quote what is meant as a text
"#);
    insta::assert_snapshot!(bad("exclude = ['a[', '!b']\nmask-tenant = 'off'\n"), @r"
campaign-ims.toml:1:12: `'a['` can match no file
  help: close the bracket, or write `\[` for a bracket in a name
campaign-ims.toml:1:18: `'!b'` is no glob
  help: name what is to be passed over, such as `archive/**`
campaign-ims.toml:2:1: `mask-tenant` is no key of this file
  help: the keys are `rules`, `exclude` and `known_ims_servers`; a rule's level stands below `[rules]`
");
    insta::assert_snapshot!(bad("exclude = ['./a/**', 'a/../b', 'a//b', '/c', 'd/', '[a', '[]a]', '[!]', 'old\\x']\n"), @r"
campaign-ims.toml:1:12: `'./a/**'` can match no file
  help: write it from this file's folder on, without `.`, `..` or `//`, such as `archive/**`
campaign-ims.toml:1:22: `'a/../b'` can match no file
  help: write it from this file's folder on, without `.`, `..` or `//`, such as `archive/**`
campaign-ims.toml:1:32: `'a//b'` can match no file
  help: write it from this file's folder on, without `.`, `..` or `//`, such as `archive/**`
campaign-ims.toml:1:52: `'[a'` can match no file
  help: close the bracket, or write `\[` for a bracket in a name
campaign-ims.toml:1:66: `'[!]'` can match no file
  help: close the bracket, or write `\[` for a bracket in a name
campaign-ims.toml:1:73: `'old\x'` can match no file
  help: write `/` between folders, also on Windows
");
    insta::assert_snapshot!(bad("\u{feff}rules = []"), @r#"
    campaign-ims.toml:1:9: expected a table, found a list
      help: write `[rules]` on a line of its own and `RULE = "off"` below it
"#);
    let parsed = Settings::parse("a.toml", b"# \xff\n");
    assert_eq!(parsed.mistakes[0].range, 2..2);
}

#[test]
fn what_has_no_mistake_is_set_all_the_same() {
    let text =
        "known_ims_servers = ['a.example.net', 1]\n[rules]\nmask-tenant = 'off'\nmask-shared = 1\n";
    let parsed = Settings::parse("a.toml", text);
    assert_eq!(parsed.mistakes.len(), 2);
    assert_eq!(&text[parsed.mistakes[0].range.clone()], "1");
    assert_eq!(parsed.settings.level("mask-tenant"), None);
    assert_eq!(parsed.settings.known_ims_servers, ["a.example.net"]);
}

#[test]
fn unknown_and_guarded_rules_are_findings() {
    let parsed = good(
        "[rules]\nmask-tennant = 'off'\nsecret-in-manifest = 'off'\nyaml-syntax = 'error'\nwrong-type = 'note'\n",
    );
    let findings = parsed.findings.iter();
    let said: Vec<String> = findings
        .map(|finding| {
            let line = parsed.source.line_of(finding.location.range.start);
            format!(
                "{line} {} {}: {}; {}",
                finding.rule.id, finding.location.pointer, finding.message, finding.help
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    2 unknown-rule /rules/mask-tennant: there is no rule `mask-tennant`; did you mean `mask-tenant`?
    3 unknown-rule /rules/secret-in-manifest: `secret-in-manifest` can be neither switched off nor lowered; remove the line; the rule stays an error, whatever a file says
    5 unknown-rule /rules/wrong-type: `wrong-type` can be neither switched off nor lowered; remove the line; the rule stays an error, whatever a file says
"#);
    for rule in ["secret-in-manifest", "wrong-type"] {
        assert_eq!(parsed.settings.level(rule), Some(Severity::Error));
    }
}

#[test]
fn nested_braces_are_refused_before_they_are_read() {
    let glob = "{a,".repeat(10_000) + &"}".repeat(10_000);
    let parsed = Settings::parse("a.toml", format!("exclude = ['{glob}']"));
    assert!(parsed.message().unwrap().contains("is no glob"));
    let many = Settings::parse("a.toml", format!("exclude = [{}]", "1, ".repeat(20_000)));
    assert!(many.message().unwrap().ends_with("19900 more mistakes"));
}
