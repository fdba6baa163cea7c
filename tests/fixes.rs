//! Random manifests with random mistakes through the fixer: what comes out is the manifest before the mistakes, by another parser's
//! judgement too, and every comment is still there.

use std::sync::Arc;

use campaign_ims::{
    check::{self, Judged},
    fix::{self, Fixed},
    yaml,
};
use proptest::prelude::*;

/// A place in a manifest: what is right there, and mistakes that fixes make right again.
type Slot = (&'static str, &'static [&'static str]);

const BLOCK: (&str, &[Slot]) = (
    "\
# A manifest by indentation.
version: 1
x-y: { @key: a }   # for nobody
organization:
  name: @name  # theirs
  id: 4E3D60F754C8E5D50A4C98A2@suffix
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
 organization: {name: Contoso, \"id\": '4E3D60F754C8E5D50A4C98A2@AdobeOrg', tenant: contoso},
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

fn judged(text: &str) -> Judged {
    check::text("a", "a.ims.yaml", text, &Arc::default(), None).judged
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

fn comments(text: &str) -> Vec<String> {
    let comments = yaml::comments(text);
    comments
        .into_iter()
        .map(|comment| text[comment.range].to_owned())
        .collect()
}

fn value(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text.trim_start_matches('\u{feff}'))
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn fixed(text: &str, allow_unsafe: bool) -> Fixed {
    fix::apply(judged(text), allow_unsafe, judged)
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
    let new = done.judged.source.text();
    assert_eq!(new.starts_with('\u{feff}'), bom);
    let ends = new.matches("\r\n").count();
    assert_eq!(ends, if crlf { new.matches('\n').count() } else { 0 });
    assert_eq!(comments(&text), comments(new), "{text}\n{new}");
    // Nothing that could be applied is left but what was refused, and once more changes nothing.
    let left = done.judged.findings.iter().filter(|finding| {
        finding
            .fix
            .as_ref()
            .is_some_and(|fix| fix.safe || allow_unsafe)
    });
    assert_eq!(
        left.count(),
        done.skipped.len(),
        "{new}\n{:?}",
        done.skipped
    );
    let again = fixed(new, allow_unsafe);
    assert_eq!((again.applied, again.judged.source.text()), (0, new));
    assert_eq!(new == text, done.applied == 0);
    if allow_unsafe && done.skipped.is_empty() {
        assert_eq!(value(new), value(&right), "{text}\n{new}");
        assert!(
            done.judged.findings.is_empty(),
            "{new}\n{:#?}",
            done.judged
                .findings
                .iter()
                .map(|finding| (finding.rule, &finding.message))
                .collect::<Vec<_>>()
        );
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
fn the_manifests_are_right() {
    for template in [BLOCK, FLOW] {
        let found = judged(&filled(template, &[])).findings;
        let found: Vec<_> = found
            .iter()
            .map(|finding| (finding.rule, &finding.message))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn each_mistake_is_mended() {
    for template in [BLOCK, FLOW] {
        for (slot, (name, options)) in template.1.iter().enumerate() {
            for option in 1..options.len() {
                let mut choices = vec![0; template.1.len()];
                choices[slot] = option;
                for crlf in [false, true] {
                    check(template, &choices, crlf, crlf, true);
                }
                let done = fixed(&filled(template, &choices), true);
                assert!(
                    done.applied > 0 && done.skipped.is_empty(),
                    "{name} {option}: {:?}",
                    done.skipped
                );
            }
        }
    }
}

#[test]
fn a_comment_on_a_surplus_item_keeps_it() {
    let text =
        filled(BLOCK, &[]).replace("    - session", "    - session\n    - openid # why twice?");
    let done = fixed(&text, true);
    assert_eq!(done.judged.source.text(), text);
    assert_eq!(done.skipped[0].reason, fix::Reason::ChangesMore);
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
        let done = fixed(&text, true);
        let new = done.judged.source.text();
        let again = fixed(new, true);
        prop_assert_eq!(again.judged.source.text(), new);
        prop_assert_eq!(comments(&text), comments(new));
    }
}
