//! Puts a [`Site`] on disk: the old site or the new one is there at any moment, never a mixture.
//!
//! 1. Refuse an output folder that holds anything that a build did not write.
//! 2. Take the files in any order, from any thread, while others are still being rendered. What differs from
//!    the old site is written to a new folder beside it ([`fresh`]).
//! 3. When all are there: if nothing differed, touch nothing. Otherwise complete the new folder with the
//!    unchanged files, as hard links (same inode, same time), and with those of others (a `CNAME`).
//! 4. Exchange the two folders in one step, then remove the old one.
//!
//! What a build wrote is recorded in [`RECORD`] inside the folder; only such files are ever removed.
#![expect(clippy::disallowed_methods, reason = "the one stage that writes to the disk")]

mod compress;
mod fresh;

use crate::site::{Site, Store};
use anyhow::{Context, Result, bail};
use fresh::Fresh;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use walkdir::WalkDir;

/// The file in the output folder that says what a build wrote there.
pub const RECORD: &str = ".ringback.json";

/// What a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this record's form.
    pub version: u32,
    /// Fingerprint of everything the site was made from; empty if it must be made again.
    pub inputs: String,
    /// Site path to the BLAKE3 hash of the file's bytes, in hex.
    pub files: BTreeMap<String, String>,
}

/// How many files a write changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed.
    pub changed: usize,
    /// No longer part of the site.
    pub removed: usize,
    /// As they were.
    pub unchanged: usize,
}

/// Writes one file whole or not at all: beside its place first, then moved there.
///
/// # Errors
/// If the folder is not there, cannot be written to, or the disk is full.
pub fn whole_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        fs::remove_file(&part).ok();
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// True if the folder holds exactly the site that these inputs make, so that a build has nothing to do.
pub fn is_current(output: &Path, inputs: &str) -> bool {
    let Some(record) = read_record(output) else { return false };
    !inputs.is_empty()
        && record.inputs == inputs
        && record.files.par_iter().all(|(path, hash)| hash_on_disk(&output.join(path)).as_ref() == Some(hash))
}

/// Refuses a folder that a build must not write to; call it before any work.
pub fn check_output(root: &Path, output: &Path) -> Result<()> {
    let here = resolved(output)?;
    let root = resolved(root)?;
    let shown = output.display();
    if root.starts_with(&here) {
        bail!(
            "the output folder {shown} holds the playbook itself\nhelp: name a folder of its own: `--output site`"
        );
    }
    for sources in ["content", "themes"] {
        if here.starts_with(root.join(sources)) {
            bail!(
                "the output folder {shown} is inside {sources}/, which holds sources\nhelp: name a folder outside of it"
            );
        }
    }
    match fs::symlink_metadata(output) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot open the output folder {shown}")),
        Ok(found) if !found.is_dir() && !fs::metadata(output).is_ok_and(|target| target.is_dir()) => {
            bail!("the output {shown} is a file, not a folder\nhelp: remove it, or name another folder");
        }
        Ok(_) => {}
    }
    let mut entries =
        fs::read_dir(output).with_context(|| format!("cannot open the output folder {shown}"))?;
    if entries.next().is_some() && read_record(output).is_none() {
        bail!(
            "the output folder {shown} holds files that Ringback did not write, and it will not touch them\n\
             help: empty the folder, or name another one with --output"
        );
    }
    Ok(())
}

/// A new site while its files come in; nothing of the old one is touched before [`Writer::finish`].
#[derive(Debug)]
pub struct Writer {
    output: PathBuf,
    /// What the last build wrote: path to hash.
    old: BTreeMap<String, String>,
    /// Whether files get compressed copies beside them.
    precompress: bool,
    fresh: OnceLock<Fresh>,
    /// Path to hash, and whether the file differs from the old one; or what went wrong first.
    files: Mutex<Result<BTreeMap<String, (String, bool)>>>,
}

