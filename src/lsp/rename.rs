//! A rule, a method, an example, a quiz or a cadence under another id, across the whole playbook.

use super::analysis::Analysis;
use super::navigate::{Spot, references};
use super::places::What;
use crate::diag::Code;
use crate::schema::Names;
use crate::source::FileId;
use std::ops::Range;

/// What a rename does.
#[derive(Debug)]
pub(super) struct Renaming {
    /// The words to be replaced, the definition among them.
    pub(super) spots: Vec<Spot>,
    /// The file that carries the id as its name, and its new path.
    pub(super) file: Option<(String, String)>,
}

/// The bytes of the id at an offset, if it can be renamed.
pub(super) fn prepare(analysis: &Analysis, file: FileId, offset: usize) -> Option<Range<usize>> {
    let place = analysis.at(file, offset)?;
    let (names, id) = named(&place.what)?;
    (!analysis.definitions(names, id).is_empty()).then(|| place.range.clone())
}

fn named(what: &What) -> Option<(Names, &str)> {
    match what {
        // A detector's name is also written inside phrases, where a part of a word may look like it.
        What::Define(names, id) | What::Use(names, id) if !matches!(names, Names::Detector | Names::Code) => {
            Some((*names, id))
        }
        _ => None,
    }
}

/// Every edit that gives the thing at an offset another id.
pub(super) fn rename(
    analysis: &Analysis,
    file: FileId,
    offset: usize,
    new: &str,
) -> Result<Renaming, String> {
    let place = analysis.at(file, offset).ok_or("there is nothing to rename here")?;
    let (names, old) = named(&place.what).ok_or("only ids of rules, methods and blocks can be renamed")?;
    let is_name = new.starts_with(|c: char| c.is_ascii_lowercase())
        && new.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && new.len() <= 60;
    if !is_name {
        return Err(format!("`{new}` is no id: use small letters, digits and hyphens, a letter first"));
    }
    let definitions = analysis.definitions(names, old);
    let Some((home, _)) = definitions.first() else {
        return Err(format!("`{old}` is defined nowhere"));
    };
    if new != old && !analysis.definitions(names, new).is_empty() {
        return Err(format!("`{new}` exists already"));
    }
    // What cannot be read may name the thing, too, and would be left behind.
    let unread =
        |code| matches!(code, Code::BadYaml | Code::BadToml | Code::YamlTooLarge | Code::BadFrontMatter);
    if let Some(broken) = analysis.diagnostics.iter().find(|one| unread(one.code)) {
        return Err(format!(
            "mend {} first: it cannot be read, so names in it would stay",
            broken.path(&analysis.sources)
        ));
    }
    let path = &analysis.sources.file(*home).path;
    let renamed = path.strip_suffix(&format!("/{old}.yaml")).map(|folder| format!("{folder}/{new}.yaml"));
    let file_name =
        renamed.filter(|to| new != old && analysis.sources.find(to).is_none()).map(|to| (path.clone(), to));
    Ok(Renaming { spots: references(analysis, file, offset, true), file: file_name })
}
