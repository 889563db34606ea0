//! The outputs of a book one by one, as they are asked for: the same bytes as those of a whole site, without the others.
//!
//! A page of markdown is rendered at each question. What needs the whole book (the index of search, the book on one page,
//! all that lists pages) is rendered with the first question for one of its files, and then kept.

use super::renderer::Renderer;
use super::{add_after, add_before, add_last, cards, offline, pages, print, search};
use crate::book::{Book, PageIndex};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::site::{Contents, Site};
use crate::theme::Theme;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A book that is rendered piece by piece.
pub struct OnDemand<'a> {
    renderer: Renderer<'a>,
    /// The pages of markdown by their address; of two with one address the later one, as on disk.
    pages: HashMap<&'a str, PageIndex>,
    search: OnceLock<Site>,
    print: OnceLock<Site>,
    others: OnceLock<Site>,
}

impl<'a> OnDemand<'a> {
    /// Renders nothing yet but what every page has.
    pub fn new(config: &'a Config, book: &'a Book, theme: &'a Theme) -> Self {
        let pages = book.pages.iter().enumerate().map(|(index, page)| (page.url.as_str(), index)).collect();
        Self {
            renderer: Renderer::new(config, book, theme, false),
            pages,
            search: OnceLock::new(),
            print: OnceLock::new(),
            others: OnceLock::new(),
        }
    }

    /// The file at a site path: `a/b/index.html`.
    pub fn file(&self, path: &str) -> Option<Contents> {
        let page = path.strip_suffix("index.html").and_then(|url| self.pages.get(url));
        if let Some(index) = page {
            let page = self.renderer.book.pages.get(*index)?;
            return pages::lesson(&self.renderer, *index, page).map(Contents::from);
        }
        if let Some(card) = cards::file(&self.renderer, path) {
            return Some(card.into());
        }
        let site = if path.starts_with(search::URL) && self.renderer.config.search.enabled {
            self.search()
        } else if path.starts_with(print::URL) && print::is_made(self.renderer.config, self.renderer.book) {
            self.print()
        } else {
            self.others()
        };
        site.files.get(path).cloned()
    }

    /// All site paths, which means that everything but the pages of markdown is rendered. Of the social cards those are there
    /// that pages rendered so far have named.
    pub fn paths(&self) -> Vec<String> {
        let pages = self.pages.keys().map(|url| format!("{url}index.html"));
        let sites = [self.others(), self.search(), self.print()];
        let mut paths: Vec<String> =
            pages.chain(sites.iter().flat_map(|site| site.files.keys().cloned())).collect();
        paths.extend(self.renderer.cards.paths());
        paths.sort();
        paths.dedup();
        paths
    }

    /// Reports the mistakes that the templates rendered so far have made.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        self.renderer.report(diagnostics);
    }

    /// Renders all that is neither a page of markdown nor made of all of their words.
    pub fn others(&self) -> &Site {
        self.others.get_or_init(|| {
            let mut site = Site::default();
            add_before(&self.renderer, &mut site, None);
            for url in self.pages.keys() {
                site.add_stored(format!("{url}index.html"), blake3::hash(url.as_bytes()));
            }
            add_after(&self.renderer, &mut site);
            add_last(&self.renderer, &mut site);
            offline::add(&self.renderer, &mut site);
            site
        })
    }

    fn search(&self) -> &Site {
        self.search.get_or_init(|| {
            let mut site = Site::default();
            search::add(&self.renderer, &mut site, None);
            site
        })
    }

    fn print(&self) -> &Site {
        self.print.get_or_init(|| {
            let mut site = Site::default();
            print::add(&self.renderer, &mut site);
            site
        })
    }
}
