//! From a name to the thing, and from the thing to all its names.

use super::analysis::{Analysis, PageTarget};
use super::places::What;
use crate::resolve::join;
use crate::schema::Names;
use crate::source::FileId;
use std::collections::BTreeMap;
use std::ops::Range;

/// A place in a file.
pub(super) type Spot = (FileId, Range<usize>);

/// Where the thing at an offset is defined.
pub(super) fn definition(analysis: &Analysis, file: FileId, offset: usize) -> Vec<Spot> {
    let Some(place) = analysis.at(file, offset) else { return Vec::new() };
    match &place.what {
        What::Define(names, id) | What::Use(names, id) => defined(analysis, file, *names, id),
        What::Link(link) => linked(analysis, file, link).into_iter().collect(),
        What::Key(_) | What::Block(_) => Vec::new(),
    }
}

/// Everywhere the thing at an offset is named; its definition, too, if it is wanted.
pub(super) fn references(
    analysis: &Analysis,
    file: FileId,
    offset: usize,
    with_definition: bool,
) -> Vec<Spot> {
    let Some(place) = analysis.at(file, offset) else { return Vec::new() };
    let (What::Define(names, id) | What::Use(names, id)) = &place.what else { return Vec::new() };
    let mut spots = if with_definition { defined(analysis, file, *names, id) } else { Vec::new() };
    spots.extend(analysis.uses(*names, id).into_iter().map(|(file, place)| (file, place.range.clone())));
    spots
}

fn defined(analysis: &Analysis, file: FileId, names: Names, id: &str) -> Vec<Spot> {
    let all: Vec<Spot> = analysis
        .definitions(names, id)
        .into_iter()
        .map(|(file, place)| (file, place.range.clone()))
        .collect();
    if names != Names::Detector {
        return all;
    }
    // A rule's own detector comes first; those of other rules are not seen.
    let own: Vec<Spot> = all.iter().filter(|(home, _)| *home == file).cloned().collect();
    let shared = |(home, _): &Spot| analysis.sources.file(*home).path.starts_with("content/lexicon/");
    if own.is_empty() { all.into_iter().filter(shared).collect() } else { own }
}

/// Detectors and lists that a file may name, with where they are from.
pub(super) fn detectors(analysis: &Analysis, path: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (file, place) in analysis.places() {
        if let What::Define(Names::Detector, id) = &place.what {
            let home = analysis.sources.file(file).path.as_str();
            if home == path || home.starts_with("content/lexicon/") {
                found.insert(id.clone(), home.to_owned());
            }
        }
    }
    found
}

fn linked(analysis: &Analysis, file: FileId, link: &str) -> Option<Spot> {
    let own = analysis.sources.file(file).path.strip_prefix("content/")?;
    if let Some(name) = link.strip_prefix("term:") {
        let term = analysis.book.terms.iter().find(|term| term.id.trim_start_matches("term-") == name)?;
        let page = analysis.book.pages.get(term.page)?;
        let text = analysis.sources.text(page.file);
        let at = text.find(&term.name).unwrap_or(0);
        return Some((page.file, at..at));
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let page = target(analysis, own, path)?;
    let heading = page.anchors.iter().find(|one| one.value == anchor);
    Some((page.file, heading.map_or(0..0, |one| one.span.range())))
}

/// The page that a path leads to, from a page below `content/`.
pub(super) fn target<'a>(analysis: &'a Analysis, own: &str, path: &str) -> Option<&'a PageTarget> {
    if path.is_empty() {
        return analysis.pages.get(own);
    }
    let target = join(own, path)?;
    let index = if target.is_empty() { "index.md".to_owned() } else { format!("{target}/index.md") };
    analysis.pages.get(&target).or_else(|| analysis.pages.get(&index))
}
