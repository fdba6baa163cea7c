//! Whoever does what a message says ends at the right manifest: each sown mistake is followed, by its fix or by the letter of its help,
//! until nothing is left to follow. Then the package is compared with that of the manifest without the mistake.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::fs;

use regex::Regex;
use serde_json::Value as Json;
use support::{SAMPLES, run};
use tempfile::TempDir;

const RIGHT: &str = include_str!("cases/right/base.ims.yaml");

/// What stands in the right manifest, and the mistake in its place.
const MISTAKES: &[(&str, &str)] = &[
    (MASK, "association_mask: “Campaign - contoso - (.*)”"),
    (MASK, "association_mask: „Campaign - contoso - (.*)“"),
    (MASK, "association_mask: « Campaign - contoso - (.*) »"),
    (MASK, "association_mask: '\"Campaign - contoso - (.*)\"'"),
    (MASK, "association_mask: '\"Campaign - contoso - (.*)'"),
    (MASK, "association_mask: Campaign - contoso - internal_name"),
    (MASK, "association_mask: Campaign - contoso - (*)"),
    (MASK, "association_mask: Campaign - contoso - *"),
    (MASK, "association_mask: Campaign - contoso - %"),
    (MASK, "association_mask: Campaign - contoso - (.&#42;)"),
    (MASK, "association_mask: Campaign - contoso - ( .*)"),
    (MASK, "association_mask: Campaign  - contoso - (.*)"),
    (MASK, "association_mask: Campaign – contoso - (.*)"),
    (
        MASK,
        "association_mask: \"Campaign\\u00a0- contoso - (.*)\"",
    ),
    (MASK, "association_mask: Campaign - contoso - delivery(.*)"),
    (MASK, "imsRightsMask: Campaign - contoso - (.*)"),
    (CALLBACK, "callback_server: http://campaign.contoso.com"),
    (CALLBACK, "callback_server: “https://campaign.contoso.com”"),
    (CALLBACK, "callbackServer: https://campaign.contoso.com"),
    (CALLBACK, "Callback server: https://campaign.contoso.com"),
    (SERVER, "ims_server: http://ims-na1.adobelogin.com"),
    (SERVER, "ims_server: ims-na1.adobelogin.com"),
    (
        SERVER,
        "ims_server: https://ims-na1.adobelogin.com/ims/token/v3",
    ),
    (SERVER, "ims_server: https://ims-na1-stg1.adobelogin.com"),
    (ID, "@adobeorg"),
    (ID, ""),
    (SCOPE, "scope: openid,AdobeID,session"),
    (SCOPE, "scope: [openid, adobeid, session]"),
    (SCOPE, "scope: [\"openid,AdobeID\", session]"),
    (SCOPE, "scope: [openid, AdobeID, session, session]"),
    ("number: 9394", "number: \"9394\""),
    ("number: 9394", "number: +9394"),
    ("number: 9394", "number: 09394"),
    ("number: 9394", "number: \"09394\""),
    ("number: 9394", "number: !!str 9394"),
    ("version: \"6.7\"", "version: 6.7"),
    ("version: 1\n", "version: \"1\"\n"),
    ("enabled: true", "disabled: false"),
    ("enabled: true", "Enabled: true"),
    ("enabled: true", "enabled: yes"),
    ("client_id: Campaign1", "clientId: Campaign1"),
    ("client_id: Campaign1", "client_id: \"Campaign1 \""),
    ("tenant: contoso", "tenant: contoso\""),
    ("tenant: contoso", "tenant: \"cont\\u200boso\""),
    (PROFILE, "profile: reviewers"),
    (PROFILE, "profile: Campaign - contoso- reviewers"),
    (PROFILE, "profile: campaign - contoso - reviewers"),
    (PROFILE, "profile: Campaign - contoso - Reviewers"),
    ("admin: {}", "admin: Campaign - contoso - admin"),
    ("admin: {}", "Administrators: {}"),
    ("delivery: {}", "Delivery: {}"),
    ("delivery: {}", "“delivery”: {}"),
    (
        "client_secret: { env: IMS_CLIENT_SECRET }",
        "client_secret: ${IMS_CLIENT_SECRET}",
    ),
    (
        "client_secret: { env: IMS_CLIENT_SECRET }",
        "client_secret: $IMS_CLIENT_SECRET",
    ),
    (
        "client_secret: { env: IMS_CLIENT_SECRET }",
        "client_secret: { vault: secret/data/ims }",
    ),
];
const MASK: &str = "association_mask: Campaign - contoso - (.*)";
const CALLBACK: &str = "callback_server: https://campaign.contoso.com";
const SERVER: &str = "ims_server: https://ims-na1.adobelogin.com";
const ID: &str = "@AdobeOrg";
const SCOPE: &str = "scope: [openid, AdobeID, session]";
const PROFILE: &str = "profile: Campaign - contoso - reviewers";

