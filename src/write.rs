//! Puts a [`Site`] on disk: the old site or the new one is there at any moment, never a mixture.
//!
//! 1. Refuse an output folder that holds anything that a build did not write.
//! 2. If every file is as it should be already, touch nothing.
//! 3. Build the new folder beside the old one: unchanged files are hard links (same inode, same time),
//!    changed ones are written; files of others in the old folder (a `CNAME`) are linked too.
//! 4. Exchange the two folders in one step, then remove the old one.
//!
//! What a build wrote is recorded in [`RECORD`] inside the folder; only such files are ever removed.
#![expect(clippy::disallowed_methods, reason = "the one stage that writes to the disk")]

use crate::site::Site;
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
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

/// Writes a site; `inputs` is remembered for [`is_current`].
pub fn site(site: &Site, root: &Path, output: &Path, inputs: &str) -> Result<Written> {
    check_output(root, output)?;
    let output = &follow(output);
    let old = read_record(output).map(|record| record.files).unwrap_or_default();
    let hash = |(path, bytes): (&String, &crate::site::Contents)| {
        (path.clone(), blake3::hash(bytes).to_hex().to_string())
    };
    let files: BTreeMap<String, String> = site.files.par_iter().map(hash).collect();
    let record = Record { version: 1, inputs: inputs.to_owned(), files };
    let files = &record.files;
    let unchanged: HashSet<&String> = files
        .par_iter()
        .filter(|(path, hash)| {
            old.get(*path) == Some(*hash) && hash_on_disk(&output.join(path)).as_ref() == Some(hash)
        })
        .map(|(path, _)| path)
        .collect();
    let counts = Written {
        changed: files.len() - unchanged.len(),
        removed: old.keys().filter(|path| !files.contains_key(*path)).count(),
        unchanged: unchanged.len(),
    };
    let folder_exists = fs::symlink_metadata(output).is_ok();
    if folder_exists && counts.changed == 0 && counts.removed == 0 {
        return write_record(output, &record).map(|()| counts);
    }
    let strangers = strangers(output, &old)?;
    for path in &strangers {
        if files.contains_key(path) {
            bail!(
                "{} is in the way: the site has a file of that name, and Ringback did not write this one\n\
                 help: move it elsewhere",
                output.join(path).display()
            );
        }
    }
    let fresh = Fresh::beside(output)?;
    let linked = unchanged.par_iter().map(|path| *path).chain(strangers.par_iter());
    linked.try_for_each(|path| fresh.link(output, path))?;
    let changed = site.files.par_iter().filter(|(path, _)| !unchanged.contains(path));
    changed.try_for_each(|(path, bytes)| put(&fresh.path.join(path), bytes))?;
    write_record(&fresh.path, &record)?;
    fresh.swap(output)?;
    Ok(counts)
}

/// Removes what a build that was killed has left beside the output folder.
pub fn clear_remains(output: &Path) -> Result<()> {
    let path = fresh_path(&follow(output));
    if fs::symlink_metadata(&path).is_ok() {
        fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Nothing but a build ever makes a folder of this name.
fn fresh_path(output: &Path) -> PathBuf {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!(".{name}.ringback-new"))
}

/// The new folder while it is filled; removed again unless it is swapped in.
struct Fresh {
    path: PathBuf,
    swapped: bool,
}

impl Fresh {
    fn beside(output: &Path) -> Result<Self> {
        clear_remains(output)?;
        let path = fresh_path(output);
        let help = "help: name another folder with --output, or change its permissions";
        fs::create_dir_all(&path)
            .with_context(|| format!("cannot write beside the output folder {}\n{help}", output.display()))?;
        Ok(Self { path, swapped: false })
    }

    fn link(&self, output: &Path, path: &str) -> Result<()> {
        let (from, to) = (output.join(path), self.path.join(path));
        with_folder(&to, || fs::hard_link(&from, &to).or_else(|_| copy_with_time(&from, &to)))
            .with_context(|| format!("cannot keep {}", from.display()))
    }

    fn swap(mut self, output: &Path) -> Result<()> {
        let context = || format!("cannot put the new site in the place of {}", output.display());
        if fs::symlink_metadata(output).is_err() {
            fs::rename(&self.path, output).with_context(context)?;
            self.swapped = true;
            return Ok(());
        }
        if !exchange(&self.path, output) {
            // Where folders cannot be exchanged (another system, a mount point): two renames.
            let aside = self.path.with_extension("ringback-old");
            let _ = fs::remove_dir_all(&aside);
            fs::rename(output, &aside).with_context(context)?;
            if let Err(error) = fs::rename(&self.path, output) {
                let _ = fs::rename(&aside, output);
                return Err(error).with_context(context);
            }
            fs::rename(&aside, &self.path).with_context(context)?;
        }
        // `path` is the old site now, and its files are in the new one too, or outdated.
        Ok(())
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.swapped {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    with_folder(path, || fs::write(path, bytes)).with_context(|| format!("cannot write {}", path.display()))
}

/// Does `act`; if the folder is missing, makes it and does it again.
fn with_folder(path: &Path, act: impl Fn() -> std::io::Result<()>) -> std::io::Result<()> {
    match act() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            act()
        }
        done => done,
    }
}

fn copy_with_time(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    let time = fs::metadata(from)?.modified()?;
    fs::File::options().write(true).open(to)?.set_modified(time)
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

fn read_record(output: &Path) -> Option<Record> {
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
