//! HTML that an author wrote into the markdown: passed through, or shown as text; its ids, images and headings are looked at.

use super::{Code, CowStr, Event, Spanned, Writer};
use std::ops::Range;

impl<'a> Writer<'a, '_> {
    pub(super) fn raw_html(&mut self, text: CowStr<'a>, range: Range<usize>, block: bool) {
        if !self.page.html {
            self.out.push(Event::Text(text));
            return;
        }
        self.tags(&text, range.start);
        self.out.push(if block { Event::Html(text) } else { Event::InlineHtml(text) });
    }

    /// Looks at every tag that begins in this piece; a comment may have begun in an earlier one.
    fn tags(&mut self, text: &str, start: usize) {
        let mut at = 0;
        loop {
            if self.comment {
                let Some(end) = text[at..].find("-->") else { return };
                self.comment = false;
                at += end + 3;
            }
            let Some(open) = text[at..].find('<').map(|offset| at + offset) else { return };
            self.comment = text[open..].starts_with("<!--");
            if !self.comment {
                self.tag(start + open);
            }
            at = open + 1;
        }
    }

    /// Looks at the tag that begins here; it may go on over several lines.
    fn tag(&mut self, start: usize) {
        let Some(rest) = self.page.text.get(start..) else { return };
        let Some(tag) =
            rest.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            return;
        };
        let end = end_of_tag(tag);
        let (name, attributes) = tag[..end].split_once(char::is_whitespace).unwrap_or((&tag[..end], ""));
        let found = self::attributes(attributes);
        let is_image = name.trim_end_matches('/').eq_ignore_ascii_case("img");
        let has = |wanted: &str| found.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        if is_image && !has("alt") && !has("aria-hidden") {
            let span = self.span(start..start + 1 + end + 1);
            self.diagnostics
                .report(Code::MissingAlt, span, "this image has no text alternative")
                .help("say what it shows: `alt=\"what it shows\"`, or `alt=\"\"` if it is decoration");
        }
        if let Some(level) = heading_level(name) {
            let wanted = self.wanted_level(level);
            let range = start..start + 1 + end + 1;
            self.heading_of(level, range, &format!("<h{level}>"), &format!("make it <h{wanted}>"));
        }
        let offset = start + 1 + end - attributes.len();
        for (name, value) in found {
            if name.eq_ignore_ascii_case("id") && !value.is_empty() {
                self.anchor(&attributes[value.clone()], offset + value.start..offset + value.end);
            }
        }
    }

    fn anchor(&mut self, id: &str, range: Range<usize>) {
        let span = self.span(range);
        let seen = self.ids.entry(id.to_owned()).or_insert(0);
        *seen += 1;
        if *seen > 1 {
            self.diagnostics.report(
                Code::DuplicateId,
                span,
                format!("the id `{id}` stands twice on this page"),
            );
        }
        self.body.anchors.push(Spanned { value: id.to_owned(), span });
    }
}

/// No tag is longer; what claims to be is cut, so that a page of `<` takes no longer than another.
const LONGEST: usize = 4096;

/// The level of the heading that a tag of this name begins.
fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Where the tag's `>` stands, quotes passed over; its end if there is none.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        if at > LONGEST {
            return at;
        }
        match (c, quote) {
            ('>', None) => return at,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Names of attributes with the range of their values.
fn attributes(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| !c.is_whitespace() && c != '/') {
        let start = at + offset;
        let end = text[start..]
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .map_or(text.len(), |n| start + n);
        let name = &text[start..end];
        let rest = text[end..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            // A stray quote or sign must not stop the walk.
            at = end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
            found.push((name, 0..0));
            continue;
        };
        let from = text.len() - value.len();
        let (from, to, next) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let to = value[1..].find(quote).map_or(text.len(), |n| from + 1 + n);
                (from + 1, to, (to + 1).min(text.len()))
            }
            _ => {
                let to = value.find(char::is_whitespace).map_or(text.len(), |n| from + n);
                (from, to, to)
            }
        };
        found.push((name, from..to));
        at = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        attributes(text).into_iter().map(|(name, value)| (name, &text[value])).collect()
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        assert_eq!(
            read("id=\"a b\" alt = 'x' hidden src=y"),
            [("id", "a b"), ("alt", "x"), ("hidden", ""), ("src", "y")]
        );
        assert_eq!(read("id=\"open"), [("id", "open")]);
        assert_eq!(read("= \"é"), [("", "é")]);
        assert_eq!(read("a/ b"), [("a", ""), ("b", "")]);
        assert_eq!(end_of_tag("img alt='>' id=x> rest"), 16);
    }
}
