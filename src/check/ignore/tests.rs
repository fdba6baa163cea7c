use std::sync::Arc;

use crate::check::{self, settings::Settings};

/// A manifest whose only finding is that its account is disabled.
const MANIFEST: &str = r#"version: 1
organization: { name: Contoso, id: 7A1E42C95D3B4F600A495E31@AdobeOrg, tenant: contoso }
instance:
  name: contoso-prod
  url: https://campaign.fabrikam.com
  hosting: on-premise
  build: { version: "6.7", number: 9394 }
external_account:
@above  enabled: false @beside
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  callback_server: https://campaign.fabrikam.com
  association_mask: @mask
  product_context: dma_campaign_classic
groups:
  admin: {}
"#;

fn manifest(above: &str, beside: &str, mask: &str) -> String {
    let text = MANIFEST.replace("@above", above).replace("@beside", beside);
    text.replace("@mask", mask)
}

/// Each finding's rule and text, `#:` for the name of the tool in a comment.
fn found_with(text: &str, settings: Settings, only: Option<&str>) -> Vec<String> {
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
const DISABLED: &str = "account-disabled false";

#[test]
fn an_ignore_counts_on_its_line_and_for_the_line_below() {
    let ignore = "#: ignore[account-disabled]";
    assert_eq!(found(&manifest("", "", MASK)), [DISABLED]);
    for (above, beside) in [
        ("", "#: ignore[account-disabled]: planned"),
        (
            "",
            "#:  ignore [ mask-tenant , account-disabled, ] #: ignore[unused-ignore]",
        ),
        ("", "# why #: ignore[account-disabled]"),
        ("#: ignore[account-disabled]\n", ""),
        ("      #: ignore[account-disabled]\n  # why\n", ""),
        ("  # why\n  #: ignore[account-disabled]\n", ""),
        (
            "  #: ignore[unknown-rule, x]\n  #: ignore[account-disabled]\n",
            "",
        ),
    ] {
        let left = found(&manifest(above, beside, MASK));
        assert_eq!(left, [""; 0], "{above} {beside}");
    }
    let unused = format!("unused-ignore {ignore}");
    for apart in [format!("  {ignore}\n\n"), format!("  x-y: 1 {ignore}\n")] {
        let mut left = found(&manifest(&apart, "", MASK));
        left.retain(|found| !found.starts_with("unknown-field"));
        assert_eq!(left, [&unused, DISABLED]);
    }
    // A text is no comment.
    let left = found(&manifest("", "", &format!("'{MASK} {ignore}'")));
    assert!(left.contains(&DISABLED.to_owned()), "{left:?}");
}

#[test]
fn in_a_scalar_below_its_key_the_keys_line_counts() {
    let mask = "Campaign - contoso.x - (.*)";
    let beside = "#: ignore[account-disabled]";
    let ignore = "#: ignore[mask-unescaped]";
    assert_eq!(found(&manifest("", beside, mask)), ["mask-unescaped ."]);
    for written in [
        format!("{mask} {ignore}"),
        format!(">- {ignore}\n    Campaign -\n    contoso.x - (.*)"),
        format!("{ignore}\n    Campaign -\n    contoso.x - (.*)"),
        format!("{ignore}\n    {mask}"),
    ] {
        let left = found(&manifest("", beside, &written));
        assert_eq!(left, [""; 0], "{written}");
    }
}

#[test]
fn what_ignores_nothing_is_said_where_it_stands() {
    for (comment, expected) in [
        (
            "#: ignore[mask-tenant] because",
            &["#: ignore[mask-tenant]"][..],
        ),
        (
            "#: ignore[mask-tenant, scope-missing]",
            &["mask-tenant", "scope-missing"],
        ),
        (
            "#: ignore[mask-tenant, wrong-type]",
            &["mask-tenant", "wrong-type"],
        ),
        ("#: ignore[unused-ignore]", &["#: ignore[unused-ignore]"]),
        ("#: ignore[unused-ignore, mask-tenant]", &[]),
        (
            "#: ignore[secret-in-manifest]",
            &["#: ignore[secret-in-manifest]"],
        ),
        // Whether a rule between instances speaks is known at the end.
        ("#: ignore[mask-shared]", &[]),
        ("#: ignore", &["#: ignore"]),
        ("#: ignore mask-tenant", &["#: ignore"]),
        ("#: ignore[ ,] x", &["#: ignore[ ,]"]),
        ("#: ignore[*] x", &["#: ignore[*]"]),
        ("#: ignore[mask-tenant ", &["#: ignore[mask-tenant"]),
        ("#: Ignore[mask-tenant]", &["#: Ignore[mask-tenant]"]),
        ("# campaign-ims ignore[a]", &["# campaign-ims ignore[a]"]),
        // Other sentences are nobody's business.
        ("# campaign-ims checks this", &[]),
        ("#: see the wiki", &[]),
        ("# a#: ignore[a]", &[]),
        ("# ignore[a]", &[]),
        ("# a campaign-ims: ignore[a]", &[]),
    ] {
        let mut left = found(&manifest("", comment, MASK));
        left.retain(|found| found != DISABLED);
        let expected: Vec<String> = expected
            .iter()
            .map(|at| format!("unused-ignore {at}"))
            .collect();
        assert_eq!(left, expected, "{comment}");
    }
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