/// The first finding of a text.
fn first(folder: &TempDir, text: &str) -> Option<Json> {
    fs::write(folder.path().join("a.ims.yaml"), text).unwrap();
    let arguments = ["check", SAMPLES, "--format", "json", "a.ims.yaml"];
    let report: Json = serde_json::from_str(&run(folder.path(), &arguments).stdout).unwrap();
    report["findings"].get(0).cloned()
}

fn offsets(range: &Json) -> std::ops::Range<usize> {
    let at = |end: &str| usize::try_from(range[end]["offset"].as_u64().unwrap()).unwrap();
    at("start")..at("end")
}

/// The text after somebody did what a finding says: its fix, or else the first thing that the help says to write.
fn followed(text: &str, finding: &Json) -> Option<String> {
    let mut text = text.to_owned();
    if let Some(edits) = finding["fix"]["edits"].as_array() {
        for edit in edits.iter().rev() {
            text.replace_range(offsets(&edit["range"]), edit["text"].as_str().unwrap());
        }
        return Some(text);
    }
    let help = finding["help"].as_str().unwrap();
    let asked = Regex::new("(?:write|did you mean) `([^`]+)`").unwrap();
    let asked = asked.captures(help)?.get(1)?.as_str();
    let range = offsets(&finding["range"]);
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = range.end + text[range.end..].find(['\n', '}']).unwrap_or(0);
    // A field with its value goes in the whole line's place, a whole value in the value's.
    let is_field = asked.contains(": ");
    let before = &text[line..range.start];
    let value = before.find(": ").map_or(range.start, |at| line + at + 2);
    let is_longer = asked.len() > range.len() && text[value..].starts_with(&asked[..1]);
    let range = match (is_field, is_longer && value < range.start) {
        (true, _) => line + before.len() - before.trim_start().len()..end,
        (false, true) => value..end,
        (false, false) => range,
    };
    let range = match is_field {
        true => {
            text[..range.end].rfind('\n').map_or(0, |at| at + 1) + before.len()
                - before.trim_start().len()..range.end
        }
        false => range,
    };
    text.replace_range(range, asked);
    Some(text)
}

fn package(folder: &TempDir) -> String {
    let rendered = run(folder.path(), &["render", SAMPLES, "a.ims.yaml"]);
    assert_eq!(rendered.code, 0, "{}", rendered.stderr);
    rendered.stdout
}

#[test]
fn whoever_follows_the_advice_ends_right() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(first(&folder, RIGHT), None);
    let right = package(&folder);
    let mut wrong = String::new();
    for (good, bad) in MISTAKES {
        assert!(RIGHT.contains(good), "{good}");
        let mut text = RIGHT.replacen(good, bad, 1);
        let mut steps = Vec::new();
        while let Some(finding) = first(&folder, &text) {
            steps.push(format!(
                "{} {}: {}",
                finding["rule"], finding["message"], finding["help"]
            ));
            match followed(&text, &finding).filter(|next| *next != text && steps.len() < 6) {
                Some(next) => text = next,
                None => break,
            }
        }
        let is_clean = first(&folder, &text).is_none();
        if steps.is_empty() || !is_clean || package(&folder) != right {
            wrong += &format!("\n{bad}\n  {}\n{text}\n", steps.join("\n  "));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
