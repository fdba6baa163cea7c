//! Hovers, completions, inlay hints and symbols, also where the text does not parse yet.

use serde_json::{Value, json};

use crate::client::{Client, Encoding, RIGHT, uri};

fn start(options: Value) -> (Client, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let document = uri(&folder.path().join("a.ims.yaml"));
    let mut client = Client::start(folder.path(), Encoding::Utf16, true, options);
    client.open(&document, RIGHT);
    (client, document, folder)
}

/// What a hover shows; empty where there is none.
fn hover(client: &mut Client, document: &str, marked: &str) -> String {
    let hover = client.ask_at("textDocument/hover", document, marked);
    let value = hover["contents"]["value"].as_str();
    value.unwrap_or_default().to_owned()
}

/// What a completion writes, with what it says of it.
fn completions(client: &mut Client, document: &str, marked: &str) -> Vec<String> {
    let list = client.ask_at("textDocument/completion", document, marked);
    let items = list["items"].as_array().unwrap().iter();
    let items = items.map(|it| {
        let (text, detail) = (&it["textEdit"]["newText"], &it["detail"]);
        format!("{}|{}", text.as_str().unwrap(), detail.as_str().unwrap())
    });
    items.collect()
}

#[test]
fn hovers() {
    let (mut client, document, _folder) = start(Value::Null);
    let mark = |at: &str| RIGHT.replacen(at, &format!("{}|{}", &at[..1], &at[1..]), 1);
    let admin = hover(&mut client, &document, &mark("admin: {}"));
    assert!(admin.contains("built in, Administrator"), "{admin}");
    assert!(admin.contains("`Campaign - fabrikam - admin`"), "{admin}");
    let made = hover(&mut client, &document, &mark("reviewers: {"));
    assert!(made.contains("the package creates it"), "{made}");
    assert!(made.contains("`Campaign - fabrikam - reviewers`"), "{made}");
    // Without the option, what the schema cannot say.
    let field = hover(&mut client, &document, &mark("callback_server:"));
    assert_eq!(
        field,
        "In the package: attribute `callbackServer` of `extAccount`."
    );
    assert_eq!(hover(&mut client, &document, &mark("instance:")), "");
    assert_eq!(hover(&mut client, &document, &format!("#| x\n{RIGHT}")), "");
    let comment = RIGHT.replace(
        "release: 7.4.3",
        "release: 7.4.3 # campaign-ims: ignore[mask-tenant, release-|not-ready]",
    );
    let page = hover(&mut client, &document, &comment);
    assert!(page.starts_with("# release-not-ready"), "{page}");
    // A text that is not finished.
    let broken = mark("callback_server:") + "x: [";
    assert!(hover(&mut client, &document, &broken).contains("`callbackServer`"));
    client.shut_down();

    let (mut client, document, _folder) = start(json!({"fields": true}));
    let field = hover(&mut client, &document, &mark("callback_server:"));
    assert!(field.starts_with("**"), "{field}");
    assert!(
        field.ends_with("attribute `callbackServer` of `extAccount`."),
        "{field}"
    );
    let value = hover(&mut client, &document, &mark("on-premise"));
    assert!(value.contains("Who runs the instance"), "{value}");
    let patch = format!("{RIGHT}environments:\n  prod:\n    instance: {{ rel|ease: 7.4.1 }}\n");
    let patch = hover(&mut client, &document, &patch);
    assert!(patch.contains("product release"), "{patch}");
    client.shut_down();
}

#[test]
fn completions_of_what_no_schema_knows() {
    let (mut client, document, _folder) = start(Value::Null);
    let groups = completions(&mut client, &document, "groups:\n  admin: {}\n  del|\nx: [");
    assert!(
        groups.contains(&"delivery: {}|Delivery operators".to_owned()),
        "{groups:?}"
    );
    assert!(
        !groups.iter().any(|it| it.starts_with("admin")),
        "{groups:?}"
    );
    assert_eq!(groups.len(), 14);
    let flow = completions(&mut client, &document, "groups: { admin: {}, |");
    assert_eq!(flow.len(), 14);
    let named = completions(&mut client, &document, "groups:\n  del|: {}\n");
    assert!(
        named.contains(&"delivery|Delivery operators".to_owned()),
        "{named:?}"
    );
    let patch = completions(
        &mut client,
        &document,
        "environments:\n  prod:\n    groups:\n      |\n",
    );
    assert_eq!(patch.len(), 15);
    let scopes = completions(
        &mut client,
        &document,
        "external_account:\n  scope: [openid, |",
    );
    assert!(scopes.contains(&"AdobeID|scope".to_owned()), "{scopes:?}");
    assert!(!scopes.contains(&"openid|scope".to_owned()), "{scopes:?}");
    let items = completions(
        &mut client,
        &document,
        "external_account:\n  scope:\n    - openid\n    - |\n",
    );
    assert_eq!(items, scopes);
    let packages = completions(&mut client, &document, "instance:\n  packages: [|]\n");
    assert_eq!(packages, ["experience-cloud-integration|built-in package"]);
    let rules = completions(
        &mut client,
        &document,
        "a: 1 # campaign-ims: ignore[mask-tenant, mask-|",
    );
    assert!(
        rules.iter().any(|it| it.starts_with("mask-shared|")),
        "{rules:?}"
    );
    assert!(
        !rules.iter().any(|it| it.starts_with("yaml-syntax|")),
        "{rules:?}"
    );
    for nothing in [
        "|",
        "ver|",
        "instance:\n  hosting: |",
        "# |",
        "a: \"|",
        "organization:\n  id: |",
    ] {
        assert_eq!(
            completions(&mut client, &document, nothing),
            Vec::<String>::new(),
            "{nothing}"
        );
    }
    client.shut_down();
}

