//! Text in memory and places in it: every file of a playbook, and the spans that point into them.
//!
//! A [`Span`] is a range of bytes in one file's text. Lines and columns are worked out only when
//! somebody asks, which is when a diagnostic is shown. Texts are stored without a byte-order mark
//! and with `\n` line ends, so a span never falls inside either; lines and columns stay those of
//! the author's editor.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Names one text file of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes, `start..end`, in the text of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file that the bytes are in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets past 4 GiB are cut to it.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The empty span at the start of a file: "this file", where no better place is known.
    pub fn whole_file(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The range as indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A text file: its path from the playbook's root, with `/` between the parts.
#[derive(Debug, Clone)]
pub struct Source {
    /// For example `content/01-sell-the-call/index.md`.
    pub path: String,
    /// The text: UTF-8, `\n` line ends, no byte-order mark.
    pub text: Arc<str>,
    /// When the text was last committed, if the playbook asks for it and git knows: a day, `2026-11-22`.
    pub last_updated: Option<String>,
}

/// A file that is published as it is: an image, a PDF, a recording.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path from the playbook's root, with `/` between the parts.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// Everything that `load` read; no later stage touches the disk for input.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The folder that holds `book.toml`; for messages and the edit link, not for reading.
    pub root: PathBuf,
    /// All texts, sorted by path.
    pub files: Vec<Source>,
    /// All other files under `content/` and the theme, sorted by path.
    pub assets: Vec<Asset>,
    /// A link was followed on the way, so one file may have several paths.
    pub has_links: bool,
    by_path: HashMap<String, FileId>,
}

impl Sources {
    /// Sources of the given files; they are sorted here, so the order of reading never matters.
    pub fn new(root: PathBuf, mut files: Vec<Source>, mut assets: Vec<Asset>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        let by_path = (0..).zip(&files).map(|(id, file)| (file.path.clone(), FileId(id))).collect();
        Self { root, files, assets, has_links: false, by_path }
    }

    /// Gives a text file other contents; it keeps its id.
    pub fn replace(&mut self, id: FileId, text: Arc<str>) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            file.text = text;
        }
    }

    /// A playbook in memory, for tests and for `new`: `(path, text)` pairs.
    pub fn in_memory(files: &[(&str, &str)]) -> Self {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: normalise(text.to_string()).into(),
            last_updated: None,
        };
        Self::new(PathBuf::new(), files.iter().map(source).collect(), Vec::new())
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The text of a file.
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }

    /// The words under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// The id of the text file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Whether all files hold what those of another reading held.
    pub fn holds_the_same(&self, other: &Self) -> bool {
        let texts = |a: &Source, b: &Source| a.path == b.path && a.text == b.text;
        let assets = |a: &Asset, b: &Asset| a.path == b.path && a.bytes == b.bytes;
        self.files.len() == other.files.len()
            && self.assets.len() == other.assets.len()
            && self.files.iter().zip(&other.files).all(|(a, b)| texts(a, b))
            && self.assets.iter().zip(&other.assets).all(|(a, b)| assets(a, b))
    }

    /// Whether there is a file, text or not, below a folder.
    pub fn holds(&self, folder: &str) -> bool {
        let below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.iter().any(|file| below(&file.path)) || self.assets.iter().any(|one| below(&one.path))
    }

    /// Whether the file at a path is published as it is, with these bytes.
    pub fn is_asset(&self, path: &str, bytes: &[u8]) -> bool {
        self.assets.iter().any(|asset| asset.path == path && *asset.bytes == *bytes)
    }

    /// All text files with their ids, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// Text files below a folder (`content/rules/`, with the closing slash) with an ending (`.yaml`).
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (FileId, &'a Source)> {
        let from = self.files.partition_point(|file| file.path.as_str() < folder);
        let below = self.files[from..].iter().take_while(move |file| file.path.starts_with(folder));
        let ids = (u32::try_from(from).unwrap_or(u32::MAX)..).map(FileId);
        ids.zip(below).filter(move |(_, file)| file.path.ends_with(ending))
    }

    /// Line and column of a byte offset in a file.
    pub fn position(&self, file: FileId, offset: u32) -> Position {
        Position::of(self.text(file), offset as usize)
    }
}

/// A place as an editor counts it; both numbers start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

impl Position {
    /// The place of a byte offset; an offset past the end is the end, one inside a character is its start.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let is_char_start = |byte: &&u8| **byte & 0xC0 != 0x80;
        Self {
            line: before.split(|byte| *byte == b'\n').count(),
            column: before[line_start..].iter().filter(is_char_start).count() + 1,
        }
    }
}

/// A text as the stages want it: no byte-order mark, `\n` for `\r\n` and for a lone `\r`, and U+FFFD for
/// U+0000, as `CommonMark` asks; `parse` uses U+0000 for marks of its own.
pub fn normalise(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text = if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let text = "añb\nx😀y";
        let at = |offset| Position::of(text, offset);
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(3), Position { line: 1, column: 3 });
        assert_eq!(at(5), Position { line: 2, column: 1 });
        assert_eq!(at(10), Position { line: 2, column: 3 });
        assert_eq!(at(999), Position { line: 2, column: 4 });
    }

    #[test]
    fn text_is_normalised_without_moving_lines() {
        assert_eq!(normalise("\u{feff}a\r\nb\rc\n".into()), "a\nb\nc\n");
    }

    #[test]
    fn files_are_sorted_and_found_by_path() {
        let sources = Sources::in_memory(&[("content/b.md", "B"), ("content/a.md", "A")]);
        assert_eq!(sources.text(FileId(0)), "A");
        assert_eq!(sources.find("content/b.md"), Some(FileId(1)));
        assert_eq!(sources.under("content/", ".md").count(), 2);
    }
}
