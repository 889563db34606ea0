//! Diagnostics as JSON: one array of objects, places in lines and columns from 1.

use super::Diagnostics;
use crate::source::{Sources, Span};
use serde_json::{Value, json};

/// The whole list, pretty-printed, with a line end.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let list: Vec<Value> = diagnostics.iter().map(|one| value(one, sources)).collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

/// One diagnostic as an object; also what the live preview sends to the browser.
pub fn value(one: &super::Diagnostic, sources: &Sources) -> Value {
    let mut object = json!({
        "code": one.code.name(),
        "severity": one.severity,
        "message": one.message,
        "path": one.path(sources),
    });
    if let Some(span) = one.span {
        object["span"] = place(span, sources);
        object["excerpt"] =
            sources.slice(span).lines().next().unwrap_or("").chars().take(200).collect::<String>().into();
    }
    if let Some(help) = &one.help {
        object["help"] = json!(help);
    }
    if let Some((span, message)) = &one.related {
        let path = &sources.file(span.file).path;
        object["related"] = json!({ "path": path, "message": message, "span": place(*span, sources) });
    }
    object
}

fn place(span: Span, sources: &Sources) -> Value {
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    json!({
        "line": start.line, "column": start.column,
        "end_line": end.line, "end_column": end.column,
        "start": span.start, "end": span.end,
    })
}
