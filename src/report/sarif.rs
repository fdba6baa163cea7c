//! SARIF 2.1.0, as GitHub's code scanning and Microsoft's validator want it.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

use serde::{Serialize, Serializer, ser::SerializeSeq};
use serde_json::{Value, json};

use super::{
    Context, Report, counted,
    json::print,
    shown::{self, Finding, Range, Related, Truncated, Uri},
};
use crate::{
    address::HOME,
    diagnostic::{self, Rule, Severity, fingerprints_by},
};

/// How many results GitHub takes of a run.
const MOST_RESULTS: usize = 25_000;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
struct Run<'a> {
    #[serde(flatten)]
    about: Value,
    results: Results<'a>,
}

/// Results, with their rules numbered as in the tool's list.
struct Results<'a> {
    findings: &'a [diagnostic::Finding],
    rules: BTreeMap<&'static str, usize>,
    context: &'a Context<'a>,
}

/// Writes one run.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = gravest(&report.findings, MOST_RESULTS);
    let mut rules: Vec<&Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup_by_key(|rule| rule.id);
    let left_off = report.left_off.iter();
    let left_off = left_off.map(|file| notification(file, &Uri::new(&context.path(&file.path))));
    let problems = report.shown_problems();
    let problems = problems
        .map(|problem| json!({ "level": "error", "message": { "text": sentence(&problem) } }));
    let too_many = report.findings.len() - findings.len();
    let too_many = (too_many > 0).then(|| {
        let more = counted(too_many, "finding");
        let text = format!("{more} more left off: {MOST_RESULTS} of a run are reported.");
        json!({ "level": "warning", "message": { "text": text } })
    });
    let notifications: Vec<Value> = problems.chain(left_off).chain(too_many).collect();
    let about = json!({
        "tool": { "driver": {
            "name": "campaign-ims",
            "semanticVersion": context.version,
            "version": context.version,
            "organization": "campaign-ims",
            "product": "campaign-ims",
            "fullName": format!("campaign-ims {}", context.version),
            "informationUri": HOME,
            "rules": rules.iter().copied().map(descriptor).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { "SRCROOT": {
            "description": { "text": match context.project {
                Some(_) => "The project's folder.",
                None => "The folder that the check ran in.",
            } }
        }},
        "invocations": [{
            "executionSuccessful": report.problems.is_empty(),
            "toolExecutionNotifications": notifications,
        }],
    });
    let results = Results {
        findings: &findings,
        rules: rules.iter().map(|rule| rule.id).zip(0..).collect(),
        context,
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run { about, results }],
    };
    print(out, &log)
}

/// The gravest and first findings, in the order that they have.
fn gravest(findings: &[diagnostic::Finding], most: usize) -> Cow<'_, [diagnostic::Finding]> {
    if findings.len() <= most {
        return Cow::Borrowed(findings);
    }
    let mut kept: Vec<&diagnostic::Finding> = findings.iter().collect();
    kept.sort_by_key(|finding| Reverse(finding.severity));
    kept.truncate(most);
    kept.sort_by(|left, right| left.order().cmp(&right.order()));
    kept.into_iter().cloned().collect()
}

fn descriptor(rule: &Rule) -> Value {
    let summary = sentence(rule.summary());
    let security = security(rule.id);
    without_nulls(json!({
        "id": rule.id,
        "name": pascal_case(rule.id),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "helpUri": rule.address(),
        "help": { "text": summary, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity },
        "properties": {
            "precision": "high",
            "problem.severity": match rule.severity {
                Severity::Note => "recommendation",
                other => other.name(),
            },
            "security-severity": security,
            "tags": security.map(|_| ["security", "identity"]),
        },
    }))
}

/// How grave a rule is for security, as GitHub counts (9 and more is critical, 7 high, 4 medium), where it is about that.
fn security(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "secret-in-manifest" | "url-credentials" => "9.1",
        "mask-too-broad" | "mask-control-panel" => "8.1",
        "callback-not-https" | "ims-server-not-https" | "instance-url-not-https" => "7.4",
        "mask-overlap"
        | "mask-unescaped"
        | "group-control-panel"
        | "value-confusable"
        | "mask-confusable" => "5.4",
        _ => return None,
    })
}

