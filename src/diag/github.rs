//! Diagnostics as GitHub workflow commands: annotations on the changed lines of a pull request.

use super::Diagnostics;
use crate::source::Sources;
use std::fmt::Write;

/// One `::error file=…` line a diagnostic.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut out = String::new();
    for one in diagnostics.iter() {
        let mut properties = format!("file={}", property(one.path(sources)));
        if let Some(span) = one.span {
            let (start, end) =
                (sources.position(span.file, span.start), sources.position(span.file, span.end));
            let _ = write!(properties, ",line={},endLine={}", start.line, end.line);
            if start.line == end.line {
                let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
            }
        }
        let help = one.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let text = data(&format!("{}{help}", one.message));
        let _ = writeln!(out, "::{} {properties},title={}::{text}", one.severity.name(), one.code.name());
    }
    out
}

/// Escapes the text of a command, as the runner undoes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
