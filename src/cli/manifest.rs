//! `build --manifest FILE`: what a build made, as JSON for other tools. It lies outside of the site, because it tells times.

use crate::Built;
use crate::write::Record;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Refuses a file inside the site, which would be published and would change with each build.
pub(super) fn check(file: &Path, output: &Path) -> Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if absolute(file).starts_with(absolute(output)) {
        bail!(
            "the manifest {} would be part of the site\nhelp: name a file outside of {}",
            file.display(),
            output.display()
        );
    }
    Ok(())
}

/// Writes it in one step: files with their hash and size, diagnostics, stages with their milliseconds.
pub(super) fn write(
    file: &Path,
    output: &Path,
    record: &Record,
    built: &Built,
    stages: &[(String, Duration)],
) -> Result<()> {
    let context = || format!("cannot write the manifest {}", file.display());
    let mut files = serde_json::Map::new();
    for (path, hash) in &record.files {
        let bytes = fs::metadata(output.join(path)).with_context(context)?.len();
        files.insert(path.clone(), json!({ "blake3": hash, "bytes": bytes }));
    }
    let diagnostics: serde_json::Value =
        serde_json::from_str(&crate::diag::json::render(&built.diagnostics, &built.sources))
            .with_context(context)?;
    let stages: serde_json::Map<_, _> = stages
        .iter()
        .map(|(name, time)| (name.clone(), json!(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))))
        .collect();
    let manifest = json!({
        "version": 1,
        "ringback": env!("CARGO_PKG_VERSION"),
        "base_url": built.config.base_url,
        "pages": built.book.pages.len(),
        "files": files,
        "diagnostics": diagnostics,
        "microseconds": stages,
    });
    let new = file.with_extension("new");
    fs::write(&new, format!("{manifest}\n")).with_context(context)?;
    fs::rename(&new, file).with_context(context)
}
