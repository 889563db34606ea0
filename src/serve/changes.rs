//! Changes of a playbook's files for those who show no site: `check --watch`.

use super::{Event, quit_on_signal, watch};
use anyhow::{Result, bail};
use std::path::Path;
use std::sync::mpsc::channel;

/// Calls `changed` with no paths once the files are watched, so that nothing changes unseen between the first look and the watching,
/// then with the paths of each burst of changes, until somebody at the terminal ends it.
///
/// # Errors
/// If the files cannot be watched, or `changed` fails.
pub fn changes(root: &Path, changed: &mut dyn FnMut(&[String]) -> Result<()>) -> Result<()> {
    let (sender, events) = channel();
    let mut watcher = watch::start(root, sender.clone())?;
    quit_on_signal(sender)?;
    changed(&[])?;
    for event in events {
        match event {
            Event::Quit => return Ok(()),
            Event::Changed(paths) => {
                watcher.follow();
                changed(&paths)?;
            }
        }
    }
    bail!("the files are no longer watched")
}
