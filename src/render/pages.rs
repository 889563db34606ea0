//! Pages made from markdown, the pages of sections that have none, the page of all lessons, and 404.

use super::context::{CardLink, Link, PageContext, TocEntry};
use super::frame::{self, Area};
use super::lab;
use super::quiz::{self, Shown};
use super::renderer::{Renderer, add_all};
use super::{cadence, example};
use crate::book::{Page, PageIndex, PageKind, Part, SectionIndex};
use crate::site::{Site, Store};
use tera::Value;

/// Fewer headings than this make no list.
const MIN_HEADINGS: usize = 2;

/// Adds the pages that no markdown file is.
pub(super) fn add_others(renderer: &Renderer<'_>, site: &mut Site, store: Option<&dyn Store>) {
    let book = renderer.book;
    if book.pages.len() > 1 {
        add_contents(renderer, site);
    }
    let bare: Vec<SectionIndex> =
        (1..book.sections.len()).filter(|index| book.sections[*index].index.is_none()).collect();
    add_all(&bare, site, store, |index| bare_section(renderer, *index));
    add_lost(renderer, site);
}

/// Adds the pages of markdown files.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site, store: Option<&dyn Store>) {
    let book = renderer.book;
    let indices: Vec<PageIndex> = (0..book.pages.len()).collect();
    add_all(&indices, site, store, |index| {
        let page = &book.pages[*index];
        Some((page.url.clone(), lesson(renderer, *index, page)?))
    });
}

/// The page of a markdown file.
pub(super) fn lesson(renderer: &Renderer<'_>, index: PageIndex, page: &Page) -> Option<Vec<u8>> {
    let mut context = renderer.page_context(&page.title, &page.description, &page.url);
    context.og_type = if page.kind == PageKind::Home { "website" } else { "article" };
    context.breadcrumbs = breadcrumbs(renderer, page.section, page.kind == PageKind::Section);
    context.minutes = page.minutes;
    context.methods = page.methods.iter().filter_map(|id| renderer.method(id)).collect();
    context.rules = page.rules.iter().map(|id| renderer.rule(id)).collect();
    context.heading.clone_from(&page.heading);
    context.edit_url = page.edit_url.clone().unwrap_or_default();
    context.updated = page.last_updated.clone().unwrap_or_default();
    context.noindex = page.draft;
    context.image = page.image.as_ref().map(CardLink::from);
    let link = |index: Option<PageIndex>| {
        index.and_then(|index| renderer.book.pages.get(index)).map(|page| Link::new(&page.title, &page.url))
    };
    (context.previous, context.next) = (link(page.previous), link(page.next));
    let mut body = body(renderer, page, Shown::Lesson);
    // On paper the key comes last.
    body.push_str(&quiz::keys(renderer, page, 2));
    if page.body.iter().any(|part| matches!(part, Part::Example(_))) {
        context.modules = renderer.modules("js/elements/hear-it.js");
    }
    if page.body.iter().any(|part| matches!(part, Part::Lab(_))) {
        context.styles = lab::styles(renderer);
    }
    let (template, area) = match page.kind {
        PageKind::Home => {
            context.breadcrumbs = Vec::new();
            context.children = children(renderer, 0);
            if !renderer.book.examples.is_empty() {
                super::gallery::URL.clone_into(&mut context.gallery);
            }
            ("home.html", Area::None)
        }
        PageKind::Section => {
            context.children = children(renderer, page.section);
            ("section.html", Area::Lessons)
        }
        PageKind::Lesson | PageKind::Glossary => {
            context.toc = toc(page);
            ("lesson.html", if page.kind == PageKind::Lesson { Area::Lessons } else { Area::Glossary })
        }
    };
    let sidebar = match page.kind {
        PageKind::Home => String::new(),
        _ => renderer.frame.sidebar(renderer, index, page),
    };
    renderer.page(template, &context, &sidebar, area, vec![("body", Value::safe_string(&body))])
}

/// The pieces of a page's body, put together.
pub(super) fn body(renderer: &Renderer<'_>, page: &Page, shown: Shown) -> String {
    let mut out = String::with_capacity(page.text.len() * 2);
    let mut n_labs = 0;
    for part in &page.body {
        match part {
            Part::Html(html) => out.push_str(html),
            Part::Code(block) => out.push_str(&renderer.code(block)),
            Part::Cadence(index) => {
                if let Some(one) = renderer.book.cadences.get(*index) {
                    out.push_str(&cadence::html(renderer, one, next_level(&out)));
                }
            }
            Part::Example(index) => {
                if let Some(one) = renderer.book.examples.get(*index) {
                    out.push_str(&example::html(renderer, one, next_level(&out)));
                }
            }
            Part::Lab(one) => {
                n_labs += 1;
                if shown == Shown::Paper {
                    out.push_str(&lab::paper(renderer, one));
                } else {
                    out.push_str(&lab::html(renderer, one, n_labs, next_level(&out)));
                }
            }
            Part::Quiz(index) => out.push_str(&quiz::html(renderer, *index, next_level(&out), shown)),
        }
    }
    out
}

