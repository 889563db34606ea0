//! Addresses and order: folders become sections, files become pages, numbers only order them.

use crate::book::{Section, SectionIndex};
use crate::cache::Cache;
use crate::parse::Draft;
use crate::slug::{slug, without_order};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Pages in reading order, and the tree of sections around them.
#[derive(Debug, Default)]
pub(super) struct Nav {
    /// Drafts in reading order.
    pub drafts: Vec<Arc<Draft>>,
    /// For each draft, where it stands.
    pub places: Vec<Arc<Place>>,
    /// A parent before its children; the first is the root.
    pub sections: Vec<Section>,
}

/// Where a page stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Site path.
    pub url: String,
    /// What lists call it.
    pub title: String,
    /// Its section.
    pub section: SectionIndex,
    /// It is the index page of its section.
    pub is_index: bool,
}

/// A folder while the tree is built.
#[derive(Default)]
struct Folder {
    index: Option<Arc<Draft>>,
    pages: Vec<Arc<Draft>>,
    folders: BTreeMap<String, Folder>,
}

/// An arrangement for the next build, where mostly nothing moves.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// In the order of their paths.
    drafts: Vec<Arc<Draft>>,
    /// For each draft in reading order its place in `drafts`.
    order: Vec<usize>,
    places: Vec<Arc<Place>>,
    sections: Vec<Section>,
}

impl Kept {
    /// Whether the drafts stand as those did.
    fn holds(&self, drafts: &[Arc<Draft>]) -> bool {
        let tell_the_same = |old: &Draft, new: &Draft| {
            old.path == new.path
                && old.front.order == new.front.order
                && old.front.title == new.front.title
                && old.body.heading == new.body.heading
        };
        let alike = |old: &Arc<Draft>, new: &Arc<Draft>| Arc::ptr_eq(old, new) || tell_the_same(old, new);
        self.drafts.len() == drafts.len() && self.drafts.iter().zip(drafts).all(|(old, new)| alike(old, new))
    }
}

/// Arranges all drafts, which are sorted by path, as they were if nothing of what arranges them has changed.
pub(super) fn arrange(drafts: Vec<Arc<Draft>>, cache: &Cache) -> Nav {
    if !cache.is_kept() {
        return arrange_anew(drafts);
    }
    let mut kept = cache.nav.take();
    if kept.holds(&drafts) {
        kept.drafts = drafts;
    } else {
        let at: HashMap<*const Draft, usize> =
            (0..).zip(&drafts).map(|(at, one)| (Arc::as_ptr(one), at)).collect();
        let nav = arrange_anew(drafts.clone());
        let order = nav.drafts.iter().map(|draft| at[&Arc::as_ptr(draft)]).collect();
        kept = Kept { drafts, order, places: nav.places, sections: nav.sections };
    }
    let nav = Nav {
        drafts: kept.order.iter().map(|at| Arc::clone(&kept.drafts[*at])).collect(),
        places: kept.places.clone(),
        sections: kept.sections.clone(),
    };
    cache.nav.put(kept);
    nav
}

fn arrange_anew(drafts: Vec<Arc<Draft>>) -> Nav {
    let mut root = Folder::default();
    for draft in drafts {
        let path = draft.path.strip_prefix("content/").unwrap_or(&draft.path).to_owned();
        let mut parts: Vec<&str> = path.split('/').collect();
        let file = parts.pop().unwrap_or("");
        let folder = parts
            .into_iter()
            .fold(&mut root, |folder, part| folder.folders.entry(part.to_owned()).or_default());
        if file == "index.md" {
            folder.index = Some(draft);
        } else {
            folder.pages.push(draft);
        }
    }
    let mut nav = Nav::default();
    nav.add(root, "", "", None);
    nav
}

enum Child {
    Page(Arc<Draft>),
    Folder(String, Folder),
}

impl Nav {
    fn add(&mut self, folder: Folder, name: &str, url: &str, parent: Option<SectionIndex>) -> SectionIndex {
        let section = self.sections.len();
        let title = folder.index.as_ref().map_or_else(|| words(name), |draft| title_of(draft, name));
        self.sections.push(Section {
            title: title.clone(),
            url: url.to_owned(),
            parent,
            ..Section::default()
        });
        if let Some(draft) = folder.index {
            self.sections[section].index = Some(self.drafts.len());
            self.push(draft, Place { url: url.to_owned(), title, section, is_index: true });
        }
        let mut children: Vec<((i64, String), Child)> = Vec::new();
        for draft in folder.pages {
            let name = file_name(&draft.path).to_owned();
            children.push((sort_key(draft.front.order, &name), Child::Page(draft)));
        }
        for (name, folder) in folder.folders {
            let order = folder.index.as_ref().and_then(|draft| draft.front.order);
            children.push((sort_key(order, &name), Child::Folder(name, folder)));
        }
        children.sort_by(|a, b| a.0.cmp(&b.0));
        // Lessons of a section come before the sections inside it; pages beside the top sections (a glossary, an
        // imprint) come after them. Reading order and sidebar agree on that.
        let is_root = parent.is_none();
        children.sort_by_key(|(_, child)| matches!(child, Child::Folder(..)) != is_root);
        for (_, child) in children {
            match child {
                Child::Page(draft) => {
                    let name = file_name(&draft.path);
                    let place = Place {
                        url: format!("{url}{}/", address(name)),
                        title: title_of(&draft, name),
                        section,
                        is_index: false,
                    };
                    self.sections[section].pages.push(self.drafts.len());
                    self.push(draft, place);
                }
                Child::Folder(name, folder) => {
                    let url = format!("{url}{}/", address(&name));
                    let inner = self.add(folder, &name, &url, Some(section));
                    self.sections[section].sections.push(inner);
                }
            }
        }
        section
    }

    fn push(&mut self, draft: Arc<Draft>, place: Place) {
        self.drafts.push(draft);
        self.places.push(Arc::new(place));
    }
}

/// The site path of a file that is copied: its folders are spelt as those of pages, its name stays.
pub(super) fn asset_url(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, file)) => {
            let folders: Vec<String> = folder.split('/').map(address).collect();
            format!("{}/{file}", folders.join("/"))
        }
        None => path.to_owned(),
    }
}

fn file_name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".md").unwrap_or(file)
}

/// Explicit order first, then the number in the name; what has neither comes last, by name.
fn sort_key(order: Option<i64>, name: &str) -> (i64, String) {
    let number = order.or_else(|| without_order(name).0).unwrap_or(i64::MAX);
    (number, name.to_lowercase())
}

fn address(name: &str) -> String {
    let slug = slug(without_order(name).1);
    if slug.is_empty() { "page".to_owned() } else { slug }
}

fn title_of(draft: &Draft, name: &str) -> String {
    draft.front.title.clone().or_else(|| draft.body.heading.clone()).unwrap_or_else(|| words(name))
}

/// `01-the-ask` as a title: `The ask`.
fn words(name: &str) -> String {
    let text = without_order(name).1.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
