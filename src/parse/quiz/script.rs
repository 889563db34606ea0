//! `spot` and `rewrite`: questions about a script, one of an example or one of their own.

use super::super::example::CHANNELS;
use super::FormDraft;
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Text};

/// The script of a question.
#[derive(Debug)]
pub enum ScriptDraft {
    /// A side of an example.
    Example {
        /// The example's id.
        id: Spanned<String>,
        /// Its after side, else the one before.
        is_after: bool,
    },
    /// Words of the question's own.
    Own {
        /// How they reach the prospect.
        channel: Channel,
        /// The words.
        text: Text,
        /// Where they stand.
        span: Span,
    },
}

pub(super) fn read_spot(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let mut own = Fields::of(fields.node("spot")?, "`spot`", diagnostics)?;
    let script = script(&mut own, "example", diagnostics);
    let list = own.required("rules", diagnostics);
    let rules = own.strings("rules", diagnostics);
    own.finish(diagnostics);
    if let Some(list) = list
        && rules.is_empty()
    {
        diagnostics
            .report(Code::NothingToSpot, list.span, "no rule is named here")
            .help("name the rules that the words to be marked break: `rules: [no-brag]`");
        return None;
    }
    list?;
    Some(FormDraft::Spot { script: script?, rules })
}

pub(super) fn read_rewrite(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let mut own = Fields::of(fields.node("rewrite")?, "`rewrite`", diagnostics)?;
    let script = script(&mut own, "from", diagnostics);
    let method = own.spanned("method", diagnostics);
    let list = own.required("keeps", diagnostics);
    let keeps = own.strings("keeps", diagnostics);
    own.finish(diagnostics);
    if let Some(list) = list
        && keeps.is_empty()
    {
        diagnostics
            .report(Code::TooFewChoices, list.span, "no rule is named that the new script has to keep")
            .help("the grader marks it against them: `keeps: [number-twice]`");
        return None;
    }
    list?;
    Some(FormDraft::Rewrite { script: script?, method, keeps })
}

/// `example` (or `from`) and `side`, else `text` and `channel`.
fn script(fields: &mut Fields<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Option<ScriptDraft> {
    let example = fields.spanned(key, diagnostics);
    if let Some(id) = example {
        let is_after = fields.choice("side", &[("before", false), ("after", true)], diagnostics);
        let is_wrong = fields.node("side").is_some() && is_after.is_none();
        return (!is_wrong).then_some(ScriptDraft::Example { id, is_after: is_after.unwrap_or(false) });
    }
    if fields.node(key).is_some() {
        return None;
    }
    let Some(node) = fields.node("text") else {
        let message = format!("this question has no script: it needs `{key}`, or `text` and `channel`");
        diagnostics.report(Code::MissingKey, fields.span, message);
        return None;
    };
    let text = fields.text("text", diagnostics).cloned();
    fields.required("channel", diagnostics)?;
    let channel = fields.choice("channel", CHANNELS, diagnostics)?;
    Some(ScriptDraft::Own { channel, text: text?, span: node.span })
}
