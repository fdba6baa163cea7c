//! One session with a client: what is asked is answered in the order in which it comes, one thing at a time.

use std::{
    collections::{BTreeSet, HashMap},
    io::{self, Write},
    ops::ControlFlow,
    path::PathBuf,
};

use gen_lsp_types as types;
use serde_json::{Value, json};

use super::{
    actions,
    asked::{Asked, answer, parameters},
    client::{Client, OPEN_PAGE, folders},
    completion, diagnostics, guarded, hints, hover, rename, symbols,
    wire::{self, Code, Incoming, Refusal},
    workspace::Workspace,
};
use crate::rules;

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// `initialize` was not asked for yet.
    New,
    /// It works.
    Running,
    /// `shutdown` was asked for; only `exit` is left.
    ShutDown,
}

/// A session.
pub struct Server<'g, W> {
    out: W,
    client: Client,
    workspace: Workspace<'g>,
    state: State,
    /// The diagnostics that were sent last, by the address of their document.
    sent: HashMap<String, Value>,
    /// How many requests were sent.
    requests: u64,
    /// Requests that are sent behind the next answer.
    later: Vec<(&'static str, Value)>,
}

impl<'g, W: Write> Server<'g, W> {
    /// A session that has not begun.
    pub fn new(workspace: Workspace<'g>, out: W) -> Self {
        Self {
            out,
            client: Client::default(),
            workspace,
            state: State::New,
            sent: HashMap::new(),
            requests: 0,
            later: Vec::new(),
        }
    }

