//! `match`: pairs to be found, maybe with right-hand sides that belong to none.

use super::super::inline::RichDraft;
use super::ids::Ids;
use super::{FormDraft, order, required_rich, rich, too_few, twice};
use crate::diag::Diagnostics;
use crate::source::Span;
use crate::tree::{Fields, Node};

/// A pair as written.
#[derive(Debug)]
pub struct PairDraft {
    /// Unique in its question; from its left side.
    pub id: String,
    /// The side that is given.
    pub left: RichDraft,
    /// The side that is chosen.
    pub right: RichDraft,
    /// Why they belong together.
    pub why: RichDraft,
    spans: (Span, Span),
}

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let stem = fields.node("match")?.span;
    let list = fields.required("pairs", diagnostics)?;
    let nodes = fields.list("pairs", diagnostics);
    let mut ids = Ids::default();
    let pairs: Vec<PairDraft> = nodes.iter().filter_map(|node| pair(node, &mut ids, diagnostics)).collect();
    let other_nodes = fields.list("others", diagnostics);
    let others = order::items(other_nodes, "right-hand side", diagnostics);
    list.as_list()?;
    if too_few(stem, "a match", 2, nodes.len(), diagnostics) {
        return None;
    }
    twice("left-hand side", pairs.iter().map(|pair| (&pair.left, pair.spans.0)), diagnostics);
    let rights = pairs.iter().map(|pair| (&pair.right, pair.spans.1));
    let spare = others.iter().map(|item| &item.text).zip(other_nodes.iter().map(|node| node.span));
    twice("right-hand side", rights.chain(spare), diagnostics);
    (pairs.len() == nodes.len()).then_some(FormDraft::Match { pairs, others })
}

fn pair(node: &Node, ids: &mut Ids, diagnostics: &mut Diagnostics) -> Option<PairDraft> {
    let mut fields = Fields::of(node, "a pair", diagnostics)?;
    let left = required_rich(&mut fields, "left", diagnostics);
    let right = required_rich(&mut fields, "right", diagnostics);
    let why = rich(&mut fields, "why", diagnostics);
    let id = left.as_ref().map(|left| ids.of(Some(&mut fields), left, diagnostics));
    fields.finish(diagnostics);
    let (left, right) = (left?, right?);
    let spans = (left.span, right.span);
    Some(PairDraft { id: id?, left: left.value, right: right.value, why, spans })
}
