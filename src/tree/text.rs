//! A scalar's text together with the places that its characters came from.
//!
//! `text: |` loses its indentation, a quoted string its escapes; still a mistake in the middle of it
//! has to be shown at its own line and column. So a [`Text`] keeps runs of characters that stand in
//! the file as they are.

use crate::source::{FileId, Span};

/// The text of a scalar.
#[derive(Debug, Clone)]
pub struct Text {
    /// What the author meant: escapes undone, indentation removed.
    pub value: String,
    /// Written without quotes and not as a block, so that it may be a number or a boolean.
    pub plain: bool,
    /// The file it is in.
    pub file: FileId,
    /// Runs that stand in the file unchanged, in order of both offsets.
    pub segments: Vec<Segment>,
}

/// From byte `value` of the text on, bytes are those of the file from byte `file` on, up to the next segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Offset into the value.
    pub value: u32,
    /// Offset into the file.
    pub file: u32,
}

impl Text {
    /// The place of bytes `start..end` of the value.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let from = self.place(start);
        let to = if end > start { self.place(end - 1) + 1 } else { from };
        Span::new(self.file, from, to.max(from))
    }

    /// Bytes `start..end` of the value, added to the end of `other` with their places.
    pub fn append_to(&self, start: usize, end: usize, other: &mut Text) {
        let offset = |value: usize| u32::try_from(other.value.len() + value - start).unwrap_or(u32::MAX);
        let place = u32::try_from(self.place(start)).unwrap_or(u32::MAX);
        let mut segments = vec![Segment { value: offset(start), file: place }];
        for segment in &self.segments {
            let at = segment.value as usize;
            if start < at && at < end {
                segments.push(Segment { value: offset(at), file: segment.file });
            }
        }
        other.segments.extend(segments);
        other.value.push_str(&self.value[start..end]);
    }

    fn place(&self, offset: usize) -> usize {
        let after = self.segments.partition_point(|segment| segment.value as usize <= offset);
        match after.checked_sub(1).and_then(|at| self.segments.get(at)) {
            Some(segment) => segment.file as usize + (offset - segment.value as usize),
            None => self.segments.first().map_or(0, |segment| segment.file as usize),
        }
    }

    /// True for nothing at all, `~` or `null`, written without quotes.
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.value.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}
