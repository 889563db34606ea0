//! All words, sorted, and what is known of them, cut into files of a few kilobytes.
//!
//! A word's number is its place in the order. Shards of words, of postings and of places are cut each by their
//! own size; the manifest says with how many words each begins.

use super::postings::{Collected, varint};
use super::{FOLDER, hash};
use crate::site::Site;
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// A shard of words is closed when it is this long.
const TERM_BYTES: usize = 14 * 1024;
/// A shard of postings is closed when it is this long.
const POSTING_BYTES: usize = 8 * 1024;
/// A shard of places is closed when it is this long.
const PLACE_BYTES: usize = 8 * 1024;

/// UTF-16 units that a word shares with the one before, at most: `0` to `x` in the file.
const MAX_SHARED: usize = 72;

/// Shards of one kind: how many words each holds, and the hashes of all, one after the other.
#[derive(Debug, Default, Serialize)]
pub(super) struct Shards {
    counts: Vec<usize>,
    hashes: String,
}

/// Shards of words, which also say with which word each begins.
#[derive(Debug, Default, Serialize)]
pub(super) struct TermShards {
    first: Vec<String>,
    #[serde(flatten)]
    shards: Shards,
}

/// What the manifest has to know.
pub(super) struct Written {
    pub(super) terms: TermShards,
    pub(super) postings: Shards,
    pub(super) places: Shards,
}

/// A method as a word that nobody can type.
pub(super) fn method_word(method: usize) -> String {
    format!("!m{method}")
}

/// A channel as a word that nobody can type.
pub(super) fn channel_word(channel: usize) -> String {
    format!("!c{channel}")
}

/// Writes all shards.
pub(super) fn write(runs: &Collected, site: &mut Site) -> Written {
    let mut order: Vec<(&str, usize, usize)> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        order.extend(run.terms.iter().enumerate().map(|(index, term)| (&*term.word, number, index)));
    }
    order.sort_unstable_by(|a, b| compare(a.0, b.0).then(a.1.cmp(&b.1)));
    let mut terms = Terms::default();
    let mut postings = Blobs::new("postings", POSTING_BYTES);
    let mut places = Blobs::new("places", PLACE_BYTES);
    let mut blob = Vec::new();
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let parts = || same.iter().map(|(_, run, index)| &runs[*run].terms[*index]);
        let n_documents: u32 = parts().map(|term| term.n_documents).sum();
        terms.add(same[0].0, n_documents, site);
        blob.clear();
        let mut next = 0;
        for term in parts() {
            let (document, low) = term.first;
            varint((document - next) << 4 | u32::from(low), &mut blob);
            blob.extend_from_slice(&term.postings);
            next = term.last + 1;
        }
        postings.add(&blob, site);
        blob.clear();
        parts().for_each(|term| blob.extend_from_slice(&term.places));
        places.add(&blob, site);
    }
    Written { terms: terms.finish(site), postings: postings.finish(site), places: places.finish(site) }
}

/// The order of JavaScript's strings, by UTF-16 units, so that the reader can compare with `<`.
fn compare(a: &str, b: &str) -> Ordering {
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        Some((a_byte, b_byte)) if a_byte >= 0xEE || b_byte >= 0xEE => a.encode_utf16().cmp(b.encode_utf16()),
        _ => a.cmp(b),
    }
}

/// The shard of words that is being written: each word as how much it shares with the one before, the rest,
/// and a capital letter for how common it is.
#[derive(Default)]
struct Terms {
    text: String,
    first: String,
    last: String,
    count: usize,
    done: TermShards,
}

impl Terms {
    fn add(&mut self, word: &str, n_documents: u32, site: &mut Site) {
        if self.text.is_empty() {
            word.clone_into(&mut self.first);
            self.last.clear();
        }
        let (mut bytes, mut units) = (0, 0);
        for (letter, _) in self.last.chars().zip(word.chars()).take_while(|(a, b)| a == b) {
            if units + letter.len_utf16() > MAX_SHARED {
                break;
            }
            bytes += letter.len_utf8();
            units += letter.len_utf16();
        }
        self.text.push(char::from(b'0' + u8::try_from(units).unwrap_or(0)));
        self.text.push_str(&word[bytes..]);
        let magnitude = (32 - n_documents.leading_zeros()).min(25);
        self.text.push(char::from(b'A' + u8::try_from(magnitude).unwrap_or(0)));
        word.clone_into(&mut self.last);
        self.count += 1;
        if self.text.len() >= TERM_BYTES {
            self.close(site);
        }
    }

    fn close(&mut self, site: &mut Site) {
        let number = self.done.first.len();
        let hash = hash(self.text.as_bytes());
        site.add(format!("{FOLDER}terms-{number}-{hash}.txt"), std::mem::take(&mut self.text).into_bytes());
        self.done.first.push(std::mem::take(&mut self.first));
        self.done.shards.counts.push(std::mem::take(&mut self.count));
        self.done.shards.hashes.push_str(&hash);
    }

    fn finish(mut self, site: &mut Site) -> TermShards {
        if self.count > 0 {
            self.close(site);
        }
        self.done
    }
}

/// The shard of bytes that is being written: the length of each word's bytes, then the bytes.
struct Blobs {
    name: &'static str,
    limit: usize,
    lengths: Vec<u8>,
    bytes: Vec<u8>,
    count: usize,
    done: Shards,
}

impl Blobs {
    fn new(name: &'static str, limit: usize) -> Self {
        Self { name, limit, lengths: Vec::new(), bytes: Vec::new(), count: 0, done: Shards::default() }
    }

    fn add(&mut self, blob: &[u8], site: &mut Site) {
        // A word that fills a shard by itself does not make its neighbours' readers load it.
        if self.count > 0 && self.bytes.len() + blob.len() > self.limit {
            self.close(site);
        }
        varint(u32::try_from(blob.len()).unwrap_or(u32::MAX), &mut self.lengths);
        self.bytes.extend_from_slice(blob);
        self.count += 1;
    }

    fn close(&mut self, site: &mut Site) {
        let number = self.done.counts.len();
        let mut contents = std::mem::take(&mut self.lengths);
        contents.append(&mut self.bytes);
        let hash = hash(&contents);
        let mut path = String::new();
        let _ = write!(path, "{FOLDER}{}-{number}-{hash}.bin", self.name);
        site.add(path, contents);
        self.done.counts.push(std::mem::take(&mut self.count));
        self.done.hashes.push_str(&hash);
    }

    fn finish(mut self, site: &mut Site) -> Shards {
        if self.count > 0 {
            self.close(site);
        }
        self.done
    }
}
