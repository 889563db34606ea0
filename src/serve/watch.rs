//! File changes, folded: one event for all that an editor or a `git checkout` does in one go.
//!
//! A burst has ended when it is quiet, no file is still being written, and git does not hold its lock. What is quiet depends
//! on the burst: after one file it is a few milliseconds, after many it is longer.

use super::Event;
use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A burst of one or two files has ended when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(6);
/// A burst of more files has ended after this long.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(60);
/// This many files are many.
const MANY: usize = 5;
/// A file that was opened for writing is waited for until it is closed, as long as something happens this often.
const HOLD: Duration = Duration::from_millis(150);
/// A burst that does not end is reported after this long.
const PATIENCE: Duration = Duration::from_secs(5);

/// Watches as long as it lives.
pub(super) struct Watcher {
    inner: RecommendedWatcher,
    root: PathBuf,
}

impl Watcher {
    /// Watches folders that have come since.
    pub(super) fn follow(&mut self) {
        for folder in ["content", "themes"] {
            let folder = self.root.join(folder);
            if std::fs::metadata(&folder).is_ok() {
                // A folder that goes away at this very moment is seen to go.
                let _ = self.inner.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// Watches the playbook's own files; its output folder is none of them.
pub(super) fn start(root: &Path, events: Sender<Event>) -> Result<Watcher> {
    let (sender, raw) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        let _ = sender.send(event);
    })
    .context("cannot watch files")?;
    watcher
        .watch(root, RecursiveMode::NonRecursive)
        .with_context(|| format!("cannot watch {}", root.display()))?;
    for folder in ["content", "themes"] {
        let folder = root.join(folder);
        if std::fs::metadata(&folder).is_ok() {
            watcher
                .watch(&folder, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", folder.display()))?;
        }
    }
    let place = root.to_owned();
    thread::spawn(move || fold(&place, &raw, &events));
    Ok(Watcher { inner: watcher, root: root.to_owned() })
}

/// What has happened since the last report.
#[derive(Debug, Default)]
struct Burst {
    paths: BTreeSet<String>,
    /// Files that are being written.
    open: BTreeSet<PathBuf>,
}

impl Burst {
    /// Adds the paths of an event that can change the site; reading is no change.
    fn add(&mut self, root: &Path, event: notify::Result<notify::Event>) {
        let Ok(event) = event else { return };
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                event.paths.iter().for_each(|path| _ = self.open.remove(path));
            }
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => {
                self.open.extend(event.paths.iter().cloned());
            }
            // A file that is gone or has another name will not be closed under this one.
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                event.paths.iter().for_each(|path| _ = self.open.remove(path));
            }
            _ => {}
        }
        if event.need_rescan() {
            // The system has lost count: everything may have changed.
            self.paths.extend(["content".to_owned(), "themes".to_owned()]);
        }
        let ours = |path: PathBuf| {
            let path = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
            let wanted = path == "book.toml"
                || ["content", "themes"].iter().any(|folder| path.split('/').next() == Some(folder));
            wanted.then_some(path)
        };
        self.paths.extend(event.paths.into_iter().filter_map(ours));
    }

    /// How long nothing has to happen for the burst to have ended.
    fn quiet(&self) -> Duration {
        if cfg!(target_os = "linux") && !self.open.is_empty() {
            HOLD
        } else if self.paths.len() >= MANY {
            QUIET_AFTER_MANY
        } else {
            QUIET
        }
    }
}

fn fold(root: &Path, raw: &Receiver<notify::Result<notify::Event>>, events: &Sender<Event>) {
    while let Ok(first) = raw.recv() {
        let mut burst = Burst::default();
        burst.add(root, first);
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match raw.recv_timeout(burst.quiet()) {
                Ok(event) => burst.add(root, event),
                Err(RecvTimeoutError::Timeout) if burst.paths.len() < MANY || !git_works(root) => break,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let paths: Vec<String> = burst.paths.into_iter().collect();
        if !paths.is_empty() && events.send(Event::Changed(paths)).is_err() {
            return;
        }
    }
}

/// Whether git is exchanging files: it holds a lock meanwhile.
fn git_works(root: &Path) -> bool {
    root.ancestors().any(|folder| std::fs::symlink_metadata(folder.join(".git/index.lock")).is_ok())
}
