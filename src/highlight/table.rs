//! Cuts code into comments, strings, numbers, words and names by the table of its language, in one pass.
//!
//! It knows no grammar: what a word is, is told by the word itself and by what stands before and after it.

use super::Piece;
use super::languages::{CONSTANTS, Kind, Language, Quote};
use std::ops::Range;

/// The pieces of a code.
pub(super) fn pieces(code: &str, language: &Language) -> Vec<Piece> {
    if language.kind == Kind::Diff {
        return by_line(code);
    }
    let mut cutter = Cutter { code, language, at: 0, pieces: Vec::new() };
    while cutter.at < code.len() {
        cutter.step();
    }
    cutter.pieces
}

fn by_line(code: &str) -> Vec<Piece> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for line in code.split_inclusive('\n') {
        let class = match line.as_bytes()[0] {
            b'+' => "c-string",
            b'-' => "c-invalid",
            b'@' => "c-name",
            _ => "",
        };
        if !class.is_empty() {
            pieces.push((start..start + line.trim_end().len(), class));
        }
        start += line.len();
    }
    pieces
}

struct Cutter<'a> {
    code: &'a str,
    language: &'a Language,
    at: usize,
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        &self.code[self.at..]
    }

    /// The current line up to here.
    fn line_before(&self) -> &str {
        let before = &self.code[..self.at];
        before.rfind('\n').map_or(before, |at| &before[at + 1..])
    }

    fn take(&mut self, length: usize, class: &'static str) {
        self.pieces.push((self.at..self.at + length, class));
        self.at += length;
    }

    /// Takes the next thing, whatever it is.
    fn step(&mut self) {
        let Some(first) = self.rest().chars().next() else { return };
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if let Some(length) = self.comment() {
            self.take(length, "c-comment");
        } else if let Some(length) = self.own(first) {
            self.take(length.0, length.1);
        } else if let Some(length) = self.string() {
            let is_key = self.language.kind == Kind::Json && self.is_before(length, ':');
            self.take(length, if is_key { "c-name" } else { "c-string" });
        } else if first.is_ascii_digit() {
            let length = self.while_char(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
            self.take(length, "c-constant");
        } else if first.is_alphabetic() || first == '_' {
            self.word();
        } else {
            self.at += first.len_utf8();
        }
    }

    fn while_char(&self, belongs: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        rest.find(|c| !belongs(c)).unwrap_or(rest.len())
    }

    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        if let Some((open, close)) = self.language.block_comment
            && let Some(inside) = rest.strip_prefix(open)
        {
            return Some(inside.find(close).map_or(rest.len(), |end| open.len() + end + close.len()));
        }
        let starts = |mark: &&&str| {
            rest.starts_with(**mark)
                && (**mark != "#"
                    || self.line_before().ends_with([' ', '\t'])
                    || self.line_before().is_empty())
        };
        self.language.line_comments.iter().find(starts)?;
        Some(rest.find('\n').unwrap_or(rest.len()))
    }

    fn string(&self) -> Option<usize> {
        let rest = self.rest();
        let quote = self.language.strings.iter().find(|quote| rest.starts_with(quote.mark))?;
        Some(string_length(rest, quote))
    }

    /// What only this language has.
    fn own(&self, first: char) -> Option<(usize, &'static str)> {
        let rest = self.rest();
        match (self.language.kind, first) {
            (Kind::Rust, '#') if rest.starts_with("#[") || rest.starts_with("#![") => {
                Some((rest.find(']').map_or(rest.len(), |end| end + 1), "c-attribute"))
            }
            (Kind::Rust, 'r' | 'b') => raw_string(rest).map(|length| (length, "c-string")),
            (Kind::Rust, '\'') => Some(character_or_lifetime(rest)),
            (Kind::Code, '@') => {
                let name = rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
                Some((name.map_or(rest.len(), |end| end + 1), "c-attribute"))
            }
            (Kind::Shell, '$') => {
                let length = match rest[1..].strip_prefix('{') {
                    Some(inside) => inside.find('}').map_or(rest.len(), |end| end + 3),
                    None => rest[1..]
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .map_or(rest.len(), |end| end + 1),
                };
                Some((length, "c-attribute"))
            }
            (Kind::Toml, '[') if self.line_before().trim().is_empty() => {
                let line = rest.find('\n').unwrap_or(rest.len());
                Some((rest[..line].rfind(']').map_or(line, |end| end + 1), "c-name"))
            }
            (Kind::Yaml, '|' | '>') => self.yaml_text(),
            (Kind::Yaml, _) => self.yaml_key().map(|length| (length, "c-name")),
            _ => None,
        }
    }

    fn word(&mut self) {
        let kind = self.language.kind;
        let hyphen = matches!(kind, Kind::Toml | Kind::Shell);
        let length = self.while_char(|c| c.is_alphanumeric() || c == '_' || (hyphen && c == '-'));
        let word = &self.rest()[..length];
        let lower = word.to_ascii_lowercase();
        let wanted = if self.language.any_case { lower.as_str() } else { word };
        let is_command = || {
            matches!(
                self.line_before().trim_end().chars().next_back(),
                None | Some('|' | '&' | ';' | '(' | '$')
            )
        };
        let class = if self.language.keywords.contains(&wanted) {
            "c-keyword"
        } else if kind == Kind::Toml && self.is_before(length, '=') {
            "c-name"
        } else if CONSTANTS.contains(&lower.as_str()) && kind != Kind::Shell {
            "c-constant"
        } else if kind == Kind::Shell {
            if is_command() { "c-name" } else { "" }
        } else if matches!(kind, Kind::Code | Kind::Rust) {
            let next = self.code[self.at + length..].chars().next();
            let is_name = matches!(next, Some('(' | '!' | '<')) || word.starts_with(char::is_uppercase);
            if is_name && next != Some('=') { "c-name" } else { "" }
        } else {
            ""
        };
        if class.is_empty() { self.at += length } else { self.take(length, class) }
    }

    /// Whether a character comes next after so many bytes and blanks.
    fn is_before(&self, length: usize, wanted: char) -> bool {
        self.rest()[length..].trim_start_matches([' ', '\t']).starts_with(wanted)
    }

    /// A key and nothing else: plain words at a place for one, and a colon with a blank behind it.
    fn yaml_key(&self) -> Option<usize> {
        let before = self.line_before().trim_end();
        let is_place = before.is_empty()
            || before.ends_with(['{', ','])
            || before.trim_start().trim_end_matches(['-', ' ']).is_empty();
        let rest = self.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/');
        let end = line.find(|c| !is_plain(c))?;
        let after = line[end..].strip_prefix(':')?;
        let is_key = is_place && end > 0 && (after.is_empty() || after.starts_with(' '));
        is_key.then_some(end).filter(|_| !line.starts_with('-'))
    }

    /// The lines under a `|` or `>` at the end of a line, which are text.
    fn yaml_text(&self) -> Option<(usize, &'static str)> {
        let rest = self.rest();
        let line = rest.find('\n')?;
        if !rest[1..line].trim_end().chars().all(|c| matches!(c, '-' | '+') || c.is_ascii_digit()) {
            return None;
        }
        let own = self.line_before();
        let indent = own.len() - own.trim_start().len();
        let mut end = line + 1;
        for text in rest[end..].split_inclusive('\n') {
            let inner = text.len() - text.trim_start_matches(' ').len();
            if !text.trim().is_empty() && inner <= indent {
                break;
            }
            end += text.len();
        }
        (end > line + 1).then_some((end, "c-string"))
    }
}

