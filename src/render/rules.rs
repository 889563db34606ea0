//! The rules reference: an index, and a page for each rule made from its YAML.

use super::constraint;
use super::context::{Link, PageContext};
use super::example::{self, channel};
use super::frame::Area;
use super::renderer::{Renderer, add_all};
use crate::book::{ExampleIndex, PageIndex};
use crate::engine::Channel;
use crate::engine::program::{Constraint, Severity};
use crate::rules::{DetectorDef, RuleDef, Sample};
use crate::site::Site;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// Site path of the index.
pub(super) const URL: &str = "rules/";
/// Phrases that are shown at once; more are folded away.
const SHORT: usize = 24;

#[derive(Serialize)]
struct RuleCard {
    title: String,
    url: String,
    why: String,
    channels: Vec<ChannelView>,
    house: bool,
}

#[derive(Serialize)]
struct ChannelView {
    id: &'static str,
    title: String,
}

#[derive(Serialize)]
struct RulePage {
    id: String,
    house: bool,
    why: String,
    channels: Vec<ChannelView>,
    when: Vec<String>,
    check: Vec<String>,
    asks: bool,
    detectors: Vec<DetectorView>,
    message: String,
    suggestion: String,
    source: SourceView,
    pass: Vec<SampleView>,
    fail: Vec<SampleView>,
    methods: Vec<UseView>,
    has_limits: bool,
    opposed: Vec<Link>,
    lessons: Vec<Link>,
    examples: Vec<Link>,
    questions: Vec<Link>,
}

#[derive(Serialize)]
struct DetectorView {
    title: String,
    groups: Vec<GroupView>,
    unless: Vec<String>,
    /// Whether its phrases come in kinds.
    kinds: bool,
    /// Long lists are folded away.
    long: bool,
    /// How many phrases, in words.
    count: String,
}

#[derive(Serialize)]
struct GroupView {
    kind: String,
    phrases: Vec<String>,
}

#[derive(Serialize)]
struct SourceView {
    text: String,
    url: String,
    note: String,
    method: Option<Link>,
}

#[derive(Serialize)]
struct SampleView {
    channel: &'static str,
    parts: Vec<SamplePart>,
}

#[derive(Serialize)]
struct SamplePart {
    text: String,
    marked: bool,
}

/// How a method uses a rule.
#[derive(Debug, Clone, Serialize)]
pub(super) struct UseView {
    /// The other side of the use: on a rule's page the method, on a method's page the rule.
    pub(super) link: Link,
    /// In words.
    pub(super) severity: String,
    /// `must` or `should`.
    pub(super) severity_id: &'static str,
    /// 1 to 100.
    pub(super) weight: u32,
    /// Parameters in words; empty if there are none.
    pub(super) limits: String,
}

/// Adds the index and the pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let rules = &renderer.book.rulebook.rules;
    if rules.is_empty() {
        return;
    }
    let words = &renderer.theme.strings;
    let lead = words.fill("rules_lead", &[("n", rules.len().to_string())]);
    let context = renderer.page_context(words.text("rules_title"), &lead, URL);
    let card = |rule: &RuleDef| RuleCard {
        title: rule.title.clone(),
        url: renderer.rule(&rule.id).url,
        why: rule.why.clone(),
        channels: channels(renderer, &rule.channels),
        house: rule.house,
    };
    let comparison = if renderer.book.rulebook.methods.is_empty() { "" } else { super::methods::URL };
    let more = vec![
        ("rule_cards", Value::from_serializable(&rules.iter().map(card).collect::<Vec<_>>())),
        ("comparison_url", Value::normal_string(comparison)),
    ];
    if let Some(html) = renderer.page("rules.html", &context, "", Area::Rules, more) {
        site.add(format!("{URL}index.html"), html);
    }
    let indices: Vec<usize> = (0..rules.len()).collect();
    add_all(&indices, site, None, |index| page(renderer, *index));
}

/// The file of a rule's own page, if a site path is that of one and nothing else takes its place.
pub(super) fn file(renderer: &Renderer<'_>, path: &str) -> Option<Vec<u8>> {
    let id = path.strip_prefix(URL)?.strip_suffix("/index.html")?;
    let book = renderer.book;
    let index = book.rulebook.rules.iter().position(|rule| rule.id == id)?;
    let is_alone = !book.sections.iter().any(|section| section.url.starts_with(URL));
    if is_alone { page(renderer, index).map(|(_, html)| html) } else { None }
}

