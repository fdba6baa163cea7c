//! SARIF 2.1.0, as GitHub's code scanning and Microsoft's validator want it.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    ops::Range,
};

use serde_json::{Value, json};

use super::{Context, HOME, LeftOff, Report, RuleInfo, fingerprint::fingerprints, relative};
use crate::text::show;
use crate::{
    diagnostic::{Finding, Fix, Location, Related, Severity},
    text::Source,
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Rules about secrets: no snippet goes with them, masked or not.
const SECRET_RULES: [&str; 3] = ["secret-in-manifest", "secret-shared", "url-credentials"];

/// The longest snippet, in bytes.
const MOST_SNIPPET: usize = 2_048;

/// Writes one run.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    let mut rules: Vec<&RuleInfo> = context
        .rules
        .iter()
        .filter(|rule| used.contains(rule.id))
        .collect();
    rules.sort_by_key(|rule| rule.id);
    let results: Vec<Value> = report
        .findings
        .iter()
        .zip(fingerprints(&report.findings))
        .map(|(finding, fingerprint)| result(finding, &fingerprint, &rules))
        .collect();
    let notifications: Vec<Value> = report.left_off.iter().map(notification).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "campaign-ims",
                "semanticVersion": context.version,
                "version": context.version,
                "organization": "campaign-ims",
                "product": "campaign-ims",
                "fullName": format!("campaign-ims {}", context.version),
                "informationUri": HOME,
                "rules": rules.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": "campaign-ims/" },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "SRCROOT": {
                "description": { "text": "The folder that the check ran in." }
            }},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }]
    });
    show::json(out, &document)?;
    out.write_all(b"\n")
}

fn rule(rule: &RuleInfo) -> Value {
    let mut descriptor = json!({
        "id": rule.id,
        "name": pascal_case(rule.id),
        "shortDescription": { "text": sentence(&rule.summary) },
        "fullDescription": { "text": sentence(&rule.summary) },
        "help": {
            "text": sentence(&rule.summary),
            "markdown": rule.page,
        },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "precision": "high", "problem.severity": problem_severity(rule.severity) },
    });
    if let Some(uri) = &rule.help_uri {
        set(&mut descriptor, "helpUri", json!(uri));
    }
    if let Some((score, tags)) = security(rule.id)
        && let Some(properties) = descriptor.get_mut("properties")
    {
        set(properties, "security-severity", json!(score));
        set(properties, "tags", json!(tags));
    }
    descriptor
}

/// How grave a rule is for security, as GitHub counts (9 and more is critical, 7 high, 4 medium), where it is about that.
fn security(rule: &str) -> Option<(&'static str, [&'static str; 2])> {
    let score = match rule {
        "secret-in-manifest" | "url-credentials" => "9.1",
        "mask-too-broad" | "mask-control-panel" => "8.1",
        "callback-not-https" | "ims-server-not-https" | "instance-url-not-https" => "7.4",
        "mask-overlap"
        | "mask-unescaped"
        | "group-control-panel"
        | "value-confusable"
        | "mask-confusable" => "5.4",
        _ => return None,
    };
    Some((score, ["security", "identity"]))
}

fn result(finding: &Finding, fingerprint: &str, rules: &[&RuleInfo]) -> Value {
    let quiet = SECRET_RULES.contains(&finding.rule.id);
    let mut place = physical(&finding.location);
    if !quiet
        && let Some(snippet) = snippet(&finding.location)
        && let Some(region) = place.pointer_mut("/physicalLocation/region")
    {
        set(region, "snippet", json!({ "text": snippet }));
    }
    if !finding.location.pointer.is_empty() {
        let pointer = show::value(&finding.location.pointer);
        set(
            &mut place,
            "logicalLocations",
            json!([{ "fullyQualifiedName": pointer, "kind": "member" }]),
        );
    }
    let mut result = json!({ "ruleId": finding.rule.id });
    if let Ok(index) = rules.binary_search_by_key(&finding.rule.id, |rule| rule.id) {
        set(&mut result, "ruleIndex", json!(index));
    }
    set(&mut result, "kind", json!("fail"));
    set(&mut result, "level", json!(level(finding.severity)));
    let text = message(finding);
    set(&mut result, "message", json!({ "text": text }));
    set(&mut result, "locations", json!([place]));
    if !finding.related.is_empty() {
        let related: Vec<Value> = finding.related.iter().enumerate().map(related).collect();
        set(&mut result, "relatedLocations", json!(related));
    }
    set(
        &mut result,
        "partialFingerprints",
        json!({ "campaignImsFinding/v1": fingerprint }),
    );
    if let Some(fix) = &finding.fix
        && !fix.edits.is_empty()
    {
        set(
            &mut result,
            "fixes",
            json!([self::fix(fix, &finding.location.source)]),
        );
    }
    let environments: Vec<String> = finding
        .environments
        .iter()
        .map(|name| show::value(name))
        .collect();
    set(
        &mut result,
        "properties",
        json!({ "environments": environments, "pointer": show::value(&finding.location.pointer) }),
    );
    result
}

