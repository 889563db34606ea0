//! Detectors as a trainer writes them.

use crate::diag::{Code, Diagnostics};
use crate::engine::program::{Echo, Region};
use crate::source::{Span, Spanned};
use crate::tree::{Entry, Fields, Node, Value};

use super::inflect::Irregular;
use super::phrase::{self, Phrase};
use super::region;

/// A detector, understood; names in it are still as written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) name: Spanned<String>,
    pub(super) groups: Vec<(String, Vec<Phrase>)>,
    pub(super) near_miss: Option<Spanned<String>>,
    pub(super) unless: Vec<Phrase>,
    pub(super) take: Option<Spanned<String>>,
    pub(super) filters: Vec<DraftFilter>,
    pub(super) echo: Option<Echo>,
}

/// A filter whose names are as written.
#[derive(Debug, Clone)]
pub(super) enum DraftFilter {
    Has(Vec<Phrase>),
    Lacks(Vec<Phrase>),
    SentenceHas(Vec<Phrase>),
    SentenceLacks(Vec<Phrase>),
    TextHas(Vec<Phrase>),
    TextLacks(Vec<Phrase>),
    Inside(Spanned<String>),
    In(Vec<Region>),
    After(Spanned<String>),
    Before(Spanned<String>),
    Near(Spanned<String>, u32),
    Value(u32, u32),
    First,
    Last,
}

/// Reads a detector: a list of phrases, or a map.
pub(super) fn read(entry: &Entry, irregular: &Irregular, diagnostics: &mut Diagnostics) -> Option<Draft> {
    let name = Spanned { value: entry.key.clone(), span: entry.key_span };
    if !is_name(&entry.key) {
        diagnostics
            .report(Code::BadValue, entry.key_span, format!("`{}` is no name for a detector", entry.key))
            .help("use small letters, digits and hyphens");
        return None;
    }
    let mut draft = Draft {
        name,
        groups: Vec::new(),
        near_miss: None,
        unless: Vec::new(),
        take: None,
        filters: Vec::new(),
        echo: None,
    };
    if let Value::List(_) = entry.value.value {
        draft.groups.push((String::new(), phrases(&entry.value, irregular, diagnostics)));
        return Some(draft);
    }
    let mut fields = Fields::of(&entry.value, "a detector", diagnostics)?;
    if let Some(node) = fields.node("any") {
        draft.groups.push((String::new(), phrases(node, irregular, diagnostics)));
    }
    for kind in fields.entries("kinds", diagnostics) {
        draft.groups.push((kind.key.clone(), phrases(&kind.value, irregular, diagnostics)));
    }
    draft.near_miss = fields.spanned("near-miss", diagnostics);
    if draft.groups.is_empty() && draft.near_miss.is_none() {
        let message = format!("the detector `{}` has no phrases", entry.key);
        diagnostics.report(Code::MissingKey, entry.key_span, message).help("give it `any: [\"…\"]`");
    }
    if let Some(node) = fields.node("unless") {
        draft.unless = phrases(node, irregular, diagnostics);
    }
    draft.take = fields.spanned("take", diagnostics).map(|name| bare(&name));
    filters(&mut fields, irregular, &mut draft.filters, diagnostics);
    draft.echo = match fields.node("echo") {
        Some(node) if node.as_bool() == Some(true) => Some(Echo::All),
        Some(node) if node.as_bool() == Some(false) => None,
        Some(_) => {
            fields.choice("echo", &[("first-word", Echo::FirstWord), ("true", Echo::All)], diagnostics)
        }
        None => None,
    };
    fields.finish(diagnostics);
    own_veto(&draft, diagnostics);
    Some(draft)
}

/// Small letters, digits, hyphens; a letter first.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && name.len() <= 60
}

/// Reads phrases, one text or a list.
pub(super) fn phrases(node: &Node, irregular: &Irregular, diagnostics: &mut Diagnostics) -> Vec<Phrase> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match item.text() {
            Some(text) => out.extend(phrase::parse(text, irregular, diagnostics)),
            None => {
                let message = format!("a phrase has to be text, not {}", item.kind());
                diagnostics.report(Code::BadPhrase, item.span, message).help("put it in quotes");
            }
        }
    }
    out
}

