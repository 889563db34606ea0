//! `[check]` of `book.toml`: how much each kind of mistake matters, and how large a file may be.

use crate::diag::{Code, Diagnostics, Severities, Severity};
use crate::tree::{Entry, Fields};

/// What `[check]` says.
#[derive(Debug, Clone)]
pub struct CheckConfig {
    /// `[check.severity]`: codes that matter more or less here than in their table.
    pub severities: Severities,
    /// `[check] image_kb`: an image may hold so many thousand bytes.
    pub image_kb: u32,
    /// `[check] file_kb`: any other published file may hold so many.
    pub file_kb: u32,
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self { severities: Severities::new(), image_kb: 500, file_kb: 10_000 }
    }
}

/// The words of `[check.severity]`.
pub const LEVELS: [(&str, Option<Severity>); 3] =
    [("error", Some(Severity::Error)), ("warning", Some(Severity::Warning)), ("off", None)];

/// Reads the table; what cannot be read is a diagnostic and keeps its default.
pub(super) fn read(mut fields: Fields<'_>, diagnostics: &mut Diagnostics) -> CheckConfig {
    let mut config = CheckConfig::default();
    let mut size = |key, default: u32, diagnostics: &mut Diagnostics| {
        let size = fields.integer(key, 1..=10_000_000, diagnostics);
        size.and_then(|size| u32::try_from(size).ok()).unwrap_or(default)
    };
    config.image_kb = size("image_kb", config.image_kb, diagnostics);
    config.file_kb = size("file_kb", config.file_kb, diagnostics);
    for entry in fields.entries("severity", diagnostics) {
        if let Some((code, level)) = level(entry, diagnostics) {
            config.severities.insert(code, level);
        }
    }
    fields.finish(diagnostics);
    config
}

fn level(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<(Code, Option<Severity>)> {
    let code = Code::find(&entry.key);
    if code.is_none() {
        let message = format!("there is no code `{}`", entry.key);
        let one = diagnostics.report(Code::UnknownKey, entry.key_span, message);
        one.help("`ringback explain` lists them all");
        one.help_nearest(&entry.key, Code::ALL.iter().map(|code| code.name()));
    }
    let written = entry.value.as_str().unwrap_or("");
    let level = LEVELS.iter().find(|(word, _)| *word == written);
    if level.is_none() {
        let message = format!("`{}` is one of `error`, `warning`, `off`", entry.key);
        diagnostics
            .report(Code::BadValue, entry.value.span, message)
            .help_nearest(written, LEVELS.iter().map(|(word, _)| *word));
    }
    Some((code?, level?.1))
}
