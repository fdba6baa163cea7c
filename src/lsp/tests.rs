//! A check that has a bug does not end a session.

use std::{path::Path, sync::Arc};

use serde_json::{Value, json};

use super::{server::Server, wire::Incoming, workspace::Workspace};
use crate::{
    check::{self, Checked, settings::Settings},
    cli::{Colour, Global},
};

fn panics_at_some(key: &Path, name: &str, bytes: Vec<u8>, settings: &Arc<Settings>) -> Checked {
    assert!(!bytes.starts_with(b"bug"), "on purpose");
    check::text(key, name, bytes, settings, None)
}

#[test]
fn a_session_outlives_a_bug() {
    let global = Global {
        config: None,
        no_config: true,
        color: Colour::Never,
        quiet: false,
    };
    let mut workspace = Workspace::new(&global);
    workspace.check = panics_at_some;
    let mut out = Vec::new();
    let mut server = Server::new(workspace, &mut out);
    let mut say = |id: Option<Value>, method: &str, params: Value| {
        let method = Some(method.to_owned());
        let flow = server.handle(Some(Incoming { id, method, params }));
        assert!(flow.unwrap().is_continue());
    };
    say(Some(json!(1)), "initialize", json!({"capabilities": {}}));
    let document =
        json!({"uri": "file:///a.ims.yaml", "languageId": "yaml", "version": 1, "text": "bug"});
    say(
        None,
        "textDocument/didOpen",
        json!({"textDocument": document}),
    );
    let place = json!({"textDocument": {"uri": "file:///a.ims.yaml"}, "position": {"line": 0, "character": 0}});
    say(Some(json!(2)), "textDocument/hover", place);
    let version = json!({"uri": "file:///a.ims.yaml", "version": 2});
    say(
        None,
        "textDocument/didChange",
        json!({"textDocument": version, "contentChanges": [{"text": "version: 2"}]}),
    );
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("this is a bug in campaign-ims"), "{said}");
    assert!(said.contains("invalid-value"), "{said}");
}
