//! One mistake, one finding: where two rules could speak, the one speaks that says what to change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod common;

use common::{check_all, path};

/// The right manifest with one change: what is found, and where.
#[track_caller]
fn changed(changes: &[(&str, &str)], expected: &[(&str, &str)]) {
    let mut text = std::fs::read_to_string(path("tests/right/base.ims.yaml")).unwrap();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "`{old}` is not there once");
        text = text.replace(old, new);
    }
    let found = check_all(&text);
    let places: Vec<(&str, &str)> = found
        .iter()
        .map(|found| (found.rule, found.text.as_str()))
        .collect();
    assert_eq!(places, expected, "{found:#?}");
}

#[test]
fn a_misspelt_required_field_is_not_missing_too() {
    changed(
        &[("  client_id:", "  clientId:")],
        &[("unknown-field", "clientId")],
    );
    changed(
        &[("  client_id:", "  colour:")],
        &[
            ("missing-field", "external_account"),
            ("unknown-field", "colour"),
        ],
    );
}

#[test]
fn an_unknown_field_of_a_patch_is_reported_once() {
    changed(
        &[(
            "groups:\n",
            "environments: { prod: { instanse: { release: null } }, dev: {} }\ngroups:\n",
        )],
        &[
            ("account-duplicate", "contoso-prod"),
            ("unknown-field", "instanse"),
        ],
    );
    // A required field that is misspelt in the base is not missing in each environment too.
    changed(
        &[
            ("groups:\n", "environments: { prod: {} }\ngroups:\n"),
            ("  client_id:", "  clientId:"),
        ],
        &[("unknown-field", "clientId")],
    );
}

#[test]
fn another_host_that_nobody_outside_reaches_is_wrong_in_two_ways() {
    let callback = "callback_server: https://campaign.contoso.com";
    changed(
        &[(callback, "callback_server: https://10.0.0.7")],
        &[
            ("callback-host-mismatch", "10.0.0.7"),
            ("callback-not-public", "10.0.0.7"),
        ],
    );
}

#[test]
fn full_width_parentheses_are_not_a_missing_group() {
    changed(
        &[("contoso - (.*)", "contoso - （.*)")],
        &[("mask-confusable", "（")],
    );
}

#[test]
fn a_shared_profile_is_reported_at_the_group_that_it_does_not_lead_to() {
    let delivery = (
        "  delivery: {}",
        "  delivery: { profile: Campaign - contoso - reviewers }",
    );
    changed(
        &[delivery],
        &[("group-profile-duplicate", "Campaign - contoso - reviewers")],
    );
    // Neither of the two is the group's that the profile leads to.
    changed(
        &[
            (
                "  delivery: {}",
                "  delivery: { profile: Campaign - contoso - all }",
            ),
            (
                "profile: Campaign - contoso - reviewers",
                "profile: Campaign - contoso - all",
            ),
        ],
        &[
            ("group-capture-mismatch", "Campaign - contoso - all"),
            ("group-profile-duplicate", "Campaign - contoso - all"),
        ],
    );
}

#[test]
fn a_group_with_an_odd_letter_may_be_the_administrators() {
    changed(
        &[("  admin: {}", "  аdmin: {}")],
        &[("value-confusable", "а")],
    );
}

#[test]
fn a_label_in_place_of_a_name_is_one_mistake() {
    changed(
        &[("  delivery: {}", "  Marketing team: {}")],
        &[("group-name", "Marketing team")],
    );
}

#[test]
fn rules_about_groups_are_silent_while_the_mask_has_an_error() {
    changed(
        &[
            ("contoso - (.*)", "contoso - (.*) - EMEA"),
            ("  admin: {}", "  Admins of all: {}"),
            (
                "  delivery: {}",
                "  delivery: { create: true, profile: nonsense }",
            ),
        ],
        &[("mask-not-prefix", " - EMEA")],
    );
}

#[test]
fn rules_between_instances_compare_with_the_first() {
    let one = |name: &str, server: &str| {
        format!(
            "  {name}: {{ instance: {{ name: {name}, url: https://{name}.contoso.com }}, groups: {{ reviewers: null }}, \
             external_account: {{ ims_server: https://{server}, callback_server: https://{name}.contoso.com, \
             association_mask: Campaign - contoso-{name} - (.*) }} }}\n"
        )
    };
    let (usual, other) = ("ims-na1.adobelogin.com", "adobeid-na1.services.adobe.com");
    let environments = format!(
        "environments:\n{}{}{}{}groups:\n",
        one("a", usual),
        one("b", other),
        one("c", usual),
        one("d", other)
    );
    changed(
        &[("groups:\n", &environments)],
        &[
            (
                "ims-server-differs",
                "https://adobeid-na1.services.adobe.com",
            ),
            (
                "ims-server-differs",
                "https://adobeid-na1.services.adobe.com",
            ),
        ],
    );
}

#[test]
fn one_text_for_both_urls_is_one_mistake() {
    changed(
        &[
            ("  url: https://campaign", "  url: &url http://campaign"),
            (
                "callback_server: https://campaign.contoso.com",
                "callback_server: *url",
            ),
        ],
        &[("instance-url-not-https", "http://campaign.contoso.com")],
    );
}

#[test]
fn a_template_without_quotes_is_one_mistake() {
    changed(
        &[(
            "callback_server: https://campaign.contoso.com",
            "callback_server: {{ url }}",
        )],
        &[("wrong-type", "{{ url }}")],
    );
}

#[test]
fn a_secret_beside_a_reference_is_one_mistake() {
    let secret = "client_secret: { env: IMS_CLIENT_SECRET }";
    changed(
        &[(secret, "client_secret: { env: A, vault: hunter2 }")],
        &[("secret-in-manifest", "hunter2")],
    );
    changed(
        &[(secret, "client_secret: [hunter2]")],
        &[("secret-in-manifest", "hunter2")],
    );
}

#[test]
fn a_server_with_one_slash_is_no_unknown_host() {
    changed(
        &[(
            "ims_server: https://ims-na1.adobelogin.com",
            "ims_server: https:/ims-na1.adobelogin.com",
        )],
        &[("ims-server-not-https", "https:/ims-na1.adobelogin.com")],
    );
}

#[test]
fn a_needed_scope_in_other_letters_is_unknown_beside_the_right_one() {
    let scope = "scope: [openid, AdobeID, session]";
    changed(
        &[(scope, "scope: [openid, AdobeID, session, Openid]")],
        &[("scope-unknown", "Openid")],
    );
}

#[test]
fn a_long_line_full_of_mistakes_is_judged_in_time() {
    let base = std::fs::read_to_string(path("tests/right/base.ims.yaml")).unwrap();
    let name = format!("name: \"{}x\"", "\\u200b".repeat(10_000));
    let texts = [
        base.replace("name: contoso-prod", &name),
        format!("{base}x-a: \"{}\"\n", "a://b@".repeat(10_000)),
        format!("{base}# campaign-ims: ignore[{}]\n", "a,".repeat(10_000)),
    ];
    let start = std::time::Instant::now();
    for text in &texts {
        check_all(text);
    }
    // Minutes, where each mistake has the whole line read again.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
