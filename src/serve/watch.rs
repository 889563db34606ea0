//! File changes, folded: one event for all that an editor or a `git checkout` does in one go.

use super::Event;
use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A burst has ended when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(8);
/// A burst that does not end is reported after this long.
const PATIENCE: Duration = Duration::from_millis(250);

/// Watches as long as it lives.
pub(super) type Watcher = RecommendedWatcher;

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
    let root = root.to_owned();
    thread::spawn(move || fold(&root, &raw, &events));
    Ok(watcher)
}

fn fold(root: &Path, raw: &Receiver<notify::Result<notify::Event>>, events: &Sender<Event>) {
    while let Ok(first) = raw.recv() {
        let mut paths = BTreeSet::new();
        collect(root, first, &mut paths);
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match raw.recv_timeout(QUIET) {
                Ok(event) => collect(root, event, &mut paths),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if !paths.is_empty() && events.send(Event::Changed(paths.into_iter().collect())).is_err() {
            return;
        }
    }
}

/// Adds the paths of an event that can change the site; reading is no change.
fn collect(root: &Path, event: notify::Result<notify::Event>, paths: &mut BTreeSet<String>) {
    let Ok(event) = event else { return };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    let ours = |path: PathBuf| {
        let path = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        let wanted = path == "book.toml"
            || ["content", "themes"].iter().any(|folder| path.split('/').next() == Some(folder));
        wanted.then_some(path)
    };
    paths.extend(event.paths.into_iter().filter_map(ours));
}