fn filters(
    fields: &mut Fields<'_>,
    irregular: &Irregular,
    out: &mut Vec<DraftFilter>,
    diagnostics: &mut Diagnostics,
) {
    let mut list =
        |key: &'static str, make: fn(Vec<Phrase>) -> DraftFilter, diagnostics: &mut Diagnostics| {
            if let Some(node) = fields.node(key) {
                out.push(make(phrases(node, irregular, diagnostics)));
            }
        };
    list("has", DraftFilter::Has, diagnostics);
    list("lacks", DraftFilter::Lacks, diagnostics);
    list("sentence-has", DraftFilter::SentenceHas, diagnostics);
    list("sentence-lacks", DraftFilter::SentenceLacks, diagnostics);
    list("text-has", DraftFilter::TextHas, diagnostics);
    list("text-lacks", DraftFilter::TextLacks, diagnostics);
    if let Some(name) = fields.spanned("inside", diagnostics) {
        out.push(DraftFilter::Inside(bare(&name)));
    }
    if let Some(node) = fields.node("in") {
        out.extend(region::regions(node, diagnostics).map(DraftFilter::In));
    }
    if let Some(name) = fields.spanned("after", diagnostics) {
        out.push(DraftFilter::After(bare(&name)));
    }
    if let Some(name) = fields.spanned("before", diagnostics) {
        out.push(DraftFilter::Before(bare(&name)));
    }
    if let Some(node) = fields.node("near")
        && let Some(mut near) = Fields::of(node, "`near`", diagnostics)
    {
        near.required("to", diagnostics);
        let to = near.spanned("to", diagnostics);
        let words = near.integer("words", 0..=200, diagnostics).unwrap_or(8);
        near.finish(diagnostics);
        out.extend(to.map(|to| DraftFilter::Near(bare(&to), u32::try_from(words).unwrap_or(8))));
    }
    if let Some(node) = fields.node("value")
        && let Some(mut value) = Fields::of(node, "`value`", diagnostics)
    {
        let from = value.node("from").and_then(|node| number(node, diagnostics)).unwrap_or(0);
        let to = value.node("to").and_then(|node| number(node, diagnostics)).unwrap_or(u32::MAX);
        value.finish(diagnostics);
        out.push(DraftFilter::Value(from, to));
    }
    let pick = [("first", true), ("last", false)];
    if let Some(first) = fields.choice("pick", &pick, diagnostics) {
        out.push(if first { DraftFilter::First } else { DraftFilter::Last });
    }
}

/// A whole number, or a time of day as `"9:00"`.
fn number(node: &Node, diagnostics: &mut Diagnostics) -> Option<u32> {
    let text = node.as_str().unwrap_or("");
    let clock = text.split_once(':').and_then(|(hour, minute)| {
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    });
    let number = clock.or_else(|| text.parse().ok());
    if number.is_none() {
        let message = "this has to be a whole number, or a time like \"9:00\"";
        diagnostics.report(Code::BadValue, node.span, message);
    }
    number
}

/// `{name}` or `name`.
pub(super) fn bare(name: &Spanned<String>) -> Spanned<String> {
    let value = name.value.trim_start_matches('{').trim_end_matches('}').to_owned();
    Spanned { value, span: name.span }
}

/// A phrase that stands under `any` and under `unless` finds nothing.
fn own_veto(draft: &Draft, diagnostics: &mut Diagnostics) {
    let core = |phrase: &Phrase| {
        let mut out = String::new();
        phrase::core(&phrase.items, &str::to_owned, &mut out);
        out
    };
    let vetoes: Vec<String> = draft.unless.iter().map(core).collect();
    for phrase in draft.groups.iter().flat_map(|(_, phrases)| phrases) {
        if let Some(at) = vetoes.iter().position(|veto| *veto == core(phrase)) {
            diagnostics
                .report(
                    Code::UnmatchablePhrase,
                    phrase.span,
                    "this phrase can never match: its own `unless` vetoes it",
                )
                .related(draft.unless[at].span, "the veto is here");
        }
    }
}

/// The span of the first key of a node, for messages about the whole.
pub(super) fn head(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        _ => node.span,
    }
}
