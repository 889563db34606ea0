//! The protocol: what the client says, and what it is answered.
//!
//! A change of a text marks its playbook as stale. It is looked at again when typing pauses ([`Server::refresh`]), or
//! at once when somebody asks for what needs exact places.

use super::analysis::Analysis;
use super::navigate::{self, Spot};
use super::{complete, files, hover, publish, rename, text};
use crate::cache::Cache;
use crate::source::{FileId, normalise};
use jiff::civil::Date;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CompletionParams, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, GotoDefinitionParams, Hover, HoverContents,
    HoverParams, InitializeParams, Location, MarkupContent, MarkupKind, Position, PublishDiagnosticsParams,
    ReferenceParams, RenameParams, TextDocumentPositionParams, Uri, WorkspaceEdit,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// Errors of the protocol, by their numbers.
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const NOT_INITIALIZED: i64 = -32002;
const REQUEST_FAILED: i64 = -32803;

type Answer = Result<Value, (i64, String)>;

/// The server's side of a session.
pub struct Server {
    today: Date,
    phase: Phase,
    client: Client,
    /// Texts that the editor holds: version and text, by address.
    open: HashMap<String, (i64, String)>,
    /// Playbooks by their folders, as the editor spells them.
    playbooks: BTreeMap<PathBuf, Playbook>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
    /// Ended; after a shutdown, as it should be, or without one.
    Over(bool),
}

/// What the editor can do.
#[expect(clippy::struct_excessive_bools, reason = "four things that an editor can or cannot do")]
#[derive(Debug, Default)]
struct Client {
    snippets: bool,
    rename_files: bool,
    document_changes: bool,
    watches: bool,
}

struct Playbook {
    /// What earlier looks made, so that a keystroke costs what it can affect.
    cache: Cache,
    /// Texts that differ from those on disk, or may.
    unsaved: BTreeMap<String, String>,
    analysis: Option<Analysis>,
    stale: bool,
    /// Paths that carry diagnostics in the editor.
    told: BTreeSet<String>,
}

impl Default for Playbook {
    fn default() -> Self {
        let (unsaved, told) = (BTreeMap::new(), BTreeSet::new());
        Self { cache: Cache::kept(), unsaved, analysis: None, stale: false, told }
    }
}

impl Server {
    /// A server for one client; `today` decides which pages are published.
    pub fn new(today: Date) -> Self {
        Self {
            today,
            phase: Phase::New,
            client: Client::default(),
            open: HashMap::new(),
            playbooks: BTreeMap::new(),
        }
    }

    /// Whether the client has ended the session; `true` inside if in good order.
    pub fn over(&self) -> Option<bool> {
        match self.phase {
            Phase::Over(good) => Some(good),
            _ => None,
        }
    }

    /// Whether [`Server::refresh`] has something to do.
    pub fn is_stale(&self) -> bool {
        self.playbooks.values().any(|playbook| playbook.stale)
    }

    /// Takes a message; gives those to be sent.
    pub fn handle(&mut self, message: &Value) -> Vec<Value> {
        let method = message.get("method").and_then(Value::as_str);
        let params = message.get("params").cloned().unwrap_or(Value::Null);
        match (method, message.get("id")) {
            (Some(method), Some(id)) => {
                let mut out = Vec::new();
                let answer = self.request(method, params, &mut out);
                out.push(match answer {
                    Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
                    Err((code, message)) => {
                        json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
                    }
                });
                out
            }
            (Some(method), None) => self.hear(method, params),
            // An answer to something that we asked, or nothing at all.
            (None, _) => Vec::new(),
        }
    }

    /// Looks at stale playbooks again; gives their diagnostics.
    pub fn refresh(&mut self) -> Vec<Value> {
        let stale: Vec<PathBuf> =
            self.playbooks.iter().filter(|(_, one)| one.stale).map(|(folder, _)| folder.clone()).collect();
        stale.iter().flat_map(|folder| self.analyse(folder)).collect()
    }

