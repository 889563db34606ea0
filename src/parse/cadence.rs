//! The `cadence` block: a follow-up sequence as its author wrote it.
//!
//! A step stands on a `day`, or comes back `every` so many days `until` a day; scripts are named, not found yet.

use super::blocks::Block;
use super::example::CHANNELS;
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::rules::is_name;
use crate::rules::pace::{self, MOST_DAYS, Pace};
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};

/// A cadence as written.
#[derive(Debug)]
pub struct CadenceDraft {
    /// Unique in the playbook.
    pub id: Spanned<String>,
    /// One line; absent it is made from the id.
    pub title: Option<String>,
    /// The method whose hours and gaps count; absent that of the page, else of the playbook.
    pub method: Option<Spanned<String>>,
    /// Its own limits.
    pub checks: Pace,
    /// In the order of writing.
    pub steps: Vec<StepDraft>,
    /// Scripts that stand in the block itself.
    pub scripts: Vec<ScriptDraft>,
    /// What others have found about days and hours.
    pub figures: Vec<FigureDraft>,
    /// The whole block.
    pub span: Span,
}

/// One line of a cadence as written.
#[derive(Debug)]
pub struct StepDraft {
    /// The day after the start on which it stands, or first stands.
    pub day: Option<Spanned<u32>>,
    /// Fewest and most days from one time to the next.
    pub every: Option<Spanned<(u32, u32)>>,
    /// The last day of a step that comes back.
    pub until: Option<Spanned<u32>>,
    /// Voicemail or e-mail.
    pub channel: Spanned<Channel>,
    /// Minutes of the day.
    pub at: Option<Spanned<u16>>,
    /// The name of an example or of a script of the block.
    pub script: Option<Spanned<String>>,
    /// The e-mail that goes with a voicemail that comes back.
    pub with: Option<With>,
    /// What the step carries.
    pub note: Option<String>,
    /// The first key of the step.
    pub span: Span,
}

/// Which e-mails accompany a voicemail that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// `email`: one on the same day each time.
    Email,
    /// `occasional email`: one half-way to the next voicemail, after every second.
    OccasionalEmail,
}

/// A script of the block itself.
#[derive(Debug)]
pub struct ScriptDraft {
    /// What steps call it.
    pub id: Spanned<String>,
    /// One line.
    pub title: Option<String>,
    /// The words.
    pub text: String,
}

/// What somebody found, and where it was printed.
#[derive(Debug, Clone)]
pub struct FigureDraft {
    /// The finding.
    pub says: String,
    /// Who says so.
    pub source: String,
    /// A year, or `undated`.
    pub year: String,
    /// Where it can be read.
    pub url: Option<String>,
}

const WITH: &[(&str, With)] = &[("email", With::Email), ("occasional email", With::OccasionalEmail)];

/// Reads a cadence block.
pub fn read(node: &Node, span: Span, diagnostics: &mut Diagnostics) -> Option<Block> {
    let mut fields = Fields::of(node, "a cadence", diagnostics)?;
    let id =
        fields.required("id", diagnostics).is_some().then(|| fields.spanned("id", diagnostics)).flatten();
    if let Some(id) = id.as_ref().filter(|id| !is_name(&id.value)) {
        diagnostics
            .report(Code::BadValue, id.span, format!("`{}` is no id", id.value))
            .help("use small letters, digits and hyphens, a letter first");
    }
    let id = id.filter(|id| is_name(&id.value));
    let title = fields.string("title", diagnostics);
    let method = fields.spanned("method", diagnostics);
    let checks = fields
        .node("checks")
        .map(|node| pace::read(node, "`checks` of a cadence", diagnostics))
        .unwrap_or_default();
    let written = fields.required("steps", diagnostics);
    let steps = written.map(|_| fields.list("steps", diagnostics)).unwrap_or_default();
    if let Some(node) = written.filter(|node| node.as_list().is_some_and(<[Node]>::is_empty)) {
        diagnostics
            .report(Code::BadValue, node.span, "a cadence without a step leads nowhere")
            .help("write at least one: `- { day: 0, channel: voicemail }`");
    }
    let steps: Vec<StepDraft> = steps.iter().filter_map(|node| step(node, diagnostics)).collect();
    let scripts = fields.entries("scripts", diagnostics);
    let scripts = scripts.iter().filter_map(|entry| script(entry, diagnostics)).collect();
    let figures = fields.list("figures", diagnostics);
    let figures = figures.iter().filter_map(|node| figure(node, diagnostics)).collect();
    fields.finish(diagnostics);
    let draft = CadenceDraft { id: id?, title, method, checks, steps, scripts, figures, span };
    (!draft.steps.is_empty()).then(|| Block::Cadence(Box::new(draft)))
}

