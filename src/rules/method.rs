//! A method as its author wrote it.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics};
use crate::engine::program::Severity;
use crate::source::{FileId, Span, Spanned};
use crate::tree::{Fields, Node, Value};

use super::definition;
use super::detector;
use super::pace::{self, Pace};

/// A method, for pages and checks.
#[derive(Debug, Clone)]
pub struct MethodDef {
    /// The id.
    pub id: String,
    /// One line.
    pub title: String,
    /// Whose school it is.
    pub trainer: String,
    /// Where it was published.
    pub article: ArticleDef,
    /// One paragraph.
    pub summary: String,
    /// Under so many words there is no score.
    pub min_words: u32,
    /// Its rules in its order; house rules that it does not list come last.
    pub rules: Vec<MethodRule>,
    /// Gaps and hours of its follow-up.
    pub cadence: Pace,
    /// Where it disagrees with another method, and why.
    pub disagrees: Vec<Disagreement>,
    /// The file.
    pub file: FileId,
    /// Where its id stands.
    pub span: Span,
}

/// Where a method was published.
#[derive(Debug, Clone, Default)]
pub struct ArticleDef {
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Year.
    pub year: Option<i64>,
}

/// A method's use of a rule.
#[derive(Debug, Clone)]
pub struct MethodRule {
    /// The rule's id, where the method lists it.
    pub rule: Spanned<String>,
    /// Changed severity.
    pub severity: Option<Severity>,
    /// Changed weight.
    pub weight: Option<u32>,
    /// Changed parameters.
    pub params: BTreeMap<String, i32>,
}

/// Two methods want different things.
#[derive(Debug, Clone)]
pub struct Disagreement {
    /// The other method.
    pub with: Spanned<String>,
    /// The rules over which.
    pub over: Vec<Spanned<String>>,
    /// Why.
    pub why: String,
}

/// Reads a method's file.
pub(super) fn read(file: FileId, node: &Node, diagnostics: &mut Diagnostics) -> Option<MethodDef> {
    let mut fields = Fields::of(node, "a method", diagnostics)?;
    let id_node = fields.required("id", diagnostics);
    let id = id_node.and_then(Node::as_str).unwrap_or("").to_owned();
    let span = id_node.map_or(Span::whole_file(file), |node| node.span);
    if id_node.is_some() && !detector::is_name(&id) {
        diagnostics
            .report(Code::BadValue, span, format!("`{id}` is no id"))
            .help("use small letters, digits and hyphens");
    }
    let title = fields
        .required_text("title", diagnostics)
        .map(|text| text.value.trim().to_owned())
        .unwrap_or_default();
    let trainer = fields.string("trainer", diagnostics).unwrap_or_default();
    let summary = fields.string("summary", diagnostics).unwrap_or_default();
    let article = article(fields.node("article"), diagnostics);
    let min_words =
        fields.integer("min-words", 0..=1000, diagnostics).and_then(|n| u32::try_from(n).ok()).unwrap_or(8);
    let rules =
        fields.required("rules", diagnostics).map(|node| rules(node, diagnostics)).unwrap_or_default();
    let cadence = fields.node("cadence");
    let cadence =
        cadence.map(|node| pace::read(node, "a method's `cadence`", diagnostics)).unwrap_or_default();
    let disagrees = fields
        .list("disagrees", diagnostics)
        .iter()
        .filter_map(|node| disagreement(node, diagnostics))
        .collect();
    fields.finish(diagnostics);
    id_node?;
    Some(MethodDef { id, title, trainer, article, summary, min_words, rules, cadence, disagrees, file, span })
}

fn article(node: Option<&Node>, diagnostics: &mut Diagnostics) -> ArticleDef {
    let Some(node) = node else { return ArticleDef::default() };
    if let Some(title) = node.as_str() {
        return ArticleDef { title: title.to_owned(), ..ArticleDef::default() };
    }
    let Some(mut fields) = Fields::of(node, "an article", diagnostics) else { return ArticleDef::default() };
    let article = ArticleDef {
        title: fields.string("title", diagnostics).unwrap_or_default(),
        publisher: fields.string("publisher", diagnostics),
        url: fields.string("url", diagnostics),
        year: fields.integer("year", 1800..=2200, diagnostics),
    };
    fields.finish(diagnostics);
    article
}

fn rules(node: &Node, diagnostics: &mut Diagnostics) -> Vec<MethodRule> {
    let plain = |value: &str, span| MethodRule {
        rule: Spanned { value: value.to_owned(), span },
        severity: None,
        weight: None,
        params: BTreeMap::new(),
    };
    let mut out = Vec::new();
    match &node.value {
        Value::List(items) => {
            for item in items {
                match item.as_str() {
                    Some(id) => out.push(plain(id, item.span)),
                    None => {
                        diagnostics.report(Code::BadValue, item.span, "this has to be the id of a rule");
                    }
                }
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let mut used = plain(&entry.key, entry.key_span);
                if !entry.value.is_null() {
                    let Some(mut fields) = Fields::of(&entry.value, "a method's rule", diagnostics) else {
                        continue;
                    };
                    used.severity = definition::severity(&mut fields, diagnostics);
                    used.weight =
                        fields.integer("weight", 1..=100, diagnostics).and_then(|n| u32::try_from(n).ok());
                    used.params = definition::params(&mut fields, diagnostics);
                    fields.finish(diagnostics);
                }
                out.push(used);
            }
        }
        Value::Scalar(_) => {
            diagnostics.report(
                Code::BadValue,
                node.span,
                "`rules` has to be a list of ids, or a map from id to changes",
            );
        }
    }
    out
}

fn disagreement(node: &Node, diagnostics: &mut Diagnostics) -> Option<Disagreement> {
    let mut fields = Fields::of(node, "a disagreement", diagnostics)?;
    fields.required("with", diagnostics);
    let with = fields.spanned("with", diagnostics);
    let over = fields.strings("over", diagnostics);
    let why = fields.string("why", diagnostics).unwrap_or_default();
    fields.finish(diagnostics);
    Some(Disagreement { with: with?, over, why })
}
