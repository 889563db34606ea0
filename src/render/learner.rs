//! The pages about what a learner has done: progress, and the drill of what comes back.
//!
//! Both live in the reader's browser. What stands in the HTML is what is the same for everybody: what the page does, and
//! every lesson by its section.

use super::context::PageContext;
use super::frame::{self, Area};
use super::renderer::Renderer;
use crate::book::Tool;
use crate::site::Site;
use tera::Value;

/// Site path of the page of progress.
pub(super) const PROGRESS: &str = "progress/";
/// Site path of the drill.
pub(super) const DRILL: &str = "drill/";

/// Adds those that this playbook has.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if renderer.book.has(Tool::Progress) {
        let root = frame::contents(renderer.book, 0);
        let lessons = vec![
            ("sections", Value::from_serializable(&root.sections)),
            ("pages", Value::from_serializable(&root.pages)),
        ];
        add_page(renderer, site, "progress", PROGRESS, lessons);
    }
    if renderer.book.has(Tool::Drill) {
        add_page(renderer, site, "drill", DRILL, vec![("quizzes_url", Value::from(super::quiz::URL))]);
    }
}

fn add_page(
    renderer: &Renderer<'_>,
    site: &mut Site,
    name: &str,
    url: &str,
    more: Vec<(&'static str, Value)>,
) {
    let words = &renderer.theme.strings;
    let lead = words.text(&format!("{name}_lead"));
    let context = PageContext {
        noindex: true,
        // What the page shows waits for these: they are asked for with the page.
        modules: renderer.modules_below(&[&format!("js/{name}/page.js")]),
        preload: renderer.bank.as_ref().map(|(path, _)| path.clone()).unwrap_or_default(),
        ..renderer.page_context(words.text(name), lead, url)
    };
    if let Some(html) = renderer.page(&format!("{name}.html"), &context, "", Area::Quizzes, more) {
        site.add(format!("{url}index.html"), html);
    }
}