fn message(finding: &Finding) -> String {
    let mut text = message_text(&finding.message);
    if !finding.environments.is_empty() {
        text.push_str(&format!(
            " (in {})",
            show::value(&finding.environments.join(", "))
        ));
    }
    text = sentence(&text);
    if !finding.help.is_empty() {
        text.push_str("\nHelp: ");
        text.push_str(&sentence(&message_text(&finding.help)));
    }
    text
}

fn physical(location: &Location) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": artifact(location.source.name()),
        "region": region(&location.source, &location.range),
    }})
}

fn related((index, related): (usize, &Related)) -> Value {
    let mut place = physical(&related.location);
    set(&mut place, "id", json!(index + 1));
    set(
        &mut place,
        "message",
        json!({ "text": sentence(&message_text(&related.message)) }),
    );
    place
}

fn fix(fix: &Fix, source: &Source) -> Value {
    let how = if fix.safe {
        "safe"
    } else {
        "unsafe: look at it"
    };
    let replacement = |edit: &crate::diagnostic::TextEdit| {
        json!({
            "deletedRegion": region(source, &edit.range),
            "insertedContent": { "text": edit.text },
        })
    };
    json!({
        "description": { "text": sentence(&format!("{} ({how})", message_text(&fix.title))) },
        "artifactChanges": [{
            "artifactLocation": artifact(source.name()),
            "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
        }],
    })
}

/// A path below the folder that the check ran in has that as its base; any other stands alone.
fn artifact(path: &str) -> Value {
    let path = relative(path);
    let uri = show::uri(path);
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        return json!({ "uri": uri });
    }
    json!({ "uri": uri, "uriBaseId": "SRCROOT" })
}

fn region(source: &Source, range: &Range<usize>) -> Value {
    let (start, end) = (source.position(range.start), source.position(range.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The text of a region, where it is short and holds no secret.
fn snippet(location: &Location) -> Option<String> {
    let range = &location.range;
    let short = !range.is_empty() && range.len() <= MOST_SNIPPET;
    (short && !location.source.touches_secret(range))
        .then(|| show::value_lines(&location.source.shown(range.clone())))
}

fn notification(left_off: &LeftOff) -> Value {
    json!({
        "level": "warning",
        "message": { "text": sentence(&left_off.sentence()) },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&left_off.path) } }],
    })
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "recommendation",
        other => other.name(),
    }
}

