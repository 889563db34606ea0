//! What could be written at the cursor: keys, ids, slots, links, kinds of blocks.

use super::analysis::Analysis;
use super::context::{At, Context, context};
use super::text;
use crate::book::Tool;
use crate::engine;
use crate::parse::outline::outline;
use crate::schema::{self, Kind, Names, Place as Home, SCHEMAS, Shape};
use crate::source::FileId;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent,
    MarkupKind, TextEdit,
};

/// Suggestions at a byte of a file's text, which may be newer than the analysis.
pub(super) fn complete(
    analysis: &Analysis,
    path: &str,
    text: &str,
    offset: usize,
    snippets: bool,
) -> Vec<CompletionItem> {
    let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let mut list = Suggestions { analysis, path, text, offset, snippets, items: Vec::new() };
    if let Some(schema) = schema::file(path) {
        if schema.place == Home::Settings {
            list.toml(schema.shape);
        } else {
            list.yaml(&text[..offset], 0, schema.shape);
        }
    } else if path.starts_with("content/") {
        list.page();
    }
    list.items
}

struct Suggestions<'a> {
    analysis: &'a Analysis,
    path: &'a str,
    text: &'a str,
    offset: usize,
    snippets: bool,
    items: Vec<CompletionItem>,
}

/// What may stand below some keys.
#[derive(Clone, Copy)]
enum Level {
    Shape(&'static Shape),
    Kind(&'static Kind),
}

impl Suggestions<'_> {
    fn page(&mut self) {
        let outline = outline(self.text, FileId(0));
        let (text, offset) = (self.text, self.offset);
        let head = outline.head.filter(|head| head.contains(&offset) || head.end == offset);
        if let (Some(head), Some(schema)) = (head, schema::find("page")) {
            self.yaml(&text[head.start..offset], head.start, schema.shape);
            return;
        }
        let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        for block in &outline.blocks {
            let first = text[block.whole.start as usize..]
                .find('\n')
                .map_or(text.len(), |at| block.whole.start as usize + at + 1);
            if first > offset || offset > block.whole.end as usize {
                continue;
            }
            if let Some(schema) = schema::block(&block.kind) {
                // Inside a list the block is indented; that much is taken off every line.
                let indent = text[..block.whole.start as usize].rfind('\n').map_or(0, |at| at + 1);
                let indent = block.whole.start as usize - indent;
                let written: Vec<&str> = text[first..offset]
                    .split('\n')
                    .map(|line| {
                        line.get(indent..).filter(|_| line[..indent].trim().is_empty()).unwrap_or(line)
                    })
                    .collect();
                let written = written.join("\n");
                self.yaml(&written, offset.saturating_sub(written.len()), schema.shape);
            }
            return;
        }
        let line = &text[line_start..offset];
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            self.kinds(kind);
        } else if let Some(at) = line.rfind("](").filter(|at| !line[*at..].contains(')')) {
            self.link(&line[at + 2..]);
        } else if let Some(target) = line.split_once("]: ").filter(|(label, _)| label.starts_with('[')) {
            self.link(target.1);
        }
    }

    /// Half-written YAML up to the cursor; `base` is what turns its bytes into those of the text.
    fn yaml(&mut self, written: &str, base: usize, shape: &'static Shape) {
        let Context { path, at, start } = context(written);
        let mut levels = vec![Level::Shape(shape)];
        for key in &path {
            levels = levels.into_iter().flat_map(|level| below(level, key)).collect();
        }
        let typed = &written[start..];
        let start = base + start;
        for level in levels {
            match level {
                Level::Shape(shape) if at != At::Value => self.keys(shape, start),
                Level::Kind(Kind::ByName(names, _)) if at != At::Value => self.names(*names, start, ": "),
                Level::Kind(kind) if at != At::Key => self.values(kind, typed, start),
                _ => {}
            }
        }
    }

