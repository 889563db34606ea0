//! Blocks: fenced code whose first word names one of our kinds and whose body is YAML.
//!
//! A kind is one module and one line in [`KINDS`]. The body's mistakes are reported at their own line
//! and column, also where the block stands indented in a list or inside a quote.

use super::cadence::{self, CadenceDraft};
use super::example::{self, ExampleDraft};
use super::lab::{self, LabDraft};
use super::quiz::{self, QuizDraft};
use crate::diag::{Code, Diagnostics, nearest};
use crate::source::Span;
use crate::tree::Node;
use crate::yaml::{self, YamlText};

/// A block as written.
#[derive(Debug)]
pub enum Block {
    /// A script before and after.
    Example(Box<ExampleDraft>),
    /// A follow-up sequence.
    Cadence(Box<CadenceDraft>),
    /// The script lab.
    Lab(Box<LabDraft>),
    /// Questions.
    Quiz(Box<QuizDraft>),
}

/// Makes a block from its YAML and the span of the whole fence.
type Read = fn(&Node, Span, &mut Diagnostics) -> Option<Block>;

/// Every kind of block.
const KINDS: &[(&str, Read)] =
    &[("example", example::read), ("cadence", cadence::read), ("lab", lab::read), ("quiz", quiz::read)];

/// What a fenced block turned out to be.
#[derive(Debug)]
pub enum Fence {
    /// A block of ours.
    Block(Block),
    /// A block of ours that cannot be read; the diagnostics say why.
    Broken,
    /// Ordinary code.
    Code,
}

/// Reads a fenced block, if its info string names a kind of ours; `info_span` is the place of that word.
pub fn read(
    kind: &str,
    yaml: &YamlText<'_>,
    info_span: Span,
    whole: Span,
    diagnostics: &mut Diagnostics,
) -> Fence {
    let Some((_, read)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        if kind.len() > 3
            && let Some(name) = nearest(kind, KINDS.iter().map(|(name, _)| *name))
        {
            diagnostics
                .report(Code::UnknownBlock, info_span, format!("`{kind}` is no kind of block"))
                .help(format!("did you mean `{name}`?"));
        }
        return Fence::Code;
    };
    match yaml::parse(yaml, diagnostics).and_then(|node| read(&node, whole, diagnostics)) {
        Some(block) => Fence::Block(block),
        None => Fence::Broken,
    }
}