impl Writer {
    /// Begins a site in place of the one at `output`.
    pub fn new(root: &Path, output: &Path) -> Result<Self> {
        check_output(root, output)?;
        let output = follow(output);
        let old = read_record(&output).map(|record| record.files).unwrap_or_default();
        Ok(Self {
            output,
            old,
            precompress: false,
            fresh: OnceLock::new(),
            files: Mutex::new(Ok(BTreeMap::new())),
        })
    }

    /// With compressed copies beside the files that gain by it.
    #[must_use]
    pub fn with_compressed_copies(self, precompress: bool) -> Self {
        Self { precompress, ..self }
    }

    /// Writes the copies of a file; those of one that is as it was stay.
    fn put_copies(&self, path: &str, contents: &[u8], differs: bool) {
        for ending in compress::COPIES {
            let copy = format!("{path}{ending}");
            let old = self.old.get(&copy).filter(|_| !differs);
            let kept = match old.filter(|hash| hash_on_disk(&self.output.join(&copy)).as_ref() == Some(*hash))
            {
                Some(hash) => Ok((hash.clone(), false)),
                None => compress::copy(ending, contents)
                    .with_context(|| format!("cannot compress {path}"))
                    .and_then(|bytes| self.put(&copy, &bytes, blake3::hash(&bytes).to_hex().to_string())),
            };
            self.note(&copy, kept);
        }
    }

    fn note(&self, path: &str, kept: Result<(String, bool)>) {
        let mut files = self.lock();
        match (&mut *files, kept) {
            (Ok(files), Ok(file)) => _ = files.insert(path.to_owned(), file),
            (Ok(_), Err(error)) => *files = Err(error),
            (Err(_), _) => {}
        }
    }

    fn put(&self, path: &str, bytes: &[u8], hash: String) -> Result<(String, bool)> {
        let is_known = self.old.get(path) == Some(&hash);
        let differs = !is_known || hash_on_disk(&self.output.join(path)).as_ref() != Some(&hash);
        if differs {
            self.fresh()?.put(path, bytes)?;
        }
        Ok((hash, differs))
    }

    /// The new folder, made when first wanted.
    fn fresh(&self) -> Result<&Fresh> {
        if let Some(fresh) = self.fresh.get() {
            return Ok(fresh);
        }
        let _one_at_a_time = self.lock();
        if let Some(fresh) = self.fresh.get() {
            return Ok(fresh);
        }
        let made = Fresh::beside(&self.output)?;
        Ok(self.fresh.get_or_init(|| made))
    }

    fn lock(&self) -> MutexGuard<'_, Result<BTreeMap<String, (String, bool)>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the files that are still in memory and puts the new site in the place of the old one; `inputs`
    /// is remembered for [`is_current`].
    pub fn finish(self, site: &Site, inputs: &str) -> Result<Written> {
        site.files.par_iter().for_each(|(path, bytes)| _ = self.keep(path, bytes));
        let found = std::mem::replace(&mut *self.lock(), Ok(BTreeMap::new()))?;
        let counts = Written {
            changed: found.values().filter(|(_, differs)| *differs).count(),
            removed: self.old.keys().filter(|path| !found.contains_key(*path)).count(),
            unchanged: found.values().filter(|(_, differs)| !differs).count(),
        };
        let unchanged: Vec<String> =
            found.iter().filter(|(_, (_, differs))| !differs).map(|(path, _)| path.clone()).collect();
        let files = found.into_iter().map(|(path, (hash, _))| (path, hash)).collect();
        let record = Record { version: 1, inputs: inputs.to_owned(), files };
        let output = &self.output;
        let folder_exists = fs::symlink_metadata(output).is_ok();
        if folder_exists && counts.changed == 0 && counts.removed == 0 {
            return write_record(output, &record).map(|()| counts);
        }
        let strangers = strangers(output, &self.old)?;
        for path in &strangers {
            if record.files.contains_key(path) {
                bail!(
                    "{} is in the way: the site has a file of that name, and Ringback did not write this one\n\
                     help: move it elsewhere",
                    output.join(path).display()
                );
            }
        }
        let fresh = self.fresh()?;
        unchanged.par_iter().chain(&strangers).try_for_each(|path| fresh.link(output, path))?;
        write_record(&fresh.path, &record)?;
        match self.fresh.into_inner() {
            Some(fresh) => fresh.swap(&self.output).map(|()| counts),
            None => Ok(counts),
        }
    }
}

