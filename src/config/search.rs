//! `[search]` of `book.toml`: whether there is an index, and which words mean the same.

use crate::diag::{Code, Diagnostics};
use crate::tree::{Fields, Value};
use std::collections::BTreeMap;

/// What `[search]` says.
#[derive(Debug, Clone)]
pub struct SearchConfig {
    /// An index, a button in the header, and a page for it.
    pub enabled: bool,
    /// A word and others that mean it.
    pub synonyms: BTreeMap<String, Vec<String>>,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self { enabled: true, synonyms: BTreeMap::new() }
    }
}

/// Reads the table; what cannot be read is a diagnostic and left out.
pub(super) fn read(mut fields: Fields<'_>, diagnostics: &mut Diagnostics) -> SearchConfig {
    let mut config = SearchConfig::default();
    config.enabled = fields.flag("enabled", config.enabled, diagnostics);
    let Some(synonyms) = fields.node("synonyms") else {
        fields.finish(diagnostics);
        return config;
    };
    let Value::Map(entries) = &synonyms.value else {
        diagnostics
            .report(Code::BadValue, synonyms.span, "`synonyms` is a table of words")
            .help("[search.synonyms]\n        voicemail = [\"voice mail\", \"answering machine\"]");
        fields.finish(diagnostics);
        return config;
    };
    for entry in entries {
        let words: Option<Vec<String>> = match &entry.value.value {
            Value::List(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        match words {
            Some(words) => _ = config.synonyms.insert(entry.key.clone(), words),
            None => {
                diagnostics
                    .report(Code::BadValue, entry.value.span, "words with the same meaning are a list")
                    .help("voicemail = [\"voice mail\", \"answering machine\"]");
            }
        }
    }
    fields.finish(diagnostics);
    config
}
