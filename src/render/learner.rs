//! The pages about what a learner has done: progress, and the drill of what comes back.
//!
//! Both live in the reader's browser. What stands in the HTML is what is the same for everybody: what the page does, and
//! every lesson by its section.

use super::context::PageContext;
use super::frame::{self, Area};
use super::renderer::Renderer;
use crate::book::{Book, PageKind};
use crate::site::Site;
use tera::Value;

/// Site path of the page of progress.
pub(super) const PROGRESS: &str = "progress/";
/// Site path of the drill.
pub(super) const DRILL: &str = "drill/";

/// Whether there is anything to have progress in.
pub(super) fn is_made(book: &Book) -> bool {
    book.pages.iter().filter(|page| page.kind == PageKind::Lesson).nth(1).is_some()
}

/// Adds both pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if !is_made(renderer.book) {
        return;
    }
    let root = frame::contents(renderer.book, 0);
    for (template, word, url) in [("progress.html", "progress", PROGRESS), ("drill.html", "drill", DRILL)] {
        let words = &renderer.theme.strings;
        let lead = words.text(&format!("{word}_lead"));
        let context = PageContext { noindex: true, ..renderer.page_context(words.text(word), lead, url) };
        let more = vec![
            ("sections", Value::from_serializable(&root.sections)),
            ("pages", Value::from_serializable(&root.pages)),
            ("contents_url", Value::from(frame::CONTENTS)),
        ];
        if let Some(html) = renderer.page(template, &context, "", Area::None, more) {
            site.add(format!("{url}index.html"), html);
        }
    }
}
