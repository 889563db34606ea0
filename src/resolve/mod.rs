//! Finds every name that a draft uses and replaces it with the thing named.
//!
//! 1. Leave out drafts and pages of another day ([`visible`]).
//! 2. Give each page its address and its place among the others ([`nav`]).
//! 3. Find examples by their ids ([`examples`]), then cadences and quizzes, which name them ([`cadences`],
//!    [`quizzes`]), then links and images and what labs name ([`links`], [`lab`]).
//!
//! Never fails: a name that cannot be found is a diagnostic and plain text. Does not render; nothing
//! after this stage sees a relative path.

mod addresses;
mod body;
mod cadences;
mod examples;
mod images;
mod kept;
mod lab;
mod links;
mod nav;
mod quizzes;
mod uses;

use crate::book::{Book, Grounds, Page, PageKind, PublishedAsset, Term, Tool};
use crate::cache::{self, Cache};
use crate::config::Config;
use crate::diag::{Code, Diagnostics};
use crate::labels::Labels;
use crate::parse::Draft;
use crate::parse::front_matter::Kind;
use crate::rules::Rulebook;
use crate::source::{Sources, Span};
use addresses::Addresses;
use jiff::civil::Date;
pub(crate) use kept::Kept;
use kept::{KeptPage, World};
pub(crate) use links::{join, relative};
pub(crate) use nav::Kept as KeptNav;
use rayon::prelude::*;
use std::sync::Arc;

/// Which pages are shown; the day is given from outside, so that a build never asks the clock.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Show drafts.
    pub drafts: bool,
    /// Show pages whose day of publishing has not come, and expired ones.
    pub future: bool,
    /// The day of the build.
    pub today: Date,
}

/// What the stage works with, all of it read-only.
struct Given<'a> {
    sources: &'a Sources,
    config: &'a Config,
    labels: &'a Labels,
    rulebook: &'a Rulebook,
    cache: &'a Cache,
}

/// Resolves all drafts into a book.
#[expect(clippy::too_many_arguments, reason = "what a stage takes is named one by one")]
pub fn book(
    sources: &Sources,
    config: &Config,
    labels: &Labels,
    rulebook: Arc<Rulebook>,
    drafts: Vec<Arc<Draft>>,
    view: View,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) -> Book {
    let given = Given { sources, config, labels, rulebook: &rulebook, cache };
    cache.reports.begin(rulebook.machine.as_ref());
    let (shown, hidden): (Vec<Arc<Draft>>, Vec<Arc<Draft>>) =
        drafts.into_iter().partition(|draft| visible(draft, view));
    if shown.is_empty() {
        report_no_pages(sources, diagnostics);
    }
    let nav = nav::arrange(shown, cache);
    let mut addresses = Addresses::collect(&given, &nav, &hidden, diagnostics);
    let examples = examples::resolve(&given, &nav.drafts, &mut addresses, diagnostics);
    let cadences = cadences::resolve(&given, &nav.drafts, &examples, &mut addresses, diagnostics);
    let quizzes = quizzes::resolve(&given, &nav, &mut addresses, &examples, diagnostics);
    let lessons =
        nav.drafts.iter().zip(&nav.places).filter(|(draft, place)| kind(draft, place) == PageKind::Lesson);
    let grounds = Grounds {
        rulebook: given.rulebook,
        has_cadences: !cadences.is_empty(),
        has_quizzes: !quizzes.is_empty(),
        has_lessons: lessons.take(2).count() == 2,
    };
    addresses.tools = Tool::ALL.into_iter().filter(|tool| grounds.have(*tool)).collect();
    let terms = terms(&nav.drafts);
    let pages = pages(&given, &addresses, nav.drafts, nav.places, diagnostics);
    let (rule_uses, method_uses) = uses::collect(&pages, &examples);
    Book {
        terms,
        redirects: addresses.redirects(),
        assets: assets(sources),
        sections: nav.sections,
        pages,
        examples,
        cadences,
        quizzes,
        rule_uses,
        method_uses,
        rulebook,
    }
}

fn visible(draft: &Draft, view: View) -> bool {
    let early = draft.front.publish.is_some_and(|day| day > view.today);
    let late = draft.front.expire.is_some_and(|day| day <= view.today);
    (view.drafts || !draft.front.draft) && (view.future || !(early || late))
}

fn report_no_pages(sources: &Sources, diagnostics: &mut Diagnostics) {
    let help = "start with content/index.md";
    match sources.find("book.toml") {
        Some(file) => {
            diagnostics.report(Code::NoPages, Span::whole_file(file), "this playbook has no page").help(help)
        }
        None => diagnostics.report_path(Code::NoPages, "content", "this playbook has no page").help(help),
    };
}

