//! A folder that a case fills: it disappears with its value, and its path is known as `[ROOT]` in what is compared.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// A temporary folder with a playbook in it.
pub struct Book {
    folder: tempfile::TempDir,
    /// Ports that the case asked to be taken, held until the case ends.
    taken: Vec<TcpListener>,
}

impl Book {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("ringback-case-")
            .tempdir()
            .expect("a temporary folder can be made");
        Self { folder, taken: Vec::new() }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes a file and the folders above it.
    pub fn file(&self, relative: &str, bytes: &[u8]) {
        let path = self.path(relative);
        let parent = path.parent().expect("a file in the book has a folder");
        fs::create_dir_all(parent).expect("folders of a case can be made");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{relative}: {error}"));
    }

    /// A small playbook of `lessons` pages in sections of ten, for tests that need some size.
    pub fn lessons(&self, lessons: usize, words: &str) {
        self.file("book.toml", b"[book]\ntitle = \"Calls returned\"\n");
        self.file("content/index.md", b"# Calls returned\n\nStart here.\n");
        for lesson in 0..lessons {
            let section = lesson / 10;
            let text = format!(
                "---\ntitle: Lesson {lesson}\n---\n\n# Lesson {lesson}\n\n{words}\n\n## Next\n\nText.\n"
            );
            self.file(&format!("content/{section:02}-part-{section}/lesson-{lesson}.md"), text.as_bytes());
        }
    }

    /// Takes a free port of the loopback and keeps it.
    pub fn take_port(&mut self) {
        self.taken.push(TcpListener::bind("127.0.0.1:0").expect("a port is free"));
    }

    /// The port last taken, as text.
    pub fn port(&self) -> Option<String> {
        let address = self.taken.last()?.local_addr().ok()?;
        Some(address.port().to_string())
    }

    /// Output as it is compared: this folder's name, ports and durations are replaced by words.
    pub fn normalise(&self, output: &str) -> String {
        let root = self.root().to_string_lossy().into_owned();
        let canonical =
            fs::canonicalize(self.root()).map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        let mut text = output.replace("\r\n", "\n");
        for name in [canonical, root] {
            if !name.is_empty() {
                text = text.replace(&name, "[ROOT]");
            }
        }
        if let Some(port) = self.port() {
            text = text.replace(&port, "[PORT]");
        }
        durations(&text)
    }
}

impl Drop for Book {
    /// Takes back write protection that a case set, so that the folder can be removed.
    fn drop(&mut self) {
        for entry in walkdir::WalkDir::new(self.root()).into_iter().flatten() {
            if entry.file_type().is_dir() {
                super::setup::writable(entry.path());
            }
        }
    }
}

/// Replaces `12 ms`, `1.4 s` and `12ms` by `[TIME]`.
fn durations(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, tail) = rest.split_at(start);
        out.push_str(before);
        let end = tail.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(tail.len());
        let (number, after) = tail.split_at(end);
        let unit = ["ms", "s", "µs"].into_iter().find_map(|unit| {
            let after = after.strip_prefix(' ').unwrap_or(after).strip_prefix(unit)?;
            (!after.starts_with(char::is_alphanumeric)).then_some(after)
        });
        let glued =
            before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_');
        match unit {
            Some(after) if !glued => {
                out.push_str("[TIME]");
                rest = after;
            }
            _ => {
                out.push_str(number);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