    /// Handles what was read; nothing where it was no message. Where that ends the session, says whether the client shut it down first.
    ///
    /// # Errors
    /// What the client's end of the stream fails with.
    pub fn handle(&mut self, incoming: Option<Incoming>) -> io::Result<ControlFlow<bool>> {
        let Some(incoming) = incoming else {
            let refusal = Refusal(Code::Parse, "this is no message of JSON-RPC");
            self.send(&wire::answer(&Value::Null, Err(refusal)))?;
            return Ok(ControlFlow::Continue(()));
        };
        let Some(method) = incoming.method else {
            // An answer to a request of ours; none says anything that is needed.
            return Ok(ControlFlow::Continue(()));
        };
        match incoming.id {
            Some(id) => {
                let result = self.request(&method, incoming.params);
                self.send(&wire::answer(&id, result))?;
                for (method, params) in std::mem::take(&mut self.later) {
                    self.ask(method, params)?;
                }
                Ok(ControlFlow::Continue(()))
            }
            None if method == "exit" => Ok(ControlFlow::Break(self.state == State::ShutDown)),
            None => {
                if self.state == State::Running {
                    self.notification(&method, incoming.params)?;
                }
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match (self.state, method) {
            (State::New, "initialize") => Ok(self.initialize(&params)),
            (State::New, _) => {
                let message = "the first request has to be `initialize`";
                Err(Refusal(Code::NotInitialized, message))
            }
            (State::ShutDown, _) | (_, "initialize") => {
                let message = "this request does not belong here";
                Err(Refusal(Code::InvalidRequest, message))
            }
            (State::Running, "shutdown") => {
                self.state = State::ShutDown;
                Ok(Value::Null)
            }
            (State::Running, "workspace/executeCommand") => self.open_page(&params),
            (State::Running, _) => {
                let answer = guarded(|| self.question(method, params));
                answer.unwrap_or(Err(Refusal(Code::Internal, super::BUG)))
            }
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.client = Client::new(params);
        self.state = State::Running;
        let folders = folders(params).into_iter();
        self.workspace.change_folders(folders, std::iter::empty());
        self.client.offer()
    }

    /// Opens a rule's page, which is the only command.
    fn open_page(&mut self, params: &Value) -> Result<Value, Refusal> {
        let is_known = params.get("command").and_then(Value::as_str) == Some(OPEN_PAGE);
        let rule = params.pointer("/arguments/0").and_then(Value::as_str);
        let Some(rule) = rule.and_then(rules::find).filter(|_| is_known) else {
            let message = "there is no such command, or no such rule";
            return Err(Refusal(Code::InvalidParams, message));
        };
        let page = json!({"uri": rule.address(), "external": true, "takeFocus": true});
        self.later.push(("window/showDocument", page));
        Ok(Value::Null)
    }

    /// What is asked of an open document. Of what is not open, the answer is empty.
    fn question(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        let address = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let address = address.unwrap_or_default().to_owned();
        let document = self.workspace.document(&address);
        let asked = document.and_then(|document| {
            Some(Asked {
                address: &address,
                document,
                checked: document.checked.as_ref()?,
                workspace: &self.workspace,
                client: &self.client,
            })
        });
        let asked = asked.as_ref();
        match method {
            "textDocument/diagnostic" => {
                let items = self.diagnostics(&address);
                Ok(json!({"kind": "full", "items": items}))
            }
            "textDocument/codeAction" => answer(params, asked, actions::all),
            "textDocument/hover" => answer(params, asked, hover::at),
            "textDocument/completion" => answer(params, asked, completion::at),
            "textDocument/inlayHint" => answer(params, asked, hints::within),
            "textDocument/documentSymbol" => answer(params, asked, symbols::all),
            "textDocument/prepareRename" => answer(params, asked, rename::prepare),
            "textDocument/rename" => {
                let params = parameters(params)?;
                asked.map_or(Ok(Value::Null), |asked| rename::all(asked, &params))
            }
            _ => Err(Refusal(
                Code::MethodNotFound,
                "there is no such method here",
            )),
        }
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        match method {
            "initialized" => self.watch()?,
            "textDocument/didOpen" => {
                if let Ok(types::DidOpenTextDocumentParams { text_document: it }) =
                    parameters(params)
                {
                    self.workspace
                        .set(it.uri.as_ref(), Some(it.version), it.text);
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = parameters(params) {
                    self.change(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(types::DidCloseTextDocumentParams { text_document: it }) =
                    parameters(params)
                {
                    self.workspace.close(it.uri.as_ref());
                }
            }
            // A client that watches tells what else a save changed.
            "textDocument/didSave" if self.client.watches => {}
            "textDocument/didSave" => self.workspace.rescan(&[]),
            "workspace/didChangeWatchedFiles" => {
                if let Ok(types::DidChangeWatchedFilesParams { changes }) = parameters(params) {
                    let changed = changes
                        .iter()
                        .filter_map(|it| super::workspace::file_of(it.uri.as_ref()));
                    let changed: Vec<PathBuf> = changed.collect();
                    self.workspace.rescan(&changed);
                    self.refresh()?;
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Ok(types::DidChangeWorkspaceFoldersParams { event }) = parameters(params) {
                    let added = event.added.iter().map(|it| it.uri.as_ref());
                    let removed = event.removed.iter().map(|it| it.uri.as_ref());
                    self.workspace.change_folders(added, removed);
                    self.refresh()?;
                }
            }
            _ => return Ok(()),
        }
        self.send_diagnostics()
    }

    /// Takes a document's changes, each for the whole text or for a part of it.
    fn change(&mut self, params: types::DidChangeTextDocumentParams) {
        let document = params.text_document;
        let address: &str = document.text_document_identifier.uri.as_ref();
        let known = self.workspace.document(address);
        let mut text = known.map(|it| it.text.clone()).unwrap_or_default();
        for change in params.content_changes {
            use types::TextDocumentContentChangeEvent as Change;
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let source = crate::text::Source::new("", text.as_str());
                    let range = self.client.encoding.bytes(&source, &part.range);
                    text.replace_range(range, &part.text);
                }
            }
        }
        self.workspace.set(address, Some(document.version), text);
    }

    /// Asks the client to tell of files that change.
    fn watch(&mut self) -> io::Result<()> {
        if !self.client.watches {
            return Ok(());
        }
        let globs = [
            "**/*.ims.{yaml,yml}",
            "**/campaign-ims.toml",
            "**/.gitignore",
        ];
        let watchers = globs.map(|glob| json!({"globPattern": glob}));
        let method = "workspace/didChangeWatchedFiles";
        let registration =
            json!({"id": method, "method": method, "registerOptions": {"watchers": watchers}});
        self.ask(
            "client/registerCapability",
            json!({"registrations": [registration]}),
        )
    }

    /// Tells the client to ask again: what it has may be old, though no document changed.
    fn refresh(&mut self) -> io::Result<()> {
        if self.client.pulls && self.client.refreshes_diagnostics {
            self.ask("workspace/diagnostic/refresh", Value::Null)?;
        }
        if self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null)?;
        }
        Ok(())
    }

    /// Sends what differs from what was sent last: of open documents to a client that does not ask, of others where the rules between
    /// instances found something in them.
    fn send_diagnostics(&mut self) -> io::Result<()> {
        if self.state != State::Running {
            return Ok(());
        }
        for (problem, is_warning) in std::mem::take(&mut self.workspace.problems) {
            let message = crate::text::show::lines(&problem);
            let kind = if is_warning { 2 } else { 1 };
            let params = json!({"type": kind, "message": format!("campaign-ims: {message}")});
            self.send(&wire::notification("window/showMessage", params))?;
        }
        let addresses = self.workspace.addresses().chain(self.sent.keys());
        let addresses: BTreeSet<String> = addresses.cloned().collect();
        for address in addresses {
            let document = self.workspace.document(&address);
            let (is_open, version) = (document.is_some(), document.and_then(|it| it.version));
            let is_asked_for = self.client.pulls && is_open;
            let found = match is_asked_for {
                true => json!([]),
                false => self.diagnostics(&address),
            };
            let is_empty = found.as_array().is_none_or(Vec::is_empty);
            let is_sent = match self.sent.get(&address) {
                Some(sent) => *sent == found,
                None => is_empty && (is_asked_for || !is_open),
            };
            if !is_sent {
                let mut params = json!({"uri": address, "diagnostics": found});
                if let Some(version) = version {
                    super::client::add(&mut params, "version", version.into());
                }
                self.send(&wire::notification(
                    "textDocument/publishDiagnostics",
                    params,
                ))?;
            }
            match is_empty && !is_open {
                true => self.sent.remove(&address),
                false => self.sent.insert(address, found),
            };
        }
        Ok(())
    }

    /// The diagnostics of a manifest.
    fn diagnostics(&self, address: &str) -> Value {
        let report = self.workspace.findings(address);
        let findings = report.findings.iter();
        let all = findings.map(|it| diagnostics::diagnostic(it, &self.workspace, &self.client));
        let more = report.left_off().map(diagnostics::left_off);
        json!(all.chain(more).collect::<Vec<_>>())
    }

    fn ask(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.requests += 1;
        let request = wire::request(self.requests, method, params);
        self.send(&request)
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        wire::write(&mut self.out, message)
    }
}
