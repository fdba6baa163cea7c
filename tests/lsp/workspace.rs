//! Several manifests, their configuration, and what changes on the disk.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::client::{Client, Encoding, RIGHT, uri};

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}

/// Another instance with the mask of the first one.
fn other() -> String {
    let other = RIGHT.replace("name: fabrikam-prod", "name: fabrikam-other");
    let other = other.replace("https://campaign.", "https://other.");
    other.replace("IMS_CLIENT_SECRET", "OTHER_SECRET")
}

fn changed(client: &mut Client, path: &Path) {
    let change = json!({"changes": [{"uri": uri(path), "type": 2}]});
    client.tell("workspace/didChangeWatchedFiles", change);
}

#[test]
fn rules_between_instances_see_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (
        folder.path().join("a.ims.yaml"),
        folder.path().join("b.ims.yaml"),
    );
    fs::write(&a, RIGHT).unwrap();
    fs::write(&b, other()).unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf16, false, Value::Null);
    client.settle();
    let watched = client
        .told
        .iter()
        .find(|it| it["method"] == "client/registerCapability");
    assert!(watched.unwrap().to_string().contains("campaign-ims.toml"));
    // The later one has the finding, open or not.
    assert_eq!(codes(&client.pushed(&uri(&b))), ["mask-shared"]);
    client.open(&uri(&b), &other());
    let found = client.pushed(&uri(&b));
    assert_eq!(codes(&found), ["mask-shared"]);
    assert_eq!(
        found[0]["relatedInformation"][0]["location"]["uri"],
        json!(uri(&a))
    );
    // As the first one stands in the editor.
    client.open(
        &uri(&a),
        &RIGHT.replace("fabrikam - (", "fabrikam-prod - ("),
    );
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    client.close(&uri(&a));
    assert_eq!(codes(&client.pushed(&uri(&b))), ["mask-shared"]);
    // What changes on the disk.
    fs::write(&a, RIGHT.replace("fabrikam - (", "fabrikam-prod - (")).unwrap();
    changed(&mut client, &a);
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    fs::remove_file(&a).unwrap();
    fs::write(folder.path().join("c.ims.yaml"), RIGHT).unwrap();
    changed(&mut client, &a);
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    let c = uri(&folder.path().join("c.ims.yaml"));
    assert_eq!(codes(&client.pushed(&c)), ["mask-shared"]);
    // The comment that the editor offers.
    client.open(&c, RIGHT);
    let found = client.pushed(&c);
    let actions = client.actions(&c, &found[0]["range"], None);
    let text = client.applied(RIGHT, &actions[0], &c);
    assert!(
        text.contains("(.*)  # campaign-ims: ignore[mask-shared]"),
        "{text}"
    );
    client.change(&c, 2, &text);
    assert_eq!(codes(&client.pushed(&c)), Vec::<&str>::new());
    client.shut_down();
}

#[test]
fn who_asks_is_told_what_is_not_open_and_to_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (
        folder.path().join("a.ims.yaml"),
        folder.path().join("b.ims.yaml"),
    );
    fs::write(&a, RIGHT).unwrap();
    fs::write(&b, other()).unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf8, true, Value::Null);
    assert_eq!(codes(&client.pushed(&uri(&b))), ["mask-shared"]);
    client.open(&uri(&b), &other());
    // Not twice in one list of an editor.
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    assert_eq!(codes(&client.pull(&uri(&b))), ["mask-shared"]);
    fs::remove_file(&a).unwrap();
    changed(&mut client, &a);
    client.settle();
    assert!(
        client
            .told
            .iter()
            .any(|it| it["method"] == "workspace/diagnostic/refresh")
    );
    assert_eq!(codes(&client.pull(&uri(&b))), Vec::<&str>::new());
    client.shut_down();
}