impl Serialize for Results<'_> {
    /// Writes each result before the next one is made: a long report costs no memory.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fingerprints = fingerprints_by(self.findings, |path| self.context.path(path));
        let mut results = serializer.serialize_seq(Some(self.findings.len()))?;
        for (finding, fingerprint) in self.findings.iter().zip(&fingerprints) {
            let index = self.rules.get(finding.rule.id).copied();
            let mut shown = Finding::from(finding);
            if let Some(project) = self.context.project {
                shown = shown.within(project, finding);
            }
            let snippet = shown::text_of(&finding.location);
            results.serialize_element(&result(&shown, snippet, fingerprint, index))?;
        }
        results.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: Severity,
    message: Text,
    locations: [SarifLocation<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<SarifRelated<'a>>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[SarifFix<'a>; 1]>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    environments: &'a [String],
    pointer: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation<'a> {
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[Member<'a>; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRelated<'a> {
    physical_location: Physical<'a>,
    id: usize,
    message: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Member<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact<'a>,
    region: Region,
}

/// A path below the folder that the check ran in has that as its base; any other stands alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact<'a> {
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: Artifact<'a>,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

fn result<'a>(
    finding: &'a Finding,
    snippet: Option<String>,
    fingerprint: &'a str,
    rule_index: Option<usize>,
) -> SarifResult<'a> {
    let pointer = finding.pointer.as_str();
    let member = Member {
        fully_qualified_name: pointer,
        kind: "member",
    };
    SarifResult {
        rule_id: finding.rule,
        rule_index,
        kind: "fail",
        level: finding.severity,
        message: Text {
            text: message(finding),
        },
        locations: [SarifLocation {
            physical_location: physical(&finding.uri, finding.range, snippet),
            logical_locations: (!pointer.is_empty()).then_some([member]),
        }],
        related_locations: finding.related.iter().zip(1..).map(related).collect(),
        partial_fingerprints: [("campaignImsFinding/v1", fingerprint)].into(),
        fixes: finding
            .fix
            .as_ref()
            .map(|fix| [self::fix(fix, &finding.uri)]),
        properties: Properties {
            environments: &finding.environments,
            pointer,
        },
    }
}

fn message(finding: &Finding) -> String {
    let message = finding.message.clone() + &finding.in_environments();
    let mut text = sentence(&message);
    if !finding.help.is_empty() {
        text.push_str("\nHelp: ");
        text.push_str(&sentence(&finding.help));
    }
    text
}

fn related((related, id): (&Related, usize)) -> SarifRelated<'_> {
    SarifRelated {
        physical_location: physical(&related.uri, related.range, None),
        id,
        message: Text {
            text: sentence(&related.message),
        },
    }
}

fn fix<'a>(fix: &'a shown::Fix, uri: &'a Uri) -> SarifFix<'a> {
    let how = if fix.safe {
        "safe"
    } else {
        "unsafe: look at it"
    };
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(edit.range, None),
        inserted_content: Text {
            text: edit.text.clone(),
        },
    });
    SarifFix {
        description: Text {
            text: sentence(&format!("{} ({how})", fix.title)),
        },
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(uri),
            replacements: replacements.collect(),
        }],
    }
}

fn physical(uri: &Uri, range: Range, snippet: Option<String>) -> Physical<'_> {
    Physical {
        artifact_location: artifact(uri),
        region: region(range, snippet),
    }
}

fn artifact(uri: &Uri) -> Artifact<'_> {
    Artifact {
        uri: &uri.text,
        uri_base_id: uri.is_below.then_some("SRCROOT"),
    }
}

fn region(Range { start, end }: Range, snippet: Option<String>) -> Region {
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: snippet.map(|text| Text { text }),
    }
}

fn notification(left_off: &Truncated, uri: &Uri) -> Value {
    without_nulls(json!({
        "level": "warning",
        "message": { "text": sentence(&left_off.message) },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(uri) } }],
    }))
}

/// Without what is absent. Values here are no deeper than they are written above.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .map(|(name, member)| (name, without_nulls(member)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
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
    // A name that equals the id says nothing, as the validator has it.
    if !id.contains('-') {
        name.push_str("Rule");
    }
    name
}

/// A message with its final dot, which findings do not have and SARIF wants. `[text](1)` would be a link in it.
fn sentence(text: &str) -> String {
    let mut sentence = text.trim_end().replace("](", "\\](");
    if !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn no_more_than_github_takes() {
        let mut findings = fixture::findings_in("a", 5);
        findings[3].severity = Severity::Note;
        let lines = |most| {
            let kept = gravest(&findings, most);
            let lines = kept.iter().map(|it| it.location.range.start / 5 + 1);
            lines.collect::<Vec<_>>()
        };
        assert_eq!(lines(5), [1, 2, 3, 4, 5]);
        assert_eq!(lines(4), [1, 2, 3, 5]);
        assert_eq!(lines(2), [1, 2]);
    }
}
