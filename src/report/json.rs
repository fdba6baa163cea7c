//! Findings for programs. `schemas/findings.schema.json` is made from the types here.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{LeftOff, Report, Summary};
use crate::text::show;
use crate::{
    diagnostic::{self, Severity},
    text::Source,
};

/// What `check --format json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Findings of campaign-ims")]
#[allow(dead_code, reason = "described by the schema, written piece by piece")]
struct Document {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u8,
    /// Sorted by path, position and rule.
    findings: Vec<Finding>,
    /// Files with more findings than are reported; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("minItems" = 1))]
    truncated: Vec<Truncated>,
    /// Counts of everything that was found.
    summary: Summary,
}

/// Something that the check has to say about a place.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Finding {
    /// The rule's id.
    #[schemars(extend("pattern" = "^[a-z][a-z0-9-]*$"))]
    rule: &'static str,
    /// How much it weighs.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    severity: &'static str,
    /// What is wrong with the value at hand.
    message: String,
    /// What to write instead; may be empty.
    help: String,
    /// The file. Hidden characters are shown as `<U+XXXX>`.
    path: String,
    /// The environments that it was found in; empty where the manifest has none.
    environments: Vec<String>,
    /// JSON Pointer (RFC 6901) into the document as written.
    #[schemars(extend("pattern" = "^($|/)"))]
    pointer: String,
    /// What somebody has to change.
    range: Range,
    /// Other places that belong to it; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("minItems" = 1))]
    related: Vec<Related>,
    /// How to mend it by machine; absent where that is not possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Fix")]
    fix: Option<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Related {
    /// What it has to do with the finding.
    message: String,
    /// The file.
    path: String,
    /// The place in it.
    range: Range,
}

/// A way to mend a finding.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Fix {
    /// What it does.
    title: String,
    /// Whether `--fix` alone applies it.
    safe: bool,
    /// What it changes in the finding's file, sorted and disjoint.
    #[schemars(extend("minItems" = 1))]
    edits: Vec<Edit>,
}

/// A replacement.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Edit {
    /// What goes.
    range: Range,
    /// What comes in its place, exactly.
    text: String,
}

/// A half-open range.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Range {
    /// Its first character.
    start: Position,
    /// The character after its last one.
    end: Position,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Position {
    /// From 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// From 1, in Unicode scalar values; a byte-order mark has none.
    #[schemars(range(min = 1))]
    column: usize,
    /// From 0, in bytes.
    offset: usize,
}

/// A file with more findings than are reported.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Truncated {
    /// The file.
    path: String,
    /// How many of its findings are not in `findings`.
    #[schemars(range(min = 1))]
    left_off: usize,
    /// The same as a sentence.
    message: String,
}

/// The JSON Schema (draft 2020-12) of what this format writes.
pub fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document>();
    schema.insert(
        "$id".to_owned(),
        format!("{}/raw/main/schemas/findings.schema.json", super::HOME).into(),
    );
    schema
}

/// Writes one finding a line.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\n\"findings\":[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        show::json(out, &Finding::from(finding))?;
    }
    let end = if report.findings.is_empty() { "" } else { "\n" };
    writeln!(out, "{end}],")?;
    if !report.left_off.is_empty() {
        let truncated: Vec<Truncated> = report.left_off.iter().map(Truncated::from).collect();
        out.write_all(b"\"truncated\":")?;
        show::json(out, &truncated)?;
        out.write_all(b",\n")?;
    }
    out.write_all(b"\"summary\":")?;
    show::json(out, &report.summary)?;
    out.write_all(b"}\n")
}

impl From<&diagnostic::Finding> for Finding {
    fn from(finding: &diagnostic::Finding) -> Self {
        let location = &finding.location;
        let range = |bytes| Range::new(&location.source, bytes);
        Self {
            rule: finding.rule.id,
            severity: Severity::name(finding.severity),
            message: show::value_lines(&finding.message),
            help: show::value_lines(&finding.help),
            path: show::value(location.source.name()),
            environments: finding
                .environments
                .iter()
                .map(|name| show::value(name))
                .collect(),
            pointer: show::value(&location.pointer),
            range: range(&location.range),
            related: finding.related.iter().map(Related::from).collect(),
            fix: finding.fix.as_ref().map(|fix| Fix {
                title: show::value_lines(&fix.title),
                safe: fix.safe,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit {
                        range: range(&edit.range),
                        text: edit.text.clone(),
                    })
                    .collect(),
            }),
        }
    }
}

impl From<&diagnostic::Related> for Related {
    fn from(related: &diagnostic::Related) -> Self {
        let source = &related.location.source;
        Self {
            message: show::value_lines(&related.message),
            path: show::value(source.name()),
            range: Range::new(source, &related.location.range),
        }
    }
}

