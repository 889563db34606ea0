//! Places as the protocol counts them: lines from 0, columns in UTF-16 code units.

use lsp_types::{Position, Range};

/// The place of a byte offset; one inside a character is its start.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before[line_start..].encode_utf16().count();
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position { line: narrow(line), character: narrow(column) }
}

/// The byte offset of a place; one past the end of its line is that end, one past the last line the end of the text.
pub(super) fn offset(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(end) => start += end + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or("");
    let mut units = 0;
    for (at, c) in line.char_indices() {
        // A place inside a surrogate pair is the start of its character.
        if units + c.len_utf16() > position.character as usize {
            return start + at;
        }
        units += c.len_utf16();
    }
    start + line.len()
}

/// A range of bytes.
pub(super) fn range(text: &str, bytes: std::ops::Range<usize>) -> Range {
    Range { start: position(text, bytes.start), end: position(text, bytes.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16() {
        let text = "aé😀b\nx";
        let at = |line, character| Position { line, character };
        assert_eq!(position(text, 7), at(0, 4));
        assert_eq!(position(text, 5), at(0, 2), "inside a character");
        assert_eq!(position(text, 99), at(1, 1));
        assert_eq!(offset(text, at(0, 4)), 7);
        assert_eq!(offset(text, at(0, 3)), 3, "inside a surrogate pair");
        assert_eq!((offset(text, at(0, 99)), offset(text, at(9, 0))), (8, 10));
    }
}
