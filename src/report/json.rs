//! Findings for programs, described by `schemas/findings.schema.json`.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use super::{
    Report, Summary,
    shown::{Finding, Truncated},
};
use crate::{diagnostic, text::show::SafeJson};

/// What `check --format json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Findings of campaign-ims")]
struct Document<'a> {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u8,
    /// Sorted by path, position and rule.
    #[serde(serialize_with = "one_by_one")]
    #[schemars(with = "Vec<Finding>")]
    findings: &'a [diagnostic::Finding],
    /// Files with more findings than are reported; absent where there are none.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schemars(extend("minItems" = 1))]
    truncated: &'a [Truncated],
    /// Why the check failed, so that its findings are not all there are; absent where it did not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("minItems" = 1))]
    errors: Vec<String>,
    /// Counts of everything that was found.
    summary: Summary,
}

/// Writes each finding before the next one is made: a long report costs no memory.
fn one_by_one<S: Serializer>(
    findings: &[diagnostic::Finding],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(Finding::from))
}

/// Writes one finding a line.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        findings: &report.findings,
        truncated: &report.left_off,
        errors: report.shown_problems().collect(),
        summary: report.summary,
    };
    print(out, &document)
}

/// JSON with a line for each element of an outermost array, and a line end. Strings hold no hidden character.
pub(super) fn print(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let formatter = Lines::default();
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, formatter);
    value.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

#[derive(Default)]
struct Lines {
    /// How many arrays are open.
    depth: usize,
    /// Whether the last outermost one has elements.
    is_filled: bool,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.is_filled &= self.depth > 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        let ends_line = self.depth == 0 && self.is_filled;
        out.write_all(if ends_line { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_filled = true;
        out.write_all(match (self.depth, first) {
            (1, true) => b"\n",
            (1, false) => b",\n",
            (_, true) => b"",
            (_, false) => b",",
        })
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        SafeJson.write_string_fragment(out, fragment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::SITE;
    use crate::report::{Format, fixture};

    /// The JSON Schema (draft 2020-12) of what this format writes.
    fn schema() -> schemars::Schema {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let generator = settings.into_generator();
        let mut schema = generator.into_root_schema_for::<Document<'static>>();
        schema.insert(
            "$id".to_owned(),
            format!("{SITE}schemas/findings.schema.json").into(),
        );
        schema
    }

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
{"version":1,"findings":[
{"rule":"org-id-unusual","severity":"note","message":"the document has no organization id","help":"","path":"conf/prod.ims.yaml","environments":[],"pointer":"","range":{"start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0}}},
{"rule":"callback-not-https","severity":"error","message":"the callback server is not https","help":"write `https://`","path":"conf/prod.ims.yaml","environments":["prod","stage"],"pointer":"/external_account/callback_server","range":{"start":{"line":7,"column":20,"offset":109},"end":{"line":7,"column":47,"offset":136}},"related":[{"message":"the instance's own address","path":"conf/prod.ims.yaml","range":{"start":{"line":5,"column":9,"offset":59},"end":{"line":5,"column":21,"offset":71}}}],"fix":{"title":"write `https`","safe":true,"edits":[{"range":{"start":{"line":7,"column":20,"offset":109},"end":{"line":7,"column":24,"offset":113}},"text":"https"}]}},
{"rule":"secret-in-manifest","severity":"error","message":"the client secret is written in clear","help":"take it from the environment: `{ env: NAME }`","path":"conf/prod.ims.yaml","environments":[],"pointer":"/external_account/client_secret","range":{"start":{"line":8,"column":18,"offset":154},"end":{"line":8,"column":42,"offset":178}}},
{"rule":"mask-confusable","severity":"warning","message":"the mask has an en dash where profiles have a hyphen","help":"write `-`","path":"conf/prod.ims.yaml","environments":[],"pointer":"/external_account/association_mask","range":{"start":{"line":9,"column":30,"offset":208},"end":{"line":9,"column":31,"offset":211}},"related":[{"message":"another mask of the organization","path":"conf/a.ims.yaml","range":{"start":{"line":2,"column":7,"offset":17},"end":{"line":2,"column":8,"offset":18}}}],"fix":{"title":"write `-`","safe":false,"edits":[{"range":{"start":{"line":9,"column":30,"offset":208},"end":{"line":9,"column":31,"offset":211}},"text":"-"}]}}
],"summary":{"files":2,"errors":2,"warnings":1,"notes":1}}
"#);
    }

    #[test]
    fn a_clean_run() {
        let report = Report::new(Vec::new(), vec!["a".to_owned()]);
        let text = fixture::written(Format::Json, &report);
        valid(&text);
        insta::assert_snapshot!(text, @r#"{"version":1,"findings":[],"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}"#);
    }

    #[test]
    fn a_failed_run() {
        let text = fixture::written(Format::Json, &fixture::failed());
        valid(&text);
        insta::assert_snapshot!(text, @r#"
{"version":1,"findings":[],"errors":[
"cannot read `a`:<U+000A>::error::no <b>such</b> file"
],"summary":{"files":0,"errors":0,"warnings":0,"notes":0}}
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