fn page(renderer: &Renderer<'_>, index: usize) -> Option<(String, Vec<u8>)> {
    let words = &renderer.theme.strings;
    let rules = &renderer.book.rulebook.rules;
    let rule = &rules[index];
    let link = renderer.rule(&rule.id);
    let neighbour =
        |index: Option<usize>| index.and_then(|index| rules.get(index)).map(|rule| renderer.rule(&rule.id));
    let context = PageContext {
        breadcrumbs: vec![Link::new(words.text("home"), ""), Link::new(words.text("rules"), URL)],
        og_type: "article",
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(Some(index + 1)),
        ..renderer.page_context(&rule.title, &rule.why, &link.url)
    };
    let more = vec![("rule", Value::from_serializable(&view(renderer, rule)))];
    Some((link.url, renderer.page("rule.html", &context, "", Area::Rules, more)?))
}

fn view(renderer: &Renderer<'_>, rule: &RuleDef) -> RulePage {
    let words = &renderer.theme.strings;
    let program = renderer.book.rulebook.program();
    let compiled = program.and_then(|program| program.rules.iter().find(|one| one.id == rule.id));
    let check = compiled.and_then(|one| one.require.first());
    let uses = renderer.book.rule_uses.get(&rule.id).cloned().unwrap_or_default();
    let methods = methods_of(renderer, &rule.id);
    RulePage {
        id: rule.id.clone(),
        house: rule.house,
        why: rule.why.clone(),
        channels: channels(renderer, &rule.channels),
        when: compiled
            .and_then(|one| one.when.as_ref())
            .map(|when| constraint::sentences(words, when))
            .unwrap_or_default(),
        check: check.map(|check| constraint::sentences(words, check)).unwrap_or_default(),
        asks: rule.asks,
        detectors: detectors(renderer, rule, check),
        message: without_places(&rule.message, &rule.params),
        suggestion: without_places(&rule.suggest, &rule.params),
        source: source(renderer, rule),
        pass: rule.pass.iter().map(sample).collect(),
        fail: rule.fail.iter().map(sample).collect(),
        has_limits: methods.iter().any(|one| !one.limits.is_empty()),
        methods,
        opposed: rule.opposes.iter().map(|other| renderer.rule(&other.value)).collect(),
        lessons: pages(renderer, &uses.pages),
        examples: examples(renderer, &uses.broken_by, "example_breaks")
            .chain(examples(renderer, &uses.kept_by, "example_keeps"))
            .collect(),
        questions: super::quiz::about_rule(renderer, &rule.id),
    }
}

fn channels(renderer: &Renderer<'_>, channels: &[Channel]) -> Vec<ChannelView> {
    let view = |one: &Channel| {
        let id = channel(*one);
        ChannelView { id, title: renderer.theme.strings.text(id).to_owned() }
    };
    channels.iter().map(view).collect()
}

/// The rule's own detectors, and the shared ones that its constraint names.
fn detectors(renderer: &Renderer<'_>, rule: &RuleDef, check: Option<&Constraint>) -> Vec<DetectorView> {
    let mut views: Vec<DetectorView> = rule.detectors.iter().map(|one| detector(renderer, one)).collect();
    let named = check.map(constraint::detectors).unwrap_or_default();
    let program = renderer.book.rulebook.program();
    let shared = program.into_iter().flat_map(|program| &program.detectors);
    for one in shared.filter(|one| named.contains(&one.name.as_str()) && !one.name.contains('/')) {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let def = DetectorDef {
            name: one.name.clone(),
            groups: one.find.iter().map(|group| (group.kind.clone(), lines(&group.phrases))).collect(),
            unless: lines(&one.unless),
        };
        views.push(detector(renderer, &def));
    }
    views
}