#[test]
fn the_configuration_is_that_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir_all(inner.join("old")).unwrap();
    let (a, b) = (inner.join("a.ims.yaml"), inner.join("old/b.ims.yaml"));
    let disabled = RIGHT.replace("enabled: true", "enabled: false");
    fs::write(&a, &disabled).unwrap();
    fs::write(&b, other()).unwrap();
    let toml = folder.path().join("campaign-ims.toml");
    fs::write(
        &toml,
        "exclude = ['old']\n[rules]\naccount-disabled = 'error'\n",
    )
    .unwrap();
    let mut client = Client::start(&inner, Encoding::Utf16, false, Value::Null);
    client.open(&uri(&a), &disabled);
    let found = client.pushed(&uri(&a));
    assert_eq!(
        (codes(&found), &found[0]["severity"]),
        (vec!["account-disabled"], &json!(1))
    );
    // What is passed over is not compared; who opens it names it, as `check FILE` does.
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    client.open(
        &uri(&b),
        &other().replace("tenant: fabrikam", "tenant: a/b"),
    );
    assert_eq!(codes(&client.pushed(&uri(&b))), ["tenant-format"]);
    client.close(&uri(&b));
    // It changes.
    fs::write(&toml, "[rules]\naccount-disabled = 'off'\n").unwrap();
    changed(&mut client, &toml);
    assert_eq!(codes(&client.pushed(&uri(&a))), Vec::<&str>::new());
    assert_eq!(codes(&client.pushed(&uri(&b))), ["mask-shared"]);
    fs::write(inner.join(".gitignore"), "old\n").unwrap();
    changed(&mut client, &inner.join(".gitignore"));
    assert_eq!(codes(&client.pushed(&uri(&b))), Vec::<&str>::new());
    // It has a mistake.
    fs::write(&toml, "[rules]\naccount-disabled = 'loud'\n").unwrap();
    changed(&mut client, &toml);
    // Each keystroke meets it again, and it is told once.
    client.open(&uri(&b), &other());
    changed(&mut client, &toml);
    client.settle();
    // Then a rule that there is not.
    fs::write(&toml, "[rules]\naccount-disable = 'off'\n").unwrap();
    changed(&mut client, &toml);
    client.settle();
    let shown = client.told.iter();
    let shown = shown.filter(|it| it["method"] == "window/showMessage");
    let shown: Vec<String> = shown.map(|it| it["params"].to_string()).collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[0].contains("campaign-ims.toml:2:"), "{shown:?}");
    assert!(
        shown[1].contains("there is no rule `account-disable`"),
        "{shown:?}"
    );
    client.shut_down();
}

#[test]
fn the_options_of_every_command() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("campaign-ims.toml"),
        "[rules]\naccount-disabled = 'off'\n",
    )
    .unwrap();
    let strict = folder.path().join("strict.toml");
    fs::write(&strict, "[rules]\naccount-disabled = 'error'\n").unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let disabled = RIGHT.replace("enabled: true", "enabled: false");
    for (arguments, severity) in [
        (vec![], None),
        (vec!["--no-config"], Some(2)),
        (vec!["--config", strict.to_str().unwrap()], Some(1)),
    ] {
        let mut client = Client::new(&arguments);
        client.ask(
            "initialize",
            json!({"rootUri": uri(folder.path()), "capabilities": {}}),
        );
        client.tell("initialized", json!({}));
        client.open(&document, &disabled);
        let found = client.pushed(&document);
        assert_eq!(
            found.first().map(|it| it["severity"].as_i64().unwrap()),
            severity
        );
        client.shut_down();
    }
}

/// Some clients name the home folder, or the root of the disk, where they know no better: a search would take minutes.
#[test]
fn nobody_waits_for_a_search_of_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (
        folder.path().join("a.ims.yaml"),
        folder.path().join("b.ims.yaml"),
    );
    fs::write(&a, RIGHT).unwrap();
    fs::write(&b, other()).unwrap();
    for root in [folder.path(), Path::new("/")] {
        let mut client = Client::with_home(folder.path());
        client.ask(
            "initialize",
            json!({"rootUri": uri(root), "capabilities": {}}),
        );
        client.tell("initialized", json!({}));
        client.open(
            &uri(&b),
            &other().replace("tenant: fabrikam", "tenant: a/b"),
        );
        assert_eq!(codes(&client.pushed(&uri(&b))), ["tenant-format"]);
        client.shut_down();
    }
}

#[test]
fn two_documents_of_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b.ims.yaml");
    fs::write(&path, RIGHT).unwrap();
    let mut client = Client::start(folder.path(), Encoding::Utf16, false, Value::Null);
    // The same file in two spellings, the same document twice, and two files of one name in two folders.
    let spelt = uri(&path).replace("a%20b", "%61%20b");
    client.open(&uri(&path), RIGHT);
    client.open(&uri(&path), RIGHT);
    client.open(&spelt, RIGHT);
    for address in [&uri(&path), &spelt, &"untitled:a b.ims.yaml".to_owned()] {
        client.open(address, RIGHT);
        assert_eq!(
            codes(&client.pushed(address)),
            Vec::<&str>::new(),
            "{address}"
        );
    }
    let [one, two] =
        ["one", "two"].map(|name| tempfile::Builder::new().prefix(name).tempdir().unwrap());
    for folder in [&one, &two] {
        fs::write(folder.path().join("x.ims.yaml"), other()).unwrap();
        let added = json!([{"uri": uri(folder.path()), "name": "x"}]);
        let event = json!({"event": {"added": added, "removed": []}});
        client.tell("workspace/didChangeWorkspaceFolders", event);
    }
    let found = ["one", "two"].map(|name| {
        let folder = if name == "one" { &one } else { &two };
        let document = uri(&folder.path().join("x.ims.yaml"));
        let found = client.pushed(&document);
        found
            .iter()
            .filter(|it| it["code"] == "account-duplicate")
            .count()
    });
    assert_eq!(found, [0, 1]);
    client.shut_down();
}
