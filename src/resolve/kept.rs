//! Pages of the last build that are as they were: the same draft at the same place, among the same names.
//!
//! A page without blocks is made from its draft, its place, the settings, the interface's words, the names that links can
//! lead to, and the anchors of the pages that it names an anchor of. All of that is compared here. A page with blocks may
//! depend on more (examples elsewhere, rules), so it is always resolved again.

use super::Given;
use super::addresses::{Addresses, content_path};
use super::links::{join, scheme};
use super::nav::Place;
use crate::book::Page;
use crate::diag::Diagnostics;
use crate::parse::Draft;
use crate::source::{Asset, Spanned};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What a link into a page can point at; none where there is no such page.
type Anchors = Option<Arc<[Spanned<String>]>>;

/// What resolving leaves for the next build: every page in reading order, with what it was made from.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    world: World,
    pages: Vec<Arc<KeptPage>>,
}

/// What all pages are made from.
#[derive(Debug, Default, PartialEq)]
pub(super) struct World {
    settings: String,
    /// A hash over all names that links can lead to; a sum, because they have no order.
    names: u64,
    assets: Vec<(String, Arc<[u8]>)>,
}

#[derive(Debug)]
pub(super) struct KeptPage {
    draft: Arc<Draft>,
    place: Arc<Place>,
    last_updated: Option<String>,
    /// It has no block, and no link of a kind that is not known here.
    is_plain: bool,
    anchors: Vec<(String, Anchors)>,
    pub(super) page: Arc<Page>,
    pub(super) found: Diagnostics,
}

impl World {
    /// The world of this build.
    pub(super) fn of(given: &Given<'_>, addresses: &Addresses<'_>) -> Self {
        let hash = |value: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            value(&mut hasher);
            hasher.finish()
        };
        let mut names = 0_u64;
        let mut add = |kind: u8, name: &str, url: &str| {
            names = names.wrapping_add(hash(&|hasher| (kind, name, url).hash(hasher)));
        };
        for (path, target) in &addresses.pages {
            add(0, path, &target.url);
        }
        addresses.hidden.iter().for_each(|path| add(1, path, ""));
        addresses.terms.iter().for_each(|(name, url)| add(2, name, url));
        addresses.examples.iter().for_each(|(name, url)| add(3, name, url));
        addresses.folders.iter().for_each(|(name, url)| add(4, name, url));
        addresses.quizzes.iter().for_each(|(name, url)| add(7, name, url));
        addresses.tools.iter().for_each(|tool| add(8, tool.name(), tool.url()));
        given.rulebook.rule_ids().for_each(|id| add(5, id, ""));
        given.rulebook.method_ids().for_each(|id| add(6, id, ""));
        let assets = &given.sources.assets;
        let asset = |asset: &Asset| (asset.path.clone(), Arc::clone(&asset.bytes));
        Self {
            settings: format!("{:?} {:?}", given.config, given.labels),
            names,
            assets: assets.iter().map(asset).collect(),
        }
    }
}

impl Kept {
    /// An empty one for a world, to be filled.
    pub(super) fn new(world: World, pages: Vec<Arc<KeptPage>>) -> Self {
        Self { world, pages }
    }

    /// Forgets everything if the world is another one.
    pub(super) fn in_world(self, world: &World) -> Self {
        if self.world == *world { self } else { Self::default() }
    }

    /// The page that was made from the same things. Among the same names every page stands where it stood.
    pub(super) fn find(
        &self,
        at: usize,
        draft: &Arc<Draft>,
        place: &Arc<Place>,
        given: &Given<'_>,
        addresses: &Addresses<'_>,
    ) -> Option<&Arc<KeptPage>> {
        let one = self.pages.get(at)?;
        let is_same = Arc::ptr_eq(&one.draft, draft)
            && one.is_plain
            && (Arc::ptr_eq(&one.place, place) || one.place == *place)
            && one.last_updated == given.sources.file(draft.file).last_updated
            && one.anchors.iter().all(|(target, anchors)| match (anchors, addresses.anchors(target)) {
                (Some(was), Some(is)) => Arc::ptr_eq(was, is) || is_alike(was, is),
                (None, None) => true,
                _ => false,
            });
        is_same.then_some(one)
    }
}

/// The same names; where they stand says nothing.
fn is_alike(was: &[Spanned<String>], is: &[Spanned<String>]) -> bool {
    was.len() == is.len() && was.iter().zip(is).all(|(a, b)| a.value == b.value)
}

impl KeptPage {
    /// A page with what it was made from.
    pub(super) fn new(
        draft: Arc<Draft>,
        place: Arc<Place>,
        given: &Given<'_>,
        addresses: &Addresses<'_>,
        page: Arc<Page>,
        found: Diagnostics,
    ) -> Self {
        let own = content_path(&draft.path);
        let target = |link: &Spanned<String>| {
            let (path, _) = link.value.split_once('#')?;
            let target = if path.is_empty() { own.to_owned() } else { join(own, path)? };
            let anchors = addresses.anchors(&target).cloned();
            Some((target, anchors))
        };
        let anchors = draft.body.links.iter().filter_map(target).collect();
        let last_updated = given.sources.file(draft.file).last_updated.clone();
        let is_plain = draft.body.blocks.is_empty() && draft.body.links.iter().all(is_plain);
        Self { draft, place, last_updated, is_plain, anchors, page, found }
    }
}

/// Whether a link leads to something whose names the [`World`] holds, or out of the site.
fn is_plain(link: &Spanned<String>) -> bool {
    match scheme(&link.value) {
        Some((scheme, _)) => {
            ["rule", "method", "example", "term", "http", "https", "mailto", "tel"].contains(&scheme)
        }
        None => true,
    }
}