impl From<&LeftOff> for Truncated {
    fn from(left_off: &LeftOff) -> Self {
        Self {
            path: show::value(&left_off.path),
            left_off: left_off.count,
            message: left_off.sentence(),
        }
    }
}

impl Range {
    fn new(source: &Source, bytes: &std::ops::Range<usize>) -> Self {
        let position = |offset| {
            let position = source.position(offset);
            Position {
                line: position.line,
                column: position.column,
                offset: position.offset,
            }
        };
        Self {
            start: position(bytes.start),
            end: position(bytes.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, fixture};

    fn valid(text: &str) -> serde_json::Value {
        let value = serde_json::from_str(text).unwrap();
        let schema = serde_json::to_value(schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        value
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/findings.schema.json");
        let expected = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(path).unwrap(),
            expected,
            "run the tests with UPDATE=1"
        );
    }

    #[test]
    fn findings() {
        let text = fixture::written(Format::Json, &fixture::report());
        valid(&text);
        insta::assert_snapshot!(text, @r#"
{"version":1,
"findings":[
{"rule":"org-id-unusual","severity":"note","message":"the document has no organization id","help":"","path":"conf/prod.ims.yaml","environments":[],"pointer":"","range":{"start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0}}},
{"rule":"callback-not-https","severity":"error","message":"the callback server is not https","help":"write `https://`","path":"conf/prod.ims.yaml","environments":["prod","stage"],"pointer":"/external_account/callback_server","range":{"start":{"line":7,"column":20,"offset":109},"end":{"line":7,"column":47,"offset":136}},"related":[{"message":"the instance's own address","path":"conf/prod.ims.yaml","range":{"start":{"line":5,"column":9,"offset":59},"end":{"line":5,"column":21,"offset":71}}}],"fix":{"title":"write `https`","safe":true,"edits":[{"range":{"start":{"line":7,"column":20,"offset":109},"end":{"line":7,"column":24,"offset":113}},"text":"https"}]}},
{"rule":"secret-in-manifest","severity":"error","message":"the client secret is written in clear","help":"take it from the environment: `{ env: NAME }`","path":"conf/prod.ims.yaml","environments":[],"pointer":"/external_account/client_secret","range":{"start":{"line":8,"column":18,"offset":154},"end":{"line":8,"column":42,"offset":178}}},
{"rule":"mask-confusable","severity":"warning","message":"the mask has an en dash where profiles have a hyphen","help":"write `-`","path":"conf/prod.ims.yaml","environments":[],"pointer":"/external_account/association_mask","range":{"start":{"line":9,"column":30,"offset":208},"end":{"line":9,"column":31,"offset":211}},"related":[{"message":"another mask of the organization","path":"conf/a.ims.yaml","range":{"start":{"line":2,"column":7,"offset":17},"end":{"line":2,"column":8,"offset":18}}}],"fix":{"title":"write `-`","safe":false,"edits":[{"range":{"start":{"line":9,"column":30,"offset":208},"end":{"line":9,"column":31,"offset":211}},"text":"-"}]}}
],
"summary":{"files":2,"errors":2,"warnings":1,"notes":1}}
"#);
    }

    #[test]
    fn a_clean_run() {
        let report = Report::new(Vec::new(), vec!["a".to_owned()]);
        let text = fixture::written(Format::Json, &report);
        valid(&text);
        insta::assert_snapshot!(text, @r#"
{"version":1,
"findings":[],
"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}
"#);
    }

    #[test]
    fn what_is_left_off_is_said() {
        let report = Report::new(fixture::findings_in("a", 1_001), vec!["a".to_owned()]);
        let value = valid(&fixture::written(Format::Json, &report));
        assert_eq!(value["findings"].as_array().unwrap().len(), 1_000);
        insta::assert_snapshot!(value["truncated"], @r#"[{"path":"a","left_off":1,"message":"1 finding more left off: 1,000 a file are shown"}]"#);
    }

    #[test]
    fn the_schema_is_strict() {
        let schema = serde_json::to_value(schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut value = valid(&fixture::written(Format::Json, &fixture::report()));
        value["findings"][0]["more"] = true.into();
        assert!(!validator.is_valid(&value));
    }

    #[test]
    fn hostile_text_keeps_its_value_only_in_edits() {
        let report = fixture::hostile();
        let text = fixture::written(Format::Json, &report);
        let value = valid(&text);
        assert!(
            value["findings"][0]["message"]
                .as_str()
                .unwrap()
                .contains("<U+202E><b>")
        );
        let edit = value["findings"][0]["fix"]["edits"][0]["text"]
            .as_str()
            .unwrap();
        assert_eq!(edit, report.findings[0].fix.as_ref().unwrap().edits[0].text);
    }
}
