//! What pages share, rendered once, and when the first page asks for it: head, footer, a header for each area, a sidebar for
//! each section.
//!
//! A sidebar shows its own section open and the others closed. A long section is cut into runs, a long
//! list of sections into a window, so a page carries at most about [`MAX_LINKS`] links whatever the size of
//! the book; behind the cut stands a link to the page of all lessons.

use super::context::{Link, SectionEntry};
use super::renderer::Renderer;
use crate::book::{Book, Page, PageIndex, SectionIndex};
use std::collections::HashMap;
use std::sync::OnceLock;
use tera::{Context, Value};

/// Site path of the page that lists all lessons.
pub(super) const CONTENTS: &str = "contents/";
/// Sections, and lessons of the open one, that a sidebar shows.
const MAX_LINKS: usize = 30;

/// Parts of the site, for the entry of the navigation that is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    None,
    Lessons,
    Examples,
    Rules,
    Methods,
    Quizzes,
    Lab,
    Glossary,
}

impl Area {
    const ALL: [Self; 8] = [
        Self::None,
        Self::Lessons,
        Self::Examples,
        Self::Rules,
        Self::Methods,
        Self::Quizzes,
        Self::Lab,
        Self::Glossary,
    ];

    /// The key of its entry.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lessons => "lessons",
            Self::Examples => "examples",
            Self::Rules => "rules",
            Self::Methods => "methods",
            Self::Quizzes => "quizzes",
            Self::Lab => "lab",
            Self::Glossary => "glossary",
        }
    }
}

/// The shared parts as HTML.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) head: Value,
    pub(super) footer: Value,
    headers: Vec<Value>,
    /// For pages without a sidebar of their own: what the menu of a phone shows.
    menus: Vec<OnceLock<Value>>,
    /// A section and a run of its pages to the sidebar of those pages.
    sidebars: HashMap<(SectionIndex, usize), OnceLock<Sidebar>>,
    /// A page to its place among the pages of its section.
    places: HashMap<PageIndex, usize>,
}

impl Frame {
    /// What there is before anything is rendered.
    pub(super) fn empty() -> Self {
        let nothing = Value::safe_string("");
        Self {
            head: nothing.clone(),
            footer: nothing,
            headers: Vec::new(),
            menus: Vec::new(),
            sidebars: HashMap::new(),
            places: HashMap::new(),
        }
    }

    /// The header with an area marked.
    pub(super) fn header(&self, area: Area) -> &Value {
        &self.headers[area as usize]
    }

    /// The menu of a phone with an area marked.
    pub(super) fn menu(&self, renderer: &Renderer<'_>, area: Area) -> &Value {
        self.menus[area as usize].get_or_init(|| Value::safe_string(&sidebar(renderer, 0, 0, area)))
    }

    /// The sidebar of a page, its own link marked.
    pub(super) fn sidebar(&self, renderer: &Renderer<'_>, index: PageIndex, page: &Page) -> String {
        let run = self.places.get(&index).map_or(0, |place| place / MAX_LINKS);
        self.marked(renderer, (page.section, run), &page.url)
    }

    /// The sidebar of a section's own page, its link marked.
    pub(super) fn section_sidebar(&self, renderer: &Renderer<'_>, index: SectionIndex, url: &str) -> String {
        self.marked(renderer, (index, 0), url)
    }

    fn marked(&self, renderer: &Renderer<'_>, key: (SectionIndex, usize), url: &str) -> String {
        let Some(shared) = self.sidebars.get(&key) else { return String::new() };
        let shared = shared.get_or_init(|| Sidebar::new(sidebar(renderer, key.0, key.1, Area::Lessons)));
        shared.marked(&format!("{}{url}", renderer.config.base_path))
    }
}

/// A sidebar without a marked link, and where each of its links ends.
#[derive(Debug)]
struct Sidebar {
    html: String,
    /// An address as it stands in the HTML to the place after its last `href`. The first links are those of
    /// the areas; the page's own comes last if one of them is the same.
    links: HashMap<String, usize>,
}

impl Sidebar {
    fn new(html: String) -> Self {
        let mut links = HashMap::new();
        for (at, start) in html.match_indices("href=\"") {
            let address = at + start.len();
            if let Some(length) = html[address..].find('"') {
                links.insert(html[address..address + length].to_owned(), address + length + 1);
            }
        }
        Self { html, links }
    }