    fn request(&mut self, method: &str, params: Value, out: &mut Vec<Value>) -> Answer {
        match (self.phase, method) {
            (Phase::New, "initialize") => return Ok(self.initialize(&read(params)?)),
            (Phase::New, _) => return Err((NOT_INITIALIZED, "`initialize` comes first".to_owned())),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                return Ok(Value::Null);
            }
            (Phase::Running, _) => {}
            _ => return Err((INVALID_REQUEST, "the session has ended".to_owned())),
        }
        match method {
            "textDocument/completion" => self.completion(&read(params)?),
            "textDocument/hover" => self.hover(&read(params)?, out),
            "textDocument/definition" => self.definition(&read(params)?, out),
            "textDocument/references" => self.references(&read(params)?, out),
            "textDocument/prepareRename" => self.prepare_rename(&read(params)?, out),
            "textDocument/rename" => self.rename(&read(params)?, out),
            "textDocument/codeAction" => self.code_actions(&read(params)?, out),
            _ => Err((METHOD_NOT_FOUND, format!("`{method}` is not known"))),
        }
    }

    fn hear(&mut self, method: &str, params: Value) -> Vec<Value> {
        match method {
            "exit" => self.phase = Phase::Over(self.phase == Phase::ShutDown),
            _ if self.phase != Phase::Running => {}
            "initialized" if self.client.watches => return vec![watch_request()],
            "textDocument/didOpen" => {
                if let Ok(params) = read::<DidOpenTextDocumentParams>(params) {
                    let document = params.text_document;
                    self.set(document.uri.as_str(), i64::from(document.version), document.text);
                }
            }
            "textDocument/didChange" => {
                if let Ok(mut params) = read::<DidChangeTextDocumentParams>(params)
                    && let Some(change) = params.content_changes.pop()
                    && change.range.is_none()
                {
                    let document = params.text_document;
                    self.set(document.uri.as_str(), i64::from(document.version), change.text);
                }
            }
            "textDocument/didClose" => {
                if let Ok(params) = read::<DidCloseTextDocumentParams>(params) {
                    self.close(params.text_document.uri.as_str());
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                for playbook in self.playbooks.values_mut() {
                    playbook.stale = true;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn initialize(&mut self, params: &InitializeParams) -> Value {
        let capabilities = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let can = |path: &str| capabilities.pointer(path).and_then(Value::as_bool).unwrap_or(false);
        let operations = capabilities.pointer("/workspace/workspaceEdit/resourceOperations");
        let operations = operations.and_then(Value::as_array).cloned().unwrap_or_default();
        self.client = Client {
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            document_changes: can("/workspace/workspaceEdit/documentChanges"),
            rename_files: operations.contains(&json!("rename")),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        self.phase = Phase::Running;
        for folder in params.workspace_folders.iter().flatten() {
            let playbook = files::path_of(folder.uri.as_str())
                .and_then(|path| files::playbook_of(&path.join("book.toml")));
            if let Some((folder, _)) = playbook {
                self.playbooks.entry(folder).or_default().stale = true;
            }
        }
        json!({
            "serverInfo": { "name": "ringback", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": { "openClose": true, "change": 1, "save": true },
                "completionProvider": { "triggerCharacters": ["{", "[", "(", ":", "/", "#", "`", " ", "\""] },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "renameProvider": { "prepareProvider": true },
                "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            },
        })
    }

    fn set(&mut self, uri: &str, version: i64, text: String) {
        let text = normalise(text);
        if let Some((folder, path)) = files::path_of(uri).and_then(|path| files::playbook_of(&path)) {
            let playbook = self.playbooks.entry(folder).or_default();
            let ours = path == "book.toml" || ["content/", "themes/"].iter().any(|one| path.starts_with(one));
            if ours {
                playbook.unsaved.insert(path, text.clone());
                playbook.stale = true;
            }
        }
        self.open.insert(uri.to_owned(), (version, text));
    }

    fn close(&mut self, uri: &str) {
        self.open.remove(uri);
        if let Some((folder, path)) = files::path_of(uri).and_then(|path| files::playbook_of(&path))
            && let Some(playbook) = self.playbooks.get_mut(&folder)
        {
            playbook.unsaved.remove(&path);
            playbook.stale = true;
        }
    }

    /// Runs the stages and gives the diagnostics of every file that has some or had some.
    fn analyse(&mut self, folder: &Path) -> Vec<Value> {
        let Some(playbook) = self.playbooks.get_mut(folder) else { return Vec::new() };
        playbook.stale = false;
        let analysis = match Analysis::of(folder, &playbook.unsaved, self.today, &playbook.cache) {
            Ok(analysis) => analysis,
            Err(error) => {
                let message = format!("the playbook in {} cannot be read: {error:#}", folder.display());
                return vec![notification("window/logMessage", &json!({ "type": 1, "message": message }))];
            }
        };
        let uri = |path: &str| files::uri_of(&folder.join(path));
        let mut found: BTreeMap<&str, Vec<lsp_types::Diagnostic>> = BTreeMap::new();
        for one in analysis.diagnostics.iter() {
            let path = one.path(&analysis.sources);
            found.entry(path).or_default().push(publish::diagnostic(one, &analysis.sources, &uri));
        }
        let now: BTreeSet<String> = found.keys().map(|path| (*path).to_owned()).collect();
        let open = &self.open;
        let messages = playbook.told.union(&now).filter_map(|path| {
            let uri = uri(path)?;
            let version =
                open.iter().find(|(other, _)| files::path_of(other) == files::path_of(uri.as_str()));
            let version = version.and_then(|(_, (version, _))| i32::try_from(*version).ok());
            let diagnostics = found.remove(path.as_str()).unwrap_or_default();
            let params = PublishDiagnosticsParams { uri, diagnostics, version };
            Some(notification("textDocument/publishDiagnostics", &serde_json::to_value(params).ok()?))
        });
        let messages = messages.collect();
        playbook.told = now;
        playbook.analysis = Some(analysis);
        messages
    }

    /// The playbook of a file, looked at again if it is stale, with the file's place in it.
    fn fresh(&mut self, uri: &Uri, out: &mut Vec<Value>) -> Option<(PathBuf, FileId)> {
        let (folder, path) = files::path_of(uri.as_str()).and_then(|path| files::playbook_of(&path))?;
        let playbook = self.playbooks.entry(folder.clone()).or_default();
        if playbook.stale || playbook.analysis.is_none() {
            out.extend(self.analyse(&folder));
        }
        let file = self.playbooks.get(&folder)?.analysis.as_ref()?.sources.find(&path)?;
        Some((folder, file))
    }

    /// The analysis, the file and the byte that a request is about.
    fn at(
        &mut self,
        at: &TextDocumentPositionParams,
        out: &mut Vec<Value>,
    ) -> Option<(&Analysis, PathBuf, FileId, usize)> {
        let (folder, file) = self.fresh(&at.text_document.uri, out)?;
        let analysis = self.playbooks.get(&folder)?.analysis.as_ref()?;
        let offset = text::offset(analysis.sources.text(file), at.position);
        Some((analysis, folder, file, offset))
    }

    fn completion(&mut self, params: &CompletionParams) -> Answer {
        let at = &params.text_document_position;
        let uri = at.text_document.uri.as_str();
        let Some((folder, path)) = files::path_of(uri).and_then(|path| files::playbook_of(&path)) else {
            return Ok(json!([]));
        };
        let mut out = Vec::new();
        if self.playbooks.get(&folder).is_none_or(|playbook| playbook.analysis.is_none()) {
            self.playbooks.entry(folder.clone()).or_default();
            out.extend(self.analyse(&folder));
            // Its diagnostics are told at the next pause.
            if let Some(playbook) = self.playbooks.get_mut(&folder) {
                playbook.stale = true;
            }
        }
        let analysis = self.playbooks.get(&folder).and_then(|playbook| playbook.analysis.as_ref());
        let (Some(analysis), Some((_, text))) = (analysis, self.open.get(uri)) else { return Ok(json!([])) };
        let offset = text::offset(text, at.position);
        let items = complete::complete(analysis, &path, text, offset, self.client.snippets);
        answer(items)
    }

    fn hover(&mut self, params: &HoverParams, out: &mut Vec<Value>) -> Answer {
        let Some((analysis, _, file, offset)) = self.at(&params.text_document_position_params, out) else {
            return Ok(Value::Null);
        };
        let Some((value, range)) = hover::hover(analysis, file, offset) else { return Ok(Value::Null) };
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        answer(Hover { contents, range: Some(text::range(analysis.sources.text(file), range)) })
    }

    fn definition(&mut self, params: &GotoDefinitionParams, out: &mut Vec<Value>) -> Answer {
        let Some((analysis, folder, file, offset)) = self.at(&params.text_document_position_params, out)
        else {
            return Ok(Value::Null);
        };
        answer(locations(analysis, &folder, navigate::definition(analysis, file, offset)))
    }

    fn references(&mut self, params: &ReferenceParams, out: &mut Vec<Value>) -> Answer {
        let with = params.context.include_declaration;
        let Some((analysis, folder, file, offset)) = self.at(&params.text_document_position, out) else {
            return Ok(Value::Null);
        };
        answer(locations(analysis, &folder, navigate::references(analysis, file, offset, with)))
    }

    fn prepare_rename(&mut self, params: &TextDocumentPositionParams, out: &mut Vec<Value>) -> Answer {
        let Some((analysis, _, file, offset)) = self.at(params, out) else { return Ok(Value::Null) };
        let range = rename::prepare(analysis, file, offset);
        answer(range.map(|range| text::range(analysis.sources.text(file), range)))
    }

    fn rename(&mut self, params: &RenameParams, out: &mut Vec<Value>) -> Answer {
        let new = params.new_name.as_str();
        let (document_changes, rename_files) = (self.client.document_changes, self.client.rename_files);
        let at = self.at(&params.text_document_position, out);
        let Some((analysis, folder, file, offset)) = at else {
            return Err((REQUEST_FAILED, "this file belongs to no playbook".to_owned()));
        };
        let renaming =
            rename::rename(analysis, file, offset, new).map_err(|reason| (REQUEST_FAILED, reason))?;
        let mut edits: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for Location { uri, range } in locations(analysis, &folder, renaming.spots) {
            let edit = json!({ "range": range, "newText": new });
            let list = edits.entry(uri.as_str().to_owned()).or_default();
            if !list.contains(&edit) {
                list.push(edit);
            }
        }
        if !document_changes {
            return answer(json!({ "changes": edits }));
        }
        let version = |uri: &str| self.open.get(uri).map(|(version, _)| *version);
        let mut changes: Vec<Value> = edits
            .into_iter()
            .map(|(uri, edits)| json!({ "textDocument": { "uri": uri, "version": version(&uri) }, "edits": edits }))
            .collect();
        if let (Some((from, to)), true) = (renaming.file, rename_files) {
            let address = |path: &str| files::uri_of(&folder.join(path)).map(|uri| uri.as_str().to_owned());
            changes.push(json!({ "kind": "rename", "oldUri": address(&from), "newUri": address(&to) }));
        }
        answer(json!({ "documentChanges": changes }))
    }

    fn code_actions(&mut self, params: &CodeActionParams, out: &mut Vec<Value>) -> Answer {
        let uri = &params.text_document.uri;
        let Some((folder, file)) = self.fresh(uri, out) else { return Ok(Value::Null) };
        let Some(analysis) = self.playbooks.get(&folder).and_then(|playbook| playbook.analysis.as_ref())
        else {
            return Ok(Value::Null);
        };
        let key = |at: Position| (at.line, at.character);
        let mut actions = Vec::new();
        for one in analysis.diagnostics.iter().filter(|one| one.span.is_some_and(|span| span.file == file)) {
            let shown =
                publish::diagnostic(one, &analysis.sources, &|path| files::uri_of(&folder.join(path)));
            let apart = key(shown.range.end) < key(params.range.start)
                || key(params.range.end) < key(shown.range.start);
            let Some((title, edit)) = publish::fix(one, &analysis.sources).filter(|_| !apart) else {
                continue;
            };
            let edit = json!({ "changes": { uri.as_str(): [edit] } });
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown]),
                edit: serde_json::from_value::<WorkspaceEdit>(edit).ok(),
                is_preferred: Some(true),
                ..CodeAction::default()
            });
        }
        answer(actions)
    }
}

fn locations(analysis: &Analysis, folder: &Path, spots: Vec<Spot>) -> Vec<Location> {
    let location = |(file, range): Spot| {
        let source = analysis.sources.file(file);
        Some(Location {
            uri: files::uri_of(&folder.join(&source.path))?,
            range: text::range(&source.text, range),
        })
    };
    spots.into_iter().filter_map(location).collect()
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, (i64, String)> {
    serde_json::from_value(params).map_err(|error| (INVALID_PARAMS, error.to_string()))
}

fn answer(result: impl serde::Serialize) -> Answer {
    serde_json::to_value(result).map_err(|error| (REQUEST_FAILED, error.to_string()))
}

fn notification(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

fn watch_request() -> Value {
    let watchers: Vec<Value> = ["**/book.toml", "**/content/**", "**/themes/**"]
        .iter()
        .map(|glob| json!({ "globPattern": glob }))
        .collect();
    json!({
        "jsonrpc": "2.0", "id": "watch-files", "method": "client/registerCapability",
        "params": { "registrations": [{
            "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers },
        }] },
    })
}
