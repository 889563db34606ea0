//! The line of a mistake, cut to a window around the marked words, so that a line of ten megabytes costs no more than any
//! other. The terminal and the live preview show the same excerpt.

use crate::source::{Sources, Span};

/// Characters of a line that are shown at most before, inside and after the marked words.
const MOST: usize = 60;

/// A place and what stands there; a span over several lines is marked on its first.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The file, from the playbook's root.
    pub path: &'a str,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The line; none where it is empty.
    pub words: Option<Words<'a>>,
}

/// The pieces of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// Something of the line is left out before.
    pub cut_before: bool,
    /// Before the marked words.
    pub before: &'a str,
    /// The marked words; nothing where only a place is meant.
    pub marked: &'a str,
    /// After them.
    pub after: &'a str,
    /// Something of the line is left out after.
    pub cut_after: bool,
}

impl<'a> Excerpt<'a> {
    /// The excerpt around a span.
    pub fn of(span: Span, sources: &'a Sources) -> Self {
        let source = sources.file(span.file);
        let place = sources.position(span.file, span.start);
        let text: &str = &source.text;
        let start = floor(text, span.start as usize);
        let end = floor(text, span.end as usize).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let words = (!text[line_start..line_end].trim().is_empty()).then(|| {
            let (before, cut_before) = last_chars(&text[line_start..start], MOST);
            let (marked, _) = first_chars(&text[start..end.min(line_end)], MOST);
            let (after, cut_after) = first_chars(&text[start + marked.len()..line_end], MOST);
            Words { cut_before, before, marked, after, cut_after }
        });
        Self { path: &source.path, line: place.line, column: place.column, words }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn last_chars(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().rev().nth(most) {
        Some((at, first_cut)) => (&text[at + first_cut.len_utf8()..], true),
        None => (text, false),
    }
}

fn first_chars(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((at, _)) => (&text[..at], true),
        None => (text, false),
    }
}
