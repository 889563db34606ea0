//! The resolved playbook through the theme to files in memory: one output, one module.
//!
//! 1. Render what many pages share: head, header, footer, one sidebar a section ([`frame`]).
//! 2. Highlight each different code block once ([`crate::highlight`]).
//! 3. Render the pages in parallel ([`pages`]), then every other output.
//!
//! Knows no markdown and no YAML; changes nothing in the book. The same input gives the same bytes,
//! whatever the number of threads: results are put together in the order of the book.

mod constraint;
mod context;
mod example;
mod feed;
mod frame;
mod gallery;
mod marks;
mod methods;
mod pages;
mod print;
mod redirects;
mod renderer;
mod rules;
mod sitemap;
mod wave;

use crate::book::Book;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::site::Site;
use crate::theme::Theme;
use renderer::Renderer;

/// Renders everything that is published.
pub fn site(config: &Config, book: &Book, theme: &Theme, diagnostics: &mut Diagnostics) -> Site {
    let renderer = Renderer::new(config, book, theme);
    let mut site = Site::default();
    for asset in &book.assets {
        site.add(asset.url.clone(), asset.bytes.clone());
    }
    for asset in theme.assets.iter() {
        site.add(asset.path.clone(), asset.bytes.clone());
    }
    redirects::add(&renderer, &mut site);
    gallery::add(&renderer, &mut site);
    rules::add(&renderer, &mut site);
    methods::add(&renderer, &mut site);
    pages::add(&renderer, &mut site);
    print::add(&renderer, &mut site);
    sitemap::add(&renderer, &mut site);
    feed::add(&renderer, &mut site);
    renderer.report(diagnostics);
    site
}