impl Store for Writer {
    fn keep(&self, path: &str, contents: &[u8]) -> blake3::Hash {
        let hash = blake3::hash(contents);
        let kept = self.put(path, contents, hash.to_hex().to_string());
        let differs = kept.as_ref().is_ok_and(|(_, differs)| *differs);
        self.note(path, kept);
        if self.precompress && compress::is_wanted(path, contents) {
            self.put_copies(path, contents, differs);
        }
        hash
    }

    fn known(&self, path: &str) -> Option<blake3::Hash> {
        let old = self.old.get(path)?;
        let hash = blake3::Hash::from_hex(old).ok()?;
        let is_there = hash_on_disk(&self.output.join(path)).as_ref() == Some(old);
        is_there.then(|| {
            self.note(path, Ok((old.clone(), false)));
            hash
        })
    }
}

/// Writes a site that is wholly in memory.
pub fn site(site: &Site, root: &Path, output: &Path, inputs: &str) -> Result<Written> {
    Writer::new(root, output)?.finish(site, inputs)
}

/// Removes what a build that was killed has left beside the output folder.
pub fn clear_remains(output: &Path) -> Result<()> {
    let path = fresh::fresh_path(&follow(output));
    if fs::symlink_metadata(&path).is_ok() {
        fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Files in the output folder that no build wrote, by site path.
fn strangers(output: &Path, ours: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    if fs::symlink_metadata(output).is_err() {
        return Ok(found);
    }
    for entry in WalkDir::new(output).min_depth(1) {
        let entry = entry.with_context(|| format!("cannot read the output folder {}", output.display()))?;
        let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let path = parts.join("/");
        // Also not the record's next version, which a killed build may have left.
        let record = path.starts_with(RECORD);
        if !entry.file_type().is_dir() && !record && !ours.contains_key(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

/// The record of the last build in a folder, if it is whole.
pub fn read_record(output: &Path) -> Option<Record> {
    let text = fs::read_to_string(output.join(RECORD)).ok()?;
    let record: Record = serde_json::from_str(&text).ok()?;
    let safe = |path: &String| !path.split('/').any(|part| matches!(part, "" | "." | ".."));
    (record.version == 1 && record.files.keys().all(safe)).then_some(record)
}

/// Writes the record in one step, unless it says the same already.
fn write_record(folder: &Path, record: &Record) -> Result<()> {
    let path = folder.join(RECORD);
    let context = || format!("cannot write {}", path.display());
    let mut text = serde_json::to_string(record)?;
    text.push('\n');
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let new = folder.join(format!("{RECORD}.new"));
    fs::write(&new, text).with_context(context)?;
    fs::rename(&new, &path).with_context(context)
}

fn hash_on_disk(path: &Path) -> Option<String> {
    let bytes = fs::read(path).ok()?;
    Some(blake3::hash(&bytes).to_hex().to_string())
}

/// The folder that a link stands for: the link stays, what it leads to is replaced.
fn follow(output: &Path) -> PathBuf {
    fs::canonicalize(output).unwrap_or_else(|_| output.to_owned())
}

/// A path without links, also where its last parts do not exist yet.
fn resolved(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))?;
    let mut missing = Vec::new();
    let mut at = absolute.as_path();
    loop {
        if let Ok(found) = fs::canonicalize(at) {
            return Ok(missing.iter().rev().fold(found, |path, part| path.join(part)));
        }
        match (at.parent(), at.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                at = parent;
            }
            _ => return Ok(absolute),
        }
    }
}
