//! What is known of a playbook at one moment, unsaved texts included.

use super::places::{self, Place, What};
use crate::book::Book;
use crate::cache::Cache;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::parse;
use crate::resolve::View;
use crate::schema::Names;
use crate::source::{FileId, Sources, Spanned};
use crate::{Loaded, Options, Prepared, config, load, prepare};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A playbook as the editor has it.
pub(super) struct Analysis {
    /// All texts.
    pub(super) sources: Sources,
    /// The playbook; drafts and pages of another day are in it.
    pub(super) book: Book,
    /// All mistakes, sorted.
    pub(super) diagnostics: Diagnostics,
    /// What links can lead to, by path from `content/`.
    pub(super) pages: BTreeMap<String, PageTarget>,
    /// For each file, what stands in it.
    places: Vec<Vec<Place>>,
}

/// A page as the target of links.
pub(super) struct PageTarget {
    pub(super) file: FileId,
    pub(super) title: String,
    pub(super) anchors: Arc<[Spanned<String>]>,
}

impl Analysis {
    /// Reads the playbook with unsaved texts in place of those on disk, and runs all stages before rendering.
    pub(super) fn of(
        root: &Path,
        unsaved: &BTreeMap<String, String>,
        today: Date,
        cache: &Cache,
    ) -> Result<Self> {
        let mut diagnostics = Diagnostics::default();
        let sources = load::overlaid(root, unsaved, &mut diagnostics)?;
        // Not the days of the last changes: no page is shown, and asking git takes longer than all else.
        let config = config::parse(&sources, &mut diagnostics);
        let pages = pages(&sources, &config, cache);
        let places = (0..sources.files.len()).into_par_iter();
        let places =
            places.map(|at| places::of(&sources, FileId(u32::try_from(at).unwrap_or(u32::MAX)))).collect();
        let options =
            Options { view: View { drafts: true, future: true, today }, base_url: None, published: false };
        let Prepared { sources, book, diagnostics, .. } =
            prepare(Loaded { sources, config, diagnostics }, &options, cache, &|_| {})?;
        let diagnostics = diagnostics.sorted(&sources);
        Ok(Self { sources, book, diagnostics, pages, places })
    }

    /// What stands at an offset: the smallest thing there.
    pub(super) fn at(&self, file: FileId, offset: usize) -> Option<&Place> {
        let places = self.places.get(file.0 as usize)?;
        let here = places.iter().filter(|place| place.range.start <= offset && offset <= place.range.end);
        here.min_by_key(|place| (place.range.len(), matches!(place.what, What::Link(_))))
    }

    /// Everything in the playbook, file by file.
    pub(super) fn places(&self) -> impl Iterator<Item = (FileId, &Place)> {
        (0..)
            .map(FileId)
            .zip(&self.places)
            .flat_map(|(file, places)| places.iter().map(move |place| (file, place)))
    }

    /// Where things with this name get their id.
    pub(super) fn definitions(&self, names: Names, id: &str) -> Vec<(FileId, &Place)> {
        let is_it = |what: &What| matches!(what, What::Define(kind, name) if *kind == names && name == id);
        self.places().filter(|(_, place)| is_it(&place.what)).collect()
    }

    /// Where the thing is named, its definition not included.
    pub(super) fn uses(&self, names: Names, id: &str) -> Vec<(FileId, &Place)> {
        let is_it = |what: &What| matches!(what, What::Use(kind, name) if *kind == names && name == id);
        self.places().filter(|(_, place)| is_it(&place.what)).collect()
    }

    /// All ids of a kind, sorted, with a line about each.
    pub(super) fn names(&self, names: Names) -> BTreeMap<String, String> {
        let book = &self.book;
        let rulebook = &book.rulebook;
        match names {
            Names::Rule => rulebook.rules.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            Names::Method => rulebook.methods.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            Names::Example => book.examples.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            Names::Code => {
                let codes = crate::diag::Code::ALL.iter();
                codes.map(|code| (code.name().to_owned(), code.title().to_owned())).collect()
            }
            Names::Detector | Names::Quiz | Names::Cadence | Names::Template => {
                let defined = self.places().filter_map(|(_, place)| match &place.what {
                    What::Define(kind, id) if *kind == names => Some((id.clone(), String::new())),
                    _ => None,
                });
                defined.collect()
            }
        }
    }
}

fn pages(sources: &Sources, config: &Config, cache: &Cache) -> BTreeMap<String, PageTarget> {
    let drafts = parse::drafts(sources, config, cache, &mut Diagnostics::default());
    let target = |draft: Arc<parse::Draft>| {
        let path = draft.path.strip_prefix("content/").unwrap_or(&draft.path).to_owned();
        let title = draft.front.title.as_ref().or(draft.body.heading.as_ref()).unwrap_or(&path).clone();
        (path, PageTarget { file: draft.file, title, anchors: Arc::clone(&draft.anchors) })
    };
    drafts.into_iter().map(target).collect()
}
