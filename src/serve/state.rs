//! What browsers are told after a build: which one it is, which pages may look different, and every mistake with its place.
//!
//! Mistakes are made from the same diagnostics as those in the terminal.

use super::http::encode;
use crate::book::Page;
use crate::config::Config;
use crate::diag::excerpt::Excerpt;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};
use crate::theme::Strings;
use serde_json::{Value, json};
use std::sync::Arc;

/// Mistakes that are sent; the terminal shows the others.
const MAX_MISTAKES: usize = 50;
/// Changed pages that are named; of more than that any page may be one.
const MAX_CHANGED: usize = 200;

/// A build, finished or not.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    pub(super) words: &'a Strings,
    pub(super) pages: &'a [Arc<Page>],
    pub(super) diagnostics: &'a Diagnostics,
}

/// What a build did.
#[derive(Debug, Default, Clone)]
pub(super) struct News {
    /// Names this build.
    pub(super) build: String,
    /// Names the build before, of this server.
    pub(super) previous: Option<String>,
    /// Site paths of pages that may look different now; `None` if any page may.
    pub(super) changed: Option<Vec<String>>,
    /// The page that was edited.
    pub(super) follow: Option<String>,
    /// Site paths of pages that are shown as they were before a mistake.
    pub(super) held: Vec<String>,
    /// All pages are.
    pub(super) is_all_held: bool,
    /// Why there is no new site.
    pub(super) failed: Option<String>,
}

/// The state as JSON on one line.
pub(super) fn json(built: &Found<'_>, news: &News) -> String {
    let mistakes: Vec<Value> =
        built.diagnostics.iter().take(MAX_MISTAKES).map(|one| mistake(one, built)).collect();
    let words: serde_json::Map<String, Value> = built
        .words
        .names()
        .filter(|name| name.starts_with("live_"))
        .map(|name| (name.to_owned(), built.words.forms(name)))
        .collect();
    json!({
        "build": news.build,
        "previous": news.previous,
        "base": built.config.base_path,
        "changed": news.changed.as_ref().filter(|changed| changed.len() <= MAX_CHANGED),
        "follow": news.follow,
        "held": news.held,
        "allHeld": news.is_all_held,
        "failed": news.failed,
        "errors": built.diagnostics.errors(),
        "warnings": built.diagnostics.warnings(),
        "mistakes": mistakes,
        "words": words,
    })
    .to_string()
}

fn mistake(one: &Diagnostic, built: &Found<'_>) -> Value {
    let place = |span: Span| {
        let found = Excerpt::of(span, built.sources);
        let words = found.words.map(|words| {
            json!({
                "before": format!("{}{}", if words.cut_before { "…" } else { "" }, words.before),
                "marked": words.marked,
                "after": format!("{}{}", words.after, if words.cut_after { "…" } else { "" }),
            })
        });
        json!({
            "path": found.path, "line": found.line, "column": found.column, "words": words,
            "editor": editor(built, found.path, found.line, found.column),
        })
    };
    let path = one.path(built.sources);
    let page = built.pages.iter().find(|page| page.path == path).map(|page| &page.url);
    json!({
        "page": page,
        "code": one.code.name(),
        "title": one.code.title(),
        "severity": if one.severity == Severity::Error { "error" } else { "warning" },
        "message": one.message,
        "help": one.help,
        "place": match one.span {
            Some(span) => place(span),
            None => json!({ "path": path, "editor": editor(built, path, 1, 1) }),
        },
        "related": one.related.as_ref().map(|(span, message)| {
            let mut related = place(*span);
            related["message"] = json!(message);
            related
        }),
    })
}

/// The address that opens a file in the editor.
fn editor(built: &Found<'_>, path: &str, line: usize, column: usize) -> Option<String> {
    let form = built.config.serve.editor.as_str();
    if form.is_empty() || path.is_empty() {
        return None;
    }
    let full = built.sources.root.join(path).to_string_lossy().replace('\\', "/");
    // `file/{path}` has its slash already.
    let full = if form.contains("/{path}") { full.trim_start_matches('/') } else { &full };
    Some(
        form.replace("{path}", &encode(full).replace("%3A", ":"))
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string()),
    )
}