/// `callback-not-https` as `CallbackNotHttps`.
fn pascal_case(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for word in id.split('-') {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    name
}

/// Text for a message, in which `[text](1)` would be a link.
fn message_text(text: &str) -> String {
    show::value_lines(text).replace("](", "\\](")
}

/// Messages of findings have no final dot; SARIF's must have one.
fn sentence(text: &str) -> String {
    let mut sentence = text.trim_end().to_owned();
    if !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, fixture};

    /// A part of the run, indented.
    fn pretty(report: &Report, part: &str) -> String {
        let text = fixture::written(Format::Sarif, report);
        let value: Value = serde_json::from_str(&text).unwrap();
        let run = value.pointer("/runs/0").unwrap();
        serde_json::to_string_pretty(run.pointer(part).unwrap()).unwrap()
    }

    fn corpus_schema() -> Option<jsonschema::Validator> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/corpus/sarif-schema-2.1.0.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            let _ = writeln!(io::stderr(), "SKIPPED: no SARIF schema at {path}");
            return None;
        };
        let schema = serde_json::from_str(&text).unwrap();
        Some(jsonschema::validator_for(&schema).unwrap())
    }

    #[test]
    fn findings() {
        let report = fixture::report();
        insta::assert_snapshot!(pretty(&report, "/results/1"), @r#"
{
  "ruleId": "callback-not-https",
  "ruleIndex": 0,
  "kind": "fail",
  "level": "error",
  "message": {
    "text": "the callback server is not https (in prod, stage).\nHelp: write `https://`."
  },
  "locations": [
    {
      "physicalLocation": {
        "artifactLocation": {
          "uri": "conf/prod.ims.yaml",
          "uriBaseId": "SRCROOT"
        },
        "region": {
          "startLine": 7,
          "startColumn": 20,
          "endLine": 7,
          "endColumn": 47,
          "snippet": {
            "text": "http://campaign.contoso.com"
          }
        }
      },
      "logicalLocations": [
        {
          "fullyQualifiedName": "/external_account/callback_server",
          "kind": "member"
        }
      ]
    }
  ],
  "relatedLocations": [
    {
      "physicalLocation": {
        "artifactLocation": {
          "uri": "conf/prod.ims.yaml",
          "uriBaseId": "SRCROOT"
        },
        "region": {
          "startLine": 5,
          "startColumn": 9,
          "endLine": 5,
          "endColumn": 21
        }
      },
      "id": 1,
      "message": {
        "text": "the instance's own address."
      }
    }
  ],
  "partialFingerprints": {
    "campaignImsFinding/v1": "78a81284e513a5a8c1963514dee9d7e8"
  },
  "fixes": [
    {
      "description": {
        "text": "write `https` (safe)."
      },
      "artifactChanges": [
        {
          "artifactLocation": {
            "uri": "conf/prod.ims.yaml",
            "uriBaseId": "SRCROOT"
          },
          "replacements": [
            {
              "deletedRegion": {
                "startLine": 7,
                "startColumn": 20,
                "endLine": 7,
                "endColumn": 24
              },
              "insertedContent": {
                "text": "https"
              }
            }
          ]
        }
      ]
    }
  ],
  "properties": {
    "environments": [
      "prod",
      "stage"
    ],
    "pointer": "/external_account/callback_server"
  }
}
"#);
        insta::assert_snapshot!(pretty(&report, "/tool/driver/rules/0"), @r#"
{
  "id": "callback-not-https",
  "name": "CallbackNotHttps",
  "shortDescription": {
    "text": "The callback server is not https."
  },
  "fullDescription": {
    "text": "The callback server is not https."
  },
  "help": {
    "text": "The callback server is not https.",
    "markdown": "The summary.\n\n## Why\nSign-in fails.\n"
  },
  "defaultConfiguration": {
    "level": "error"
  },
  "properties": {
    "precision": "high",
    "problem.severity": "error",
    "security-severity": "7.4",
    "tags": [
      "security",
      "identity"
    ]
  },
  "helpUri": "https://example.org/rules#callback-not-https"
}
"#);
    }

    #[test]
    fn the_schema_is_met() {
        let Some(schema) = corpus_schema() else {
            return;
        };
        let many = Report::new(fixture::findings_in("../a b", 1_001), Vec::new());
        for report in [
            fixture::report(),
            fixture::hostile(),
            many,
            Report::default(),
        ] {
            let text = fixture::written(Format::Sarif, &report);
            let value = serde_json::from_str(&text).unwrap();
            let errors: Vec<String> = schema
                .iter_errors(&value)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }

    #[test]
    fn no_snippet_of_a_secret() {
        let mut finding = fixture::secret("s: p8e-aaaa\n", 3..11);
        finding.rule.id = "invalid-url";
        assert_eq!(snippet(&finding.location), None);
    }

    #[test]
    fn paths() {
        assert_eq!(
            artifact("./a b.yaml"),
            json!({ "uri": "a%20b.yaml", "uriBaseId": "SRCROOT" })
        );
        assert_eq!(artifact("../a"), json!({ "uri": "../a" }));
        assert_eq!(pascal_case("yaml-syntax"), "YamlSyntax");
    }
}
