//! The outputs of a book one by one, as they are asked for: the same bytes as those of a whole site, without the others.
//!
//! Pages of markdown are rendered when they are asked for, and the last ones are kept for those who ask again. What needs the whole book (the index of search, the book on one page,
//! all that lists pages) is rendered with the first question for one of its files, and then kept.

use super::renderer::Renderer;
use super::{add_after, add_before, add_last, cards, offline, pages, print, rules, search};
use crate::book::{Book, PageIndex};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::site::{Contents, Site};
use crate::theme::Theme;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Rendered pages that are kept: many tabs show few pages.
const KEPT_PAGES: usize = 64;

/// A book that is rendered piece by piece.
pub struct OnDemand<'a> {
    renderer: Renderer<'a>,
    /// The pages of markdown by their address; of two with one address the later one, as on disk.
    pages: HashMap<&'a str, PageIndex>,
    latest: Mutex<HashMap<PageIndex, Contents>>,
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
            latest: Mutex::default(),
            search: OnceLock::new(),
            print: OnceLock::new(),
            others: OnceLock::new(),
        }
    }

    /// The file at a site path: `a/b/index.html`. What one who edits a style or a rule looks at does not wait for the rest.
    pub fn file(&self, path: &str) -> Option<Contents> {
        let page = path.strip_suffix("index.html").and_then(|url| self.pages.get(url));
        if let Some(index) = page {
            return self.page(*index);
        }
        if let Some(asset) = self.renderer.theme.assets.at(path) {
            return Some(Contents::clone(&asset.bytes));
        }
        if let Some(card) = cards::file(&self.renderer, path) {
            return Some(card.into());
        }
        if self.others.get().is_none()
            && let Some(rule) = rules::file(&self.renderer, path)
        {
            return Some(rule.into());
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

    /// A page of markdown; where two ask at once, both render it.
    fn page(&self, index: PageIndex) -> Option<Contents> {
        let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let known = latest().get(&index).cloned();
        if known.is_some() {
            return known;
        }
        let page = self.renderer.book.pages.get(index)?;
        let contents = Contents::from(pages::lesson(&self.renderer, index, page)?);
        let mut latest = latest();
        if latest.len() == KEPT_PAGES {
            latest.clear();
        }
        latest.insert(index, Contents::clone(&contents));
        Some(contents)
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
