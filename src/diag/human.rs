//! Diagnostics for a terminal: code, place, the line itself with carets, help.
//!
//! Our own few lines rather than a snippet library, because the line is cut to a window ([`Excerpt`]).

use super::excerpt::Excerpt;
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// All diagnostics, an empty line between them; `color` asks for ANSI colours.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, color: bool) -> String {
    let mut out = String::new();
    for one in diagnostics.iter() {
        if !out.is_empty() {
            out.push('\n');
        }
        render_one(&mut out, one, sources, &Paint { color });
    }
    out
}

/// One diagnostic without colours.
pub fn render_alone(one: &Diagnostic, sources: &Sources) -> String {
    let mut out = String::new();
    render_one(&mut out, one, sources, &Paint { color: false });
    out
}

/// "2 errors, 1 warning", or "no mistakes found".
pub fn summary(diagnostics: &Diagnostics) -> String {
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> = [count(diagnostics.errors(), "error"), count(diagnostics.warnings(), "warning")]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { "no mistakes found".to_owned() } else { parts.join(", ") }
}

fn render_one(out: &mut String, one: &Diagnostic, sources: &Sources, paint: &Paint) {
    let head = format!("{}[{}]", one.severity.name(), one.code.name());
    let _ = writeln!(out, "{}: {}", paint.severity(one.severity, &head), paint.bold(&one.message));
    match one.span {
        None => {
            let _ = writeln!(out, "  {}", one.path(sources));
        }
        Some(span) => excerpt(out, span, one.severity, sources, paint),
    }
    if let Some((span, message)) = &one.related {
        let _ = writeln!(out, "  {} {message}", paint.dim("note:"));
        excerpt(out, *span, one.severity, sources, paint);
    }
    if let Some(help) = &one.help {
        let _ = writeln!(out, "  {} {help}", paint.help("help:"));
    }
}

/// The place, and the line under it with carets.
fn excerpt(out: &mut String, span: Span, severity: Severity, sources: &Sources, paint: &Paint) {
    let found = Excerpt::of(span, sources);
    let _ = writeln!(out, "  {}:{}:{}", found.path, found.line, found.column);
    let Some(words) = found.words else { return };
    let shown = format!(
        "{}{}{}{}{}",
        if words.cut_before { "…" } else { "" },
        printable(words.before),
        printable(words.marked),
        printable(words.after),
        if words.cut_after { "…" } else { "" }
    );
    let number = found.line.to_string();
    let gutter = " ".repeat(number.len());
    let indent = " ".repeat(usize::from(words.cut_before) + printable(words.before).width());
    let carets = "^".repeat(printable(words.marked).width().max(1));
    let _ = writeln!(out, "   {} {shown}", paint.dim(&format!("{number} |")));
    let _ = writeln!(
        out,
        "   {} {indent}{}",
        paint.dim(&format!("{gutter} |")),
        paint.severity(severity, &carets)
    );
}

/// Tabs as one space, control characters as a visible sign, so that carets stay under their words
/// and an author's text cannot drive the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() || c.width().is_none() => '\u{fffd}',
            c => c,
        })
        .collect()
}

struct Paint {
    color: bool,
}

impl Paint {
    fn wrap(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
    fn severity(&self, severity: Severity, text: &str) -> String {
        self.wrap(if severity == Severity::Error { "1;31" } else { "1;33" }, text)
    }
    fn bold(&self, text: &str) -> String {
        self.wrap("1", text)
    }
    fn dim(&self, text: &str) -> String {
        self.wrap("2", text)
    }
    fn help(&self, text: &str) -> String {
        self.wrap("1;36", text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::FileId;

    #[test]
    fn carets_stand_under_wide_words() {
        let sources = Sources::in_memory(&[("a.md", "one\n日本 [x](y) z\n")]);
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(Code::BrokenLink, Span::new(FileId(0), 11, 17), "no page `y`").help("type more");
        assert_eq!(
            render(&diagnostics, &sources, false),
            "error[broken-link]: no page `y`\n  a.md:2:4\n   2 | 日本 [x](y) z\n     |      ^^^^^^\n  help: type more\n"
        );
    }

    #[test]
    fn an_endless_line_is_cut_around_the_span() {
        let text = "x".repeat(1_000_000);
        let sources = Sources::in_memory(&[("a.md", &text)]);
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(Code::BadYaml, Span::new(FileId(0), 500_000, 500_001), "odd");
        let out = render(&diagnostics, &sources, false);
        assert!(out.len() < 400, "{}", out.len());
        assert!(out.contains('…'));
    }
}
