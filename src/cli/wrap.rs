//! Lines that fit a terminal.

use unicode_width::UnicodeWidthStr;

/// Breaks a text into lines of at most `width` columns, between words; colour codes take no room.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = visible(word);
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// Columns of a word without its colour codes.
fn visible(word: &str) -> usize {
    let mut parts = word.split('\u{1b}');
    let first = parts.next().unwrap_or("").width();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, text)| text).width());
    first + rest.sum::<usize>()
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_break_between_words_and_colours_take_no_room() {
        assert_eq!(super::wrap("aa bb cc", 5), "aa bb\ncc");
        assert_eq!(super::wrap("\u{1b}[31maa\u{1b}[0m bb cc", 5), "\u{1b}[31maa\u{1b}[0m bb\ncc");
        assert_eq!(super::wrap("", 5), "");
    }
}
