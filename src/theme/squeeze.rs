//! Templates without the white space that a browser drops: done once when a template is loaded, it costs a page nothing.
//!
//! Between a block's tag and what stands beside it white space goes; elsewhere a run of it becomes one space or one line
//! end. Tags of the template language, `<pre>`, `<textarea>`, `<script>` and `<style>` stay as they are, and so does every
//! word that an author wrote: it comes in later.

use std::sync::Arc;

/// Elements beside which white space shows nothing, also those of the head.
const BLOCKS: [&str; 49] = [
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "path",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements whose text is kept to the letter.
const VERBATIM: [&str; 4] = ["pre", "textarea", "script", "style"];

/// A text, and for each place after which something was taken out, where that place was.
#[derive(Debug, Clone)]
pub(super) struct Squeezed {
    pub(super) text: Arc<str>,
    /// Byte in `text` to byte in the original, ascending.
    cuts: Vec<(usize, usize)>,
}

impl Squeezed {
    /// The text as it is.
    pub(super) fn whole(text: Arc<str>) -> Self {
        Self { text, cuts: Vec::new() }
    }

    /// Where a byte of the text was in the original.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.cuts.partition_point(|(place, _)| *place <= at);
        after.checked_sub(1).map_or(at, |cut| at - self.cuts[cut].0 + self.cuts[cut].1)
    }
}

/// What a template is made of.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    /// `{% … %}`, `{{ … }}`, `{# … #}`.
    Template,
    /// A tag, by the element's name.
    Tag(&'t str),
    Space,
    Words,
}

/// A template of a page, shortened.
pub(super) fn squeeze(text: &str) -> Squeezed {
    let mut out = String::with_capacity(text.len());
    let mut cuts = Vec::new();
    let mut at = 0;
    // Whether white space may go because of what came last; tags of the template language are looked through.
    let mut after_block = true;
    while at < text.len() {
        let (piece, end) = next(&text[at..]);
        let end = at + end;
        match piece {
            Piece::Space => {
                let run = &text[at..end];
                let kept = match next(&text[end..]).0 {
                    Piece::Tag(name) if is_block(name) => "",
                    _ if after_block => "",
                    _ if run.contains('\n') => "\n",
                    _ => " ",
                };
                out.push_str(kept);
                if kept.len() < run.len() {
                    cuts.push((out.len(), end));
                }
            }
            Piece::Tag(name) if VERBATIM.contains(&name) && !text[at..].starts_with("</") => {
                let close = text[end..].find(&format!("</{name}")).map_or(text.len(), |close| end + close);
                out.push_str(&text[at..close]);
                after_block = false;
                at = close;
                continue;
            }
            Piece::Tag(name) => {
                out.push_str(&text[at..end]);
                after_block = is_block(name);
            }
            Piece::Template => out.push_str(&text[at..end]),
            Piece::Words => {
                out.push_str(&text[at..end]);
                after_block = false;
            }
        }
        // A value may end in words, and past a branch or inside a loop, what came last depends.
        if piece == Piece::Template && !text[at..].starts_with("{% if") && !text[at..].starts_with("{#") {
            after_block = false;
        }
        at = end;
    }
    Squeezed { text: out.into(), cuts }
}

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// The first piece of a text that is not empty, and where it ends.
fn next(text: &str) -> (Piece<'_>, usize) {
    for (open, close) in [("{%", "%}"), ("{{", "}}"), ("{#", "#}")] {
        if text.starts_with(open) {
            return (Piece::Template, text.find(close).map_or(text.len(), |at| at + 2));
        }
    }
    let space = text.len() - text.trim_start_matches([' ', '\t', '\n']).len();
    if space > 0 {
        return (Piece::Space, space);
    }
    if let Some(name) = tag(text) {
        return (Piece::Tag(name), tag_end(text));
    }
    let end = text.char_indices().skip(1).find(|(_, c)| matches!(c, ' ' | '\t' | '\n' | '<' | '{'));
    (Piece::Words, end.map_or(text.len(), |(at, _)| at))
}

/// The name of the element whose tag a text starts with; of a comment or a document type `!`.
fn tag(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with('!') {
        return Some("html");
    }
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    // `<h{{ level }}>` is a heading.
    let name = if name[..end] == *"h" && name[end..].starts_with('{') { "h2" } else { &name[..end] };
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

/// The byte after a tag's `>`, which may stand in quotes or in a value before that.
fn tag_end(text: &str) -> usize {
    let mut at = 1;
    let mut quoted = false;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"{{") || rest.starts_with(b"{%") {
            at += next(&text[at..]).1;
            continue;
        }
        match rest[0] {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_where_nobody_sees_it() {
        for (text, expected) in [
            ("<ul>\n  <li>a</li>\n</ul>\n", "<ul><li>a</li></ul>"),
            ("<p>a <b>b</b>\n <i>c</i> </p>", "<p>a <b>b</b>\n<i>c</i></p>"),
            (
                "<ul>\n{% for x in y %}<li>{{ x }}</li>\n{% endfor %}</ul>",
                "<ul>{% for x in y %}<li>{{ x }}</li>{% endfor %}</ul>",
            ),
            ("{{ a }} {{ b }}\n<p>", "{{ a }} {{ b }}<p>"),
            ("<b>a</b>{% if x %}<p>b</p>{% endif %} c", "<b>a</b>{% if x %}<p>b</p>{% endif %} c"),
            ("<p title=\"é>\">{{ a }}\n", "<p title=\"é>\">{{ a }}\n"),
            ("<pre>\n  a\n</pre>\n<div>", "<pre>\n  a\n</pre><div>"),
            (
                "<a title=\"x > y\"{% if z > 1 %} b{% endif %}>  c</a>",
                "<a title=\"x > y\"{% if z > 1 %} b{% endif %}> c</a>",
            ),
            ("<h{{ n }}>\n a</h{{ n }}>\n<p>", "<h{{ n }}>a</h{{ n }}><p>"),
            ("<p>\u{a0} a < b", "<p>\u{a0} a < b"),
            ("{{ x", "{{ x"),
            ("<", "<"),
        ] {
            assert_eq!(&*squeeze(text).text, expected, "{text}");
        }
    }

    #[test]
    fn every_place_is_found_again() {
        let text = "<ul>\n\n  <li>é {{ one }}\n</li>\n  {{ two }}\n</ul>";
        let squeezed = squeeze(text);
        for word in ["<li>", "one", "two", "</ul>"] {
            let at = squeezed.text.find(word).expect("the word is there");
            assert!(text[squeezed.original(at)..].starts_with(word), "{word}: {}", squeezed.text);
        }
    }

    #[test]
    fn blocks_are_sorted() {
        assert!(BLOCKS.is_sorted());
    }
}
