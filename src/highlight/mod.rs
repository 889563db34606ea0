//! Code blocks as HTML with classes; the colours of both schemes are in the theme's `css/code.css`.
//!
//! 1. The languages that playbooks and their documentation are full of are cut by a table ([`table`]),
//!    which takes microseconds a block.
//! 2. Every other language that syntect knows is cut by syntect ([`syntax`]), loaded when the first such block
//!    turns up; compiling its patterns takes longer than building a small site.
//! 3. The pieces become lines and spans here. Equal blocks are highlighted once, in parallel.
//!
//! A block that is very long, or has a very long line, stays plain: patterns that go back and forth over it
//! could take minutes.

mod languages;
mod syntax;
mod table;

use crate::book::CodeBlock;
use crate::html::escape;
use crate::theme::Strings;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Longer code is not highlighted.
const MAX_CODE: usize = 64 * 1024;
/// Code with a longer line is not highlighted.
const MAX_LINE: usize = 2 * 1024;

/// A run of code and the class of what it is.
type Piece = (Range<usize>, &'static str);

/// The HTML of every block, each different one highlighted once.
pub fn all<'a>(
    blocks: impl Iterator<Item = &'a CodeBlock>,
    strings: &Strings,
) -> HashMap<&'a CodeBlock, String> {
    let distinct: Vec<&CodeBlock> = blocks.collect::<HashSet<_>>().into_iter().collect();
    distinct.into_par_iter().map(|one| (one, block(one, strings))).collect()
}

/// One block: title, language, copy button, lines.
pub fn block(block: &CodeBlock, strings: &Strings) -> String {
    let mut out = String::with_capacity(block.code.len() * 2 + 256);
    out.push_str("<div class=\"code\">");
    if let Some(title) = &block.title {
        element(&mut out, "p", "code-title", title);
    }
    if let Some(language) = &block.language {
        element(&mut out, "span", "code-language", language);
    }
    out.push_str("<copy-button><button class=\"button button-quiet\" type=\"button\" data-done=\"");
    out.push_str(&escape(strings.text("copied")));
    out.push_str("\" data-failed=\"");
    out.push_str(&escape(strings.text("copy_failed")));
    out.push_str("\"><span>");
    out.push_str(&escape(strings.text("copy")));
    out.push_str("</span></button></copy-button><pre><code>");
    lines(&mut out, block, &pieces(block));
    out.push_str("</code></pre></div>\n");
    out
}

fn element(out: &mut String, name: &str, class: &str, text: &str) {
    for part in ["<", name, " class=\"", class, "\">", &escape(text), "</", name, ">"] {
        out.push_str(part);
    }
}

/// The pieces of a block that have a class, in order, not overlapping.
fn pieces(block: &CodeBlock) -> Vec<Piece> {
    let Some(name) = block.language.as_deref() else { return Vec::new() };
    if block.code.len() > MAX_CODE || block.code.lines().any(|line| line.len() > MAX_LINE) {
        return Vec::new();
    }
    let name = name.to_ascii_lowercase();
    match languages::find(&name) {
        Some(language) => table::pieces(&block.code, language),
        None => syntax::pieces(&block.code, &name),
    }
}

