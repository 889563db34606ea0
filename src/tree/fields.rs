//! Typed reading of a map: what is asked for is known, what is left over is a diagnostic.

use super::{Entry, Node, Text, Value};
use crate::diag::{Code, Diagnostics};
use crate::source::{Span, Spanned};

/// The fields of one map, while a structure is made from them.
///
/// Ask for every key that exists, then call [`Fields::finish`].
#[derive(Debug)]
pub struct Fields<'a> {
    entries: &'a [Entry],
    /// Where the map stands, for what is missing.
    pub span: Span,
    what: &'static str,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of a node that has to be a map; `what` names the thing in messages ("an example").
    pub fn of(node: &'a Node, what: &'static str, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Value::Map(entries) = &node.value {
            return Some(Self { entries, span: node.span, what, known: Vec::new() });
        }
        let message = format!("{what} has to be a map of `key: value` lines, not {}", node.kind());
        diagnostics.report(Code::BadValue, node.span, message);
        None
    }

    /// The fields of an empty map, where a block or a file holds nothing.
    pub fn empty(span: Span, what: &'static str) -> Self {
        Self { entries: &[], span, what, known: Vec::new() }
    }

    /// The value of a key, of whatever kind; an empty value counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
            .filter(|node| !node.is_null())
    }

    /// A value that has to be there.
    pub fn required(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            let here = self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
            let span = here.unwrap_or(self.first_line());
            diagnostics.report(Code::MissingKey, span, format!("{} needs `{key}`", self.what));
        }
        node
    }

    /// The first key, as the place of what is missing from the map: an excerpt of one line.
    fn first_line(&self) -> Span {
        self.entries.first().map_or(self.span, |entry| entry.key_span)
    }

    /// Text with its places.
    pub fn text(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<&'a Text> {
        let node = self.node(key)?;
        text_of(node, key, diagnostics)
    }

    /// Text that has to be there.
    pub fn required_text(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<&'a Text> {
        let node = self.required(key, diagnostics)?;
        text_of(node, key, diagnostics)
    }

    /// Text as a string.
    pub fn string(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<String> {
        self.text(key, diagnostics).map(|text| text.value.trim().to_owned())
    }

    /// Text as a string with its place.
    pub fn spanned(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
        let span = self.node(key)?.span;
        self.string(key, diagnostics).map(|value| Spanned { value, span })
    }

    /// `true` or `false`; absent is `default`.
    pub fn flag(&mut self, key: &'static str, default: bool, diagnostics: &mut Diagnostics) -> bool {
        let Some(node) = self.node(key) else { return default };
        node.as_bool().unwrap_or_else(|| {
            wrong(node, key, "true or false", diagnostics);
            default
        })
    }

    /// A whole number inside a range.
    pub fn integer(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        let node = self.node(key)?;
        let number = node.as_int().filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            wrong(node, key, &wanted, diagnostics);
        }
        number
    }

    /// A list of texts with their places; one text alone counts as a list of one.
    pub fn strings(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            if let Some(text) = text_of(item, key, diagnostics) {
                out.push(Spanned { value: text.value.trim().to_owned(), span: item.span });
            }
        }
        out
    }

    /// A list of nodes; absent is empty.
    pub fn list(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> &'a [Node] {
        let Some(node) = self.node(key) else { return &[] };
        node.as_list().unwrap_or_else(|| {
            wrong(node, key, "a list", diagnostics);
            &[]
        })
    }

    /// One of a closed set of words, with what each stands for.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let node = self.node(key)?;
        let text = text_of(node, key, diagnostics)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let names: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            diagnostics
                .report(Code::BadValue, node.span, format!("`{key}` is one of {}", names.join(", ")))
                .help_nearest(&text.value, words.iter().map(|(word, _)| *word));
        }
        found.map(|(_, value)| *value)
    }

    /// The entries of a map under a key; absent is empty.
    pub fn entries(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> &'a [Entry] {
        let Some(node) = self.node(key) else { return &[] };
        node.as_map().unwrap_or_else(|| {
            wrong(node, key, "a map of `key: value` lines", diagnostics);
            &[]
        })
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        #[cfg(test)]
        super::notes::note(self.what, &self.known);
        for entry in self.entries {
            if !self.known.iter().any(|known| *known == entry.key) {
                diagnostics
                    .report(
                        Code::UnknownKey,
                        entry.key_span,
                        format!("{} has no key `{}`", self.what, entry.key),
                    )
                    .help_nearest(&entry.key, self.known.iter().copied());
            }
        }
    }
}

fn text_of<'a>(node: &'a Node, key: &str, diagnostics: &mut Diagnostics) -> Option<&'a Text> {
    let text = node.text();
    if text.is_none() {
        wrong(node, key, "text", diagnostics);
    }
    text
}

fn wrong(node: &Node, key: &str, wanted: &str, diagnostics: &mut Diagnostics) {
    let written = match node.text() {
        Some(text) if text.value.len() <= 40 && !text.value.contains('\n') => format!("`{}`", text.value),
        _ => node.kind().to_owned(),
    };
    diagnostics.report(Code::BadValue, node.span, format!("`{key}` has to be {wanted}, not {written}"));
}
