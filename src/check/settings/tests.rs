use super::{Parsed, Settings};
use crate::{diagnostic::Severity, text::table};

fn parsed(text: impl Into<Vec<u8>>) -> Parsed {
    Settings::parse("campaign-ims.toml", text)
}

/// The mistakes of a configuration and what it sets without effect; and then what it sets.
fn told(input: &str) -> Vec<String> {
    let text: String = serde_json::from_str(input).unwrap();
    let parsed = parsed(text);
    let message = parsed.message().unwrap_or_default();
    let mut told: Vec<String> = message.lines().map(str::to_owned).collect();
    told.extend(parsed.findings.iter().map(|finding| {
        let (location, rule) = (&finding.location, finding.rule.id);
        let line = parsed.source.line_of(location.range.start);
        let (pointer, message) = (&location.pointer, &finding.message);
        format!("{line} {rule} {pointer}: {message}; {}", finding.help)
    }));
    let Settings {
        levels,
        known_ims_servers,
        exclude,
    } = parsed.settings;
    told.push(format!("sets {levels:?} {known_ims_servers:?} {exclude:?}"));
    told
}

#[test]
fn configurations_are_read_as_the_table_says() {
    table::check("settings", told);
    assert_eq!(parsed(b"# \xff\n").mistakes[0].range, 2..2);
}

#[test]
fn a_rule_has_its_own_level_where_none_is_set_or_none_can_be() {
    let text = "[rules]\nmask-tenant = 'off'\nmask-shared = 'error'\nwrong-type = 'note'\n";
    let settings = parsed(text).settings;
    for (rule, level) in [
        ("mask-tenant", None),
        ("mask-shared", Some(Severity::Error)),
        ("mask-overlap", Some(Severity::Warning)),
        ("wrong-type", Some(Severity::Error)),
    ] {
        assert_eq!(settings.level(rule), level, "{rule}");
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
