//! Addresses of files, as editors write them, and the playbook that a file belongs to.

use lsp_types::Uri;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The path of a `file:` address.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // A host other than the own one names a share; its files are read as `//host/path`.
    let path = if rest.starts_with('/') { rest.to_owned() } else { format!("//{rest}") };
    let path = path.strip_prefix("//localhost").unwrap_or(&path);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.split(['?', '#']).next().unwrap_or("").as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match (*first, hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    let path = String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))?;
    // `/c:/books` is `c:/books` on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes()[1].is_ascii_alphabetic();
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The `file:` address of a path.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.parse().ok()
}

/// The playbook that a file belongs to: its folder as the editor spells it, and the file's path in it.
pub(super) fn playbook_of(file: &Path) -> Option<(PathBuf, String)> {
    let mut folders = file.ancestors().skip(1).skip_while(|folder| crate::load::find_root(folder).is_err());
    let first = folders.next()?;
    let root = crate::load::find_root(first).ok()?;
    // The editor may spell the path with links in it; the topmost folder that leads to the same playbook is its root.
    let above = folders.take_while(|folder| crate::load::find_root(folder).is_ok_and(|found| found == root));
    let folder = above.last().unwrap_or(first);
    let path = file.strip_prefix(folder).ok()?;
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some((folder.to_owned(), parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_lead_to_each_other() {
        let uri = uri_of(Path::new("/a b/ü%.md")).expect("an address");
        assert_eq!(uri.as_str(), "file:///a%20b/%C3%BC%25.md");
        assert_eq!(path_of(uri.as_str()), Some(PathBuf::from("/a b/ü%.md")));
        assert_eq!(path_of("file:///c%3A/x.md"), Some(PathBuf::from("c:/x.md")));
        assert_eq!(path_of("file://localhost/x"), Some(PathBuf::from("/x")));
        for bad in ["", "untitled:1", "http://x/y", "file:///%00", "file:///%FF"] {
            assert_eq!(path_of(bad), None, "{bad}");
        }
        assert!(
            path_of("file://").is_some() && path_of("file:///%").is_some() && path_of("file:///é:").is_some()
        );
    }
}
