//! A rule as its author wrote it: the data behind its page, and what the linker needs.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics};
use crate::engine::program::Severity;
use crate::engine::{self, Channel};
use crate::source::{FileId, Span, Spanned};
use crate::tree::{Fields, Node};

use super::detector::{self, Draft};
use super::inflect::Irregular;
use super::sample::{self, CHANNELS, Sample};

/// A rule, for pages and checks.
#[derive(Debug, Clone)]
pub struct RuleDef {
    /// The id.
    pub id: String,
    /// One line.
    pub title: String,
    /// Where it applies.
    pub channels: Vec<Channel>,
    /// How much a breach matters.
    pub severity: Severity,
    /// 1 to 100.
    pub weight: u32,
    /// Parameters with their default values.
    pub params: BTreeMap<String, i32>,
    /// Whether every method has it.
    pub house: bool,
    /// Whether an absence asks instead of breaking.
    pub asks: bool,
    /// Said when broken, with places to fill.
    pub message: String,
    /// Said when not found; empty if there is none.
    pub ask: String,
    /// What to do instead.
    pub suggest: String,
    /// The reason.
    pub why: String,
    /// Where it comes from.
    pub source: SourceDef,
    /// Rules that no method may hold together with this one.
    pub opposes: Vec<Spanned<String>>,
    /// Its detectors as written: name, kind, phrases.
    pub detectors: Vec<DetectorDef>,
    /// Scripts that keep it.
    pub pass: Vec<Sample>,
    /// Scripts that break it.
    pub fail: Vec<Sample>,
    /// Scripts to which it does not apply.
    pub na: Vec<Sample>,
    /// The file.
    pub file: FileId,
    /// Where its id stands.
    pub span: Span,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Default)]
pub struct SourceDef {
    /// A method's id.
    pub method: Option<Spanned<String>>,
    /// A person.
    pub trainer: Option<String>,
    /// An article's title.
    pub article: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub year: Option<i64>,
    /// Anything else.
    pub note: Option<String>,
}

/// A detector of a rule as written, for its page.
#[derive(Debug, Clone)]
pub struct DetectorDef {
    /// Its name.
    pub name: String,
    /// Its kinds (one, unnamed, without kinds), each with its phrases.
    pub groups: Vec<(String, Vec<String>)>,
    /// Phrases that veto.
    pub unless: Vec<String>,
}

/// A rule before its names are resolved.
pub(super) struct RawRule<'n> {
    pub(super) def: RuleDef,
    pub(super) drafts: Vec<Draft>,
    pub(super) when: Option<&'n Node>,
    pub(super) require: &'n Node,
    pub(super) place: Option<&'n Node>,
}

/// Reads a rule's file.
pub(super) fn read<'n>(
    file: FileId,
    node: &'n Node,
    irregular: &Irregular,
    diagnostics: &mut Diagnostics,
) -> Option<RawRule<'n>> {
    let mut fields = Fields::of(node, "a rule", diagnostics)?;
    let id_node = fields.required("id", diagnostics);
    let id = id_node.and_then(Node::as_str).unwrap_or("").to_owned();
    let span = id_node.map_or(Span::whole_file(file), |node| node.span);
    if id_node.is_some() && !detector::is_name(&id) {
        diagnostics
            .report(Code::BadValue, span, format!("`{id}` is no id"))
            .help("use small letters, digits and hyphens");
    }
    let mut text = |key, diagnostics: &mut Diagnostics| {
        fields.required_text(key, diagnostics).map(|text| text.value.trim().to_owned()).unwrap_or_default()
    };
    let title = text("title", diagnostics);
    let message = text("message", diagnostics);
    let suggest = text("suggest", diagnostics);
    let why = text("why", diagnostics);
    fields.required("channels", diagnostics);
    let channels = channels(&mut fields, diagnostics);
    fields.required("severity", diagnostics);
    let severity = severity(&mut fields, diagnostics).unwrap_or(Severity::Should);
    fields.required("weight", diagnostics);
    let weight =
        fields.integer("weight", 1..=100, diagnostics).and_then(|one| u32::try_from(one).ok()).unwrap_or(1);
    let params = params(&mut fields, diagnostics);
    let when = fields.node("when");
    let require = fields.required("require", diagnostics);
    let asks =
        fields.choice("if-missing", &[("broken", false), ("not-found", true)], diagnostics).unwrap_or(false);
    let house = fields.flag("house", false, diagnostics);
    let opposes = fields.strings("opposes", diagnostics);
    let place = fields.node("place");
    let ask = fields.string("ask", diagnostics).unwrap_or_default();
    for key in ["message", "suggest", "ask"] {
        templates(&mut fields, key, &params, diagnostics);
    }
    let drafts: Vec<Draft> = fields
        .entries("detect", diagnostics)
        .iter()
        .filter_map(|entry| detector::read(entry, irregular, diagnostics))
        .collect();
    let source = source(&mut fields, diagnostics);
    let first = channels.first().copied().unwrap_or(Channel::Voicemail);
    let mut samples = |key: &'static str, diagnostics: &mut Diagnostics| -> Vec<Sample> {
        fields
            .list(key, diagnostics)
            .iter()
            .filter_map(|node| sample::read(node, first, diagnostics))
            .collect()
    };
    let (pass, fail, na) =
        (samples("pass", diagnostics), samples("fail", diagnostics), samples("na", diagnostics));
    for (key, list) in [("pass", &pass), ("fail", &fail)] {
        if list.len() < 2 {
            let here = fields.node(key).map_or(span, |node| node.span);
            diagnostics
                .report(
                    Code::MissingSamples,
                    here,
                    format!("the rule `{id}` needs at least two `{key}` samples, it has {}", list.len()),
                )
                .help(format!("add a script that {} it", if key == "pass" { "keeps" } else { "breaks" }));
        }
    }
    fields.finish(diagnostics);
    let detectors = drafts.iter().map(describe).collect();
    let def = RuleDef {
        id,
        title,
        channels,
        severity,
        weight,
        params,
        house,
        asks,
        message,
        ask,
        suggest,
        why,
        source,
        opposes,
        detectors,
        pass,
        fail,
        na,
        file,
        span,
    };
    id_node?;
    Some(RawRule { def, drafts, when, require: require?, place })
}

