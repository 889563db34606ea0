//! The resolved playbook through the theme to files in memory: one output, one module.
//!
//! 1. Render what many pages share: head, header, footer, one sidebar a section ([`frame`]).
//! 2. Highlight each different code block once ([`crate::highlight`]).
//! 3. Render the pages in parallel ([`pages`]), then every other output.
//!
//! Knows no markdown and no YAML; changes nothing in the book. The same input gives the same bytes,
//! whatever the number of threads: results are put together in the order of the book.

mod cadence;
mod cards;
mod constraint;
mod context;
mod embed;
mod example;
mod feed;
mod frame;
mod gallery;
mod hosting;
mod learner;
mod lab;
mod manifest;
mod marks;
mod methods;
mod offline;
mod on_demand;
mod pages;
mod print;
mod program;
mod quiz;
mod redirects;
mod renderer;
mod rules;
mod search;
mod sitemap;
mod tools;
mod wave;

/// Site path of the methods' pages.
pub(crate) use methods::URL as METHODS;

use crate::book::Book;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::site::{Site, Store};
use crate::theme::Theme;
pub use on_demand::OnDemand;
use renderer::Renderer;

/// Renders everything that is published; `store` takes the pages, which are most of it, if there is one.
pub fn site(
    config: &Config,
    book: &Book,
    theme: &Theme,
    store: Option<&dyn Store>,
    diagnostics: &mut Diagnostics,
) -> Site {
    let renderer = Renderer::new(config, book, theme, true);
    let mut site = Site::default();
    add_before(&renderer, &mut site, store);
    pages::add(&renderer, &mut site, store);
    add_after(&renderer, &mut site);
    search::add(&renderer, &mut site, store);
    print::add(&renderer, &mut site);
    add_last(&renderer, &mut site);
    cards::add(&renderer, &mut site, store, diagnostics);
    offline::add_parts(&renderer, &mut site);
    offline::add(&renderer, &mut site);
    renderer.report(diagnostics);
    site
}

/// What a page of markdown takes the place of, should both have one address.
fn add_before(renderer: &Renderer<'_>, site: &mut Site, store: Option<&dyn Store>) {
    for asset in &renderer.book.assets {
        site.add(asset.url.clone(), asset.bytes.clone());
    }
    for asset in renderer.theme.assets.iter() {
        site.add(asset.path.clone(), asset.bytes.clone());
    }
    redirects::add(renderer, site);
    program::add(renderer, site);
    gallery::add(renderer, site);
    rules::add(renderer, site);
    methods::add(renderer, site);
    lab::add(renderer, site);
    quiz::add(renderer, site);
    embed::add(renderer, site);
    pages::add_others(renderer, site, store);
}

/// What takes the place of a page of markdown.
fn add_after(renderer: &Renderer<'_>, site: &mut Site) {
    learner::add(renderer, site);
    tools::add(renderer, site);
}

/// What lists the other outputs.
fn add_last(renderer: &Renderer<'_>, site: &mut Site) {
    sitemap::add(renderer, site);
    feed::add(renderer, site);
    manifest::add(renderer, site);
    hosting::add(renderer, site);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::Sources;
    use crate::theme;

    #[test]
    fn a_name_that_does_not_exist_is_reported_at_its_line_and_the_other_pages_are_there() {
        let path = "themes/ours/templates/404.html";
        let sources = Sources::in_memory(&[(path, "<p>\n{{ nope }}</p>\n")]);
        let config = Config { theme: "ours".to_owned(), ..Config::default() };
        let mut diagnostics = Diagnostics::default();
        let theme = theme::load(&sources, &config, &crate::cache::Cache::default(), &mut diagnostics);
        let site = site(&config, &Book::default(), &theme, None, &mut diagnostics);
        let seen: Vec<_> = diagnostics
            .iter()
            .filter_map(|one| Some((one.code, sources.position(one.span?.file, one.span?.start).line)))
            .collect();
        assert_eq!(seen, [(Code::BadTemplate, 2)], "{diagnostics:?}");
        assert!(site.get("404.html").is_none() && site.get("robots.txt").is_some());
    }

    #[test]
    fn every_asset_that_a_page_names_is_published() {
        let config = Config { base_path: "/a/b/".to_owned(), ..Config::default() };
        let mut diagnostics = Diagnostics::default();
        let theme =
            theme::load(&Sources::default(), &config, &crate::cache::Cache::default(), &mut diagnostics);
        let site = site(&config, &Book::default(), &theme, None, &mut diagnostics);
        let html = String::from_utf8_lossy(site.get("404.html").expect("a page")).into_owned();
        let named: Vec<&str> = html.split('"').filter_map(|word| word.strip_prefix("/a/b/assets/")).collect();
        assert!(named.len() > 5, "{named:?}");
        for name in named {
            assert!(site.get(&format!("assets/{name}")).is_some(), "{name}");
        }
    }
}
