//! `order`: things to be put in order; the author writes them in the right one.

use super::super::inline;
use super::ids::{Ids, ItemDraft};
use super::{FormDraft, too_few, twice};
use crate::diag::Diagnostics;
use crate::source::Spanned;
use crate::tree::{Fields, Node};

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let stem = fields.node("order")?.span;
    let list = fields.required("items", diagnostics)?;
    let nodes = fields.list("items", diagnostics);
    list.as_list()?;
    let items = items(nodes, "item", diagnostics);
    if too_few(stem, "an order", 2, nodes.len(), diagnostics) {
        return None;
    }
    (items.len() == nodes.len()).then_some(FormDraft::Order(items))
}

/// A list of texts, or of maps with `text` and `id`; no two of them the same.
pub(super) fn items(nodes: &[Node], what: &'static str, diagnostics: &mut Diagnostics) -> Vec<ItemDraft> {
    let mut ids = Ids::default();
    let mut spans = Vec::with_capacity(nodes.len());
    let mut out: Vec<ItemDraft> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let item = match node.text() {
            Some(text) => {
                let text = Spanned { value: inline::read(text), span: node.span };
                let id = ids.of(None, &text, diagnostics);
                Some((id, text))
            }
            None => map(node, &mut ids, diagnostics),
        };
        if let Some((id, text)) = item {
            spans.push(text.span);
            out.push(ItemDraft { id, text: text.value });
        }
    }
    twice(what, out.iter().map(|item| &item.text).zip(spans), diagnostics);
    out
}

fn map(
    node: &Node,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Spanned<inline::RichDraft>)> {
    let mut fields = Fields::of(node, "an item", diagnostics)?;
    let text = super::required_rich(&mut fields, "text", diagnostics);
    let id = text.as_ref().map(|text| ids.of(Some(&mut fields), text, diagnostics));
    fields.finish(diagnostics);
    Some((id?, text?))
}
