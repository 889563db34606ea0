//! The `lab` block: the script lab inside a lesson, with a script to begin with.

use super::blocks::Block;
use super::example::CHANNELS;
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};

/// A lab as written: names are still text.
#[derive(Debug)]
pub struct LabDraft {
    /// What it grades under; the page's or the playbook's own method where none is named.
    pub method: Option<Spanned<String>>,
    /// Voicemail or e-mail; that of the example, else voicemail.
    pub channel: Option<Channel>,
    /// The words to begin with.
    pub start: Option<String>,
    /// The example to begin with.
    pub example: Option<Spanned<String>>,
    /// Its after side, not its before side.
    pub after: bool,
    /// The whole block.
    pub span: Span,
}

const SIDES: &[(&str, bool)] = &[("before", false), ("after", true)];

/// Reads a lab block.
pub fn read(node: &Node, span: Span, diagnostics: &mut Diagnostics) -> Option<Block> {
    // Nothing but the fence: an empty lab.
    if node.is_null() {
        let draft = LabDraft { method: None, channel: None, start: None, example: None, after: false, span };
        return Some(Block::Lab(Box::new(draft)));
    }
    let mut fields = Fields::of(node, "a lab", diagnostics)?;
    let method = fields.spanned("method", diagnostics);
    let channel = fields.choice("channel", CHANNELS, diagnostics);
    let start = fields.text("start", diagnostics).map(|text| text.value.trim_end().to_owned());
    let example = fields.spanned("example", diagnostics);
    let side = fields.node("side").map(|side| side.span);
    let after = fields.choice("side", SIDES, diagnostics).unwrap_or(false);
    fields.finish(diagnostics);
    if let (Some(example), true) = (&example, start.is_some()) {
        diagnostics
            .report(
                Code::BadValue,
                example.span,
                "a lab begins with `start` or with `example`, not with both",
            )
            .help("remove one of the two");
    }
    if let (Some(side), None) = (side, &example) {
        diagnostics
            .report(Code::BadValue, side, "`side` is that of an example, and this lab names none")
            .help("add `example: ID`, or remove `side`");
    }
    Some(Block::Lab(Box::new(LabDraft { method, channel, start, example, after, span })))
}
