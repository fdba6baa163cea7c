//! Diagnostics are the findings of `check --format json`, to the character.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    client::{Client, Encoding, RIGHT, uri},
    support::run,
};

pub const BEFORE: &str = include_str!("../../examples/before.ims.yaml");

/// What `check` finds in a file, each as its rule, level, message, help, start and end.
fn checked(client: &Client, folder: &Path, name: &str) -> Vec<Value> {
    let run = run(folder, &["check", "--format", "json", name]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let found = findings.map(|it| {
        let place = |end: &str| {
            let offset = it["range"][end]["offset"].as_u64().unwrap();
            client.position(&text, offset as usize)
        };
        let mut message = format!(
            "{}\nhelp: {}",
            it["message"].as_str().unwrap(),
            it["help"].as_str().unwrap()
        );
        let names = it["environments"].as_array().unwrap().iter();
        let names: Vec<&str> = names.map(|name| name.as_str().unwrap()).collect();
        if !names.is_empty() {
            message += &format!("\nin: {}", names.join(", "));
        }
        let level = match it["severity"].as_str().unwrap() {
            "error" => 1,
            "warning" => 2,
            _ => 3,
        };
        let related = it["related"].as_array().map_or(0, Vec::len);
        json!([
            it["rule"],
            level,
            message,
            place("start"),
            place("end"),
            related
        ])
    });
    found.collect()
}

/// The same of diagnostics.
fn told(diagnostics: &[Value]) -> Vec<Value> {
    let told = diagnostics.iter().map(|it| {
        assert_eq!(it["source"], "campaign-ims");
        let page = it["codeDescription"]["href"].as_str().unwrap();
        assert!(page.ends_with(&format!("/rules/{}.html", it["code"].as_str().unwrap())));
        let related = it["relatedInformation"].as_array().map_or(0, Vec::len);
        let (start, end) = (&it["range"]["start"], &it["range"]["end"]);
        json!([
            it["code"],
            it["severity"],
            it["message"],
            start,
            end,
            related
        ])
    });
    told.collect()
}

/// The example in other clothes: line ends, a mark at its start, characters of many bytes before the findings of a line.
fn texts() -> Vec<(&'static str, String)> {
    let astral = BEFORE
        .replace("{ profile", "{ label: \"😀é\", profile")
        .replace("name: Contoso\n", "name: 😀 Contoso\u{a0}\n");
    vec![
        ("plain", BEFORE.to_owned()),
        ("astral", astral.clone()),
        ("crlf", astral.replace('\n', "\r\n")),
        ("cr", BEFORE.replace('\n', "\r")),
        ("bom", format!("\u{feff}{astral}")),
        ("broken", BEFORE.replace("groups:", "groups: 😀 [é")),
        ("empty", String::new()),
    ]
}

#[test]
fn the_same_as_check_finds() {
    let folder = tempfile::tempdir().unwrap();
    for encoding in [Encoding::Utf8, Encoding::Utf16] {
        for pulls in [false, true] {
            let mut client = Client::start(folder.path(), encoding, pulls, Value::Null);
            for (name, text) in texts() {
                let name = format!("{name} é.ims.yaml");
                fs::write(folder.path().join(&name), &text).unwrap();
                let document = uri(&folder.path().join(&name));
                client.open(&document, &text);
                let diagnostics = match pulls {
                    true => client.pull(&document),
                    false => client.pushed(&document),
                };
                let expected = checked(&client, folder.path(), &name);
                assert_eq!(told(&diagnostics), expected, "{name} {encoding:?}");
                assert_eq!(client.published.contains_key(&document), !pulls);
                client.close(&document);
                client.settle();
                fs::remove_file(folder.path().join(&name)).unwrap();
            }
            let heard = client.shut_down();
            assert!(!heard.contains("p8e-"), "a secret was told");
        }
    }
}

#[test]
fn what_is_written_counts_and_not_what_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ims.yaml");
    fs::write(&path, BEFORE).unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf16, false, Value::Null);
    client.open(&uri(&path), BEFORE);
    assert!(!client.pushed(&uri(&path)).is_empty());
    client.change(&uri(&path), 2, RIGHT);
    assert_eq!(client.pushed(&uri(&path)), Vec::<Value>::new());
    // A client that sends parts, though it is asked for the whole.
    let at = RIGHT.find("callback_server: https").unwrap() + "callback_server: http".len();
    let (start, end) = (client.position(RIGHT, at), client.position(RIGHT, at + 1));
    let change = json!({"range": {"start": start, "end": end}, "text": ""});
    let document = json!({"uri": uri(&path), "version": 3});
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": document, "contentChanges": [change]}),
    );
    let codes = client.pushed(&uri(&path));
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert_eq!(codes[0]["code"], "callback-not-https");
    client.close(&uri(&path));
    assert_eq!(client.pushed(&uri(&path)), Vec::<Value>::new());
    client.shut_down();
}

#[test]
fn no_more_than_a_report_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    let document = uri(&folder.path().join("many.ims.yaml"));
    let fields: String = (0..1_500)
        .map(|number| format!("field{number}: 1\n"))
        .collect();
    client.open(&document, &fields);
    let diagnostics = client.pull(&document);
    assert_eq!(diagnostics.len(), 1_001);
    let last = diagnostics.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("more left off"), "{last}");
    client.shut_down();
}

#[test]
fn other_yaml_is_none_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf16, false, Value::Null);
    for name in ["deployment.yaml", "ims.yaml", "a.ims.json"] {
        let document = uri(&folder.path().join(name));
        client.open(&document, "a: [");
        assert_eq!(client.pushed(&document), Vec::<Value>::new());
    }
    client.shut_down();
}
