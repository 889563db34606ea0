//! Reads a playbook from disk into [`Sources`]: the only stage that does.
//!
//! 1. Walk `book.toml`, `content/` and `themes/`, following links, skipping hidden and backup files.
//! 2. Read all files in parallel; texts are normalised.
//! 3. On request, ask git when each text last changed.
//! 4. For one who watches the files: read again what has changed ([`refresh`]).
//!
//! A file that cannot be read is an error about the world; one that is not what it should be (not
//! UTF-8, too large, a link that loops) is a diagnostic, and the rest goes on.
#![expect(clippy::disallowed_methods, reason = "the one stage that reads the disk")]

use crate::cache::Cache;
use crate::diag::{Code, Diagnostics};
use crate::source::{Asset, Source, Sources, Span, normalise};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// A text larger than this (16 MiB) is not read.
const MAX_TEXT: u64 = 16 << 20;

/// The nearest folder at or above `start` that holds a `book.toml`.
pub fn find_root(start: &Path) -> Result<PathBuf> {
    let start =
        fs::canonicalize(start).with_context(|| format!("cannot open the folder {}", start.display()))?;
    let found = start.ancestors().find(|folder| folder.join("book.toml").is_file());
    match found {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!(
            "there is no book.toml in {} or in a folder above it\nhelp: `ringback new DIR` starts a playbook, \
             `--root DIR` names the folder of another one",
            start.display()
        ),
    }
}

/// Reads everything below the playbook's root that a build can need.
pub fn sources(root: &Path, diagnostics: &mut Diagnostics) -> Result<Sources> {
    overlaid(root, &BTreeMap::new(), diagnostics)
}

/// The same, with texts that an editor holds and has not written yet in place of those on disk: by path.
pub fn overlaid(
    root: &Path,
    unsaved: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Result<Sources> {
    let mut paths = Vec::new();
    let mut has_links = false;
    if root.join("book.toml").is_file() {
        paths.push("book.toml".to_owned());
    }
    for folder in ["content", "themes"] {
        has_links |= walk(root, folder, &mut paths, diagnostics)?;
    }
    paths.retain(|path| !unsaved.contains_key(path));
    let read: Vec<Read> = paths.into_par_iter().map(|path| read(root, path)).collect::<Result<_>>()?;
    let (mut files, mut assets, mut not_utf8) = (Vec::new(), Vec::new(), Vec::new());
    for one in read {
        match one {
            Read::Text(source, bad_byte) => {
                not_utf8.extend(bad_byte.map(|at| (source.path.clone(), at)));
                files.push(source);
            }
            Read::Asset(asset) => assets.push(asset),
            Read::TooLarge(path, size) => {
                let message = format!("this file holds {} MiB; Ringback reads up to 16", size >> 20);
                diagnostics.report_path(Code::FileTooLarge, &path, message);
            }
        }
    }
    for (path, text) in unsaved.iter().filter(|(path, _)| is_text(path)) {
        let text = normalise(text.clone()).into();
        files.push(Source { path: path.clone(), text, last_updated: None });
    }
    let mut sources = Sources::new(root.to_owned(), files, assets);
    sources.has_links = has_links;
    for (path, at) in not_utf8 {
        if let Some(file) = sources.find(&path) {
            diagnostics
                .report(Code::NotUtf8, Span::new(file, at, at + 3), "the bytes here are not UTF-8")
                .help("save the file again with the encoding UTF-8");
        }
    }
    Ok(sources)
}

/// What [`refresh`] found.
#[derive(Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// Every file at the paths holds what it held.
    Same,
    /// Texts have other words now; everything is up to date.
    Texts,
    /// More than that: read everything again.
    More,
}

/// Brings texts up to date that may have changed on disk. Files that came, went or changed their kind are not looked into:
/// what they mean depends on too much (links, names that differ by case, folders), and a whole reading is quick.
///
/// # Errors
/// If a file cannot be read.
pub fn refresh(sources: &mut Sources, paths: &[String]) -> Result<Refreshed> {
    if sources.has_links {
        return Ok(Refreshed::More);
    }
    let mut changed = Vec::new();
    for path in paths {
        let on_disk = sources.root.join(path);
        let is_wanted = !path.split('/').any(is_backup);
        let found = fs::symlink_metadata(&on_disk).ok();
        match (sources.find(path), found) {
            (Some(id), Some(found)) if found.is_file() => match read(&sources.root, path.clone())? {
                Read::Text(source, None) if source.text == sources.file(id).text => {}
                Read::Text(source, None) => changed.push((id, source.text)),
                _ => return Ok(Refreshed::More),
            },
            // A file that an editor made for a moment.
            (None, None) if !sources.holds(path) => {}
            (None, Some(_)) if !is_wanted => {}
            // A picture, say: it is read with the others if it is another one.
            (None, Some(found)) if found.is_file() && sources.is_asset(path, &fs::read(&on_disk)?) => {}
            _ => return Ok(Refreshed::More),
        }
    }
    let refreshed = if changed.is_empty() { Refreshed::Same } else { Refreshed::Texts };
    for (id, text) in changed {
        sources.replace(id, text);
    }
    Ok(refreshed)
}

