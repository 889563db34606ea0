//! Which words stand in which documents, where and how strongly: encoded while the words are read.
//!
//! Documents are taken in runs, side by side. A run keeps, for each word, a growing list of postings and one of
//! places; the runs are then laid end to end. Only the first posting of a run depends on the run before it, so
//! it is kept apart until then.

use super::tokens::Tokens;
use super::{Document, shards};
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// At least this many documents make a run.
const MIN_RUN: usize = 64;
/// Places between two sections, or between title and text, so that no phrase reaches across.
const GAP: u32 = 8;

/// Where in a document a word stands: what stands higher counts for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Text = 0,
    Keyword = 1,
    Heading = 2,
    Title = 3,
}

/// The words of a run of documents.
#[derive(Debug, Default)]
pub(super) struct Run {
    by_word: HashMap<Box<str>, usize, BuildHasherDefault<WordHasher>>,
    pub(super) terms: Vec<Term>,
}

/// A word in a run.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) word: Box<str>,
    /// The first document and its posting's low bits.
    pub(super) first: (u32, u8),
    /// The last document.
    pub(super) last: u32,
    /// How many documents.
    pub(super) n_documents: u32,
    /// Postings after the first.
    pub(super) postings: Vec<u8>,
    /// Places in all documents.
    pub(super) places: Vec<u8>,
    /// The document that is being read, how often the word was seen in it, its best field, its last place.
    current: u32,
    count: u32,
    field: Field,
    place: u32,
}

/// What weighs the words of a document.
#[derive(Debug, Default, Clone, Copy)]
struct Size {
    /// Words of its text.
    words: u32,
    /// Words of its title.
    title: u32,
}

/// All runs in the order of their documents.
pub(super) type Collected = Vec<Run>;

/// Reads all documents.
pub(super) fn collect(documents: &[&Document<'_>]) -> Collected {
    let size = documents.len().div_ceil(rayon::current_num_threads() * 2).max(MIN_RUN);
    let runs: Vec<&[&Document<'_>]> = documents.chunks(size).collect();
    runs.par_iter().enumerate().map(|(number, run)| collect_run(run, number * size)).collect()
}

fn collect_run(documents: &[&Document<'_>], first: usize) -> Run {
    let mut reader = Reader::default();
    let mut sizes = Vec::with_capacity(documents.len());
    for (number, document) in (first..).zip(documents) {
        reader.document = u32::try_from(number).unwrap_or(u32::MAX);
        reader.place = 0;
        sizes.push(Size::default());
        reader.read(&document.title, Field::Title, &sizes, first);
        let title = reader.place - GAP;
        reader.read(&document.keywords, Field::Keyword, &sizes, first);
        for method in &document.methods {
            reader.word(&shards::method_word(*method), Field::Text, &sizes, first);
        }
        for channel in &document.channels {
            reader.word(&shards::channel_word(*channel), Field::Text, &sizes, first);
        }
        let before = reader.place;
        for section in &document.sections {
            reader.read(&section.heading, Field::Heading, &sizes, first);
            reader.read(&section.text, Field::Text, &sizes, first);
        }
        if let Some(size) = sizes.last_mut() {
            *size = Size { words: reader.place - before, title };
        }
    }
    let mut run = reader.run;
    for term in &mut run.terms {
        term.close(&sizes, first);
    }
    run
}

#[derive(Default)]
struct Reader {
    tokens: Tokens,
    run: Run,
    document: u32,
    place: u32,
}

impl Reader {
    fn read(&mut self, text: &str, field: Field, sizes: &[Size], first: usize) {
        let (run, place, document) = (&mut self.run, &mut self.place, self.document);
        self.tokens.each(text, &mut |word| {
            *place += 1;
            run.add(word, document, *place, field, sizes, first);
        });
        self.place += GAP;
    }

    fn word(&mut self, word: &str, field: Field, sizes: &[Size], first: usize) {
        self.run.add(word, self.document, 1, field, sizes, first);
    }
}

impl Run {
    fn add(&mut self, word: &str, document: u32, place: u32, field: Field, sizes: &[Size], first: usize) {
        let Some(index) = self.by_word.get(word) else {
            self.by_word.insert(word.into(), self.terms.len());
            self.terms.push(Term::new(word, document, place, field));
            return;
        };
        let term = &mut self.terms[*index];
        if term.current == document {
            term.count += 1;
            term.field = term.field.max(field);
            varint(place.saturating_sub(term.place).max(1), &mut term.places);
        } else {
            term.close(sizes, first);
            (term.current, term.count, term.field) = (document, 1, field);
            varint(place, &mut term.places);
        }
        term.place = place;
    }
}

impl Term {
    fn new(word: &str, document: u32, place: u32, field: Field) -> Self {
        let mut places = Vec::new();
        varint(place, &mut places);
        Self {
            word: word.into(),
            first: (document, 0),
            last: document,
            n_documents: 0,
            postings: Vec::new(),
            places,
            current: document,
            count: 1,
            field,
            place,
        }
    }

    /// Writes the posting of the document that has been read.
    fn close(&mut self, sizes: &[Size], first: usize) {
        self.places.push(0);
        let size = sizes.get(self.current as usize - first).copied().unwrap_or_default();
        let weight = match self.field {
            Field::Title => part(size.title),
            _ => density(self.count, size.words),
        };
        let low = (self.field as u8) << 2 | weight;
        if self.n_documents == 0 {
            self.first = (self.current, low);
        } else {
            varint((self.current - self.last - 1) << 4 | u32::from(low), &mut self.postings);
        }
        self.last = self.current;
        self.n_documents += 1;
    }
}

/// How much of a document a word is, from 0 to 3: rarer words of a short one count as much as frequent words of
/// a long one.
fn density(count: u32, length: u32) -> u8 {
    let share = count.saturating_mul(400) / (length + 100);
    match share {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        _ => 3,
    }
}

/// How much of a title a word is, from 0 to 3.
fn part(title: u32) -> u8 {
    match title {
        0 | 1 => 3,
        2 => 2,
        3 | 4 => 1,
        _ => 0,
    }
}

/// Seven bits a byte, the lowest first; the high bit says that more follows.
pub(super) fn varint(mut number: u32, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = (number & 0x7F).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// A quick hash for short words; the order of the map never reaches the output.
#[derive(Debug, Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
