//! The pages about what a learner has done: progress, and the drill of what comes back.
//!
//! Both live in the reader's browser. What stands in the HTML is what is the same for everybody: what the page does, every
//! lesson by its section, and the names of rules and methods that its scripts need.

use super::context::PageContext;
use super::frame::{self, Area};
use super::renderer::Renderer;
use crate::book::{Book, PageKind};
use crate::site::Site;
use serde::Serialize;
use tera::Value;

/// Site path of the page of progress.
pub(super) const PROGRESS: &str = "progress/";
/// Site path of the drill.
pub(super) const DRILL: &str = "drill/";

/// A rule or method as the scripts name it.
#[derive(Serialize)]
struct Name {
    id: String,
    title: String,
    url: String,
}

/// What the scripts of both pages read from an attribute, as JSON.
#[derive(Serialize)]
struct Names {
    rules: Vec<Name>,
    methods: Vec<Name>,
}

/// Whether there is anything to have progress in.
pub(super) fn is_made(book: &Book) -> bool {
    book.pages.iter().filter(|page| page.kind == PageKind::Lesson).nth(1).is_some()
}

/// Adds both pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if !is_made(renderer.book) {
        return;
    }
    let names = names(renderer);
    let root = frame::contents(renderer.book, 0);
    for (template, word, url) in [("progress.html", "progress", PROGRESS), ("drill.html", "drill", DRILL)] {
        let words = &renderer.theme.strings;
        let lead = words.text(&format!("{word}_lead"));
        let context = PageContext { noindex: true, ..renderer.page_context(words.text(word), lead, url) };
        let more = vec![
            ("sections", Value::from_serializable(&root.sections)),
            ("pages", Value::from_serializable(&root.pages)),
            ("names", Value::from(names.as_str())),
            ("contents_url", Value::from(frame::CONTENTS)),
        ];
        if let Some(html) = renderer.page(template, &context, "", Area::None, more) {
            site.add(format!("{url}index.html"), html);
        }
    }
}

fn names(renderer: &Renderer<'_>) -> String {
    let rulebook = &renderer.book.rulebook;
    let rules = rulebook.rules.iter().map(|rule| {
        let link = renderer.rule(&rule.id);
        Name { id: rule.id.clone(), title: link.title, url: link.url }
    });
    let methods = rulebook.methods.iter().filter_map(|method| {
        let link = renderer.method(&method.id)?;
        Some(Name { id: method.id.clone(), title: link.title, url: link.url })
    });
    let names = Names { rules: rules.collect(), methods: methods.collect() };
    serde_json::to_string(&names).unwrap_or_default()
}