enum Read {
    Text(Source, Option<usize>),
    Asset(Asset),
    TooLarge(String, u64),
}

/// Collects the paths of all files below a folder; true if one of them was reached by a link.
fn walk(root: &Path, folder: &str, paths: &mut Vec<String>, diagnostics: &mut Diagnostics) -> Result<bool> {
    let top = root.join(folder);
    if !top.exists() {
        return Ok(false);
    }
    let mut has_links = top.is_symlink();
    let entries = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted);
    for entry in entries {
        has_links |= entry.as_ref().is_ok_and(DirEntry::path_is_symlink);
        match entry {
            Ok(entry) if entry.file_type().is_file() => paths.push(relative(root, entry.path())),
            Ok(_) => {}
            Err(error) => {
                let path = relative(root, error.path().unwrap_or(&top));
                has_links = true;
                if let Some(ancestor) = error.loop_ancestor() {
                    let message =
                        format!("this link leads back to {}, which holds it", relative(root, ancestor));
                    diagnostics.report_path(Code::SymlinkLoop, &path, message).help("remove the link");
                } else if error.io_error().is_some_and(|io| io.kind() == std::io::ErrorKind::NotFound) {
                    // A link to nothing, or a file that an editor took away meanwhile.
                } else if is_broken_link(&root.join(&path)) {
                    let message = "this link leads back to itself";
                    diagnostics.report_path(Code::SymlinkLoop, &path, message).help("remove the link");
                } else {
                    return Err(error).with_context(|| format!("cannot read {path}"));
                }
            }
        }
    }
    Ok(has_links)
}

/// True for a link that cannot be followed although nobody forbids it.
fn is_broken_link(path: &Path) -> bool {
    let follows = fs::metadata(path).map_err(|error| error.kind());
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
        && matches!(follows, Err(kind) if kind != std::io::ErrorKind::PermissionDenied)
}

/// Neither hidden nor the backup or lock file of an editor.
fn wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !is_backup(&entry.file_name().to_string_lossy())
}

fn is_backup(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// True for what the stages read as text; everything else is published as it is.
fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "md" | "yaml" | "yml" => true,
        "html" | "css" | "js" | "xml" | "txt" => path.starts_with("themes/"),
        _ => path == "book.toml",
    }
}

fn read(root: &Path, path: String) -> Result<Read> {
    let on_disk = root.join(&path);
    let context = || format!("cannot read {path}");
    if !is_text(&path) {
        let bytes = fs::read(&on_disk).with_context(context)?.into();
        return Ok(Read::Asset(Asset { path, bytes }));
    }
    let size = fs::metadata(&on_disk).with_context(context)?.len();
    if size > MAX_TEXT {
        return Ok(Read::TooLarge(path, size));
    }
    let bytes = fs::read(&on_disk).with_context(context)?;
    let (text, bad_byte) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let at = normalise(String::from_utf8_lossy(good).into_owned()).len();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    let text = normalise(text).into();
    Ok(Read::Text(Source { path, text, last_updated: None }, bad_byte))
}

/// Asks git for the day of the last commit of every text, anew only for another commit; without git or history nothing is known.
pub(crate) fn last_updated(sources: &mut Sources, cache: &Cache) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        let output = command.arg("-C").arg(&sources.root).args(arguments).output();
        output.map(|output| output.stdout).unwrap_or_default()
    };
    let days = cache.get(&cache.days, git(&["rev-parse", "HEAD"]), || {
        let log = [
            "-c",
            "core.quotePath=false",
            "log",
            "--format=%x00%cs",
            "--name-only",
            "--relative",
            "--",
            "content",
        ];
        let log = git(&log);
        let mut days = HashMap::new();
        for commit in String::from_utf8_lossy(&log).split('\0').skip(1) {
            let mut lines = commit.lines().filter(|line| !line.is_empty());
            let Some(day) = lines.next() else { continue };
            for path in lines {
                days.entry(path.to_owned()).or_insert_with(|| day.to_owned());
            }
        }
        Arc::new(days)
    });
    for file in &mut sources.files {
        file.last_updated = days.get(file.path.as_str()).cloned();
    }
}