/// Writes the lines; a piece that spans several lines is opened again on each.
fn lines(out: &mut String, block: &CodeBlock, pieces: &[Piece]) {
    let mut pieces = pieces.iter().peekable();
    let mut start = 0;
    for (number, line) in (1..).zip(block.code.split_inclusive('\n')) {
        let end = start + line.strip_suffix('\n').unwrap_or(line).len();
        let is_marked = block.marked.iter().any(|(first, last)| (*first..=*last).contains(&number));
        if is_marked {
            out.push_str("<span class=\"line-marked\">");
        }
        let mut at = start;
        while let Some((range, class)) = pieces.peek().filter(|(range, _)| range.start < end) {
            let (from, to) = (range.start.max(at), range.end.min(end));
            if from < to {
                out.push_str(&escape(&block.code[at..from]));
                element(out, "span", class, &block.code[from..to]);
                at = to;
            }
            if range.end > end {
                break;
            }
            pieces.next();
        }
        out.push_str(&escape(&block.code[at..end]));
        out.push_str(if is_marked { "</span>\n" } else { "\n" });
        start += line.len();
    }
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

    /// Short for the spans: `c-string` around x is `string(x)`.
    fn short(language: &str, code: &str) -> String {
        html(Some(language), code, &[])
            .replace("<span class=\"c-", "")
            .replace("\">", "(")
            .replace("</span>", ")")
    }

    #[test]
    fn the_table_cuts_common_languages() {
        for (language, code, expected) in [
            ("yaml", "- a b: true # c", "- name(a b): constant(true) comment(# c)\n"),
            (
                "yaml",
                "t: |\n  x: 1\n\n  y\nu: 2",
                "name(t): string(|)\nstring(  x: 1)\n\nstring(  y)\nname(u): constant(2)\n",
            ),
            ("yaml", "{a: b, c: \"d\"}", "{name(a): b, name(c): string(&quot;d&quot;)}\n"),
            ("json", "{\"a\": [1, null]}", "{name(&quot;a&quot;): [constant(1), constant(null)]}\n"),
            ("toml", "[book]\ntitle = 'x'", "name([book])\nname(title) = string(&#39;x&#39;)\n"),
            (
                "rust",
                "fn f<'a>() { g!('x') }",
                "keyword(fn) name(f)&lt;attribute(&#39;a)&gt;() { name(g)!(string(&#39;x&#39;)) }\n",
            ),
            (
                "rust",
                "#[a]\nlet s = r#\"\"x\"#;",
                "attribute(#[a])\nkeyword(let) s = string(r#&quot;&quot;x&quot;#);\n",
            ),
            (
                "python",
                "def f(): # c\n  \"\"\"a\n  b\"\"\"",
                "keyword(def) name(f)(): comment(# c)\n  string(&quot;&quot;&quot;a)\nstring(  b&quot;&quot;&quot;)\n",
            ),
            (
                "sh",
                "echo \"$X\" ${Y} # c",
                "name(echo) string(&quot;$X&quot;) attribute(${Y}) comment(# c)\n",
            ),
            ("js", "const a = `x\ny` // z", "keyword(const) a = string(`x)\nstring(y`) comment(// z)\n"),
            ("diff", "+a\n-b\n c", "string(+a)\ninvalid(-b)\n c\n"),
            ("sql", "SELECT 1 -- c", "keyword(SELECT) constant(1) comment(-- c)\n"),
        ] {
            assert_eq!(short(language, code), expected, "{language}: {code}");
        }
    }

    #[test]
    fn syntect_cuts_what_the_table_does_not_know() {
        let html = short("ruby", "x = \"<b>\" # c\n");
        assert!(
            html.contains("string(") && html.contains("comment(# c)") && html.contains("&lt;b&gt;"),
            "{html}"
        );
        assert_eq!(short("no-such-language", "<a>\n"), "&lt;a&gt;\n");
    }

    #[test]
    fn marked_lines_are_wrapped_whole() {
        assert_eq!(html(None, "a\nb\nc\n", &[(2, 2)]), "a\n<span class=\"line-marked\">b</span>\nc\n");
    }

    #[test]
    fn a_very_long_line_stays_plain() {
        assert!(!html(Some("rust"), &"1 ".repeat(MAX_LINE), &[]).contains("<span"));
    }

    #[test]
    fn no_text_loses_a_byte() {
        let texts = [
            "\"", "'", "`\n", "/*", "r#\"", "'é", "#[", "${", "a: |", "- ", "é: \"ü", "\"\\", "0x", "[",
            "\n\n",
        ];
        for language in ["rust", "js", "json", "python", "sh", "yaml", "toml", "sql", "diff", "ruby"] {
            for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
                let code = format!("{a}{b}\n");
                let html = html(Some(language), &code, &[]);
                let mut plain = String::new();
                for part in html.split('<') {
                    plain.push_str(part.split_once('>').map_or(part, |(_, text)| text));
                }
                assert_eq!(plain, escape(&code), "{language}: {code}");
            }
        }
    }
}
