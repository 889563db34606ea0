//! `feed.xml`: an Atom feed of the newest lessons, by the day in their front matter or of their last change.
//!
//! A lesson without a day is not in it, so the bytes never depend on today's date.

use super::renderer::Renderer;
use crate::book::{Book, Page, PageKind};
use crate::config::Config;
use crate::html::escape;
use crate::site::Site;
use std::fmt::Write;

/// Where the feed is.
pub(super) const PATH: &str = "feed.xml";
/// Newest lessons in it.
const MAX_ENTRIES: usize = 20;

/// Whether this book gets a feed.
pub(super) fn is_made(config: &Config, book: &Book) -> bool {
    config.feed && config.base_url.is_some() && book.pages.iter().any(|page| day(page).is_some())
}

/// Adds the feed.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let (config, book) = (renderer.config, renderer.book);
    let Some(base) = config.base_url.as_ref().filter(|_| is_made(config, book)) else { return };
    let mut dated: Vec<(&str, &Page)> =
        book.pages.iter().filter_map(|page| Some((day(page)?, &**page))).collect();
    // Newest first; of one day in reading order.
    dated.sort_by(|a, b| b.0.cmp(a.0));
    dated.truncate(MAX_ENTRIES);
    let newest = dated.first().map_or("", |(day, _)| day);
    let mut out = String::new();
    let author = config.author.as_deref().unwrap_or(&config.title);
    _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}{PATH}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        escape(&config.language),
        escape(&config.title),
        escape(author),
        base = escape(base),
    );
    for (day, page) in dated {
        let address = format!("{base}{}", page.url);
        _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link href=\"{address}\"/>\n\
             <updated>{day}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
            escape(&page.title),
            escape(&page.description),
            address = escape(&address),
        );
    }
    out.push_str("</feed>\n");
    site.add(PATH, out.into_bytes());
}

fn day(page: &Page) -> Option<&str> {
    let is_lesson = !page.draft && !matches!(page.kind, PageKind::Home);
    page.publish.as_deref().or(page.last_updated.as_deref()).filter(|_| is_lesson)
}