    /// The HTML with the link to an address marked as the current page.
    fn marked(&self, address: &str) -> String {
        match self.links.get(&*crate::html::escape(address)) {
            Some(end) => {
                let (before, after) = self.html.split_at(*end);
                [before, " aria-current=\"page\"", after].concat()
            }
            None => self.html.clone(),
        }
    }
}

/// Renders the parts of every page, and makes room for the others.
pub(super) fn render(renderer: &Renderer<'_>) -> Frame {
    let book = renderer.book;
    let nothing = Context::new();
    let safe = |html: String| Value::safe_string(&html);
    let headers = Area::ALL.map(|area| {
        let mut context = Context::new();
        context.insert("area", area.key());
        safe(renderer.part("partials/header.html", &context))
    });
    let mut places = HashMap::new();
    let mut sidebars = HashMap::new();
    for (index, section) in book.sections.iter().enumerate() {
        let n_runs = section.pages.len().div_ceil(MAX_LINKS).max(1);
        sidebars.extend((0..n_runs).map(|run| ((index, run), OnceLock::new())));
        places.extend(section.pages.iter().enumerate().map(|(place, page)| (*page, place)));
    }
    Frame {
        head: safe(renderer.part("partials/head.html", &nothing)),
        footer: safe(renderer.part("partials/footer.html", &nothing)),
        headers: headers.into(),
        menus: Area::ALL.iter().map(|_| OnceLock::new()).collect(),
        sidebars,
        places,
    }
}

fn sidebar(renderer: &Renderer<'_>, section: SectionIndex, run: usize, area: Area) -> String {
    let book = renderer.book;
    let mut open = vec![section];
    while let Some(parent) = book.sections.get(open[open.len() - 1]).and_then(|one| one.parent) {
        open.push(parent);
    }
    let mut is_cut = false;
    let root = entry(book, 0, &open, run, &mut is_cut);
    let mut context = Context::new();
    context.insert("sections", &root.sections);
    context.insert("pages", &root.pages);
    context.insert("area", area.key());
    context.insert("more", if is_cut { CONTENTS } else { "" });
    renderer.part("partials/sidebar.html", &context)
}

/// A section as the sidebar shows it; `open` is the way from the current section up to the root.
fn entry(
    book: &Book,
    index: SectionIndex,
    open: &[SectionIndex],
    run: usize,
    is_cut: &mut bool,
) -> SectionEntry {
    let Some(section) = book.sections.get(index) else { return SectionEntry::default() };
    let mut out =
        SectionEntry { title: section.title.clone(), url: section.url.clone(), ..SectionEntry::default() };
    let Some((last, rest)) = open.split_last() else { return out };
    if *last != index {
        return out;
    }
    let first = if rest.is_empty() { run * MAX_LINKS } else { 0 };
    let pages = section.pages.iter().skip(first).take(MAX_LINKS);
    out.pages = pages
        .filter_map(|page| book.pages.get(*page))
        .map(|page| Link::new(&page.title, &page.url))
        .collect();
    let current =
        rest.last().and_then(|next| section.sections.iter().position(|one| one == next)).unwrap_or(0);
    let first = current.saturating_sub(MAX_LINKS / 2).min(section.sections.len().saturating_sub(MAX_LINKS));
    let window = section.sections.iter().skip(first).take(MAX_LINKS);
    out.sections = window.map(|one| entry(book, *one, rest, run, is_cut)).collect();
    *is_cut |= section.pages.len() > MAX_LINKS || section.sections.len() > MAX_LINKS;
    out
}

/// Every section below the root with all of its lessons, for the page of all lessons.
pub(super) fn contents(book: &Book, index: SectionIndex) -> SectionEntry {
    let Some(section) = book.sections.get(index) else { return SectionEntry::default() };
    let pages = section.pages.iter().filter_map(|page| book.pages.get(*page));
    SectionEntry {
        title: section.title.clone(),
        url: section.url.clone(),
        pages: pages.map(|page| Link::new(&page.title, &page.url)).collect(),
        sections: section.sections.iter().map(|one| contents(book, *one)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Sidebar;

    #[test]
    fn the_current_page_is_marked_once() {
        let html = r#"<a href="/a/">Area</a> <a href="/a/b/">B</a> <a href="/a/">A</a>"#;
        let marked =
            r#"<a href="/a/">Area</a> <a href="/a/b/">B</a> <a href="/a/" aria-current="page">A</a>"#;
        let sidebar = Sidebar::new(html.to_owned());
        assert_eq!(sidebar.marked("/a/"), marked);
        assert_eq!(sidebar.marked("/c/"), html);
    }
}
