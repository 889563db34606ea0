//! `choice`: options, of which one is right; with `several: true` any number of them.

use super::super::inline::RichDraft;
use super::ids::Ids;
use super::{FormDraft, required_rich, rich, too_few, twice};
use crate::diag::{Code, Diagnostics};
use crate::source::Span;
use crate::tree::{Fields, Node};

/// An option as written.
#[derive(Debug)]
pub struct ChoiceDraft {
    /// Unique in its question.
    pub id: String,
    /// What it says.
    pub text: RichDraft,
    /// It is right.
    pub right: bool,
    /// Why it is, or is not.
    pub why: RichDraft,
    /// Where its text stands.
    pub span: Span,
}

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let stem = fields.node("choice")?.span;
    let several = fields.flag("several", false, diagnostics);
    let list = fields.required("options", diagnostics)?;
    let nodes = fields.list("options", diagnostics);
    let mut ids = Ids::default();
    let mut rights: Vec<Span> = Vec::new();
    let mut options = Vec::with_capacity(nodes.len());
    for node in nodes {
        options.extend(option(node, &mut ids, &mut rights, diagnostics));
    }
    list.as_list()?;
    if too_few(stem, "a choice", 2, nodes.len(), diagnostics) {
        return None;
    }
    twice("option", options.iter().map(|one: &ChoiceDraft| (&one.text, one.span)), diagnostics);
    if rights.is_empty() {
        diagnostics
            .report(Code::NoRightAnswer, stem, "no option of this question is right")
            .help("add `right: true` to the one that is");
    }
    if let [first, second, ..] = rights[..]
        && !several
    {
        diagnostics
            .report(Code::TwoRightAnswers, second, "a second option of this question is right")
            .related(first, "the first one is here")
            .help("take one `right: true` out, or add `several: true` to the question");
    }
    (options.len() == nodes.len()).then_some(FormDraft::Choice { several, options })
}

fn option(
    node: &Node,
    ids: &mut Ids,
    rights: &mut Vec<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<ChoiceDraft> {
    let mut fields = Fields::of(node, "an option", diagnostics)?;
    let text = required_rich(&mut fields, "text", diagnostics);
    let right = fields.flag("right", false, diagnostics);
    rights.extend(fields.node("right").filter(|_| right).map(|node| node.span));
    let why = rich(&mut fields, "why", diagnostics);
    let id = text.as_ref().map(|text| ids.of(Some(&mut fields), text, diagnostics));
    fields.finish(diagnostics);
    let text = text?;
    if !right && why.is_empty() {
        diagnostics
            .report(Code::MissingReason, text.span, "this wrong option has no reason")
            .help("add `why: …`: whoever picks it wants to know why it is wrong");
    }
    Some(ChoiceDraft { id: id?, text: text.value, right, why, span: text.span })
}
