//! Our diagnostics as the protocol has them, and the quick fixes that their help offers.

use super::text;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Sources;
use lsp_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, TextEdit, Uri,
};

/// A diagnostic for an editor; `uri` gives the address of a path.
pub(super) fn diagnostic(
    one: &Diagnostic,
    sources: &Sources,
    uri: &dyn Fn(&str) -> Option<Uri>,
) -> lsp_types::Diagnostic {
    let help = one.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let related = one.related.as_ref().and_then(|(span, message)| {
        let source = sources.file(span.file);
        let location = Location { uri: uri(&source.path)?, range: text::range(&source.text, span.range()) };
        Some(vec![DiagnosticRelatedInformation { location, message: message.clone() }])
    });
    lsp_types::Diagnostic {
        range: one
            .span
            .map_or_else(Range::default, |span| text::range(sources.text(span.file), span.range())),
        severity: Some(match one.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(one.code.name().to_owned())),
        source: Some("ringback".to_owned()),
        message: format!("{}{help}", one.message),
        related_information: related,
        ..lsp_types::Diagnostic::default()
    }
}

/// What "did you mean `x`?" offers to write: a title and the edit.
pub(super) fn fix(one: &Diagnostic, sources: &Sources) -> Option<(String, TextEdit)> {
    let name = one.help.as_ref()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
    let span = one.span?;
    let written = sources.slice(span);
    // What is wrong may be a part of what is marked: `rule:no-bragg`, `"no-bragg"`, `path.md#anchr`.
    let keep = match one.code {
        Code::BrokenAnchor => written.find('#').map_or(0, |at| at + 1),
        Code::UnknownRule
        | Code::UnknownMethod
        | Code::UnknownExample
        | Code::UnknownTerm
        | Code::UnknownTool => written.find(':').map_or(0, |at| at + 1),
        _ => 0,
    };
    let quote = written.starts_with(['"', '\'']) && written.len() > 1;
    let brace = written.starts_with('{') && written.ends_with('}');
    let anchor = written.find('#').filter(|_| one.code == Code::BrokenLink);
    let rest = anchor.map_or(0, |at| written.len() - at);
    let (before, after) = if quote || brace { (1, 1) } else { (keep, rest) };
    let range = text::range(
        sources.text(span.file),
        span.start as usize + before
            ..(span.end as usize).saturating_sub(after).max(span.start as usize + before),
    );
    Some((format!("write `{name}`"), TextEdit { range, new_text: name.to_owned() }))
}
