//! The finished output: what `write` puts on disk and `serve` answers with.

use blake3::Hash;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All files of a published site, by site path without a leading slash: `index.html`,
/// `sell-the-call/index.html`, `assets/main-3f2a….css`. Sorted, so equal sites have equal bytes.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Path to contents.
    pub files: BTreeMap<String, Contents>,
    /// Paths of files that a [`Store`] has taken, with the hash of their bytes; they are not in `files`.
    pub stored: BTreeMap<String, Hash>,
}

/// Takes files as soon as they are rendered, so that the memory of one page serves the next. `build`
/// has one that writes them; `serve` has none, and keeps the whole site in memory.
pub trait Store: Sync {
    /// Keeps a file and answers with its hash. Called from many threads; of two files of one path the later stays.
    fn keep(&self, path: &str, contents: &[u8]) -> Hash;

    /// The hash of a file whose name says what is in it, if there is one of that name already; it is kept then.
    fn known(&self, _path: &str) -> Option<Hash> {
        None
    }

    /// Whether anybody will look into the file at a path; one that nobody looks into need not be made.
    fn is_read(&self, _path: &str) -> bool {
        true
    }
}

/// Keeps nothing: for those who want only to know what is wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Discard;

impl Store for Discard {
    fn keep(&self, _: &str, _: &[u8]) -> Hash {
        Hash::from_bytes([0; 32])
    }

    fn is_read(&self, _: &str) -> bool {
        false
    }
}

/// The bytes of a file, shared and never changed.
pub type Contents = Arc<[u8]>;

impl Site {
    /// Adds a file; a later one of the same path replaces an earlier one.
    pub fn add(&mut self, path: impl Into<String>, contents: impl Into<Contents>) {
        self.files.insert(path.into(), contents.into());
    }

    /// Notes that a store has taken a file, in place of an earlier one of the same path.
    pub fn add_stored(&mut self, path: String, hash: Hash) {
        self.files.remove(&path);
        self.stored.insert(path, hash);
    }

    /// All paths, sorted, with those of stored files.
    pub fn paths(&self) -> BTreeSet<&str> {
        self.files.keys().chain(self.stored.keys()).map(String::as_str).collect()
    }

    /// The file that answers a request for a site path: `a/` is `a/index.html`.
    pub fn get(&self, path: &str) -> Option<&Contents> {
        if path.is_empty() || path.ends_with('/') {
            return self.files.get(&format!("{path}index.html"));
        }
        self.files.get(path)
    }
}