fn describe(draft: &Draft) -> DetectorDef {
    let written =
        |phrases: &[super::phrase::Phrase]| phrases.iter().map(|phrase| phrase.text.clone()).collect();
    DetectorDef {
        name: draft.name.value.clone(),
        groups: draft.groups.iter().map(|(kind, phrases)| (kind.clone(), written(phrases))).collect(),
        unless: written(&draft.unless),
    }
}

/// `severity: must | should`.
pub(super) fn severity(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Severity> {
    fields.choice("severity", &[("must", Severity::Must), ("should", Severity::Should)], diagnostics)
}

/// `params: {limit: 30}`.
pub(super) fn params(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> BTreeMap<String, i32> {
    let mut params = BTreeMap::new();
    for entry in fields.entries("params", diagnostics) {
        let value = entry
            .value
            .as_int()
            .and_then(|number| i32::try_from(number).ok())
            .filter(|n| n.abs() <= 1_000_000);
        if engine::TEMPLATE_NAMES.contains(&entry.key.as_str()) || !detector::is_name(&entry.key) {
            diagnostics.report(
                Code::BadValue,
                entry.key_span,
                format!("`{}` cannot be a parameter's name", entry.key),
            );
            continue;
        }
        if let Some(value) = value {
            params.insert(entry.key.clone(), value);
        } else {
            let message = format!("the parameter `{}` has to be a whole number", entry.key);
            diagnostics.report(Code::BadValue, entry.value.span, message);
        }
    }
    params
}

fn channels(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Channel> {
    let mut channels = Vec::new();
    for word in fields.strings("channels", diagnostics) {
        match CHANNELS.iter().find(|(name, _)| *name == word.value) {
            Some((_, channel)) => {
                if !channels.contains(channel) {
                    channels.push(*channel);
                }
            }
            None => {
                diagnostics
                    .report(Code::BadValue, word.span, format!("`{}` is no channel", word.value))
                    .help_nearest(&word.value, CHANNELS.iter().map(|(name, _)| *name));
            }
        }
    }
    channels
}

fn source(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> SourceDef {
    let Some(node) = fields.required("source", diagnostics) else { return SourceDef::default() };
    let Some(mut inner) = Fields::of(node, "`source`", diagnostics) else { return SourceDef::default() };
    let source = SourceDef {
        method: inner.spanned("method", diagnostics),
        trainer: inner.string("trainer", diagnostics),
        article: inner.string("article", diagnostics),
        url: inner.string("url", diagnostics),
        year: inner.integer("year", 1800..=2200, diagnostics),
        note: inner.string("note", diagnostics),
    };
    inner.finish(diagnostics);
    if source.method.is_none() && source.trainer.is_none() && source.article.is_none() {
        diagnostics
            .report(
                Code::MissingKey,
                detector::head(node),
                "a rule's source names a method, a trainer or an article",
            )
            .help("write `source: {method: …}`");
    }
    source
}

/// Names in a message's braces are those that the engine fills.
fn templates(
    fields: &mut Fields<'_>,
    key: &'static str,
    params: &BTreeMap<String, i32>,
    diagnostics: &mut Diagnostics,
) {
    let Some(text) = fields.text(key, diagnostics) else { return };
    let mut at = 0;
    while let Some(open) = text.value[at..].find('{').map(|found| at + found) {
        if text.value[open + 1..].starts_with('{') {
            at = open + 2;
            continue;
        }
        let Some(close) = text.value[open..].find('}').map(|found| open + found) else {
            let here = text.span(open, open + 1);
            diagnostics
                .report(Code::BadValue, here, "this `{` is never closed")
                .help("write `{{` for a brace");
            return;
        };
        let name = &text.value[open + 1..close];
        if !engine::TEMPLATE_NAMES.contains(&name) && !params.contains_key(name) {
            let names = engine::TEMPLATE_NAMES.into_iter().chain(params.keys().map(String::as_str));
            diagnostics
                .report(
                    Code::UnknownParameter,
                    text.span(open, close + 1),
                    format!("a message cannot say `{{{name}}}`"),
                )
                .help_nearest(name, names);
        }
        at = close + 1;
    }
}