#[test]
fn completions_of_fields_for_who_wants_them() {
    let (mut client, document, _folder) = start(json!({"fields": true}));
    let fields = completions(&mut client, &document, "version: 1\n|");
    assert!(
        fields.contains(&"organization:|Organization".to_owned()),
        "{fields:?}"
    );
    assert!(
        !fields.iter().any(|it| it.starts_with("version")),
        "{fields:?}"
    );
    let inner = completions(&mut client, &document, "instance:\n  na|");
    assert!(
        inner.contains(&"name: |Instance name".to_owned()),
        "{inner:?}"
    );
    let group = completions(&mut client, &document, "groups: { admin: { |");
    assert!(group.iter().any(|it| it.starts_with("create")), "{group:?}");
    let hosting = completions(&mut client, &document, "instance:\n  hosting: on-|");
    assert_eq!(hosting.len(), 3);
    let flag = completions(&mut client, &document, "external_account:\n  enabled: |");
    assert_eq!(flag.len(), 2);
    let patch = completions(&mut client, &document, "environments:\n  stage:\n    |\n");
    assert!(
        !patch.iter().any(|it| it.starts_with("environments")),
        "{patch:?}"
    );
    assert!(
        patch.iter().any(|it| it.starts_with("instance:")),
        "{patch:?}"
    );
    client.shut_down();
}

#[test]
fn hints_show_the_profile_behind_each_group() {
    let (mut client, document, _folder) = start(Value::Null);
    let hints = |client: &mut Client, text: &str| -> Vec<String> {
        client.change(&document, 3, text);
        let range =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let hints = client.ask(
            "textDocument/inlayHint",
            json!({"textDocument": {"uri": document}, "range": range}),
        );
        let hints = hints.as_array().unwrap().iter();
        let hints = hints.map(|it| {
            let line = it["position"]["line"].as_u64().unwrap();
            let at = it["position"]["character"].as_u64().unwrap();
            format!("{line}:{at} {}", it["label"].as_str().unwrap())
        });
        hints.collect()
    };
    // The profile of `reviewers` is written out.
    let one = hints(&mut client, RIGHT);
    assert_eq!(
        one,
        [
            "21:11 Campaign - fabrikam - admin",
            "22:14 Campaign - fabrikam - delivery"
        ]
    );
    let stage = "environments:\n  prod: {}\n  stage: { external_account: { association_mask: Stage - (.*) }, groups: { extra: {} } }\n";
    let two = hints(&mut client, &format!("{RIGHT}{stage}"));
    assert_eq!(
        two[0],
        "21:11 prod: Campaign - fabrikam - admin · stage: Stage - admin"
    );
    assert!(two[2].starts_with("26:"), "{two:?}");
    assert!(two[2].ends_with(" Stage - extra"), "{two:?}");
    let flow = RIGHT
        .replace("  admin: {}\n  delivery: {}\n", "")
        .replace("groups:\n", "groups: { admin: {}, delivery: {} }\n");
    let flow = flow.split("  reviewers").next().unwrap();
    let flow = hints(&mut client, flow);
    assert_eq!(
        flow,
        [
            "20:15 Campaign - fabrikam - admin",
            "20:29 Campaign - fabrikam - delivery"
        ]
    );
    assert_eq!(hints(&mut client, "groups: ["), Vec::<String>::new());
    assert_eq!(
        hints(&mut client, &RIGHT.replace("(.*)", "*")),
        Vec::<String>::new()
    );
    client.shut_down();
}

#[test]
fn symbols_are_for_who_wants_them() {
    let (mut client, document, _folder) = start(json!({"fields": true}));
    let symbols = client.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": document}}),
    );
    let names = |symbols: &Value| -> Vec<String> {
        let symbols = symbols.as_array().unwrap().iter();
        symbols
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let top = [
        "version",
        "organization",
        "instance",
        "external_account",
        "groups",
    ];
    assert_eq!(names(&symbols), top);
    assert_eq!(
        names(&symbols[4]["children"]),
        ["admin", "delivery", "reviewers"]
    );
    client.shut_down();
}
