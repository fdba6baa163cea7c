//! A client: it sends what it is told to, and keeps what comes back.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
};

use serde_json::{Value, json};

/// A manifest without findings.
pub const RIGHT: &str = r#"version: 1
organization:
  name: Fabrikam
  id: 7A1E42C95D3B4F600A495E31@AdobeOrg
  tenant: fabrikam
instance:
  name: fabrikam-prod
  url: https://campaign.fabrikam.com
  hosting: on-premise
  build: { version: "6.7", number: 9394 }
  release: 7.4.3
external_account:
  enabled: true
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  client_secret: { env: IMS_CLIENT_SECRET }
  callback_server: https://campaign.fabrikam.com
  association_mask: Campaign - fabrikam - (.*)
  product_context: dma_campaign_classic
groups:
  admin: {}
  delivery: {}
  reviewers: { label: 😀, create: true, profile: 'Campaign - fabrikam - reviewers' }
"#;

/// What positions count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    Utf16,
}

pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    encoding: Encoding,
    requests: i64,
    /// The diagnostics that were sent last, by document.
    pub published: HashMap<String, Vec<Value>>,
    /// Everything that the server sent, as text.
    pub heard: String,
    /// Notifications and requests of the server's, but for diagnostics.
    pub told: Vec<Value>,
}

/// What a client can do that knows all that the server uses, and asks for diagnostics if told so.
pub fn capabilities(encoding: Encoding, pulls: bool) -> Value {
    let mut all = json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
        "window": {"showDocument": {"support": true}},
        "workspace": {
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "diagnostics": {"refreshSupport": true},
        },
    });
    if encoding == Encoding::Utf8 {
        all["general"]["positionEncodings"] = json!(["utf-32", "utf-8", "utf-16"]);
    }
    if pulls {
        all["textDocument"]["diagnostic"] = json!({"dynamicRegistration": true});
    }
    all
}

impl Client {
    /// Starts the server, without a word.
    pub fn new(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_campaign-ims"));
        command.arg("lsp").args(arguments);
        Self::run(command)
    }

    /// Starts the server for somebody whose home folder is this one.
    pub fn with_home(home: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_campaign-ims"));
        command.arg("lsp").env("HOME", home);
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: process.stdin.take(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
            encoding: Encoding::Utf16,
            requests: 0,
            published: HashMap::new(),
            heard: String::new(),
            told: Vec::new(),
        }
    }

    /// Starts a session in a folder.
    pub fn start(folder: &Path, encoding: Encoding, pulls: bool, options: Value) -> Self {
        let mut client = Self::new(&[]);
        let params = json!({
            "processId": null,
            "rootUri": uri(folder),
            "workspaceFolders": [{"uri": uri(folder), "name": "it"}],
            "capabilities": capabilities(encoding, pulls),
            "initializationOptions": options,
        });
        client.encoding = encoding;
        let answer = client.ask("initialize", params);
        let agreed = answer["capabilities"]["positionEncoding"].as_str().unwrap();
        assert_eq!(
            agreed,
            ["utf-8", "utf-16"][usize::from(encoding == Encoding::Utf16)]
        );
        client.tell("initialized", json!({}));
        client
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and gives its result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask_anything(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Sends a request and gives its answer, result or error.
    pub fn ask_anything(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.read().expect("the server is gone");
            if message.get("method").is_none() && message["id"] == json!(id) {
                return message;
            }
            self.keep(message);
        }
    }

    /// Reads one message; nothing where the server closed the stream.
    pub fn read(&mut self) -> Option<Value> {
        let mut length = None;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if line == "\r\n" {
                break;
            }
            let number = line.strip_prefix("Content-Length: ").unwrap();
            length = Some(number.trim().parse::<usize>().unwrap());
        }
        let mut bytes = vec![0; length.unwrap()];
        self.output.read_exact(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        self.heard.push_str(&text);
        Some(serde_json::from_str(&text).unwrap())
    }

    fn keep(&mut self, message: Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let all = message["params"]["diagnostics"].as_array().unwrap().clone();
            let document = message["params"]["uri"].as_str().unwrap().to_owned();
            self.published.insert(document, all);
        } else {
            self.told.push(message);
        }
    }

    /// Waits until everything that was sent is done.
    pub fn settle(&mut self) {
        let answer = self.ask_anything("nothing/here", json!({}));
        assert_eq!(answer["error"]["code"], -32601);
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub fn change(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.tell("textDocument/didChange", params);
    }

    pub fn close(&mut self, uri: &str) {
        self.tell(
            "textDocument/didClose",
            json!({"textDocument": {"uri": uri}}),
        );
    }

    /// Asks for a document's diagnostics.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.ask(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": uri}}),
        );
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// What was pushed for a document.
    pub fn pushed(&mut self, uri: &str) -> Vec<Value> {
        self.settle();
        self.published.get(uri).cloned().unwrap_or_default()
    }

    /// Asks something at a `|` of a text, which is sent without it.
    pub fn ask_at(&mut self, method: &str, uri: &str, marked: &str) -> Value {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        self.change(uri, 2, &text);
        let position = self.position(&text, offset);
        self.ask(
            method,
            json!({"textDocument": {"uri": uri}, "position": position}),
        )
    }

    /// A byte offset as a position, counted here and not by the server.
    pub fn position(&self, text: &str, offset: usize) -> Value {
        let before = &text[..offset];
        let ends = before.replace("\r\n", "\n\n").replace('\r', "\n");
        let start = ends.rfind('\n').map_or(0, |at| at + 1);
        let lines = before
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .matches('\n')
            .count();
        let line = &before[start..];
        let units = match self.encoding {
            Encoding::Utf8 => line.len(),
            Encoding::Utf16 => line.encode_utf16().count(),
        };
        json!({"line": lines, "character": units})
    }

    /// A position as a byte offset.
    pub fn offset(&self, text: &str, position: &Value) -> usize {
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let found = offsets
            .into_iter()
            .find(|at| self.position(text, *at) == *position);
        found.unwrap_or_else(|| panic!("no place: {position}"))
    }

    /// A text with the edits of an action.
    pub fn applied(&self, text: &str, action: &Value, uri: &str) -> String {
        let edits = match action["edit"].get("documentChanges") {
            Some(changes) => {
                assert_eq!(changes[0]["textDocument"]["uri"], uri);
                changes[0]["edits"].clone()
            }
            None => action["edit"]["changes"][uri].clone(),
        };
        let mut edits: Vec<(usize, usize, String)> = edits
            .as_array()
            .unwrap()
            .iter()
            .map(|edit| {
                let [start, end] = ["start", "end"].map(|it| self.offset(text, &edit["range"][it]));
                (start, end, edit["newText"].as_str().unwrap().to_owned())
            })
            .collect();
        edits.sort();
        let mut new = text.to_owned();
        for (start, end, text) in edits.iter().rev() {
            new.replace_range(*start..*end, text);
        }
        new
    }

    /// The actions for a range, of a kind if one is named.
    pub fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let actions = self.ask("textDocument/codeAction", params);
        actions.as_array().unwrap().clone()
    }

    /// Closes the server's standard input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Ends the session in good order.
    pub fn shut_down(mut self) -> String {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let heard = std::mem::take(&mut self.heard);
        assert_eq!(self.wait().code(), Some(0));
        heard
    }

    /// Waits for the server's end.
    pub fn wait(mut self) -> ExitStatus {
        self.hang_up();
        self.process.wait().unwrap()
    }

    /// The server's resident memory, in KiB.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let number = line.unwrap().split_whitespace().nth(1).unwrap();
        number.parse().unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

/// The address of a file or folder.
pub fn uri(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
