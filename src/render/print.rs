//! The whole book on one page, for paper.

use super::frame::Area;
use super::pages;
use super::quiz::{self, Shown};
use super::renderer::Renderer;
use crate::book::{Book, PageKind};
use crate::config::Config;
use crate::site::Site;
use rayon::prelude::*;
use tera::Value;

/// Site path of the page.
pub(super) const URL: &str = "print/";
/// A longer book gets the page only if `book.toml` asks for it: browsers choke on it.
const MAX_PAGES: usize = 500;

/// Attributes that hold an id of their own page, and how they begin.
const IDS: [&str; 7] = [
    " id=\"",
    " href=\"#",
    " aria-labelledby=\"",
    " aria-controls=\"",
    " aria-describedby=\"",
    " for=\"",
    " data-from=\"",
];

/// Whether this book gets the page.
pub(super) fn is_made(config: &Config, book: &Book) -> bool {
    book.pages.len() > 1 && config.print.unwrap_or(book.pages.len() <= MAX_PAGES)
}

/// Adds the page.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if !is_made(renderer.config, renderer.book) {
        return;
    }
    let chapters: Vec<String> = renderer
        .book
        .pages
        .par_iter()
        .enumerate()
        .map(|(index, page)| {
            let level = if page.kind == PageKind::Lesson { 3 } else { 2 };
            let title = crate::html::escape(&page.heading);
            let label = format!(
                " role=\"doc-endnotes\" aria-label=\"{}\"",
                crate::html::escape(renderer.theme.labels.get("footnotes"))
            );
            // Many notes of one name would be many landmarks of one name.
            let body = pages::body(renderer, page, Shown::Paper).replace(&label, "");
            let body = own_ids(&lowered(&body, level - 1), index);
            format!(
                "<article class=\"print-page\"><h{level}>{title}</h{level}>\n<div class=\"prose\">\n{body}</div>\n</article>\n"
            )
        })
        .collect();
    let title = renderer.theme.strings.fill("print_title", &[("title", renderer.config.title.clone())]);
    let mut context = renderer.page_context(&title, &renderer.config.description, URL);
    context.noindex = true;
    let keys = keys(renderer);
    let more = vec![("body", Value::safe_string(&chapters.concat())), ("keys", Value::safe_string(&keys))];
    if let Some(html) = renderer.page("print.html", &context, "", Area::None, more) {
        site.add(format!("{URL}index.html"), html);
    }
}

/// The keys of all quizzes, which come after everything else.
fn keys(renderer: &Renderer<'_>) -> String {
    renderer.book.pages.iter().map(|page| quiz::keys(renderer, page, 3)).collect()
}

/// Headings some levels further down, so that the page's own titles stand above them.
fn lowered(html: &str, by: u8) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<h").into_iter().chain(rest.find("</h")).min() {
        let tag = at + if rest[at..].starts_with("</") { 3 } else { 2 };
        out.push_str(&rest[..tag]);
        rest = &rest[tag..];
        let level = rest.bytes().next().filter(|byte| (b'1'..=b'6').contains(byte));
        let ends = rest.as_bytes().get(1).is_some_and(|byte| matches!(byte, b' ' | b'>'));
        if let (Some(level), true) = (level, ends) {
            out.push(char::from((level + by).min(b'6')));
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Ids and the references to them, made unique among all pages.
fn own_ids(html: &str, index: usize) -> String {
    IDS.iter().fold(html.to_owned(), |html, start| html.replace(start, &format!("{start}p{index}-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_move_down_and_other_tags_stay() {
        let html = "<h2 id=\"a\">A</h2><header></header><hr><h6>x</h6>";
        assert_eq!(lowered(html, 2), "<h4 id=\"a\">A</h4><header></header><hr><h6>x</h6>");
    }

    #[test]
    fn ids_and_their_references_move_together() {
        assert_eq!(own_ids("<h2 id=\"a\"><a href=\"#a\">", 3), "<h2 id=\"p3-a\"><a href=\"#p3-a\">");
    }
}