/// A message with its parameters filled in, and dots where the words of a script would stand.
fn without_places(text: &str, params: &BTreeMap<String, i32>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        match params.get(name) {
            Some(value) => out.push_str(&value.to_string()),
            None => out.push('…'),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn detector(renderer: &Renderer<'_>, one: &DetectorDef) -> DetectorView {
    let n_phrases: usize = one.groups.iter().map(|(_, phrases)| phrases.len()).sum();
    let group = |(kind, phrases): &(String, Vec<String>)| GroupView {
        kind: constraint::name(kind),
        phrases: phrases.clone(),
    };
    DetectorView {
        title: constraint::name(&one.name),
        groups: one.groups.iter().map(group).collect(),
        unless: one.unless.clone(),
        kinds: one.groups.iter().any(|(kind, _)| !kind.is_empty()),
        long: n_phrases > SHORT,
        count: renderer.theme.strings.count("phrases_count", n_phrases),
    }
}

fn source(renderer: &Renderer<'_>, rule: &RuleDef) -> SourceView {
    let source = &rule.source;
    let method = source.method.as_ref().and_then(|id| renderer.book.rulebook.method(&id.value));
    let trainer = source.trainer.clone().or_else(|| method.map(|one| one.trainer.clone()));
    let article = source.article.clone().or_else(|| method.map(|one| one.article.title.clone()));
    let year = source.year.or_else(|| method.and_then(|one| one.article.year)).map(|year| year.to_string());
    let quoted = article.filter(|title| !title.is_empty()).map(|title| format!("“{title}”"));
    let parts: Vec<String> =
        trainer.into_iter().chain(quoted).chain(year).filter(|one| !one.is_empty()).collect();
    let url = source.url.clone().or_else(|| method.and_then(|one| one.article.url.clone()));
    SourceView {
        text: parts.join(", "),
        url: url.unwrap_or_default(),
        note: source.note.clone().unwrap_or_default(),
        method: method.and_then(|one| renderer.method(&one.id)),
    }
}

fn sample(sample: &Sample) -> SampleView {
    let mut parts = Vec::new();
    let mut at = 0;
    let part = |from: usize, to: usize, marked: bool| SamplePart {
        text: sample.text.get(from..to).unwrap_or("").to_owned(),
        marked,
    };
    for (from, to, _) in &sample.marks {
        parts.push(part(at, *from, false));
        parts.push(part(*from, *to, true));
        at = *to;
    }
    parts.push(part(at, sample.text.len(), false));
    parts.retain(|part| !part.text.is_empty());
    SampleView { channel: channel(sample.channel), parts }
}

/// The methods that use a rule.
fn methods_of(renderer: &Renderer<'_>, rule: &str) -> Vec<UseView> {
    let Some(program) = renderer.book.rulebook.program() else { return Vec::new() };
    let uses = program.methods.iter().filter_map(|method| {
        let used = method
            .rules
            .iter()
            .find(|used| program.rules.get(used.rule).is_some_and(|one| one.id == rule))?;
        let link = renderer.method(&method.id)?;
        Some(use_view(renderer, link, used))
    });
    uses.collect()
}

/// A method's use of a rule in words.
pub(super) fn use_view(renderer: &Renderer<'_>, link: Link, used: &crate::engine::program::Use) -> UseView {
    let words = &renderer.theme.strings;
    let program = renderer.book.rulebook.program();
    let params = program.and_then(|program| program.rules.get(used.rule)?.params.get(used.variant));
    let severity_id = match used.severity {
        Severity::Must => "must",
        Severity::Should => "should",
    };
    UseView {
        link,
        severity: words.text(severity_id).to_owned(),
        severity_id,
        weight: used.weight,
        limits: params.map(limits).unwrap_or_default(),
    }
}

fn limits(params: &BTreeMap<String, i32>) -> String {
    let parts: Vec<String> =
        params.iter().map(|(name, value)| format!("{} {value}", constraint::name(name))).collect();
    parts.join(", ")
}

/// Links to pages of the book.
pub(super) fn pages(renderer: &Renderer<'_>, indices: &[PageIndex]) -> Vec<Link> {
    let pages = indices.iter().filter_map(|index| renderer.book.pages.get(*index));
    pages.map(|page| Link::new(&page.title, &page.url)).collect()
}

fn examples<'a>(
    renderer: &'a Renderer<'_>,
    indices: &'a [ExampleIndex],
    note: &'a str,
) -> impl Iterator<Item = Link> + 'a {
    let found = indices.iter().filter_map(|index| renderer.book.examples.get(*index));
    found.map(move |one| Link {
        note: renderer.theme.strings.text(note).to_owned(),
        ..Link::new(&one.title, &example::url(&one.id))
    })
}