/// The length of a string that a text starts with; one that does not end, ends with its line or with the text.
fn string_length(text: &str, quote: &Quote) -> usize {
    let mut at = quote.mark.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(quote.mark) {
            return at + quote.mark.len();
        }
        let mut letters = rest.chars();
        match letters.next() {
            Some('\n') if !quote.is_long => return at,
            Some('\\') if quote.escapes => at += 1 + letters.next().map_or(0, char::len_utf8),
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    text.len()
}

/// `r"…"`, `r#"…"#`, `b"…"` and `br"…"`.
fn raw_string(text: &str) -> Option<usize> {
    let prefix = text.find(|c| c != 'b' && c != 'r').filter(|length| *length <= 2)?;
    let n_hashes = text[prefix..].find(|c| c != '#')?;
    let open = prefix + n_hashes;
    let inside = text[open..].strip_prefix('"')?;
    if !text[..prefix].contains('r') {
        let quote = Quote { mark: "\"", escapes: true, is_long: true };
        return (n_hashes == 0).then(|| open + string_length(&text[open..], &quote));
    }
    let close = format!("\"{}", "#".repeat(n_hashes));
    Some(inside.find(&close).map_or(text.len(), |end| open + 1 + end + close.len()))
}

/// `'x'` and `'\n'` are characters; `'a` is a lifetime.
fn character_or_lifetime(text: &str) -> (usize, &'static str) {
    let mut letters = text[1..].char_indices();
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some(_)) => {
            let range: Range<usize> = 3.min(text.len())..text.len();
            let end = text.get(range).and_then(|rest| rest.find('\'')).map_or(text.len(), |end| end + 4);
            (end.min(text.len()), "c-string")
        }
        (Some(_), Some((at, '\''))) => (at + 2, "c-string"),
        _ => {
            let end = text[1..].find(|c: char| !c.is_alphanumeric() && c != '_');
            (end.map_or(text.len(), |end| end + 1), "c-attribute")
        }
    }
}
