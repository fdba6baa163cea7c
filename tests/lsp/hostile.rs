//! Traffic that no good client sends, long sessions, and manifests with what must not be told.

use std::fs;

use serde_json::{Value, json};

use crate::{
    cases::{CANARY, hostile, secrets},
    client::{Client, Encoding, RIGHT, uri},
};

fn framed(text: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

#[test]
fn garbage_does_not_end_a_session() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    let short = framed(r#"{"jsonrpc":"2.0","method":"x"}"#).replace("30", "9");
    let long = framed(r#"{"jsonrpc":"2.0","method":"x"}"#).replace("30", "99");
    for bytes in [
        "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 18446744073709551616\r\n\r\n",
        &framed("{"),
        &framed("[]"),
        &framed("null"),
        &framed(r#"{"jsonrpc":"2.0","id":{"a":[]},"method":"textDocument/hover"}"#),
        &framed(r#"{"jsonrpc":"2.0","id":null,"method":"textDocument/hover"}"#),
        &framed(r#"{"jsonrpc":"2.0","id":"x","result":7}"#),
        &framed(r#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#),
        &framed(r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[]}"#),
        &framed(
            r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"x"}}}"#,
        ),
        &framed(
            r#"{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"never:opened.ims.yaml"}}}"#,
        ),
        &framed(r#"{"jsonrpc":"2.0","method":"initialized"}"#),
        &framed(&"[".repeat(200_000)),
        &short,
        &long,
    ] {
        client.send_bytes(bytes.as_bytes());
    }
    // What a wrong length took with it is lost; what comes then is not.
    client.tell("lost", json!({"that": "x".repeat(99)}));
    client.open(&document, RIGHT);
    assert_eq!(client.pull(&document), Vec::<Value>::new());
    for (method, params, code) in [
        ("initialize", json!({}), -32600),
        ("textDocument/hover", json!({}), -32602),
        (
            "textDocument/hover",
            json!({"textDocument": {"uri": document}, "position": {"line": -1, "character": "p8e-x"}}),
            -32602,
        ),
        ("textDocument/rename", Value::Null, -32602),
        ("workspace/executeCommand", json!({"command": "rm"}), -32602),
    ] {
        let answer = client.ask_anything(method, params);
        assert_eq!(answer["error"]["code"], code, "{method}: {answer}");
    }
    let far = json!({"line": u32::MAX, "character": u32::MAX});
    for method in ["hover", "completion", "prepareRename"] {
        let method = format!("textDocument/{method}");
        client.ask(
            &method,
            json!({"textDocument": {"uri": document}, "position": far}),
        );
        client.ask(
            &method,
            json!({"textDocument": {"uri": "file:///not/open"}, "position": far}),
        );
    }
    let backwards = json!({"start": far, "end": {"line": 0, "character": 0}});
    client.actions(&document, &backwards, None);
    client.ask(
        "textDocument/inlayHint",
        json!({"textDocument": {"uri": document}, "range": backwards}),
    );
    client.shut_down();
}

#[test]
fn a_session_has_an_order() {
    let mut client = Client::new(&[]);
    let answer = client.ask_anything("textDocument/hover", json!({}));
    assert_eq!(answer["error"]["code"], -32002);
    client.open("file:///a.ims.yaml", "a: [");
    let answer = client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["serverInfo"]["name"], "campaign-ims");
    client.ask("shutdown", Value::Null);
    let answer = client.ask_anything("textDocument/hover", json!({}));
    assert_eq!(answer["error"]["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.wait().code(), Some(0));

    let mut client = Client::new(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.wait().code(), Some(1), "it was not shut down first");
    // A client that closes the pipe is gone, whatever it was about to say.
    for last_words in ["", "Content-Length: 50\r\n", "Content-Length: 50\r\n\r\n{"] {
        let mut client = Client::new(&[]);
        client.ask("initialize", json!({"capabilities": {}}));
        client.ask("shutdown", Value::Null);
        client.send_bytes(last_words.as_bytes());
        assert_eq!(client.wait().code(), Some(0), "{last_words}");
    }
}

#[test]
fn ten_thousand_changes_cost_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, false, Value::Null);
    client.open(&document, RIGHT);
    let mut memory = 0;
    for version in 0..10_000 {
        let text = RIGHT.replace("Campaign1", &format!("Campaign {version}"));
        client.change(&document, version, &text);
        if version % 100 == 0 {
            client.pushed(&document);
            client.heard.clear();
        }
        #[cfg(target_os = "linux")]
        if version == 1_000 {
            memory = client.memory();
        }
    }
    client.settle();
    #[cfg(target_os = "linux")]
    assert!(
        client.memory() < memory + 4_096,
        "{memory} KiB, then {}",
        client.memory()
    );
    let _ = memory;
    client.shut_down();
}

/// Asks everything that can be asked of a document.
fn ask_everything(client: &mut Client, document: &str, text: &str) {
    client.open(document, text);
    let it = json!({"uri": document});
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}});
    client.pull(document);
    client.actions(document, &all, None);
    client.ask(
        "textDocument/inlayHint",
        json!({"textDocument": it, "range": all}),
    );
    client.ask("textDocument/documentSymbol", json!({"textDocument": it}));
    for (line, content) in text.lines().enumerate().skip(1).step_by(2).take(20) {
        // On a key, and at a line's end.
        let character = [content.len() / 3, content.len()][line / 2 % 2];
        let position = json!({"line": line, "character": character});
        let mut place = json!({"textDocument": it, "position": position});
        client.ask("textDocument/hover", place.clone());
        client.ask("textDocument/completion", place.clone());
        client.ask("textDocument/prepareRename", place.clone());
        place["newName"] = json!("other");
        client.ask_anything("textDocument/rename", place);
    }
}

