use std::sync::Arc;

use crate::{
    check::{self, settings::Settings},
    text::table,
};

/// A manifest whose only finding is that its account is disabled.
fn manifest(above: &str, beside: &str, mask: &str) -> String {
    include_str!("../../../tests/cases/right/base.ims.yaml")
        .replace(
            "  enabled: true",
            &format!("{above}  enabled: false {beside}"),
        )
        .replace(MASK, mask)
        .replace("    profile: Campaign - contoso - reviewers\n", "")
}

/// Each finding's rule and text, `#:` for the name of the tool in a comment.
fn found_with(text: &str, mut settings: Settings, only: Option<&str>) -> Vec<String> {
    settings.levels.insert("sample-value".to_owned(), None);
    let text = text.replace("#:", "# campaign-ims:");
    let checked = check::text("a", "a", text, &Arc::new(settings), only);
    let findings = checked.judged.findings.iter();
    let told = findings.map(|finding| {
        let location = &finding.location;
        let text = location.source.shown(location.range.clone());
        let text = text.replace("# campaign-ims:", "#:");
        format!("{} {text}", finding.rule.id)
    });
    told.collect()
}

fn found(text: &str) -> Vec<String> {
    found_with(text, Settings::default(), None)
}

const MASK: &str = "Campaign - contoso - (.*)";

#[test]
fn comments_count_as_the_table_says() {
    table::check("ignores", |input| {
        let parts: Vec<String> = serde_json::from_str(input).unwrap();
        let mask = parts.get(2).map_or(MASK, String::as_str);
        found(&manifest(&parts[0], &parts[1], mask))
    });
}

#[test]
fn unknown_rules_are_said_and_of_one_environment_nothing_is_unused() {
    let text = manifest("", "#: ignore[mask-tenant, nope, account-disabled]", MASK);
    let left = found_with(&text, Settings::default(), Some("prod"));
    assert_eq!(left, ["unknown-rule nope"]);
    assert_eq!(
        found(&text),
        ["unused-ignore mask-tenant", "unknown-rule nope"]
    );
    let broken = found("a: [ #: ignore[yaml-syntax, nope]\n");
    assert!(
        broken.len() == 1 && broken[0].starts_with("yaml-syntax"),
        "{broken:?}"
    );
}

#[test]
fn settings_and_comments_go_together_and_what_is_guarded_stays() {
    let mut settings = Settings::default();
    for rule in ["invalid-value", "unused-ignore", "account-disabled"] {
        settings.levels.insert(rule.to_owned(), None);
    }
    let text = manifest("", "#: ignore[account-disabled]", MASK);
    let text = text.replace("hosting: on-premise", "hosting: x #: ignore[invalid-value]");
    assert_eq!(
        found_with(&text, settings.clone(), None),
        ["invalid-value x"]
    );
    // An ignore of a rule that is off is used.
    settings.levels.remove("unused-ignore");
    let left = found_with(&text, settings, None);
    assert_eq!(
        left,
        ["invalid-value x", "unused-ignore #: ignore[invalid-value]"]
    );
}
