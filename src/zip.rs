//! A zip archive in memory: the same files give the same bytes, on any machine and at any time.
//!
//! Files are sorted by path, have no owner and the day at which zip's calendar begins, and are deflated at one level.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files by path (with `/`, relative) into one archive.
///
/// # Errors
/// If a path is longer than 65,535 bytes, or the archive would pass four GiB.
pub fn pack<B: AsRef<[u8]>>(files: &BTreeMap<String, B>) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), options).with_context(|| format!("cannot pack {path}"))?;
        writer.write_all(bytes.as_ref()).with_context(|| format!("cannot pack {path}"))?;
    }
    Ok(writer.finish().context("cannot close the archive")?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::pack;
    use std::collections::BTreeMap;
    use std::io::Read;

    #[test]
    fn an_archive_gives_back_what_went_in_and_is_the_same_again() {
        let files = BTreeMap::from([
            ("b/ü.txt".to_owned(), "words ".repeat(1000)),
            ("a.txt".to_owned(), String::new()),
        ]);
        let packed = pack(&files).expect("packs");
        assert_eq!(packed, pack(&files).expect("packs"));
        assert!(packed.len() < 1000, "{}", packed.len());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&packed)).expect("opens");
        assert_eq!(archive.len(), files.len());
        let mut text = String::new();
        archive.by_name("b/ü.txt").expect("is there").read_to_string(&mut text).expect("reads");
        assert_eq!(text, files["b/ü.txt"]);
    }
}
