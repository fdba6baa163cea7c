//! Findings for programs, described by `schemas/findings.schema.json`.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{
    Report, Summary,
    shown::{Finding, Truncated},
};
use crate::{diagnostic, text::show};

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

/// JSON with a line for each element of an outermost array, and a line end.
pub(super) fn print(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    show::json_lines(out, value)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::SITE;

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
}
