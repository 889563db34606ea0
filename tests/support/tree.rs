//! A folder as data: relative path to bytes, with `/` on every system.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Every file under `folder`, or nothing when it is not there.
pub fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|(name, path)| (name, fs::read(path).unwrap_or_default())).collect()
}

/// When each file under `folder` was last written.
pub fn modified(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).expect("a file has a time");
    files(folder).into_iter().map(|(name, path)| (name, time(&path))).collect()
}

/// The names of the files under `folder`, a line each.
pub fn names(folder: &Path) -> String {
    files(folder).into_iter().flat_map(|(name, _)| [name, "\n".into()]).collect()
}

fn files(folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let mut found: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name: Vec<_> = name.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            (name.join("/"), entry.into_path())
        })
        .collect();
    found.sort();
    found
}
