//! The search index: documents in, a folder of small files out, ready for `js/search/` to read.
//!
//! 1. Words of every document, in parallel runs of documents ([`postings`], [`mod@tokens`]).
//! 2. All words sorted, cut into shards that are named by their contents ([`shards`]).
//! 3. One fragment a document for titles and excerpts, and one manifest that names everything.
//!
//! docs/content/06-publishing/search-format.md describes the files. The bytes depend on the documents alone, not on how they were
//! split among threads. Words are kept as written: inflection, typing errors and synonyms are the reader's
//! business, so there is no second implementation of them to disagree with.

mod fold;
mod fragments;
mod postings;
mod shards;
mod tokens;

use crate::site::{Site, Store};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

pub use fold::fold;
pub use tokens::{Tokens, tokens};

/// The folder of all its files.
pub const FOLDER: &str = "search/";
/// Raised when the files change in a way that an older reader cannot follow.
const VERSION: u32 = 1;

/// Something that can be found: a page, or a part of one with an address of its own.
#[derive(Debug, Clone, Default)]
pub struct Document<'a> {
    /// Site path, with an anchor where it is part of a page.
    pub url: Cow<'a, str>,
    /// What a result is called.
    pub title: Cow<'a, str>,
    /// Words besides the title by which it is known: an id, a trainer's name, a description.
    pub keywords: Cow<'a, str>,
    /// Places in [`Index::methods`].
    pub methods: Vec<usize>,
    /// Places in [`Index::channels`].
    pub channels: Vec<usize>,
    /// Its text, piece by piece.
    pub sections: Vec<Section<'a>>,
}

/// A piece of a document under one heading.
#[derive(Debug, Clone, Default)]
pub struct Section<'a> {
    /// The heading's anchor; empty for what stands before the first heading.
    pub anchor: Cow<'a, str>,
    /// The heading; empty for what stands before the first.
    pub heading: Cow<'a, str>,
    /// Its words.
    pub text: Cow<'a, str>,
}

/// What is to be indexed.
#[derive(Debug, Default)]
pub struct Index<'a> {
    /// A BCP 47 tag, for the rules of inflection.
    pub language: String,
    /// Kinds of documents with their documents, in the order of the reader's choice.
    pub kinds: Vec<(&'static str, Vec<Document<'a>>)>,
    /// Ids and titles of methods.
    pub methods: Vec<(String, String)>,
    /// Ids and titles of channels.
    pub channels: Vec<(String, String)>,
    /// A word or phrase and others that mean it.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// What the reader says.
    pub words: BTreeMap<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    version: u32,
    language: &'a str,
    documents: usize,
    /// Kind, its title, how many documents.
    kinds: Vec<(&'a str, &'a str, usize)>,
    methods: &'a [(String, String)],
    channels: &'a [(String, String)],
    synonyms: &'a BTreeMap<String, Vec<String>>,
    terms: shards::TermShards,
    postings: shards::Shards,
    places: shards::Shards,
    fragments: fragments::Folders,
    words: &'a BTreeMap<String, serde_json::Value>,
}

/// Makes the index and adds its files to the site; a store takes the fragments, which are most of it.
pub fn add(index: &Index<'_>, site: &mut Site, store: Option<&dyn Store>) {
    let documents: Vec<&Document<'_>> = index.kinds.iter().flat_map(|(_, documents)| documents).collect();
    let collected = postings::collect(&documents);
    let written = shards::write(&collected, site);
    let fragments = fragments::write(&documents, site, store);
    let title = |kind: &str| {
        index.words.get(&format!("kind_{kind}")).and_then(serde_json::Value::as_str).unwrap_or("")
    };
    let kinds = index.kinds.iter().filter(|(_, documents)| !documents.is_empty());
    let manifest = Manifest {
        version: VERSION,
        language: &index.language,
        documents: documents.len(),
        kinds: kinds.map(|(kind, documents)| (*kind, title(kind), documents.len())).collect(),
        methods: &index.methods,
        channels: &index.channels,
        synonyms: &index.synonyms,
        terms: written.terms,
        postings: written.postings,
        places: written.places,
        fragments,
        words: &index.words,
    };
    let text = serde_json::to_vec(&manifest).unwrap_or_default();
    site.add(format!("{FOLDER}index.json"), text);
}

/// Eight hexadecimal digits that name contents.
fn hash(contents: &[u8]) -> String {
    blake3::hash(contents).to_hex()[..HASH_DIGITS].to_owned()
}

/// Digits of a content hash in a name.
const HASH_DIGITS: usize = 8;
