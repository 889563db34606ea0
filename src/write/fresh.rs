//! The new output folder: filled beside the old one, then put in its place in one step.
#![expect(clippy::disallowed_methods, reason = "part of the stage that writes to the disk")]

use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The new folder while it is filled; removed again unless it is swapped in.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) path: PathBuf,
    swapped: bool,
}

impl Fresh {
    /// A new empty folder beside the output folder.
    pub(super) fn beside(output: &Path) -> Result<Self> {
        super::clear_remains(output)?;
        let path = fresh_path(output);
        let help = "help: name another folder with --output, or change its permissions";
        fs::create_dir_all(&path)
            .with_context(|| format!("cannot write beside the output folder {}\n{help}", output.display()))?;
        Ok(Self { path, swapped: false })
    }

    /// Writes a file.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path.join(path);
        with_folder(&path, || fs::write(&path, bytes))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Takes a file of the old folder over as it is.
    pub(super) fn link(&self, output: &Path, path: &str) -> Result<()> {
        let (from, to) = (output.join(path), self.path.join(path));
        with_folder(&to, || fs::hard_link(&from, &to).or_else(|_| copy_with_time(&from, &to)))
            .with_context(|| format!("cannot keep {}", from.display()))
    }

    /// Puts it in the place of the output folder, and removes that one.
    pub(super) fn swap(mut self, output: &Path) -> Result<()> {
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

/// Nothing but a build ever makes a folder of this name.
pub(super) fn fresh_path(output: &Path) -> PathBuf {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!(".{name}.ringback-new"))
}
