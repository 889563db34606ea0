//! A client of the language server protocol: the real binary behind its standard input and output.

#![allow(unreachable_pub, clippy::needless_pass_by_value, reason = "a module of one test")]

use lsp_types::Position;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than any answer takes on a loaded machine.
const LIMIT: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Diagnostics as last told, by address.
    told: HashMap<String, Vec<Value>>,
    next: i64,
    root: String,
}

impl Client {
    /// Starts the server in a playbook and shakes hands.
    pub fn new(root: &Path) -> Self {
        let mut client = Self::silent(root);
        let capabilities = json!({
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["rename"] } },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
        });
        let folders = json!([{ "uri": client.root, "name": "book" }]);
        let params = json!({ "processId": null, "rootUri": client.root, "workspaceFolders": folders, "capabilities": capabilities });
        let answer = client.ask("initialize", params).expect("the server starts");
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        client.tell("initialized", json!({}));
        client
    }

    /// Starts the server and says nothing.
    pub fn silent(root: &Path) -> Self {
        let mut command = crate::support::run::ringback(root);
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let root = format!("file://{}", root.to_string_lossy());
        let input = child.stdin.take();
        Self { child, input, messages, told: HashMap::new(), next: 0, root }
    }

    pub fn uri(&self, path: &str) -> String {
        format!("{}/{}", self.root, path.replace(' ', "%20"))
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the session is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and waits for its answer; other messages that come meanwhile are kept.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    /// The next message, whatever it is.
    pub fn receive(&mut self) -> Value {
        let message = self.messages.recv_timeout(LIMIT).expect("the server says something in time");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let list = params["diagnostics"].as_array().cloned().unwrap_or_default();
            self.told.insert(params["uri"].as_str().expect("an address").to_owned(), list);
        }
        message
    }

    pub fn open(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "x", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, path: &str, version: i64, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Waits until the diagnostics of a file are those that are wanted: codes with their words.
    pub fn wait_for(&mut self, path: &str, text: &str, wanted: &[(&str, &str)]) {
        let uri = self.uri(path);
        loop {
            self.receive();
            let list = self.told.get(&uri).cloned().unwrap_or_default();
            let found: Vec<(String, String)> = list
                .iter()
                .map(|one| {
                    let code = one["code"].as_str().unwrap_or_default().to_owned();
                    (code, words(text, &one["range"]))
                })
                .collect();
            let found: Vec<(&str, &str)> =
                found.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
            if self.told.contains_key(&uri) && found == wanted {
                return;
            }
        }
    }

    /// Asks about the place behind `before` in a text.
    pub fn ask_at(&mut self, method: &str, path: &str, text: &str, before: &str) -> Result<Value, Value> {
        let params = json!({ "textDocument": { "uri": self.uri(path) }, "position": place(text, before) });
        self.ask(method, params)
    }

    /// Labels of what is offered at the end of a text.
    pub fn offers(&mut self, path: &str, version: i64, text: &str, before: &str) -> Vec<String> {
        self.change(path, version, text);
        let items = self.ask_at("textDocument/completion", path, text, before).expect("an answer");
        let items = items.as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Ends the session in good order; gives the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null).expect("shuts down");
        self.tell("exit", Value::Null);
        self.wait()
    }

    pub fn wait(&mut self) -> Option<i32> {
        self.input = None;
        let status = self.child.wait().expect("the server ends");
        let mut errors = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut errors).expect("text");
        assert!(!errors.contains("panicked"), "{errors}");
        status.code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse::<usize>().ok(),
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut bytes = vec![0; length?];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The place right behind the first `before` in a text, as the protocol counts.
pub fn place(text: &str, before: &str) -> Value {
    let at = text.find(before).unwrap_or_else(|| panic!("{before:?} is not in the text")) + before.len();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

/// The words in a range, counted here in UTF-16 once more and by other means.
pub fn words(text: &str, range: &Value) -> String {
    let offset = |key: &str| {
        let place: Position = serde_json::from_value(range[key].clone()).expect("a place");
        let line: usize =
            text.split('\n').take(place.line as usize).map(|line| line.encode_utf16().count() + 1).sum();
        line + place.character as usize
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let (start, end) = (offset("start").min(units.len()), offset("end").min(units.len()));
    String::from_utf16_lossy(&units[start..end])
}
