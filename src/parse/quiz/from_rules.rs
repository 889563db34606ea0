//! `from-rules`: questions to be made from the rules' own samples and from examples.

use super::FormDraft;
use crate::diag::{Code, Diagnostics};
use crate::source::Spanned;
use crate::tree::Fields;

/// What is wanted.
#[derive(Debug)]
pub struct FromRules {
    /// The method whose rules are asked about.
    pub method: Option<Spanned<String>>,
    /// The rules that are asked about, if not all of the method.
    pub rules: Vec<Spanned<String>>,
    /// How many questions.
    pub count: Spanned<usize>,
    /// Another seed makes other questions.
    pub seed: u32,
}

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let node = fields.node("from-rules")?;
    let mut own = Fields::of(node, "`from-rules`", diagnostics)?;
    let method = own.spanned("method", diagnostics);
    let rules = own.strings("rules", diagnostics);
    let place = own.required("count", diagnostics).map(|node| node.span);
    let count = own.integer("count", 1..=100, diagnostics).and_then(|count| usize::try_from(count).ok());
    let seed = own.integer("seed", 0..=i64::from(u32::MAX), diagnostics);
    own.finish(diagnostics);
    if method.is_none() && rules.is_empty() {
        let first = node.as_map().and_then(|entries| entries.first());
        let span = first.map_or(node.span, |entry| entry.key_span);
        diagnostics
            .report(Code::MissingKey, span, "`from-rules` needs `method`, or `rules`")
            .help("`method: sell-the-call` asks about all rules of that method");
        return None;
    }
    let count = Spanned { value: count?, span: place? };
    let seed = seed.and_then(|seed| u32::try_from(seed).ok()).unwrap_or(1);
    Some(FormDraft::FromRules(FromRules { method, rules, count, seed }))
}