    /// TOML: tables and their keys; what stands behind an equals sign.
    fn toml(&mut self, shape: &'static Shape) {
        let before = &self.text[..self.offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &before[line_start..];
        let table = before[..line_start].lines().rev().find(|line| line.starts_with('['));
        let table = table.and_then(|line| line.split(['[', ']']).nth(1)).unwrap_or("");
        let mut levels = vec![Level::Shape(shape)];
        for key in table.split('.').filter(|key| !key.is_empty()) {
            levels = levels.into_iter().flat_map(|level| below(level, key)).collect();
        }
        if let Some(name) = line.trim_start().strip_prefix('[') {
            let start = self.offset - name.len();
            for key in shape.keys.iter().filter(|key| matches!(key.kind, Kind::Map(_))) {
                self.push(key.name, CompletionItemKind::MODULE, key.about, start, key.name.to_owned());
            }
            return;
        }
        let Some((key, value)) = line.split_once('=') else {
            let start = self.offset - line.trim_start().len();
            for level in levels {
                match level {
                    Level::Shape(shape) => {
                        for key in shape.keys {
                            self.push(
                                key.name,
                                CompletionItemKind::PROPERTY,
                                key.about,
                                start,
                                format!("{} = ", key.name),
                            );
                        }
                    }
                    Level::Kind(Kind::ByName(names, _)) => self.names(*names, start, " = "),
                    Level::Kind(_) => {}
                }
            }
            return;
        };
        let typed = value.trim_start();
        let (quoted, typed) = typed.strip_prefix('"').map_or((false, typed), |typed| (true, typed));
        let start = self.offset - typed.len();
        let first = self.items.len();
        for level in levels.into_iter().flat_map(|level| below(level, key.trim())) {
            if let Level::Kind(kind) = level {
                self.values(kind, typed, start);
            }
        }
        for item in self.items[first..].iter_mut().filter(|_| !quoted) {
            if let (Some(CompletionTextEdit::Edit(edit)), false) =
                (&mut item.text_edit, matches!(&*item.label, "true" | "false"))
            {
                edit.new_text = format!("\"{}\"", edit.new_text);
            }
        }
    }

    fn keys(&mut self, shape: &'static Shape, start: usize) {
        for key in shape.keys {
            self.push(key.name, CompletionItemKind::PROPERTY, key.about, start, format!("{}: ", key.name));
        }
    }

    fn values(&mut self, kind: &'static Kind, typed: &str, start: usize) {
        match kind {
            Kind::Choice(words) => {
                for word in *words {
                    self.push(word, CompletionItemKind::ENUM_MEMBER, "", start, (*word).to_owned());
                }
            }
            Kind::Flag => {
                for word in ["true", "false"] {
                    self.push(word, CompletionItemKind::VALUE, "", start, word.to_owned());
                }
            }
            Kind::Name(Names::Detector) => {
                self.slots(start + typed.len() - typed.trim_start_matches('{').len(), "");
            }
            Kind::Name(names) => self.names(*names, start, ""),
            Kind::Link => self.link(typed),
            Kind::Phrase => {
                if let Some(at) = typed.rfind('{').filter(|at| !typed[*at..].contains('}')) {
                    self.slots(start + at + 1, "}");
                }
            }
            Kind::Script(true) => {
                let opened =
                    typed.rfind("]{").map(|at| at + 2).filter(|at| !typed[*at..].contains(['}', ':']));
                if let Some(at) = opened {
                    self.names(Names::Rule, start + at, "");
                }
            }
            Kind::Message => {
                if let Some(at) = typed.rfind('{').filter(|at| !typed[*at..].contains('}')) {
                    for name in engine::TEMPLATE_NAMES {
                        self.push(
                            name,
                            CompletionItemKind::VARIABLE,
                            "",
                            start + at + 1,
                            format!("{name}}}"),
                        );
                    }
                }
            }
            _ => {}
        }
    }

    fn names(&mut self, names: Names, start: usize, after: &str) {
        for (id, title) in self.analysis.names(names) {
            self.push(&id, CompletionItemKind::REFERENCE, &title, start, format!("{id}{after}"));
        }
    }

    /// Slots: the engine's own, word lists, detectors of the lexicon and of this file.
    fn slots(&mut self, start: usize, after: &str) {
        let closed = self.text[self.offset..].starts_with('}');
        let after = if closed { "" } else { after };
        for slot in engine::builtin_slots() {
            self.push(slot, CompletionItemKind::CONSTANT, "built in", start, format!("{slot}{after}"));
        }
        for list in &self.analysis.book.rulebook.lists {
            let words: Vec<&str> = list.words.iter().take(8).map(String::as_str).collect();
            self.push(
                &list.name,
                CompletionItemKind::VARIABLE,
                &words.join(", "),
                start,
                format!("{}{after}", list.name),
            );
        }
        let lists: Vec<&str> =
            self.analysis.book.rulebook.lists.iter().map(|list| list.name.as_str()).collect();
        for (id, home) in super::navigate::detectors(self.analysis, self.path) {
            if !lists.contains(&id.as_str()) {
                self.push(&id, CompletionItemKind::VARIABLE, &home, start, format!("{id}{after}"));
            }
        }
    }

    fn kinds(&mut self, typed: &str) {
        let start = self.offset - typed.len();
        for schema in SCHEMAS.iter().filter(|schema| schema.place == Home::Block) {
            let keys: Vec<_> = schema.shape.keys.iter().filter(|key| key.required).collect();
            let body = if self.snippets {
                let line = |(at, key): (usize, &&schema::Key)| format!("{}: ${}\n", key.name, at + 1);
                format!("{}\n{}```\n$0", schema.name, keys.iter().enumerate().map(line).collect::<String>())
            } else {
                schema.name.to_owned()
            };
            self.push(schema.name, CompletionItemKind::STRUCT, schema.shape.about, start, body);
            if let (true, Some(last)) = (self.snippets, self.items.last_mut()) {
                last.insert_text_format = Some(InsertTextFormat::SNIPPET);
            }
        }
    }

    /// A link from this page: schemes, pages, and behind `#` the headings of a page.
    fn link(&mut self, typed: &str) {
        let start = self.offset - typed.len();
        let schemes = [("rule:", Names::Rule), ("method:", Names::Method), ("example:", Names::Example)];
        for (scheme, names) in schemes {
            if let Some(rest) = typed.strip_prefix(scheme) {
                self.names(names, self.offset - rest.len(), "");
                return;
            }
        }
        if let Some(name) = typed.strip_prefix("term:") {
            let start = self.offset - name.len();
            for term in &self.analysis.book.terms {
                let slug = term.id.trim_start_matches("term-");
                self.push(slug, CompletionItemKind::REFERENCE, &term.text, start, slug.to_owned());
            }
            return;
        }
        if let Some(name) = typed.strip_prefix("tool:") {
            let start = self.offset - name.len();
            for tool in Tool::ALL.into_iter().filter(|tool| self.analysis.book.has(*tool)) {
                let name = tool.name();
                self.push(name, CompletionItemKind::REFERENCE, tool.about(), start, name.to_owned());
            }
            return;
        }
        let own = self.path.strip_prefix("content/").unwrap_or(self.path);
        if let Some((page, anchor)) = typed.split_once('#') {
            let target = super::navigate::target(self.analysis, own, page);
            let anchors = target.map(|target| target.anchors.iter()).unwrap_or_default();
            for one in anchors {
                self.push(
                    &one.value,
                    CompletionItemKind::REFERENCE,
                    "",
                    self.offset - anchor.len(),
                    one.value.clone(),
                );
            }
            return;
        }
        for (path, page) in &self.analysis.pages {
            let link =
                if typed.starts_with('/') { format!("/{path}") } else { crate::resolve::relative(own, path) };
            self.push(&link, CompletionItemKind::FILE, &page.title, start, link.clone());
        }
        for (scheme, about) in [
            ("rule:", "a rule"),
            ("method:", "a method"),
            ("example:", "an example"),
            ("term:", "a term of the glossary"),
            ("tool:", "the lab, the planner, the log, the drill, the page of progress"),
        ] {
            self.push(scheme, CompletionItemKind::KEYWORD, about, start, scheme.to_owned());
        }
    }

    fn push(&mut self, label: &str, kind: CompletionItemKind, about: &str, start: usize, new_text: String) {
        let start = start.min(self.offset);
        let range = text::range(self.text, start..self.offset);
        let markup = MarkupContent { kind: MarkupKind::Markdown, value: about.to_owned() };
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            documentation: (!about.is_empty()).then_some(Documentation::MarkupContent(markup)),
            filter_text: Some(label.to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        });
    }
}

fn below(level: Level, key: &str) -> Vec<Level> {
    match level {
        Level::Shape(shape) => shape.key(key).map(|key| spread(&key.kind)).unwrap_or_default(),
        Level::Kind(Kind::Entries(inner) | Kind::ByName(_, inner)) => spread(inner),
        Level::Kind(_) => Vec::new(),
    }
}

/// A kind without the lists and choices around it.
fn spread(kind: &'static Kind) -> Vec<Level> {
    match kind {
        Kind::Map(shape) => vec![Level::Shape(shape)],
        Kind::List(inner) | Kind::Many(inner) => spread(inner),
        Kind::Either(kinds) => kinds.iter().flat_map(spread).collect(),
        kind => vec![Level::Kind(kind)],
    }
}
