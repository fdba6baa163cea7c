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
    diagnostic::{self, Rule, Severity, fingerprints},
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
}

/// Writes one run.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = gravest(&report.findings, MOST_RESULTS);
    let mut rules: Vec<&Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup_by_key(|rule| rule.id);
    let left_off = report.left_off.iter().map(notification);
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
            "description": { "text": "The folder that the check ran in." }
        }},
        "invocations": [{
            "executionSuccessful": report.problems.is_empty(),
            "toolExecutionNotifications": notifications,
        }],
    });
    let results = Results {
        findings: &findings,
        rules: rules.iter().map(|rule| rule.id).zip(0..).collect(),
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
        let fingerprints = fingerprints(self.findings);
        let mut results = serializer.serialize_seq(Some(self.findings.len()))?;
        for (finding, fingerprint) in self.findings.iter().zip(&fingerprints) {
            let index = self.rules.get(finding.rule.id).copied();
            let shown = Finding::from(finding);
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
    partial_fingerprints: Fingerprint<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[SarifFix<'a>; 1]>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Fingerprint<'a> {
    #[serde(rename = "campaignImsFinding/v1")]
    first: &'a str,
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
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Inserted<'a>,
}

#[derive(Serialize)]
struct Inserted<'a> {
    text: &'a str,
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
        partial_fingerprints: Fingerprint { first: fingerprint },
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
        inserted_content: Inserted { text: &edit.text },
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

fn notification(left_off: &Truncated) -> Value {
    without_nulls(json!({
        "level": "warning",
        "message": { "text": sentence(&left_off.message) },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&left_off.uri) } }],
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
    use crate::report::{Format, fixture};

    #[test]
    fn findings() {
        let text = fixture::written(Format::Sarif, &fixture::report());
        let text = text.replace(&*json!(rules_page()).to_string(), "\"PAGE\"");
        insta::assert_snapshot!(text, @r##"
{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[
{"tool":{"driver":{"name":"campaign-ims","semanticVersion":"0.1.0","version":"0.1.0","organization":"campaign-ims","product":"campaign-ims","fullName":"campaign-ims 0.1.0","informationUri":"https://github.com/campaign-ims/campaign-ims","rules":[{"id":"callback-not-https","name":"CallbackNotHttps","shortDescription":{"text":"The callback server is not an https URL."},"fullDescription":{"text":"The callback server is not an https URL."},"helpUri":"https://campaign-ims.github.io/campaign-ims/rules/callback-not-https.html","help":{"text":"The callback server is not an https URL.","markdown":"PAGE"},"defaultConfiguration":{"level":"error"},"properties":{"precision":"high","problem.severity":"error","security-severity":"7.4","tags":["security","identity"]}},{"id":"mask-confusable","name":"MaskConfusable","shortDescription":{"text":"The association mask holds a character that looks like another."},"fullDescription":{"text":"The association mask holds a character that looks like another."},"helpUri":"https://campaign-ims.github.io/campaign-ims/rules/mask-confusable.html","help":{"text":"The association mask holds a character that looks like another.","markdown":"# mask-confusable\n\nThe association mask holds a character that looks like another.\n\nThe mask is compared with the names of product profiles letter by letter. A dash or a no-break\nspace that was pasted from a document looks right in every review, matches nothing, and locks\neverybody out: \"Login does not have any right matching the expression\". Spaces and characters\nwithout width can be mended safely; the others should be looked at.\n\n## Fires\n\n```yaml fires\nexternal_account:\n  association_mask: \"Campaign \\u2013 contoso - (.*)\"\n```\n\n## Passes\n\n```yaml passes\nexternal_account:\n  association_mask: Campaign - contoso - (.*)\n```\n\n## How to fix\n\nType the character anew. If the product profiles in the Admin Console have the odd character,\nrename them.\n\n## See also\n\n- [Adobe, \"IMS troubleshooting\"](https://experienceleague.adobe.com/en/docs/campaign-classic/using/installing-campaign-classic/connect-to-campaign/connecting-via-an-adobe-id/ims-troubleshooting)\n"},"defaultConfiguration":{"level":"error"},"properties":{"precision":"high","problem.severity":"error","security-severity":"5.4","tags":["security","identity"]}},{"id":"org-id-unusual","name":"OrgIdUnusual","shortDescription":{"text":"The organization ID is well-formed, but has letters that such IDs usually do not have."},"fullDescription":{"text":"The organization ID is well-formed, but has letters that such IDs usually do not have."},"helpUri":"https://campaign-ims.github.io/campaign-ims/rules/org-id-unusual.html","help":{"text":"The organization ID is well-formed, but has letters that such IDs usually do not have.","markdown":"# org-id-unusual\n\nThe organization ID is well-formed, but has letters that such IDs usually do not have.\n\nAll IDs that were seen consist of the digits 0 to 9 and the letters A to F in upper case. Adobe's\npage allows any letter, so this is only a hint at a typing mistake: an `O` for a `0`, or a\nlower-case letter.\n\n## Fires\n\n```yaml fires\norganization:\n  id: 0A1B2C3D4E5F60718293A4O5@AdobeOrg\n```\n\n## Passes\n\n```yaml passes\norganization:\n  id: 0A1B2C3D4E5F60718293A405@AdobeOrg\n```\n\n## How to fix\n\nCompare the ID with the Admin Console letter by letter. If it is right, suppress the finding with\na comment.\n\n## See also\n\n- [Adobe, \"Configuring IMS\"](https://experienceleague.adobe.com/docs/campaign-classic/using/installing-campaign-classic/connect-to-campaign/connecting-via-an-adobe-id/configuring-ims.html)\n"},"defaultConfiguration":{"level":"note"},"properties":{"precision":"high","problem.severity":"recommendation"}},{"id":"secret-in-manifest","name":"SecretInManifest","shortDescription":{"text":"A secret stands in the manifest in clear."},"fullDescription":{"text":"A secret stands in the manifest in clear."},"helpUri":"https://campaign-ims.github.io/campaign-ims/rules/secret-in-manifest.html","help":{"text":"A secret stands in the manifest in clear.","markdown":"# secret-in-manifest\n\nA secret stands in the manifest in clear.\n\nA manifest is in git, and git forgets nothing. The client secret is a literal here, or a text has\nthe shape of a known secret: Adobe's `p8e-…`, a stored password of Campaign (`@` and base64), a\nprivate key, a JSON Web Token; comments count too. So does a literal behind `password:` or the\nlike. It is hidden in everything that this tool prints, and this rule cannot be switched off.\n\n## Fires\n\n```yaml fires\nexternal_account:\n  client_secret: this-is-our-own-secret\n```\n\n## Passes\n\n```yaml passes\nexternal_account:\n  client_secret: { env: IMS_CLIENT_SECRET }\n```\n\n## How to fix\n\nHave the secret replaced at its source first: it has been in the file. Then write a reference,\n`{ env: NAME }` or `{ file: PATH }`. Usually not even that is needed: the instance keeps the\nsecret that it has, as external accounts' passwords are not exported.\n\n## See also\n\n- Adobe, \"Duplicating environments\"\n"},"defaultConfiguration":{"level":"error"},"properties":{"precision":"high","problem.severity":"error","security-severity":"9.1","tags":["security","identity"]}}]}},"columnKind":"unicodeCodePoints","originalUriBaseIds":{"SRCROOT":{"description":{"text":"The folder that the check ran in."}}},"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[]}],"results":[{"ruleId":"org-id-unusual","ruleIndex":2,"kind":"fail","level":"note","message":{"text":"the document has no organization id."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}}}],"partialFingerprints":{"campaignImsFinding/v1":"6de484a0c114a6c1176479f32eb16c31"},"properties":{"environments":[],"pointer":""}},{"ruleId":"callback-not-https","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"the callback server is not https (in prod, stage).\nHelp: write `https://`."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":7,"startColumn":20,"endLine":7,"endColumn":47,"snippet":{"text":"http://campaign.contoso.com"}}},"logicalLocations":[{"fullyQualifiedName":"/external_account/callback_server","kind":"member"}]}],"relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":5,"startColumn":9,"endLine":5,"endColumn":21}},"id":1,"message":{"text":"the instance's own address."}}],"partialFingerprints":{"campaignImsFinding/v1":"909958deb0072da9c0c1480410a35fb1"},"fixes":[{"description":{"text":"write `https` (safe)."},"artifactChanges":[{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"replacements":[{"deletedRegion":{"startLine":7,"startColumn":20,"endLine":7,"endColumn":24},"insertedContent":{"text":"https"}}]}]}],"properties":{"environments":["prod","stage"],"pointer":"/external_account/callback_server"}},{"ruleId":"secret-in-manifest","ruleIndex":3,"kind":"fail","level":"error","message":{"text":"the client secret is written in clear.\nHelp: take it from the environment: `{ env: NAME }`."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":8,"startColumn":18,"endLine":8,"endColumn":42}},"logicalLocations":[{"fullyQualifiedName":"/external_account/client_secret","kind":"member"}]}],"partialFingerprints":{"campaignImsFinding/v1":"d4813eef828e9756028e9d65858447b9"},"properties":{"environments":[],"pointer":"/external_account/client_secret"}},{"ruleId":"mask-confusable","ruleIndex":1,"kind":"fail","level":"warning","message":{"text":"the mask has an en dash where profiles have a hyphen.\nHelp: write `-`."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":9,"startColumn":30,"endLine":9,"endColumn":31,"snippet":{"text":"–"}}},"logicalLocations":[{"fullyQualifiedName":"/external_account/association_mask","kind":"member"}]}],"relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/a.ims.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":2,"startColumn":7,"endLine":2,"endColumn":8}},"id":1,"message":{"text":"another mask of the organization."}}],"partialFingerprints":{"campaignImsFinding/v1":"83b33e0ff61f328a93c2e0dd96f8e9af"},"fixes":[{"description":{"text":"write `-` (unsafe: look at it)."},"artifactChanges":[{"artifactLocation":{"uri":"conf/prod.ims.yaml","uriBaseId":"SRCROOT"},"replacements":[{"deletedRegion":{"startLine":9,"startColumn":30,"endLine":9,"endColumn":31},"insertedContent":{"text":"-"}}]}]}],"properties":{"environments":[],"pointer":"/external_account/association_mask"}}]}
]}
"##);
    }

    #[test]
    fn a_failed_run() {
        let text = fixture::written(Format::Sarif, &fixture::failed());
        let log: Value = serde_json::from_str(&text).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), 0);
        insta::assert_snapshot!(run["invocations"], @r#"[{"executionSuccessful":false,"toolExecutionNotifications":[{"level":"error","message":{"text":"cannot read `a`:<U+000A>::error::no <b>such</b> file."}}]}]"#);
    }

    fn rules_page() -> &'static str {
        crate::rules::find("callback-not-https").unwrap().page
    }

    #[test]
    fn the_schema_is_met() {
        let root = env!("CARGO_MANIFEST_DIR");
        let path = format!("{root}/../shared/corpus/sarif-schema-2.1.0.json");
        let Ok(text) = std::fs::read_to_string(&path) else {
            let _ = writeln!(io::stderr(), "SKIPPED: no SARIF schema at {path}");
            return;
        };
        let schema = serde_json::from_str(&text).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        let many = Report::new(fixture::findings_in("../a b", 1_001), Vec::new());
        for report in [
            fixture::report(),
            fixture::hostile(),
            fixture::failed(),
            many,
            Report::default(),
        ] {
            let text = fixture::written(Format::Sarif, &report);
            let value = serde_json::from_str(&text).unwrap();
            let errors: Vec<_> = schema.iter_errors(&value).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }

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

    #[test]
    fn names() {
        assert_eq!(pascal_case("yaml-syntax"), "YamlSyntax");
    }
}
