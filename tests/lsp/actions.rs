//! Code actions and renames, applied as a client applies them.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, Encoding, RIGHT, uri},
    findings::BEFORE,
    support::run,
};

/// A whole document.
fn everything() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}})
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}

/// Applies fixes one by one until there is none.
fn fix_one_by_one(client: &mut Client, document: &str, mut text: String) -> String {
    for version in 2.. {
        let actions = client.actions(document, &everything(), Some("quickfix"));
        let is_fix = |it: &&Value| {
            let title = it["title"].as_str().unwrap();
            !title.starts_with("ignore ") && !title.starts_with("open ")
        };
        let Some(action) = actions.iter().find(is_fix) else {
            break;
        };
        assert!(version < 50, "this never ends: {action}");
        let code = action["diagnostics"][0]["code"].clone();
        let before = client.pull(document).len();
        text = client.applied(&text, action, document);
        client.change(document, version, &text);
        let after = client.pull(document);
        assert!(after.len() <= before, "{code}: {action}");
    }
    text
}

#[test]
fn every_fix_is_an_action_and_nothing_that_can_be_fixed_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let astral = BEFORE.replace("{ profile", "{ label: \"😀é\", profile");
    let texts = [
        BEFORE.to_owned(),
        format!("\u{feff}{}", astral.replace('\n', "\r\n")),
    ];
    for (encoding, text) in [Encoding::Utf8, Encoding::Utf16].into_iter().zip(&texts) {
        let path = folder.path().join("a.ims.yaml");
        let mut client = Client::start(folder.path(), encoding, true, Value::Null);
        client.open(&uri(&path), text);
        let before = client.pull(&uri(&path));
        let fixed = fix_one_by_one(&mut client, &uri(&path), text.clone());
        let left = client.pull(&uri(&path));
        assert!(left.len() < before.len());
        fs::write(&path, text).unwrap();
        run(folder.path(), &["check", "--fix", "--unsafe", "a.ims.yaml"]);
        let expected = fs::read_to_string(&path).unwrap();
        assert_eq!(fixed, expected, "as `check --fix --unsafe` has it");
        client.shut_down();
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_manifest_with_mistakes_that_have_fixes_becomes_clean() {
    let wrong = RIGHT
        .replace("callback_server: https", "callback_server: http")
        .replace("@AdobeOrg", "@adobeorg")
        .replace("client_id:", "clientId:")
        .replace("association_mask: ", "association_mask: ' ")
        .replace("(.*)\n", "(.*) '\n");
    assert_ne!(wrong, RIGHT);
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    client.open(&document, &wrong);
    assert!(client.pull(&document).len() >= 4);
    let text = fix_one_by_one(&mut client, &document, wrong.clone());
    assert_eq!(codes(&client.pull(&document)), Vec::<&str>::new());
    client.change(&document, 60, &wrong);
    let all = client.actions(&document, &everything(), Some("source.fixAll"));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["kind"], "source.fixAll.campaign-ims");
    assert_eq!(client.applied(&wrong, &all[0], &document), text);
    client.change(&document, 61, &text);
    assert!(client.actions(&document, &everything(), None).is_empty());
    client.shut_down();
}

#[test]
fn fixing_all_moves_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    client.open(&document, BEFORE);
    let all = client.actions(&document, &everything(), Some("source"));
    let text = client.applied(BEFORE, &all[0], &document);
    let secret = "client_secret: p8e-this-is-no-real-secret";
    assert!(text.contains(secret));
    // One on a line with what is fixed.
    let (line, short) = (
        "  client_secret: p8e-this-is-no-real-secret\n",
        "external_account:\n",
    );
    let flow = BEFORE
        .replace(line, "")
        .replace(short, "external_account:\n  x: 1\n");
    let flow = flow.replace(
        "  enabled: yes\n",
        "  ? label\n  : { client_secret: p8e-this-is-no-real-secret, Env: a }\n  enabled: yes\n",
    );
    client.change(&document, 2, &flow);
    client.actions(&document, &everything(), None);
    let heard = client.shut_down();
    assert!(!heard.contains("no-real-secret"));
}