#[test]
fn no_answer_tells_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(
        folder.path(),
        Encoding::Utf16,
        true,
        json!({"fields": true}),
    );
    for (name, bytes) in secrets().into_iter().step_by(3) {
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let document = uri(&folder
            .path()
            .join(format!("{}.ims.yaml", name.replace(CANARY, ""))));
        ask_everything(&mut client, &document, &text);
        if let Some(at) = client.heard.find(CANARY) {
            let near: String = client.heard[..at].chars().rev().take(600).collect();
            let near: String = near.chars().rev().collect();
            panic!("{name}: {near}CANARY\n{text}");
        }
        client.heard.clear();
        client.close(&document);
    }
    client.shut_down();
}

/// The texts that people see in an answer: not what edits write, nor a name to start a rename from.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => {
            let seen = members
                .iter()
                .filter(|(key, _)| *key != "newText" && *key != "placeholder");
            seen.for_each(|(_, member)| texts(member, found));
        }
        _ => {}
    }
}

#[test]
fn no_answer_shows_what_nobody_sees() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(
        folder.path(),
        Encoding::Utf16,
        true,
        json!({"fields": true}),
    );
    let document = uri(&folder.path().join("a.ims.yaml"));
    let hidden = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for (name, bytes) in hostile().into_iter().step_by(2) {
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        ask_everything(&mut client, &document, &text);
        let heard = std::mem::take(&mut client.heard);
        let messages = serde_json::Deserializer::from_str(&heard).into_iter::<Value>();
        let mut seen = Vec::new();
        messages.for_each(|message| texts(&message.unwrap(), &mut seen));
        for text in seen {
            assert!(!text.contains(hidden), "{name}: {text:?}");
            assert!(!text.contains("this is a bug"), "{name}");
        }
        client.close(&document);
    }
    client.shut_down();
}

#[test]
fn a_folder_that_vanishes() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("a.ims.yaml");
    fs::write(&path, RIGHT).unwrap();
    let mut client = Client::start(&inner, Encoding::Utf16, false, Value::Null);
    client.open(&uri(&path), RIGHT);
    fs::remove_dir_all(&inner).unwrap();
    let gone = json!({"changes": [{"uri": uri(&path), "type": 3}]});
    client.tell("workspace/didChangeWatchedFiles", gone);
    client.change(
        &uri(&path),
        2,
        &RIGHT.replace("tenant: fabrikam", "tenant: a/b"),
    );
    let found = client.pushed(&uri(&path));
    assert_eq!(found[0]["code"], "tenant-format");
    client.close(&uri(&path));
    assert_eq!(client.pushed(&uri(&path)), Vec::<Value>::new());
    client.shut_down();
}