/// The level below the last heading, so that an example's title skips none.
fn next_level(html: &str) -> u8 {
    let level = |at: usize| html.as_bytes().get(at + 2).copied().filter(|byte| (b'2'..=b'6').contains(byte));
    let last = html.rmatch_indices("<h").find_map(|(at, _)| level(at));
    last.map_or(2, |level| (level - b'0' + 1).min(5))
}

fn toc(page: &Page) -> Vec<TocEntry> {
    let headings: Vec<_> = page.headings.iter().filter(|heading| heading.level <= 3).collect();
    if headings.len() < MIN_HEADINGS {
        return Vec::new();
    }
    let entry = |heading: &&crate::book::Heading| TocEntry {
        level: heading.level,
        id: heading.id.clone(),
        title: heading.text.clone(),
    };
    headings.iter().map(entry).collect()
}

/// Home and the sections around a page.
fn breadcrumbs(renderer: &Renderer<'_>, section: SectionIndex, is_index: bool) -> Vec<Link> {
    let sections = &renderer.book.sections;
    let mut links = Vec::new();
    let mut at = sections
        .get(section)
        .map(|one| if is_index { one.parent } else { Some(section) })
        .unwrap_or_default();
    while let Some(index) = at.filter(|index| *index != 0) {
        links.push(Link::new(&sections[index].title, &sections[index].url));
        at = sections[index].parent;
    }
    links.push(Link::new(renderer.theme.strings.text("home"), ""));
    links.reverse();
    links
}

/// Lessons and sections right below a section.
fn children(renderer: &Renderer<'_>, section: SectionIndex) -> Vec<Link> {
    let book = renderer.book;
    let Some(section) = book.sections.get(section) else { return Vec::new() };
    let of_page =
        |page: &Page| Link { description: page.description.clone(), ..Link::new(&page.title, &page.url) };
    let lessons = section.pages.iter().filter_map(|index| book.pages.get(*index));
    let lessons = lessons.filter(|page| page.kind != PageKind::Glossary).map(|page| of_page(page));
    let sections = section.sections.iter().filter_map(|index| book.sections.get(*index)).map(|child| {
        let description =
            child.index.and_then(|index| book.pages.get(index)).map(|page| page.description.clone());
        Link { description: description.unwrap_or_default(), ..Link::new(&child.title, &child.url) }
    });
    lessons.chain(sections).filter(|link| !link.url.is_empty()).collect()
}

/// The page of a section whose author wrote none.
fn bare_section(renderer: &Renderer<'_>, index: SectionIndex) -> Option<(String, Vec<u8>)> {
    let section = &renderer.book.sections[index];
    let context = PageContext {
        breadcrumbs: breadcrumbs(renderer, index, true),
        children: children(renderer, index),
        ..renderer.page_context(&section.title, "", &section.url)
    };
    let sidebar = renderer.frame.section_sidebar(renderer, index, &section.url);
    let more = vec![("body", Value::safe_string(""))];
    let html = renderer.page("section.html", &context, &sidebar, Area::Lessons, more)?;
    Some((section.url.clone(), html))
}

fn add_contents(renderer: &Renderer<'_>, site: &mut Site) {
    let words = &renderer.theme.strings;
    let context = renderer.page_context(words.text("contents"), words.text("contents_lead"), frame::CONTENTS);
    let root = frame::contents(renderer.book, 0);
    let more = vec![
        ("sections", Value::from_serializable(&root.sections)),
        ("pages", Value::from_serializable(&root.pages)),
    ];
    if let Some(html) = renderer.page("contents.html", &context, "", Area::Lessons, more) {
        site.add(format!("{}index.html", frame::CONTENTS), html);
    }
}

/// Home and the areas of the site.
pub(super) fn ways(renderer: &Renderer<'_>) -> Vec<Link> {
    let areas = renderer.nav.iter().map(|item| Link::new(&item.title, &item.url));
    std::iter::once(Link::new(renderer.theme.strings.text("home"), "")).chain(areas).collect()
}

/// Where a wrong address leads: ways on from there.
fn add_lost(renderer: &Renderer<'_>, site: &mut Site) {
    let words = &renderer.theme.strings;
    let context = PageContext {
        noindex: true,
        canonical: String::new(),
        ..renderer.page_context(words.text("not_found_title"), words.text("not_found_lead"), "")
    };
    let more = vec![("ways", Value::from_serializable(&ways(renderer)))];
    if let Some(html) = renderer.page("404.html", &context, "", Area::None, more) {
        site.add("404.html", html);
    }
}
