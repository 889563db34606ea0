//! Code blocks as HTML with classes; the colours of both schemes are in the theme's `css/code.css`.
//!
//! Equal blocks are highlighted once, in parallel. The syntaxes are loaded when the first block with a
//! language turns up. A block that is very long, or has a very long line, stays plain: patterns that go back
//! and forth over it could take minutes.

use crate::book::CodeBlock;
use crate::html::escape;
use crate::theme::Strings;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Longer code is not highlighted.
const MAX_CODE: usize = 64 * 1024;
/// Code with a longer line is not highlighted.
const MAX_LINE: usize = 2 * 1024;

/// Scope prefixes and the class of what they cover; the first that fits the innermost scope wins.
const CLASSES: [(&str, &str); 14] = [
    ("invalid", "invalid"),
    ("comment", "comment"),
    ("constant", "constant"),
    ("string", "string"),
    ("keyword", "keyword"),
    ("storage", "keyword"),
    ("entity.name", "name"),
    ("support", "name"),
    ("entity.other", "attribute"),
    ("variable.parameter", "attribute"),
    ("markup.heading", "name"),
    ("markup.inserted", "string"),
    ("markup.deleted", "invalid"),
    ("markup.raw", "string"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect()
});

/// The HTML of every block, each different one highlighted once.
pub fn all<'a>(
    blocks: impl Iterator<Item = &'a CodeBlock>,
    strings: &Strings,
) -> HashMap<&'a CodeBlock, String> {
    let distinct: Vec<&CodeBlock> = blocks.collect::<HashSet<_>>().into_iter().collect();
    distinct.into_par_iter().map(|one| (one, block(one, strings))).collect()
}

/// One block: language, copy button, lines.
pub fn block(block: &CodeBlock, strings: &Strings) -> String {
    let mut out = String::with_capacity(block.code.len() * 2 + 256);
    out.push_str("<div class=\"code\">");
    if let Some(title) = &block.title {
        out.push_str("<p class=\"code-title\">");
        out.push_str(&escape(title));
        out.push_str("</p>");
    }
    if let Some(language) = &block.language {
        out.push_str("<span class=\"code-language\">");
        out.push_str(&escape(language));
        out.push_str("</span>");
    }
    out.push_str("<copy-button hidden><button class=\"button button-quiet\" type=\"button\" data-done=\"");
    out.push_str(&escape(strings.text("copied")));
    out.push_str("\" data-failed=\"");
    out.push_str(&escape(strings.text("copy_failed")));
    out.push_str("\"><span>");
    out.push_str(&escape(strings.text("copy")));
    out.push_str("</span></button></copy-button><pre><code>");
    let mut painter = syntax_of(block).map(Painter::new);
    for (number, line) in (1..).zip(block.code.split_inclusive('\n')) {
        let marked = block.marked.iter().any(|(first, last)| (*first..=*last).contains(&number));
        let words = line.strip_suffix('\n').unwrap_or(line);
        if marked {
            out.push_str("<span class=\"line-marked\">");
        }
        match &mut painter {
            Some(painter) => painter.paint(line, words.len(), &mut out),
            None => out.push_str(&escape(words)),
        }
        out.push_str(if marked { "</span>\n" } else { "\n" });
    }
    out.push_str("</code></pre></div>\n");
    out
}

fn syntax_of(block: &CodeBlock) -> Option<&'static SyntaxReference> {
    let language = block.language.as_deref()?;
    let is_plain = matches!(language, "text" | "txt" | "plain" | "console");
    if is_plain || block.code.len() > MAX_CODE || block.code.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    SYNTAXES.find_syntax_by_token(language)
}

/// Paints one line after another of a block.
struct Painter {
    state: ParseState,
    stack: ScopeStack,
}

impl Painter {
    fn new(syntax: &SyntaxReference) -> Self {
        Self { state: ParseState::new(syntax), stack: ScopeStack::new() }
    }

    /// Paints the first `length` bytes of a line that still has its line end.
    fn paint(&mut self, line: &str, length: usize, out: &mut String) {
        let Ok(operations) = self.state.parse_line(line, &SYNTAXES) else {
            out.push_str(&escape(&line[..length]));
            return;
        };
        let mut open = None;
        let mut at = 0;
        for (place, operation) in operations {
            let place = place.min(length);
            if place > at {
                put(&line[at..place], class_of(&self.stack), &mut open, out);
                at = place;
            }
            if self.stack.apply(&operation).is_err() {
                break;
            }
        }
        if at < length {
            put(&line[at..length], class_of(&self.stack), &mut open, out);
        }
        if open.is_some() {
            out.push_str("</span>");
        }
    }
}

/// Adds a piece of text, in the span that is open if it has the same class; blanks go into any.
fn put(text: &str, class: Option<&'static str>, open: &mut Option<&'static str>, out: &mut String) {
    let is_blank = text.bytes().all(|byte| byte == b' ' || byte == b'\t');
    if class != *open && !is_blank {
        if open.is_some() {
            out.push_str("</span>");
        }
        if let Some(class) = class {
            out.push_str("<span class=\"c-");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = class;
    }
    out.push_str(&escape(text));
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class = |scope: &Scope| {
        SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: Option<&str>, code: &str, marked: &[(u32, u32)]) -> String {
        let one = CodeBlock {
            language: language.map(str::to_owned),
            code: code.to_owned(),
            marked: marked.to_vec(),
            title: None,
        };
        let html = block(&one, &Strings::default());
        let code = html.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
        code.unwrap_or_default().to_owned()
    }

    #[test]
    fn tokens_get_classes_and_text_is_escaped() {
        assert_eq!(
            html(Some("yaml"), "a: \"<b>\" # c\n", &[]),
            "<span class=\"c-name\">a</span>: <span class=\"c-string\">&quot;&lt;b&gt;&quot; </span>\
             <span class=\"c-comment\"># c</span>\n"
        );
        assert_eq!(html(Some("no-such-language"), "<a>\n", &[]), "&lt;a&gt;\n");
        assert_eq!(html(None, "x", &[]), "x\n");
    }

    #[test]
    fn marked_lines_are_wrapped_whole() {
        assert_eq!(html(None, "a\nb\nc\n", &[(2, 2)]), "a\n<span class=\"line-marked\">b</span>\nc\n");
    }

    #[test]
    fn a_very_long_line_stays_plain() {
        let code = "1 ".repeat(MAX_LINE);
        assert!(!html(Some("rust"), &code, &[]).contains("<span"));
    }
}
