//! From a keystroke to its diagnostics, as an editor has it: over the pipe, the JSON of both sides included.
//! `cargo bench --bench lsp`. Figures are medians.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a measurement speaks, and uses a part of the tests' client"
)]

#[path = "../tests/lsp/client.rs"]
mod client;

use std::{
    fs,
    time::{Duration, Instant},
};

use client::{Client, Encoding, RIGHT, uri};
use serde_json::{Value, json};

/// The median of many runs, printed.
fn measure(what: &str, runs: i32, mut work: impl FnMut(i32)) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|run| {
            let start = Instant::now();
            work(run);
            start.elapsed()
        })
        .collect();
    times.sort();
    let median = times[times.len() / 2].as_secs_f64() * 1e3;
    println!("{what:<56} {median:>8.2} ms");
}

/// A manifest with so many groups more, of which nothing is said.
fn with_groups(count: usize) -> String {
    let groups = (0..count).map(|number| format!("  group{number}: {{ create: true }}\n"));
    let groups: String = groups.collect();
    format!("{RIGHT}{groups}")
}

/// Changes of one character, each until its diagnostics are there.
fn keystrokes(client: &mut Client, document: &str, text: &str, what: &str) {
    client.open(document, text);
    client.pull(document);
    measure(what, 51, |run| {
        let number = format!("number: {}", 9394 + run % 2);
        client.change(document, run, &text.replace("number: 9394", &number));
        client.pull(document);
    });
    client.close(document);
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("open.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    keystrokes(&mut client, &document, RIGHT, "a keystroke: 3 groups");
    let many = with_groups(1_000);
    keystrokes(&mut client, &document, &many, "a keystroke: 1,000 groups");
    let wrong = many.replace("create: true", "creat: true");
    keystrokes(
        &mut client,
        &document,
        &wrong,
        "a keystroke: 1,000 findings",
    );
    client.open(&document, &many);
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 2000, "character": 0}});
    let hints = json!({"textDocument": {"uri": document}, "range": all});
    measure("hints of 1,000 groups", 21, |_| {
        client.ask("textDocument/inlayHint", hints.clone());
    });
    client.shut_down();

    for number in 0..1_000 {
        let text = RIGHT.replace("fabrikam", &format!("fabrikam{number}"));
        let path = folder.path().join(format!("{number}.ims.yaml"));
        fs::write(path, text).unwrap();
    }
    let mut client = None;
    measure("a session in a folder of 1,000 manifests starts", 1, |_| {
        client = Some(Client::start(
            folder.path(),
            Encoding::Utf16,
            true,
            Value::Null,
        ));
    });
    let mut client = client.unwrap();
    keystrokes(
        &mut client,
        &document,
        RIGHT,
        "a keystroke beside 1,000 manifests",
    );
    let member = uri(&folder.path().join("500.ims.yaml"));
    let text = RIGHT.replace("fabrikam", "fabrikam500");
    keystrokes(
        &mut client,
        &member,
        &text,
        "a keystroke in one of 1,000 manifests",
    );
    measure("a file of 1,000 changes", 5, |_| {
        let change = json!({"changes": [{"uri": member, "type": 2}]});
        client.tell("workspace/didChangeWatchedFiles", change);
        client.settle();
    });
    client.shut_down();
}
