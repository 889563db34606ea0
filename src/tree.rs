//! Settings as a tree in which every value and every key knows its place.
//!
//! YAML ([`crate::yaml`]) and TOML ([`crate::config`]) are read into the same [`Node`]s, and every
//! typed structure (front matter, rules, blocks, `book.toml`) is decoded with [`Fields`]: it notes
//! which keys were asked for, so that what is left over is reported with "did you mean".

mod fields;
#[cfg(test)]
pub(crate) mod notes;
mod text;

pub use fields::Fields;
pub use text::{Segment, Text};

use crate::source::Span;

/// One value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// From the first to the last byte of the value as written.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value: text, list or map. Numbers and booleans stay text until somebody asks for them, so that
/// `title: 1984` and `at: 08:30` remain what the author typed.
#[derive(Debug, Clone)]
pub enum Value {
    /// Anything that is neither list nor map.
    Scalar(Text),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of writing; keys are unique.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text, unless this is a list, a map or nothing.
    pub fn text(&self) -> Option<&Text> {
        match &self.value {
            Value::Scalar(text) if !text.is_null() => Some(text),
            _ => None,
        }
    }

    /// The text as a plain string.
    pub fn as_str(&self) -> Option<&str> {
        self.text().map(|text| text.value.as_str())
    }

    /// A whole number, written without quotes.
    pub fn as_int(&self) -> Option<i64> {
        self.text().filter(|text| text.plain).and_then(|text| text.value.parse().ok())
    }

    /// `true` or `false`, written without quotes.
    pub fn as_bool(&self) -> Option<bool> {
        match self.text().filter(|text| text.plain)?.value.as_str() {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// True for an empty value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text) if text.is_null())
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The word for what this is, as messages use it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(text) if text.is_null() => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}