fn step(node: &Node, diagnostics: &mut Diagnostics) -> Option<StepDraft> {
    if node.is_null() || node.as_map().is_some_and(<[crate::tree::Entry]>::is_empty) {
        diagnostics
            .report(Code::BadValue, node.span, "this step is empty")
            .help("write `- { day: 0, channel: voicemail }`, or take the line out");
        return None;
    }
    let mut fields = Fields::of(node, "a step", diagnostics)?;
    let span = node.as_map().and_then(|entries| entries.first()).map_or(node.span, |entry| entry.key_span);
    let has_channel = fields.required("channel", diagnostics);
    let channel = has_channel.and_then(|node| {
        let value = fields.choice("channel", CHANNELS, diagnostics)?;
        Some(Spanned { value, span: node.span })
    });
    let day = day_of(&mut fields, "day", diagnostics);
    let every = fields.spanned("every", diagnostics).and_then(|written| {
        let value = pace::days(&written.value);
        if value.is_none() {
            let message = format!("`every` cannot be read from `{}`", written.value);
            let help = "write it like `7 days`, `7-10 days` or `1-2 weeks`";
            diagnostics.report(Code::BadValue, written.span, message).help(help);
        }
        value.map(|value| Spanned { value, span: written.span })
    });
    let until = day_of(&mut fields, "until", diagnostics);
    let at = at(&mut fields, diagnostics);
    let script = fields.spanned("script", diagnostics);
    let with_node = fields.node("with");
    let with = fields.choice("with", WITH, diagnostics);
    let note = fields.string("note", diagnostics);
    let has = |key: &str| node.get(key).is_some_and(|node| !node.is_null());
    if !has("every") && !has("day") {
        diagnostics
            .report(Code::MissingKey, span, "a step needs `day`, or `every` with `until`")
            .help("the first step usually stands on `day: 0`");
    } else if has("every") && !has("until") {
        diagnostics
            .report(Code::MissingKey, span, "a step with `every` needs `until`")
            .help("say where it ends: `until: day 60`");
    }
    for (key, node) in [("until", node.get("until")), ("with", with_node)] {
        if let Some(node) = node.filter(|node| !node.is_null() && !has("every")) {
            diagnostics
                .report(Code::BadValue, node.span, format!("`{key}` belongs to a step with `every`"))
                .help("a message on one day is a step of its own: `- { day: 0, channel: email }`");
        }
    }
    if let (Some(node), Some(Channel::Email)) = (with_node, channel.as_ref().map(|channel| channel.value)) {
        diagnostics
            .report(Code::BadValue, node.span, "this step is an e-mail already")
            .help("`with` gives a voicemail its e-mail");
    }
    fields.finish(diagnostics);
    let whole = day.is_some() || (every.is_some() && until.is_some());
    let step = StepDraft { day, every, until, channel: channel?, at, script, with, note, span };
    whole.then_some(step)
}

/// `4`, `day 4`.
fn day_of(fields: &mut Fields<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Spanned<u32>> {
    let written = fields.spanned(key, diagnostics)?;
    let number = written.value.strip_prefix("day ").unwrap_or(&written.value).trim();
    let is_whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let value = number.parse().ok().filter(|day| is_whole && *day <= MOST_DAYS);
    if value.is_none() {
        let message = format!("`{key}` has to be a day from 0 to {MOST_DAYS}, not `{}`", written.value);
        let help =
            if key == "day" { "day 0 is the day of the first message" } else { "write `until: day 60`" };
        diagnostics.report(Code::BadValue, written.span, message).help(help);
    }
    value.map(|value| Spanned { value, span: written.span })
}

fn at(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<u16>> {
    let written = fields.spanned("at", diagnostics)?;
    let value = pace::clock(&written.value);
    if value.is_none() {
        let message = format!("`at` has to be a time of the day, not `{}`", written.value);
        diagnostics
            .report(Code::BadValue, written.span, message)
            .help("write hours and minutes in 24 hours: `at: \"17:15\"`");
    }
    value.map(|value| Spanned { value, span: written.span })
}

fn script(entry: &crate::tree::Entry, diagnostics: &mut Diagnostics) -> Option<ScriptDraft> {
    let id = Spanned { value: entry.key.clone(), span: entry.key_span };
    if let Some(text) = entry.value.text() {
        return Some(ScriptDraft { id, title: None, text: text.value.trim().to_owned() });
    }
    let mut fields = Fields::of(&entry.value, "a script of a cadence", diagnostics)?;
    let title = fields.string("title", diagnostics);
    let text = fields.required_text("text", diagnostics).map(|text| text.value.trim().to_owned());
    fields.finish(diagnostics);
    Some(ScriptDraft { id, title, text: text? })
}

fn is_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme))
}

fn figure(node: &Node, diagnostics: &mut Diagnostics) -> Option<FigureDraft> {
    let mut fields = Fields::of(node, "a figure", diagnostics)?;
    let mut text = |key| {
        let written = fields.required_text(key, diagnostics);
        written.map(|text| (text.value.trim().to_owned(), text.span(0, text.value.len())))
    };
    let (says, source, year) = (text("says"), text("source"), text("year"));
    let url = fields.spanned("url", diagnostics);
    if let Some(url) = url.as_ref().filter(|url| !is_address(&url.value)) {
        diagnostics
            .report(Code::BadValue, url.span, format!("`{}` is no address", url.value))
            .help("write the whole address: `https://example.com/page`");
    }
    let url = url.map(|url| url.value).filter(|url| is_address(url));
    fields.finish(diagnostics);
    let (year, span) = year?;
    let is_year = year.len() == 4 && year.parse().is_ok_and(|year: u32| (1800..=2200).contains(&year));
    if !is_year && year != "undated" {
        diagnostics
            .report(Code::BadValue, span, format!("`{year}` is no year"))
            .help("write the year it was published, or `undated`");
    }
    Some(FigureDraft { says: says?.0, source: source?.0, year, url })
}
