//! Markdown files to [`Draft`]s: pages as their authors wrote them, names still text.
//!
//! Every page is parsed by itself, in parallel. HTML that needs to know other pages (links, images),
//! the interface's words, or a later stage (code, blocks) is left as a mark between two U+0000,
//! which no text can hold; [`Mark`] lists them. `resolve` replaces every one.

mod attributes;
pub mod blocks;
pub mod cadence;
pub mod example;
mod footnotes;
pub mod front_matter;
pub mod inline;
pub mod lab;
mod markdown;
pub mod outline;
pub mod quiz;
mod tables;

use crate::book::{CodeBlock, Heading};
use crate::cache::{self, Cache};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::source::{FileId, Sources, Span, Spanned};
use blocks::Block;
use front_matter::FrontMatter;
use std::sync::Arc;

/// A page as its author wrote it.
#[derive(Debug)]
pub struct Draft {
    /// The markdown file.
    pub file: FileId,
    /// Its path from the playbook's root.
    pub path: String,
    /// The head of the page.
    pub front: FrontMatter,
    /// What follows it.
    pub body: Body,
    /// Everything that a link can point at.
    pub anchors: Arc<[Spanned<String>]>,
}

/// The parsed markdown of a page.
#[derive(Debug, Default)]
pub struct Body {
    /// HTML with marks.
    pub html: String,
    /// The first-level heading that the text begins with, as plain text; it is not in `html`.
    pub heading: Option<String>,
    /// Headings of levels 2 to 6.
    pub headings: Vec<Heading>,
    /// Everything that a link can point at; moved to the draft at the end.
    pub anchors: Vec<Spanned<String>>,
    /// Links, in the order of their marks.
    pub links: Vec<Spanned<String>>,
    /// Images, in the order of their marks.
    pub images: Vec<Image>,
    /// Code blocks, in the order of their marks.
    pub codes: Vec<CodeBlock>,
    /// Blocks of our own kinds, in the order of their marks.
    pub blocks: Vec<Block>,
    /// Terms, if the page is a glossary.
    pub terms: Vec<TermDraft>,
    /// The text without markup, one line a block.
    pub text: String,
    /// Where the first paragraph ends in `text`, for a description.
    pub first_paragraph: std::ops::Range<usize>,
}

/// An image as written.
#[derive(Debug)]
pub struct Image {
    /// The path.
    pub target: Spanned<String>,
    /// The text alternative.
    pub alt: String,
    /// The title after the path.
    pub title: String,
}

/// A term of a glossary and its meaning.
#[derive(Debug)]
pub struct TermDraft {
    /// As written.
    pub name: String,
    /// The anchor.
    pub id: String,
    /// Plain text of its definitions.
    pub text: String,
    /// Where the term stands.
    pub span: Span,
}

/// What a mark in [`Body::html`] stands for: a letter and a number or a name between two U+0000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `L3`: the address of link 3.
    Link,
    /// `I3`: image 3.
    Image,
    /// `C3`: code block 3.
    Code,
    /// `B3`: block 3.
    Block,
    /// `Snote`: a word of the interface; after a U+0001 stands what `{title}` in it means.
    Label,
}

impl Mark {
    /// The mark as it stands in the HTML.
    pub fn write(self, what: impl std::fmt::Display) -> String {
        let letter = match self {
            Self::Link => 'L',
            Self::Image => 'I',
            Self::Code => 'C',
            Self::Block => 'B',
            Self::Label => 'S',
        };
        format!("\0{letter}{what}\0")
    }

    /// The mark and its content, from what stands between two U+0000.
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let mark = match text.as_bytes().first()? {
            b'L' => Self::Link,
            b'I' => Self::Image,
            b'C' => Self::Code,
            b'B' => Self::Block,
            b'S' => Self::Label,
            _ => return None,
        };
        Some((mark, &text[1..]))
    }
}

/// What parsing leaves for the next build: each draft with the file that it was made from, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    settings: String,
    drafts: Vec<KeptDraft>,
}

#[derive(Debug, Clone)]
struct KeptDraft {
    file: FileId,
    text: Arc<str>,
    draft: Arc<Draft>,
    found: Diagnostics,
}

impl Kept {
    /// For each file, which are sorted by path too, the draft of the same file with the same text.
    fn of(self, files: &[FileId], sources: &Sources) -> Vec<Option<KeptDraft>> {
        let mut known = self.drafts.into_iter().peekable();
        let mut find = |file: &FileId| {
            let source = sources.file(*file);
            // The very text that was read then; nothing else is looked at, because most of it is out of the processor's cache.
            let same = known.next_if(|one| one.file == *file && Arc::ptr_eq(&one.text, &source.text));
            if same.is_some() {
                return same;
            }
            while known.next_if(|one| one.draft.path < source.path).is_some() {}
            let one = known.next_if(|one| one.draft.path == source.path);
            one.filter(|one| one.file == *file && one.text == source.text)
        };
        files.iter().map(&mut find).collect()
    }
}

/// Parses every markdown file under `content/`, in the order of their paths; those that are as they were are taken from the
/// cache.
pub fn drafts(
    sources: &Sources,
    config: &Config,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Draft>> {
    let files: Vec<FileId> = sources.under("content/", ".md").map(|(file, _)| file).collect();
    let settings = if cache.is_kept() { format!("{config:?}") } else { String::new() };
    let mut known = cache.drafts.take();
    if known.settings != settings {
        known = Kept::default();
    }
    let make = |file: FileId| {
        let (draft, found) = draft(sources, config, file);
        KeptDraft { file, text: Arc::clone(&sources.file(file).text), draft: Arc::new(draft), found }
    };
    let parsed = cache::fill(known.of(&files, sources), |at| make(files[at]));
    let mut drafts = Vec::with_capacity(parsed.len());
    for one in &parsed {
        if !one.found.is_empty() {
            diagnostics.extend(one.found.clone());
        }
    }
    if cache.is_kept() {
        drafts.extend(parsed.iter().map(|one| Arc::clone(&one.draft)));
        cache.drafts.put(Kept { settings, drafts: parsed });
    } else {
        drafts.extend(parsed.into_iter().map(|one| one.draft));
    }
    drafts
}

fn draft(sources: &Sources, config: &Config, file: FileId) -> (Draft, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let source = sources.file(file);
    let (front, body_start) = front_matter::parse(&source.text, file, &mut diagnostics);
    let text = &source.text[body_start..];
    let is_glossary = front.kind == Some(front_matter::Kind::Glossary);
    let page = markdown::Page { text, file, start: body_start, html: config.html, is_glossary };
    let mut body = markdown::parse(&page, &mut diagnostics);
    let anchors = std::mem::take(&mut body.anchors).into();
    (Draft { file, path: source.path.clone(), front, body, anchors }, diagnostics)
}
