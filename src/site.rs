//! The finished output in memory: what `write` puts on disk and `serve` answers with.

use std::collections::BTreeMap;
use std::sync::Arc;

/// All files of a published site, by site path without a leading slash: `index.html`,
/// `sell-the-call/index.html`, `assets/main-3f2a….css`. Sorted, so equal sites have equal bytes.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Path to contents.
    pub files: BTreeMap<String, Contents>,
}

/// The bytes of a file, shared and never changed.
pub type Contents = Arc<[u8]>;

impl Site {
    /// Adds a file; a later one of the same path replaces an earlier one.
    pub fn add(&mut self, path: impl Into<String>, contents: impl Into<Contents>) {
        self.files.insert(path.into(), contents.into());
    }

    /// The file that answers a request for a site path: `a/` is `a/index.html`.
    pub fn get(&self, path: &str) -> Option<&Contents> {
        if path.is_empty() || path.ends_with('/') {
            return self.files.get(&format!("{path}index.html"));
        }
        self.files.get(path)
    }
}
