//! Pages that no way leads to: a walk over the links of the finished pages, from the home page on.

use crate::book::Book;
use crate::diag::{Code, Diagnostics};
use crate::site::{Site, Store};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Addresses by number, and the numbers that each page links to.
type Found = (BTreeMap<String, u32>, BTreeMap<String, Vec<u32>>);

/// Keeps of each page only where its links lead.
#[derive(Debug)]
pub struct Links {
    base_path: String,
    /// Addresses by number, and the numbers that each page links to.
    found: Mutex<Found>,
}

impl Links {
    /// For a site below this path, with a slash at both ends.
    pub fn new(base_path: &str) -> Self {
        Self { base_path: base_path.to_owned(), found: Mutex::default() }
    }

    /// Reports every page of the book that cannot be reached from the home page.
    pub fn report(self, book: &Book, site: &Site, diagnostics: &mut Diagnostics) {
        for (path, contents) in &site.files {
            self.keep(path, contents);
        }
        let (numbers, links) = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let names: BTreeMap<u32, &str> =
            numbers.iter().map(|(name, number)| (*number, name.as_str())).collect();
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![""];
        while let Some(page) = open.pop() {
            if reached.insert(page) {
                let targets = links.get(page).into_iter().flatten();
                open.extend(targets.filter_map(|number| names.get(number).copied()));
            }
        }
        for page in book.pages.iter().filter(|page| !reached.contains(page.url.as_str())) {
            diagnostics
                .report(
                    Code::UnreachablePage,
                    Span::whole_file(page.file),
                    "no link of the site leads to this page",
                )
                .help("link to it from a page that readers meet, or take it out");
        }
    }
}

impl Store for Links {
    fn keep(&self, path: &str, contents: &[u8]) -> blake3::Hash {
        if let Some(page) = path.strip_suffix("index.html") {
            self.note(page, contents);
        }
        // Nobody asks for the hash of what is thrown away.
        blake3::Hash::from([0; 32])
    }

    fn is_read(&self, path: &str) -> bool {
        path.ends_with("index.html")
    }
}

impl Links {
    fn note(&self, page: &str, contents: &[u8]) {
        let html = String::from_utf8_lossy(contents);
        let targets: BTreeSet<&str> =
            html.split("href=").skip(1).filter_map(|rest| self.target(rest)).collect();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let (numbers, links) = &mut *found;
        let mut list = Vec::with_capacity(targets.len());
        for target in targets {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            list.push(*numbers.entry(target.to_owned()).or_insert(next));
        }
        links.insert(page.to_owned(), list);
    }

    /// The site path that stands behind `href=`, with or without quotes.
    fn target<'a>(&self, rest: &'a str) -> Option<&'a str> {
        let value = match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next()?,
            None => rest.split([' ', '>', '\n', '\t']).next()?,
        };
        value.strip_prefix(self.base_path.as_str())?.split(['#', '?']).next()
    }
}
