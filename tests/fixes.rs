//! Random manifests with random mistakes through `check --fix`: what comes out is the manifest before the mistakes, by another parser's
//! judgement too, and every comment is still there.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::fs;

use proptest::prelude::*;
use serde_json::Value as Json;
use support::{SAMPLES, run};

/// A place in a manifest: what is right there, and mistakes that fixes make right again.
type Slot = (&'static str, &'static [&'static str]);

const BLOCK: (&str, &[Slot]) = (
    "\
# A manifest by indentation.
version: 1
x-y: { @key: a }   # for nobody
organization:
  name: @name  # theirs
  id: 0A1B2C3D4E5F60718293A4B5@suffix
  tenant: @tenant
instance:
  # ours
  name: contoso-x-prod
  url: @url # asked for
  hosting: on-premise
  build: { version: \"6.7\", number: 9394 }
external_account:
  type: 99
  @server
  scope:
    # the order counts for nothing
@scope
  @client_id: Campaign1
  callback_server: @callback
  association_mask: @mask
groups:
  @admin: {}
  reviewers:
    create: true
    profile: @profile # é
# The end.
",
    &[
        ("@key", &["'7'", "7"]),
        ("@name", &["\"2024\"", "2024"]),
        ("@suffix", &["@AdobeOrg", "@adobeorg", "@ADOBEORG"]),
        (
            "@tenant",
            &[
                "contoso",
                "'contoso '",
                "\"\\tcontoso\"",
                "con\u{200b}toso",
                "cont\u{43e}so",
            ],
        ),
        (
            "@url",
            &[
                "https://campaign.contoso.com",
                "http://campaign.contoso.com",
                "'http://campaign.contoso.com'",
            ],
        ),
        (
            "@server",
            &[
                "ims_server: https://ims-na1.adobelogin.com",
                "ims_server: http://ims-na1.adobelogin.com",
                "ims_server: ims-na1.adobelogin.com",
                "imsServer: 'http://ims-na1.adobelogin.com'",
            ],
        ),
        (
            "@scope",
            &[
                "    - openid # one\n    - AdobeID\n\n    - session",
                "    - openid # one\n    - openid\n    - AdobeID\n\n    - session",
                "    - openid # one\n    - 'AdobeID,session'",
                "    - openid # one\n    - AdobeID\n\n    - session\n    - ''\n    - AdobeID\n    - session\n    - openid",
                "    - openid # one\n    - 'AdobeID '\n    - session",
            ],
        ),
        (
            "@client_id",
            &["client_id", "clientId", "client-id", "\"clientId\""],
        ),
        (
            "@callback",
            &[
                "https://campaign.contoso.com",
                "\"http://campaign.contoso.com\"",
                "HTTP://campaign.contoso.com",
            ],
        ),
        (
            "@mask",
            &[
                "Campaign - contoso\\.x - (.*) # by hand",
                "Campaign - contoso.x - (.*) # by hand",
                "\"Campaign - contoso.x  - (.*)\" # by hand",
                "'Campaign \u{2013} contoso\\.x - (.*) ' # by hand",
                "Campaign -\u{a0}contoso.x - (.*) # by hand",
                ">- # kept\n    Campaign - contoso.x\n    - (.*)",
            ],
        ),
        ("@admin", &["admin", "Admin", "'ADMIN'"]),
        (
            "@profile",
            &[
                "Campaign - contoso.x - reviewers",
                "'Campaign - contoso.x - reviewer'",
                "Campaign - contoso.x - Reviewers",
            ],
        ),
    ],
);

const FLOW: (&str, &[Slot]) = (
    "\
--- # in brackets
{version: 1, # first
 x-w: [&c Campaign1, &u @shared],
 organization: {name: Contoso, \"id\": '0A1B2C3D4E5F60718293A4B5@AdobeOrg', tenant: contoso},
 instance: {name: contoso, url: *u, hosting: hybrid, build: {version: '6.7', number: \"*\"}}, # campaign-ims: ignore[build-wildcard]
 external_account: {type: 99, ims_server: 'https://ims-na1.adobelogin.com',
   scope: @scope, # said
   client_id: *c, callback_server: *u, association_mask: @mask},
 groups: {admin: {}, \"delivery\": {}},
 environments: {prod: {}, stage: {
   instance: {name: contoso-stage, url: @url},
   external_account: {callback_server: @callback,
     @tenant, association_mask: 'Campaign - contoso-stage - (.*)'}}}} # last
",
    &[
        ("@shared", &["https://campaign.contoso.com", "http://campaign.contoso.com"]),
        (
            "@scope",
            &[
                "[openid, AdobeID, session]",
                "[openid, AdobeID, openid, session, session]",
                "[ \"openid,AdobeID\" , session, ]",
                "[\n  openid, # one\n  AdobeID,\n  openid, # two\n  session]",
                "['', &o openid, *o, AdobeID, session]",
            ],
        ),
        ("@mask", &["'Campaign - contoso - (.*)'", "\"Campaign \\u2013 contoso - (.*)\"", "'Campaign - contoso  - (.*)'", "\" Campaign - contoso - (.*)\""]),
        ("@url", &["https://stage.contoso.com", "'http://stage.contoso.com'"]),
        ("@callback", &["'https://stage.contoso.com'", "\"http://stage.contoso.com\""]),
        ("@tenant", &["client_id: Campaign2", "clientId: Campaign2", "client_id: 'Campaign2 '"]),
    ],
);

/// What `--fix` made of a text.
struct Fixed {
    text: String,
    /// What is found in it.
    findings: Vec<Json>,
    /// Whether the program said that it left a fix alone.
    skipped: bool,
}

fn fixed(text: &str, allow_unsafe: bool) -> Fixed {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ims.yaml");
    fs::write(&file, text).unwrap();
    let mut arguments = vec!["check", SAMPLES, "--format=json", "--fix"];
    arguments.extend(allow_unsafe.then_some("--unsafe"));
    arguments.push("a.ims.yaml");
    let run = run(folder.path(), &arguments);
    let report: Json = serde_json::from_str(&run.stdout).unwrap();
    Fixed {
        text: fs::read_to_string(file).unwrap(),
        findings: report["findings"].as_array().unwrap().clone(),
        skipped: run.stderr.contains("Left "),
    }
}

fn filled((template, slots): (&str, &[Slot]), choices: &[usize]) -> String {
    let mut text = template.to_owned();
    for (index, (slot, options)) in slots.iter().enumerate() {
        let choice = choices
            .get(index)
            .map_or(0, |choice| choice % options.len());
        text = text.replace(slot, options.get(choice).copied().unwrap_or_default());
    }
    text
}

/// The comments, by a rule that holds for these manifests: no other text has a `#` after a blank.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
    let comments = lines.filter_map(|line| match line.starts_with('#') {
        true => Some(line),
        false => line.split_once(" #").map(|(_, comment)| comment),
    });
    comments.collect()
}

fn value(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text.trim_start_matches('\u{feff}'))
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn check(template: (&str, &[Slot]), choices: &[usize], crlf: bool, bom: bool, allow_unsafe: bool) {
    let dress = |text: String| {
        let text = if crlf {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        if bom { format!("\u{feff}{text}") } else { text }
    };
    let right = dress(filled(template, &[]));
    let text = dress(filled(template, choices));
    let done = fixed(&text, allow_unsafe);
    let new = done.text.as_str();
    assert_eq!(new.starts_with('\u{feff}'), bom);
    let ends = new.matches("\r\n").count();
    assert_eq!(ends, if crlf { new.matches('\n').count() } else { 0 });
    assert_eq!(comments(&text), comments(new), "{text}\n{new}");
    // Nothing that could be applied is left but what was refused, and once more changes nothing.
    let mut left = done
        .findings
        .iter()
        .filter_map(|finding| finding.get("fix"));
    let is_left = left.any(|fix| allow_unsafe || fix["safe"] == true);
    assert_eq!(is_left, done.skipped, "{new}\n{:#?}", done.findings);
    assert_eq!(fixed(new, allow_unsafe).text, new);
    if allow_unsafe && !done.skipped {
        assert_eq!(value(new), value(&right), "{text}\n{new}");
        assert!(done.findings.is_empty(), "{new}\n{:#?}", done.findings);
    }
    // Every line that has no mistake is as it was.
    let lines: Vec<&str> = new.lines().collect();
    for line in right
        .lines()
        .filter(|line| text.lines().any(|other| other == *line))
    {
        assert!(lines.contains(&line), "{line}\n{new}");
    }
}

#[test]
fn each_mistake_is_mended() {
    for template in [BLOCK, FLOW] {
        let right = filled(template, &[]);
        let done = fixed(&right, true);
        assert_eq!((done.text, done.findings), (right.clone(), Vec::new()));
        for (slot, (name, options)) in template.1.iter().enumerate() {
            for option in 1..options.len() {
                let mut choices = vec![0; template.1.len()];
                choices[slot] = option;
                for crlf in [false, true] {
                    check(template, &choices, crlf, crlf, true);
                }
                let text = filled(template, &choices);
                let done = fixed(&text, true);
                assert!(done.text != text && !done.skipped, "{name} {option}");
            }
        }
    }
}

#[test]
fn a_comment_on_a_surplus_item_stays() {
    let with = |item: &str| {
        filled(BLOCK, &[]).replace("    - session", &format!("    - session\n    {item}"))
    };
    let done = fixed(&with("- openid # why twice?"), true);
    assert_eq!(done.text, with("# why twice?"));
    assert!(!done.skipped);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn mistakes_together_are_mended(
        choices in prop::collection::vec(0..60usize, 12),
        crlf: bool,
        bom: bool,
        allow_unsafe: bool,
        flow: bool,
    ) {
        check(if flow { FLOW } else { BLOCK }, &choices, crlf, bom, allow_unsafe);
    }

    #[test]
    fn broken_texts_do_no_harm(
        choices in prop::collection::vec(0..60usize, 12),
        at: prop::sample::Index,
        with in prop::sample::select(vec!["", "\"", "'", "[", "}", ":", "# ", "\n", "&a ", "*a ", "- ", "\u{0}", "é"]),
        flow: bool,
    ) {
        let text = filled(if flow { FLOW } else { BLOCK }, &choices);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = starts[at.index(starts.len())];
        let text = format!("{}{with}{}", &text[..at], &text[at..]);
        let new = fixed(&text, true).text;
        prop_assert_eq!(fixed(&new, true).text, new.as_str());
        // A quote or a `#` more can make text of a comment, or the reverse, and then a fix may change it.
        if !["# ", "\"", "'"].contains(&with) {
            prop_assert_eq!(comments(&text), comments(&new));
        }
    }
}
