//! What is shown now, and what of it a new book leaves as it was.
//!
//! A mistake that leaves a text unread (YAML that ends nowhere, say) would make a page of half its words. Such a page is shown
//! as it was before; a mistake like that in the settings, the theme or the rules keeps the whole site as it was. Mistakes in
//! a text that was read, a link to nowhere for example, hold nothing back.

use super::desk::Desk;
use crate::book::{Page, PageKind, Part};
use crate::diag::{Code, Diagnostics, Severity};
use crate::rules::Rulebook;
use crate::site::Contents;
use crate::source::Sources;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// After edits of more files than this any page may look different.
const MAX_EDITED: usize = 20;

/// What a request is answered from.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) desk: Desk,
    pub(super) base_path: String,
    /// Names the build that made it.
    pub(super) build: String,
    /// Files that stay as they were, because their pages have mistakes now.
    pub(super) held: BTreeMap<String, Contents>,
}

impl Published {
    /// The file at a site path.
    pub(super) fn file(&self, path: &str) -> Option<Contents> {
        self.held.get(path).cloned().or_else(|| self.desk.file(path))
    }
}

/// What the book that is shown was made of, to compare the next one with.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) settings: String,
    pub(super) theme: Arc<Theme>,
    pub(super) rulebook: Arc<Rulebook>,
    pub(super) pages: Vec<Arc<Page>>,
}

impl Shown {
    /// Site paths of pages that look different now, after edits of the files at `edited`; `None` if any page may.
    pub(super) fn changed(&self, new: &Self, edited: &[String]) -> Option<Vec<String>> {
        let is_same_site = self.settings == new.settings
            && Arc::ptr_eq(&self.theme, &new.theme)
            && Arc::ptr_eq(&self.rulebook, &new.rulebook)
            && self.pages.len() == new.pages.len()
            && edited.len() <= MAX_EDITED
            && edited.iter().all(|path| new.pages.iter().any(|page| page.path == *path));
        if !is_same_site {
            return None;
        }
        let mut changed = Vec::new();
        for (old, new) in self.pages.iter().zip(&new.pages) {
            if old.path != new.path {
                return None;
            }
            if edited.contains(&new.path) {
                if !(is_alone(old) && is_alone(new) && tells_others_the_same(old, new)) {
                    return None;
                }
                changed.push(new.url.clone());
            }
        }
        Some(changed)
    }
}

/// Nothing but its own page is made from its body.
fn is_alone(page: &Page) -> bool {
    page.kind != PageKind::Glossary
        && page.body.iter().all(|part| matches!(part, Part::Html(_) | Part::Code(_)))
}

/// What other pages say of it is as it was.
fn tells_others_the_same(old: &Page, new: &Page) -> bool {
    let told = |page: &Page| {
        (page.url.clone(), page.title.clone(), page.heading.clone(), page.description.clone(), page.minutes)
    };
    let named = |page: &Page| (page.methods.clone(), page.rules.clone(), page.draft, page.section);
    let anchors = |page: &Page| page.headings.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    told(old) == told(new) && named(old) == named(new) && anchors(old) == anchors(new)
}

/// What mistakes keep from being shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// These pages, by the path of their file; mostly none.
    Pages(BTreeSet<String>),
    /// The whole site.
    All,
}

/// What is broken by the mistakes of a build.
pub(super) fn broken(diagnostics: &Diagnostics, sources: &Sources) -> Broken {
    let mut pages = BTreeSet::new();
    for one in diagnostics.iter().filter(|one| one.severity == Severity::Error && leaves_unread(one.code)) {
        let path = one.path(sources);
        let is_page = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".md")).is_some();
        if !is_page {
            return Broken::All;
        }
        pages.insert(path.to_owned());
    }
    Broken::Pages(pages)
}

/// Whether a mistake of this kind means that some of a text has not been read.
fn leaves_unread(code: Code) -> bool {
    matches!(
        code,
        Code::NotUtf8
            | Code::FileTooLarge
            | Code::BadToml
            | Code::BadYaml
            | Code::YamlTooLarge
            | Code::BadFrontMatter
            | Code::BadValue
            | Code::MissingKey
            | Code::UnknownKey
            | Code::DuplicateKey
            | Code::BadPhrase
            | Code::BadTemplate
    )
}
