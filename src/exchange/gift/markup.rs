//! Texts of GIFT: what is escaped, and how markup is said in HTML and in markdown.

use crate::book::quiz::{Run, plain};
use crate::html::escape;

/// Characters that mean something in GIFT.
const CONTROL: &[char] = &['~', '=', '#', '{', '}', ':', '\\'];

/// Text as it stands in a file: control characters with a backslash, line ends as `\n`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            character => {
                if CONTROL.contains(&character) {
                    out.push('\\');
                }
                out.push(character);
            }
        }
    }
    out
}

/// What was meant: `\=` is `=`, `\n` a line end; white space of the file is one blank.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.trim().chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.peek().copied() {
                Some('n') => {
                    characters.next();
                    out.push('\n');
                }
                Some(next) if CONTROL.contains(&next) => {
                    characters.next();
                    out.push(next);
                }
                _ => out.push('\\'),
            },
            character if character.is_whitespace() => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            character => out.push(character),
        }
    }
    out.trim_end().to_owned()
}

/// Whether a text cannot be said without HTML: it has markup, or begins or reads like something of GIFT.
pub(super) fn needs_html(runs: &[Run]) -> bool {
    let words = plain(runs);
    runs.iter().any(|run| !matches!(run, Run::Text(_)))
        || words.contains("->")
        || words.trim_start().starts_with(['%', '['])
}

/// A text for a file, in HTML or plain.
pub(super) fn said(runs: &[Run], html: bool) -> String {
    if !html {
        return escaped(&plain(runs));
    }
    let run = |run: &Run| match run {
        Run::Text(text) => in_html(text),
        Run::Em(text) => format!("<em>{}</em>", in_html(text)),
        Run::Strong(text) => format!("<strong>{}</strong>", in_html(text)),
        Run::Code(text) => format!("<code>{}</code>", in_html(text)),
        Run::Link(text, url) => format!("<a href=\"{}\">{}</a>", escape(url), in_html(text)),
    };
    escaped(&runs.iter().map(run).collect::<String>())
}

/// A text in HTML, with what GIFT would read as a weight or a format written as a reference.
fn in_html(text: &str) -> String {
    escape(text).replace('%', "&#37;").replace('[', "&#91;").replace('\n', "<br>")
}

/// How a text of a file is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `[html]`, and text that looks like it.
    Html,
    /// `[markdown]`.
    Markdown,
    /// `[plain]`, and everything else.
    Plain,
}

impl Format {
    /// The format that a text names, and the rest of the text.
    pub(super) fn of(text: &str) -> (Option<Self>, &str) {
        let named = [
            ("[html]", Some(Self::Html)),
            ("[markdown]", Some(Self::Markdown)),
            ("[plain]", Some(Self::Plain)),
            ("[moodle]", None),
        ];
        let text = text.trim_start();
        let found = named.iter().find_map(|(name, format)| Some((*format, text.strip_prefix(name)?)));
        found.unwrap_or((None, text))
    }

    /// A text as authors write it here: one line of inline markdown.
    pub(super) fn markdown(named: Option<Self>, text: &str) -> String {
        let text = unescaped(text);
        let looks_html = text.contains("</") || text.contains("<br") || text.contains("&nbsp;");
        let markdown = match named {
            Some(Self::Markdown) => text,
            Some(Self::Html) => from_html(&text),
            None if looks_html => from_html(&text),
            _ => guarded(&text),
        };
        markdown.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Plain text with what markdown would read as markup escaped.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '*' | '_' | '`' | '[' | ']' | '<' | '\\' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// HTML as inline markdown: emphasis, code and links stay, other tags go, their words stay.
fn from_html(text: &str) -> String {
    let mut out = String::new();
    let mut links: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&guarded(&decoded(&rest[..at])));
        let Some(end) = rest[at..].find('>') else {
            rest = &rest[at..];
            break;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "em" | "i" | "/em" | "/i" => out.push('*'),
            "strong" | "b" | "/strong" | "/b" => out.push_str("**"),
            "code" | "/code" => out.push('`'),
            "a" => {
                links.push(attribute(tag, "href"));
                out.push('[');
            }
            "/a" => {
                if let Some(url) = links.pop() {
                    out.push_str(&format!("]({url})"));
                }
            }
            "br" | "p" | "/p" | "div" | "/div" | "li" => out.push(' '),
            _ => {}
        }
    }
    out.push_str(&guarded(&decoded(rest)));
    out
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or(String::new(), |(value, _)| decoded(value).replace([' ', ')'], ""))
}

/// The few references that editors write, and those by number.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let name = end.map_or("", |end| &rest[1..end]);
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let named = [
            ("amp", '&'),
            ("lt", '<'),
            ("gt", '>'),
            ("quot", '"'),
            ("apos", '\''),
            ("nbsp", ' '),
            ("ndash", '–'),
            ("mdash", '—'),
            ("hellip", '…'),
            ("rsquo", '’'),
            ("lsquo", '‘'),
            ("ldquo", '“'),
            ("rdquo", '”'),
        ];
        let named = named.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
        match number.and_then(char::from_u32).or(named).zip(end) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_come_back() {
        for text in ["a = b ~ c # d {e} f: g \\ h", "two\nlines", "1 -> 2"] {
            assert_eq!(unescaped(&escaped(text)), text, "{}", escaped(text));
        }
        assert_eq!(unescaped("C:\\temp"), "C:\\temp");
    }

    #[test]
    fn html_becomes_markdown() {
        let table = [
            ("<p>Sell <b>one</b> <em>thing</em>.</p>", "Sell **one** *thing*."),
            ("a &lt; b &amp; c&nbsp;d", "a \\< b \\& c d"),
            ("<a href=\"https://x.example/\">there</a><br/>now", "[there](https://x.example/) now"),
            ("2 * 3 &#37; <span>x</span> 5 < 6", "2 \\* 3 % x 5 \\< 6"),
        ];
        for (html, markdown) in table {
            assert_eq!(Format::markdown(Some(Format::Html), html), markdown, "{html}");
        }
        assert_eq!(Format::markdown(None, "snake_case *and* [x]"), "snake\\_case \\*and\\* \\[x\\]");
    }
}