#[test]
fn ignoring_a_rule_here() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf8, true, Value::Null);
    client.open(&document, RIGHT);
    let mut version = 1;
    for (old, new, expected) in [
        (
            "enabled: true",
            "enabled: false",
            "enabled: false  # campaign-ims: ignore[account-disabled]",
        ),
        (
            "[openid, AdobeID, session]",
            "[openid, AdobeID] # old",
            "[openid, AdobeID] # old  # campaign-ims: ignore[scope-missing]",
        ),
        (
            "enabled: true",
            "enabled: false # campaign-ims: ignore[mask-tenant] why",
            "enabled: false # campaign-ims: ignore[mask-tenant, account-disabled] why",
        ),
        // No comment can stand within a text of several lines.
        (
            "product_context: dma_campaign_classic",
            "product_context: |-\n    other",
            "product_context: |-  # campaign-ims: ignore[product-context]\n    other",
        ),
    ] {
        let wrong = RIGHT.replace(old, new);
        assert_ne!(wrong, RIGHT, "{old}");
        version += 1;
        client.change(&document, version, &wrong);
        let actions = client.actions(&document, &everything(), None);
        let mut ignores = actions
            .iter()
            .filter(|it| it["title"].as_str().unwrap().starts_with("ignore `"));
        let action = ignores.next().unwrap();
        let ignored = client.applied(&wrong, action, &document);
        assert!(ignored.contains(expected), "{ignored}");
        version += 1;
        client.change(&document, version, &ignored);
        let left = client.pull(&document);
        let left = codes(&left);
        assert!(left.is_empty() || left == ["unused-ignore"], "{left:?}");
    }
    // What cannot be ignored gets no such action.
    client.change(&document, 99, BEFORE);
    let actions = client.actions(&document, &everything(), None);
    for action in actions
        .iter()
        .filter(|it| it["title"].as_str().unwrap().starts_with("ignore"))
    {
        let code = action["diagnostics"][0]["code"].as_str().unwrap();
        assert!(!["secret-in-manifest", "wrong-type", "unknown-field"].contains(&code));
    }
    client.shut_down();
}

#[test]
fn a_group_is_renamed_with_its_profile() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    let stage = "environments:\n  prod: {}\n  stage: { groups: { reviewers: { label: Other } } }\n";
    let text = format!("{RIGHT}{stage}");
    client.open(&document, &text);
    let rename = |client: &mut Client, at: &str, new: &str| {
        let position = client.position(&text, text.find(at).unwrap());
        let at = json!({"textDocument": {"uri": document}, "position": position});
        let prepared = client.ask("textDocument/prepareRename", at.clone());
        let mut params = at;
        params["newName"] = json!(new);
        (prepared, client.ask_anything("textDocument/rename", params))
    };
    let (prepared, answer) = rename(&mut client, "reviewers: {", "checkers");
    assert_eq!(prepared["placeholder"], "reviewers");
    let renamed = client.applied(&text, &json!({"edit": answer["result"]}), &document);
    assert!(
        renamed.contains(
            "checkers: { label: 😀, create: true, profile: 'Campaign - fabrikam - checkers' }"
        ),
        "{renamed}"
    );
    assert!(
        renamed.contains("stage: { groups: { checkers: { label: Other } } }"),
        "{renamed}"
    );
    assert!(!renamed.contains("reviewers"), "{renamed}");
    for (at, new) in [
        ("reviewers: {", "a b"),
        ("reviewers: {", "admin"),
        ("admin: {}", "boss"),
    ] {
        let (_, answer) = rename(&mut client, at, new);
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
    }
    let (prepared, answer) = rename(&mut client, "instance:", "x");
    assert_eq!(prepared, Value::Null);
    assert_eq!(answer["error"]["code"], -32803);
    client.shut_down();
}

#[test]
fn a_rules_page_opens_in_the_browser() {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, Value::Null);
    client.open(&document, &RIGHT.replace("tenant: fabrikam", "tenant: a/b"));
    let actions = client.actions(&document, &everything(), None);
    let opens = actions
        .iter()
        .find(|it| it.get("command").is_some())
        .unwrap();
    assert_eq!(opens["title"], "open the page of `tenant-format`");
    client.ask("workspace/executeCommand", opens["command"].clone());
    client.settle();
    let shown = client
        .told
        .iter()
        .find(|it| it["method"] == "window/showDocument")
        .unwrap();
    let page = shown["params"]["uri"].as_str().unwrap();
    assert!(
        page.starts_with("https://") && page.ends_with("/rules/tenant-format.html"),
        "{page}"
    );
    client.shut_down();
}
