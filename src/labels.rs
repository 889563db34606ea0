//! The words of the interface, from the theme's `i18n/LANGUAGE.yaml`.

use std::collections::BTreeMap;

/// Words by their key.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    words: BTreeMap<String, String>,
}

impl Labels {
    /// Labels from pairs of key and words.
    pub fn new(words: BTreeMap<String, String>) -> Self {
        Self { words }
    }

    /// The words for a key; the key itself, where the theme has none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }
}
