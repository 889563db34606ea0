//! The lexicon: word lists and shared detectors, the playbook's own over the shipped ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::diag::{Code, Diagnostics};
use crate::engine;
use crate::source::{FileId, Span, Spanned};
use crate::tree::{Entry, Fields, Node};
use crate::yaml::{self, YamlText};

use super::detector::{self, Draft};
use super::inflect::Irregular;
use super::phrase;

static SHIPPED_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/lexicon");

/// The lexicon that a playbook without its own gets.
static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut nodes = Vec::new();
    let mut diagnostics = Diagnostics::default();
    for file in
        SHIPPED_FILES.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "yaml"))
    {
        let text = file.contents_utf8().unwrap_or_default();
        nodes.extend(yaml::parse(&YamlText::contiguous(text, FileId(0), 0), &mut diagnostics));
    }
    Lexicon::read(nodes.iter(), &mut diagnostics)
});

/// A word list as written.
#[derive(Debug, Clone)]
pub struct WordList {
    /// Its name, also as a slot.
    pub name: String,
    /// Its words and plain phrases, as written.
    pub words: Vec<String>,
    /// Where its name stands, if the playbook wrote it.
    pub span: Option<Span>,
}

/// Everything that rules share.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    pub(super) words: BTreeMap<String, WordList>,
    pub(super) detectors: BTreeMap<String, Draft>,
    pub(super) numbers: BTreeMap<String, u32>,
    pub(super) irregular: Irregular,
}

/// The lexicon of a playbook, from its files: what it defines, and of the shipped one what it does not.
pub(super) fn of<'n>(nodes: impl Iterator<Item = &'n Node>, diagnostics: &mut Diagnostics) -> Lexicon {
    let mut own = Lexicon::read(nodes, diagnostics);
    let taken = |name: &str, own: &Lexicon| own.words.contains_key(name) || own.detectors.contains_key(name);
    for (name, list) in &SHIPPED.words {
        if !taken(name, &own) {
            own.words.insert(name.clone(), WordList { span: None, ..list.clone() });
        }
    }
    for (name, draft) in &SHIPPED.detectors {
        if !taken(name, &own) {
            own.detectors.insert(name.clone(), draft.clone());
        }
    }
    if own.numbers.is_empty() {
        own.numbers.clone_from(&SHIPPED.numbers);
    }
    own
}

impl Lexicon {
    fn read<'n>(nodes: impl Iterator<Item = &'n Node>, diagnostics: &mut Diagnostics) -> Self {
        let mut lexicon = Self::default();
        let mut detectors: Vec<&Entry> = Vec::new();
        let mut abbreviations: Vec<Spanned<String>> = Vec::new();
        for node in nodes {
            let Some(mut fields) = Fields::of(node, "a lexicon file", diagnostics) else { continue };
            for entry in fields.entries("words", diagnostics) {
                lexicon.list(entry, diagnostics);
            }
            detectors.extend(fields.entries("detectors", diagnostics));
            for entry in fields.entries("numbers", diagnostics) {
                match entry.value.as_int().and_then(|number| u32::try_from(number).ok()) {
                    Some(number) => {
                        lexicon.numbers.insert(engine::fold(&entry.key), number);
                    }
                    None => {
                        diagnostics.report(
                            Code::BadValue,
                            entry.value.span,
                            "a number word stands for a whole number",
                        );
                    }
                }
            }
            for entry in fields.entries("irregular", diagnostics) {
                let forms =
                    texts(&entry.value, diagnostics).into_iter().map(|form| engine::fold(&form.value));
                lexicon.irregular.forms.insert(engine::fold(&entry.key), forms.collect());
            }
            abbreviations.extend(fields.strings("abbreviations", diagnostics));
            fields.finish(diagnostics);
        }
        if let Some(first) = abbreviations.first() {
            let (span, name) = (Some(first.span), "abbreviations".to_owned());
            let words = abbreviations.into_iter().map(|word| word.value).collect();
            lexicon.words.insert(name.clone(), WordList { name, words, span });
        }
        for entry in detectors {
            lexicon.detector(entry, diagnostics);
        }
        lexicon
    }

    fn list(&mut self, entry: &Entry, diagnostics: &mut Diagnostics) {
        if !detector::is_name(&entry.key) || is_builtin(&entry.key) {
            diagnostics
                .report(
                    Code::BadValue,
                    entry.key_span,
                    format!("`{}` cannot be the name of a word list", entry.key),
                )
                .help("use small letters, digits and hyphens, and no name of a built-in");
            return;
        }
        if let Some(first) = self.words.get(&entry.key).and_then(|list| list.span) {
            stands_twice(&entry.key, entry.key_span, first, diagnostics);
            return;
        }
        let words = texts(&entry.value, diagnostics).into_iter().map(|word| word.value).collect();
        let name = entry.key.clone();
        self.words.insert(name.clone(), WordList { name, words, span: Some(entry.key_span) });
    }

    fn detector(&mut self, entry: &Entry, diagnostics: &mut Diagnostics) {
        if is_builtin(&entry.key) {
            diagnostics
                .report(
                    Code::DuplicateId,
                    entry.key_span,
                    format!("`{}` is the name of a built-in", entry.key),
                )
                .help("give the detector another name");
            return;
        }
        let list = self.words.get(&entry.key).and_then(|list| list.span);
        let first = list.or_else(|| self.detectors.get(&entry.key).map(|draft| draft.name.span));
        if let Some(first) = first {
            stands_twice(&entry.key, entry.key_span, first, diagnostics);
            return;
        }
        if let Some(draft) = detector::read(entry, &self.irregular, diagnostics) {
            self.detectors.insert(entry.key.clone(), draft);
        }
    }

    /// The words of a list cut into tokens: one entry a line, tokens joined with spaces.
    pub(super) fn lines(&self, name: &str) -> Option<Vec<String>> {
        let list = self.words.get(name)?;
        let pieces = |word: &String| phrase::pieces(word).join(" ");
        Some(list.words.iter().map(pieces).filter(|line| !line.is_empty()).collect())
    }
}

fn stands_twice(name: &str, here: Span, first: Span, diagnostics: &mut Diagnostics) {
    diagnostics
        .report(Code::DuplicateId, here, format!("`{name}` is defined twice in the lexicon"))
        .related(first, "it is first here");
}

/// Whether the engine finds this slot by itself.
pub(super) fn is_builtin(name: &str) -> bool {
    engine::builtin_slots().any(|slot| slot == name)
}

fn texts(node: &Node, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    let items = node.as_list().unwrap_or(std::slice::from_ref(node));
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match item.text() {
            // Words separated by white space in one text are a list, too.
            Some(text) if node.as_list().is_none() => {
                out.extend(
                    text.value
                        .split_whitespace()
                        .map(|word| Spanned { value: word.to_owned(), span: item.span }),
                );
            }
            Some(text) => out.push(Spanned { value: text.value.clone(), span: item.span }),
            None => {
                let message = format!("a word has to be text, not {}", item.kind());
                diagnostics.report(Code::BadValue, item.span, message);
            }
        }
    }
    out
}
