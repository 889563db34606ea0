//! A tree walked beside its shape: what is each value, and what is it for?

use super::{Key, Kind, Names, Shape};
use crate::source::Span;
use crate::tree::{Node, Value};

/// Something met on the walk.
#[derive(Debug, Clone, Copy)]
pub enum Found<'n> {
    /// A known key: its place, and what it is for.
    Key(Span, &'static Key),
    /// The id of a thing as a key of a map.
    NameKey(Names, &'n str, Span),
    /// A value whose kind is none of those that hold others.
    Value(&'static Kind, &'n Node),
}

/// Walks a map; what does not fit its shape is passed over, the decoders report it.
pub fn walk<'n>(node: &'n Node, shape: &'static Shape, visit: &mut dyn FnMut(Found<'n>)) {
    for entry in node.as_map().unwrap_or_default() {
        if let Some(key) = shape.key(&entry.key) {
            visit(Found::Key(entry.key_span, key));
            value(&entry.value, &key.kind, visit);
        }
    }
}

fn value<'n>(node: &'n Node, kind: &'static Kind, visit: &mut dyn FnMut(Found<'n>)) {
    match kind {
        Kind::Map(shape) => walk(node, shape, visit),
        Kind::Entries(inner) => {
            for entry in node.as_map().unwrap_or_default() {
                value(&entry.value, inner, visit);
            }
        }
        Kind::ByName(names, inner) => {
            for entry in node.as_map().unwrap_or_default() {
                visit(Found::NameKey(*names, &entry.key, entry.key_span));
                value(&entry.value, inner, visit);
            }
        }
        Kind::List(item) => {
            for one in node.as_list().unwrap_or_default() {
                value(one, item, visit);
            }
        }
        Kind::Many(item) => {
            for one in node.as_list().unwrap_or(std::slice::from_ref(node)) {
                value(one, item, visit);
            }
        }
        Kind::Either(kinds) => {
            if let Some(kind) = kinds.iter().find(|kind| fits(node, kind)) {
                value(node, kind, visit);
            }
        }
        _ => visit(Found::Value(kind, node)),
    }
}

fn fits(node: &Node, kind: &Kind) -> bool {
    match kind {
        Kind::Map(_) | Kind::Entries(_) | Kind::ByName(..) => matches!(node.value, Value::Map(_)),
        Kind::List(_) => matches!(node.value, Value::List(_)),
        Kind::Many(item) => matches!(node.value, Value::List(_)) || fits(node, item),
        Kind::Either(kinds) => kinds.iter().any(|kind| fits(node, kind)),
        Kind::Choice(words) => node.as_str().is_some_and(|text| words.contains(&text)),
        Kind::Flag => node.as_bool().is_some(),
        Kind::Integer(..) => node.as_int().is_some(),
        Kind::Nothing => node.is_null(),
        _ => node.text().is_some(),
    }
}
