//! Social cards: which page has which, and their pictures.
//!
//! A page's card is named by all that it is drawn from, so a page can name it before it is drawn, two pages with the same
//! words share one, and a network that keeps the old picture meets a new name when the words change.

use super::context::{CardLink, PageContext};
use super::renderer::Renderer;
use crate::config::Cards;
use crate::diag::{Code, Diagnostics};
use crate::picture::card::{HEIGHT, LOOK, WIDTH, Words};
use crate::site::{Site, Store};
use crate::theme;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The cards that the pages rendered so far have named: site path to words.
#[derive(Debug, Default)]
pub(super) struct Named {
    by_path: Mutex<BTreeMap<String, Words>>,
}

impl Named {
    fn note(&self, path: &str, words: Words) {
        let mut by_path = self.by_path.lock().unwrap_or_else(PoisonError::into_inner);
        if !by_path.contains_key(path) {
            by_path.insert(path.to_owned(), words);
        }
    }

    fn all(&self) -> BTreeMap<String, Words> {
        self.by_path.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Their site paths.
    pub(super) fn paths(&self) -> Vec<String> {
        self.by_path.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }
}

/// The card of a page, whose address has to be known: empty for one that has none.
pub(super) fn of(renderer: &Renderer<'_>, page: &PageContext) -> CardLink {
    let config = renderer.config;
    let Some(base) = config.base_url.as_ref().filter(|_| !page.canonical.is_empty()) else {
        return CardLink::default();
    };
    if let Some(own) = &page.image {
        return CardLink { url: super::renderer::whole(base, &own.url), ..own.clone() };
    }
    if !theme::cards_are_made(config) {
        return CardLink::default();
    }
    // The home page stands for the site, and so does a page that is not to be found.
    let is_own = config.pictures.cards == Cards::Pages && !page.noindex && page.canonical != *base;
    let (words, alt) = if is_own {
        let eyebrow = if page.eyebrow.is_empty() {
            let section = page.breadcrumbs.get(1..).and_then(<[_]>::last);
            section.map_or_else(String::new, |link| link.title.clone())
        } else {
            page.eyebrow.clone()
        };
        let site = config.title.clone();
        (Words { eyebrow, title: page.title.clone(), below: String::new(), site }, page.head_title.clone())
    } else {
        let (title, below) = (config.title.clone(), config.description.clone());
        (Words { eyebrow: String::new(), title, below, site: String::new() }, config.title.clone())
    };
    let path = path_of(renderer, &words);
    let link = CardLink { url: format!("{base}{path}"), alt, width: WIDTH, height: HEIGHT };
    renderer.cards.note(&path, words);
    link
}

fn path_of(renderer: &Renderer<'_>, words: &Words) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(renderer.theme.pictures.from.as_bytes());
    hasher.update(&[LOOK]);
    for text in [&words.eyebrow, &words.title, &words.below, &words.site] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    format!("assets/social-{}.png", &hasher.finalize().to_hex()[..10])
}

/// Draws all cards that pages have named; comes after the pages. A store takes them as they come, and
/// one that has a picture of that name has this picture.
pub(super) fn add(
    renderer: &Renderer<'_>,
    site: &mut Site,
    store: Option<&dyn Store>,
    diagnostics: &mut Diagnostics,
) {
    let named = renderer.cards.all();
    report(renderer, &named, diagnostics);
    if let Some(store) = store {
        let draw = |(path, words): (&String, &Words)| {
            let hash = match store.known(path) {
                Some(hash) => hash,
                None if store.is_read(path) => store.keep(path, &draw(renderer, words)),
                None => blake3::Hash::from([0; 32]),
            };
            (path.clone(), hash)
        };
        let kept: Vec<(String, blake3::Hash)> = named.par_iter().map(draw).collect();
        for (path, hash) in kept {
            site.add_stored(path, hash);
        }
    } else {
        let drawn: Vec<(&String, Vec<u8>)> =
            named.par_iter().map(|(path, words)| (path, draw(renderer, words))).collect();
        for (path, png) in drawn {
            site.add(path.clone(), png);
        }
    }
}

/// One card by its site path, if a page has named it.
pub(super) fn file(renderer: &Renderer<'_>, path: &str) -> Option<Vec<u8>> {
    if !path.starts_with("assets/social-") {
        return None;
    }
    let words = renderer.cards.by_path.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()?;
    Some(draw(renderer, &words))
}

fn draw(renderer: &Renderer<'_>, words: &Words) -> Vec<u8> {
    let pictures = &renderer.theme.pictures;
    pictures.stock().card(&pictures.font, words)
}

/// Says once which titles are left out, and for want of which letter.
fn report(renderer: &Renderer<'_>, named: &BTreeMap<String, Words>, diagnostics: &mut Diagnostics) {
    let font = &renderer.theme.pictures.font;
    let mut missing: Vec<(&str, char)> = named
        .values()
        .flat_map(|words| [&words.title, &words.eyebrow, &words.below])
        .filter_map(|text| Some((text.as_str(), font.lacks(text)?)))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    let Some((text, letter)) = missing.first() else { return };
    let others = match missing.len() - 1 {
        0 => String::new(),
        1 => "; another text is left out too".to_owned(),
        n => format!("; {n} other texts are left out too"),
    };
    let message = format!("the font of the cards has no letter `{letter}`, so “{text}” is left out{others}");
    let one = match theme::span_of_cards(renderer.config) {
        Some(span) => diagnostics.report(Code::UndrawnWords, span, message),
        None => diagnostics.report_path(Code::UndrawnWords, "book.toml", message),
    };
    one.help("name a font that has it: `card_font` under [output]");
}
