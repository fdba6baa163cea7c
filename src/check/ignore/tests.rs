use super::*;
use crate::check::judge;

/// Judges and suppresses; gives each finding's line, rule and text.
fn left(text: &str, settings: &Settings, one: bool) -> (Vec<String>, Ignores) {
    let mut judged = judge("a.ims.yaml", text.into(), settings, None);
    let ignores = apply(&mut judged, settings, one);
    let told = judged.findings.iter().map(|finding| {
        let location = &finding.location;
        let line = location.source.line_of(location.range.start);
        format!(
            "{line} {} {:?}",
            finding.rule,
            location.source.shown(location.range.clone())
        )
    });
    (told.collect(), ignores)
}

fn found(text: &str) -> Vec<String> {
    left(text, &Settings::default(), false).0
}

/// A right manifest; each `@N` is a place for a comment or another text.
fn manifest(places: &[(&str, &str)]) -> String {
    let mut text = "\
version: 1
organization: { name: Contoso, id: 4E3D60F754C8E5D50A4C98A2@AdobeOrg, tenant: contoso }
instance:
  name: contoso-prod
  url: https://campaign.contoso.com
  hosting: on-premise
  build: { version: \"6.7\", number: 9394 }
external_account:
@above
  enabled: true@enabled
  type: N
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  callback_server: https://campaign.contoso.com
  association_mask: @mask
  product_context: dma_campaign_classic
groups:
  admin: {}
"
    .replace("  type: N\n", "  type: 99\n");
    for (place, with) in places {
        let at = format!("@{place}");
        assert!(text.contains(&at), "{place}");
        text = text.replace(&at, with);
    }
    text.replace("@above\n", "")
        .replace("@enabled", "")
        .replace("@mask", "Campaign - contoso - (.*)")
}

fn disabled(places: &[(&str, &str)]) -> Vec<String> {
    let text = manifest(places).replace("enabled: true", "enabled: false");
    found(&text)
}

#[test]
fn the_manifest_of_these_tests_is_right() {
    assert_eq!(found(&manifest(&[])), [""; 0]);
    assert_eq!(disabled(&[]).len(), 1);
}

#[test]
fn an_ignore_counts_on_its_line_and_above() {
    let none: [&str; 0] = [];
    let ignore = "# campaign-ims: ignore[account-disabled]";
    assert_eq!(
        disabled(&[("enabled", &format!(" {ignore}: planned"))]),
        none
    );
    for above in [
        format!("{ignore}\n"),
        format!("      {ignore}\n  # why\n"),
        format!("  # why\n  {ignore}\n"),
        "  # campaign-ims: ignore[unknown-rule, x]\n  # campaign-ims: ignore[account-disabled]\n"
            .to_owned(),
    ] {
        assert_eq!(disabled(&[("above\n", &above)]), none, "{above}");
    }
    for apart in [format!("  {ignore}\n\n"), format!("  x-y: 1 {ignore}\n")] {
        let left = disabled(&[("above\n", &apart)]);
        assert!(
            left.iter().any(|line| line.contains("account-disabled")),
            "{left:?}"
        );
        assert!(
            left.iter().any(|line| line.contains("unused-ignore")),
            "{left:?}"
        );
    }
    // A text is no comment.
    let left = disabled(&[("mask", &format!("'Campaign - contoso - (.*) {ignore}'"))]);
    assert!(left.iter().any(|line| line.contains("account-disabled")));
}

#[test]
fn in_a_scalar_of_several_lines_the_keys_line_counts() {
    let mask = "Campaign - contoso.x - (.*)";
    let plain = found(&manifest(&[("mask", mask)]));
    assert_eq!(plain, ["15 mask-unescaped \".\""]);
    let ignore = "# campaign-ims: ignore[mask-unescaped]";
    for written in [
        format!("{mask} {ignore}"),
        format!(">- {ignore}\n    Campaign -\n    contoso.x - (.*)"),
        format!("{ignore}\n    Campaign -\n    contoso.x - (.*)"),
    ] {
        assert_eq!(
            found(&manifest(&[("mask", &written)])),
            [""; 0],
            "{written}"
        );
    }
}

#[test]
fn what_ignores_nothing_is_said_where_it_stands() {
    let said = |comment: &str| found(&manifest(&[("enabled", &format!(" {comment} because"))]));
    for (comment, expected) in [
        (
            "ignore[account-disabled]",
            &["unused-ignore \"# campaign-ims: ignore[account-disabled]\""][..],
        ),
        (
            "ignore[account-disabled, mask-tenant]",
            &["unused-ignore \"# campaign-ims: ignore[account-disabled, mask-tenant]\""],
        ),
        (
            "ignore[mask-tennant, mask-tenant, wrong-type]",
            &[
                "unknown-rule \"mask-tennant\"",
                "unused-ignore \"mask-tenant\"",
                "unused-ignore \"wrong-type\"",
            ],
        ),
        ("ignore[unused-ignore, mask-tenant]", &[]),
        (
            "ignore[unused-ignore]",
            &["unused-ignore \"unused-ignore\""],
        ),
        (
            "ignore[*]",
            &["unused-ignore \"# campaign-ims: ignore[*]\""],
        ),
        (
            "ignore[secret-in-manifest]",
            &["unused-ignore \"# campaign-ims: ignore[secret-in-manifest]\""],
        ),
        ("ignore[mask-shared]", &[]),
    ] {
        let expected: Vec<String> = expected.iter().map(|said| format!("9 {said}")).collect();
        assert_eq!(said(&format!("# campaign-ims: {comment}")), expected);
    }
}

#[test]
fn what_is_guarded_stays() {
    let text = manifest(&[]).replace(
        "hosting: on-premise",
        "hosting: x # campaign-ims: ignore[invalid-value]",
    );
    let mut settings = Settings::default();
    settings.levels.insert("invalid-value".to_owned(), None);
    settings.levels.insert("unused-ignore".to_owned(), None);
    assert_eq!(left(&text, &settings, false).0, ["6 invalid-value \"x\""]);
}

#[test]
fn levels_are_set_and_an_ignore_of_a_rule_that_is_off_is_used() {
    let ignore = " # campaign-ims: ignore[account-disabled]";
    let text = manifest(&[("enabled", ignore)]).replace("enabled: true", "enabled: false");
    let mut settings = Settings::default();
    settings.levels.insert("account-disabled".to_owned(), None);
    assert_eq!(left(&text, &settings, false).0, [""; 0]);
    assert_eq!(left(&text.replace(ignore, ""), &settings, false).0, [""; 0]);
    settings
        .levels
        .insert("account-disabled".to_owned(), Some(Severity::Note));
    let mut judged = judge("a", text.replace(ignore, "").into(), &settings, None);
    apply(&mut judged, &settings, false);
    assert_eq!(judged.findings[0].severity, Severity::Note);
}

#[test]
fn of_one_environment_nothing_is_unused() {
    let text = manifest(&[("enabled", " # campaign-ims: ignore[mask-tenant, nope]")]);
    let left = left(&text, &Settings::default(), true).0;
    assert!(
        left.len() == 1 && left[0].contains("unknown-rule"),
        "{left:?}"
    );
}

#[test]
fn without_a_document_no_ignore_counts() {
    let left = found("a: [ # campaign-ims: ignore[yaml-syntax, nope]\n");
    assert!(
        left.len() == 1 && left[0].contains("yaml-syntax"),
        "{left:?}"
    );
}

#[test]
fn rules_between_instances_are_ignored_at_the_end() {
    let mask = ">-\n    Campaign - contoso - (.*)";
    let text = manifest(&[("mask", mask)]).replace(">-", ">- # campaign-ims: ignore[mask-shared]");
    let (left, ignores) = left(&text, &Settings::default(), false);
    assert_eq!(left, [""; 0]);
    let source = Arc::new(Source::new("a.ims.yaml", text.clone()));
    let finding = |rule, at: usize| Finding {
        rule,
        severity: Severity::Note,
        key: String::new(),
        message: String::new(),
        help: String::new(),
        location: Location {
            source: source.clone(),
            pointer: String::new(),
            range: at..at + 1,
        },
        environments: Vec::new(),
        related: Vec::new(),
        fix: None,
    };
    let header = text.find(">-").unwrap();
    assert!(ignores.covers(&finding("mask-shared", header)));
    assert!(ignores.covers(&finding("mask-shared", text.find("Campaign -").unwrap())));
    assert!(!ignores.covers(&finding("mask-overlap", header)));
    assert!(!ignores.covers(&finding("mask-shared", text.find("groups").unwrap())));
    assert!(!ignores.is_empty());
}