/// All pages, side by side; those that are as they were are taken from the cache.
fn pages(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    drafts: Vec<Arc<Draft>>,
    places: Vec<Arc<nav::Place>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Page>> {
    let n_pages = drafts.len();
    let made = |index: usize, draft: &Draft, place: &nav::Place| {
        let mut found = Diagnostics::default();
        let mut page = page(given, addresses, draft, place, &mut found);
        page.previous = index.checked_sub(1);
        page.next = (index + 1 < n_pages).then_some(index + 1);
        (Arc::new(page), found)
    };
    if !given.cache.is_kept() {
        let work = drafts.into_par_iter().zip(places).enumerate();
        let resolved: Vec<_> = work.map(|(index, (draft, place))| made(index, &draft, &place)).collect();
        let mut pages = Vec::with_capacity(resolved.len());
        for (page, found) in resolved {
            pages.push(page);
            diagnostics.extend(found);
        }
        return pages;
    }
    let world = World::of(given, addresses);
    let known = given.cache.pages.take().in_world(&world);
    let of_before = drafts.iter().zip(&places).enumerate();
    let of_before =
        of_before.map(|(at, (draft, place))| known.find(at, draft, place, given, addresses).map(Arc::clone));
    let resolved: Vec<Arc<KeptPage>> = cache::fill(of_before.collect(), |at| {
        let (draft, place) = (&drafts[at], &places[at]);
        let (page, found) = made(at, draft, place);
        Arc::new(KeptPage::new(Arc::clone(draft), Arc::clone(place), given, addresses, page, found))
    });
    let pages = resolved.iter().map(|one| Arc::clone(&one.page)).collect();
    for one in resolved.iter().filter(|one| !one.found.is_empty()) {
        diagnostics.extend(one.found.clone());
    }
    given.cache.pages.put(Kept::new(world, resolved));
    pages
}

/// One page, without its neighbours.
fn page(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    draft: &Draft,
    place: &nav::Place,
    diagnostics: &mut Diagnostics,
) -> Page {
    let front = &draft.front;
    let mut rules = uses::known(&front.rules, given.rulebook.rule_ids(), Code::UnknownRule, diagnostics);
    let mut methods =
        uses::known(&front.methods, given.rulebook.method_ids(), Code::UnknownMethod, diagnostics);
    let body = body::resolve(given, addresses, draft, place, &mut rules, &mut methods, diagnostics);
    let kind = kind(draft, place);
    let image = images::of_head(addresses, draft, diagnostics);
    let Draft { file, path, front, body: parsed, .. } = draft;
    let written = front.description.clone();
    let description = written.unwrap_or_else(|| describe(&parsed.text[parsed.first_paragraph.clone()]));
    let text = parsed.text.trim().to_owned();
    let words = count_words(&text);
    Page {
        file: *file,
        url: place.url.clone(),
        kind,
        title: place.title.clone(),
        heading: parsed.heading.clone().unwrap_or_else(|| place.title.clone()),
        description,
        section: place.section,
        body,
        headings: parsed.headings.clone(),
        minutes: front.minutes.unwrap_or_else(|| minutes(words)),
        words,
        methods,
        rules,
        edit_url: given.config.edit_url.as_ref().map(|url| url.replace("{path}", path)),
        image,
        last_updated: given.sources.file(*file).last_updated.clone(),
        publish: front.publish.map(|day| day.to_string()),
        draft: front.draft,
        previous: None,
        next: None,
        text,
        path: path.clone(),
    }
}

fn kind(draft: &Draft, place: &nav::Place) -> PageKind {
    match draft.front.kind {
        Some(Kind::Glossary) => PageKind::Glossary,
        _ if place.url.is_empty() => PageKind::Home,
        _ if place.is_index => PageKind::Section,
        _ => PageKind::Lesson,
    }
}

/// Reading speed in words a minute: the mean for English non-fiction is 238 (Brysbaert 2019, a review of
/// 190 studies); 220 leaves room for tables and scripts.
const WORDS_A_MINUTE: usize = 220;

/// Words between blanks: a loop without branches, because it runs over every byte of every page.
fn count_words(text: &str) -> usize {
    let is_blank = |byte: u8| byte <= b' ';
    let bytes = text.as_bytes();
    let mut n_words = usize::from(bytes.first().is_some_and(|first| !is_blank(*first)));
    for (before, byte) in bytes.iter().zip(bytes.iter().skip(1)) {
        n_words += usize::from(is_blank(*before) & !is_blank(*byte));
    }
    n_words
}

fn minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// The first words of a paragraph, up to 160 characters, cut between words.
fn describe(paragraph: &str) -> String {
    const MOST: usize = 160;
    let paragraph = paragraph.trim();
    let Some((cut, _)) = paragraph.char_indices().nth(MOST) else { return paragraph.to_owned() };
    let end = paragraph[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", paragraph[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

fn terms(drafts: &[Arc<Draft>]) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for (page, draft) in drafts.iter().enumerate() {
        let term = |term: &crate::parse::TermDraft| Term {
            name: term.name.clone(),
            id: term.id.clone(),
            page,
            text: term.text.clone(),
        };
        terms.extend(draft.body.terms.iter().map(term));
    }
    terms.sort_by_cached_key(|term| term.name.to_lowercase());
    terms
}

/// Files of `content/` that are no text, at the address of their folder.
fn assets(sources: &Sources) -> Vec<PublishedAsset> {
    let published = |asset: &crate::source::Asset| {
        let path = asset.path.strip_prefix("content/")?;
        Some(PublishedAsset { url: nav::asset_url(path), bytes: asset.bytes.clone() })
    };
    sources.assets.iter().filter_map(published).collect()
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn words_stand_between_blanks() {
        for (text, wanted) in [("", 0), ("a", 1), (" a  b\nc ", 3), ("é ü", 2), ("\t", 0)] {
            assert_eq!(count_words(text), wanted, "{text:?}");
        }
    }
}
