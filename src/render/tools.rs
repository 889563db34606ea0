//! The seller's tools without a lab: the cadence planner and the message log.
//!
//! The planner's page holds every sequence as a table, so it can be read without a script; the log's page says
//! what it is for. What a seller enters stays in the browser.

use super::cadence::{self, MessageView};
use super::context::{Link, PageContext};
use super::frame::Area;
use super::renderer::Renderer;
use crate::book::{Example, Tool};
use crate::site::Site;
use serde::Serialize;
use tera::Value;

/// Site path of the planner.
pub(super) const PLANNER: &str = "planner/";
/// Site path of the log.
pub(super) const LOG: &str = "log/";

#[derive(Serialize)]
struct SequenceView {
    id: String,
    title: String,
    facts: String,
    lesson: Option<Link>,
    messages: Vec<MessageView>,
}

/// A script that a step can be given.
#[derive(Serialize)]
struct ScriptView {
    title: String,
    channel: &'static str,
    url: String,
    text: String,
}

/// Links to both pages, each with what it is for; none where they are not made.
pub(super) fn links(renderer: &Renderer<'_>) -> Vec<Link> {
    let words = &renderer.theme.strings;
    let link = |(name, url): (&str, &str)| Link {
        description: words.text(&format!("{name}_lead")).to_owned(),
        ..Link::new(words.text(&format!("{name}_title")), url)
    };
    let pages = [("planner", PLANNER), ("log", LOG)];
    if renderer.book.has(Tool::Planner) { pages.map(link).into() } else { Vec::new() }
}

/// Adds both pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if !renderer.book.has(Tool::Planner) {
        return;
    }
    let book = renderer.book;
    let sequences: Vec<SequenceView> = book.cadences.iter().map(|one| sequence(renderer, one)).collect();
    let scripts: Vec<ScriptView> = book.examples.iter().map(script).collect();
    // Fetched when a step is given a script: the words of all examples are too much for every visit.
    let scripts = serde_json::to_vec(&scripts).unwrap_or_default();
    let scripts_path = format!("{PLANNER}scripts-{}.json", &blake3::hash(&scripts).to_hex()[..10]);
    let more = vec![
        ("sequences", Value::from_serializable(&sequences)),
        ("scripts", Value::from_serializable(&scripts_path)),
        ("log_url", Value::from_serializable(&LOG)),
    ];
    add_page(renderer, site, "planner", PLANNER, more);
    site.add(scripts_path, scripts);
    add_page(renderer, site, "log", LOG, vec![("planner_url", Value::from_serializable(&PLANNER))]);
}

fn add_page(
    renderer: &Renderer<'_>,
    site: &mut Site,
    name: &str,
    url: &str,
    more: Vec<(&'static str, Value)>,
) {
    let words = &renderer.theme.strings;
    let title = words.text(&format!("{name}_title")).to_owned();
    let element = if name == "log" { "js/elements/message-log.js" } else { "js/elements/cadence-planner.js" };
    let context = PageContext {
        breadcrumbs: vec![Link::new(words.text("home"), "")],
        modules: renderer.modules_below(&[element]),
        ..renderer.page_context(&title, words.text(&format!("{name}_lead")), url)
    };
    if let Some(html) = renderer.page(&format!("{name}.html"), &context, "", Area::Lab, more) {
        site.add(format!("{url}index.html"), html);
    }
}

fn sequence(renderer: &Renderer<'_>, one: &crate::book::Cadence) -> SequenceView {
    let lesson = renderer.book.pages.get(one.page);
    SequenceView {
        id: one.id.clone(),
        title: one.title.clone(),
        facts: cadence::facts(renderer, one),
        lesson: lesson.map(|page| Link::new(&page.title, &format!("{}#cadence-{}", page.url, one.id))),
        messages: cadence::messages(renderer, one),
    }
}

fn script(example: &Example) -> ScriptView {
    ScriptView {
        title: example.title.clone(),
        channel: super::example::channel(example.after.channel),
        url: super::example::url(&example.id),
        text: example.after.text.clone(),
    }
}
