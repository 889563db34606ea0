//! Diagnostics as SARIF 2.1.0, the format that code-scanning services read.

use super::{Code, Diagnostics};
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// A whole SARIF log with one run, pretty-printed, with a line end.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|one| {
            let help = one.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
            let mut result = json!({
                "ruleId": one.code.name(),
                "ruleIndex": codes.binary_search(&one.code).unwrap_or(0),
                "level": one.severity.name(),
                "message": { "text": format!("{}{help}", one.message) },
                "locations": [location(one.path(sources), one.span, sources)],
            });
            if let Some((span, message)) = &one.related {
                let mut related = location(&sources.file(span.file).path, Some(*span), sources);
                related["message"] = json!({ "text": message });
                result["relatedLocations"] = json!([related]);
            }
            result
        })
        .collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ringback",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "ROOT": { "description": { "text": "The folder that holds book.toml" } } },
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.explanation() },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

fn location(path: &str, span: Option<Span>, sources: &Sources) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(path), "uriBaseId": "ROOT" } });
    if let Some(span) = span {
        let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
        physical["region"] = json!({
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        });
    }
    json!({ "physicalLocation": physical })
}

/// A relative path as a URI reference: everything but unreserved characters and `/` in percent form.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
