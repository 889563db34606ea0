//! The sound of a script over time, as the path of an SVG: a bar a word, at the second at which it is said.
//!
//! Words, digits and pauses share out the seconds that the engine measured; the drawing shows where in the
//! message something is, it measures nothing.

use std::fmt::Write;
use std::ops::Range;

/// Shares of a plain word, a digit, the pause after a comma and after a sentence.
const WORD: i64 = 36;
const DIGIT: i64 = 42;
const COMMA: i64 = 35;
const STOP: i64 = 55;
/// Half the height of the drawing.
const MIDDLE: usize = 12;
/// A longer script is drawn without its bars.
const MAX_WORDS: usize = 2_000;

/// Two paths: words, and marked words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wave {
    pub(super) plain: String,
    pub(super) marked: String,
}

/// Draws a text that takes so many milliseconds, one unit a tenth of a second.
pub(super) fn draw(text: &str, marks: &[Range<usize>], milliseconds: i64) -> Wave {
    let mut wave = Wave::default();
    let words: Vec<(usize, &str)> = words(text).take(MAX_WORDS + 1).collect();
    let total: i64 = words.iter().map(|(_, word)| share(word) + pause(word)).sum();
    if words.len() > MAX_WORDS || total == 0 {
        return wave;
    }
    let mut at = 0;
    for (start, word) in words {
        let is_marked = marks.iter().any(|mark| mark.start < start + word.len() && start < mark.end);
        let path = if is_marked { &mut wave.marked } else { &mut wave.plain };
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let (n_bars, height) = match digits {
            0 => (1, (2 + word.chars().count()).min(MIDDLE - 1)),
            _ => (digits, 5),
        };
        let step = share(word) / i64::try_from(n_bars).unwrap_or(1);
        for bar in (0..).take(n_bars) {
            let x = (at + step * bar + step / 2) * milliseconds / total / 100;
            _ = write!(path, "M{x} {}v{}", MIDDLE - height, 2 * height);
        }
        at += share(word) + pause(word);
    }
    wave
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn share(word: &str) -> i64 {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 { WORD } else { DIGIT * i64::try_from(digits).unwrap_or(0) }
}

fn pause(word: &str) -> i64 {
    match word.trim_end_matches(['"', '”', ')', '’']).chars().next_back() {
        Some('.' | '!' | '?' | '…') => STOP,
        Some(',' | ';' | ':' | '–' | '—') => COMMA,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_a_bar_and_each_digit_of_a_number() {
        let wave = draw("Hi Dana. Call 555.", &[3..7, 9..13], 4_000);
        assert_eq!(wave.plain.matches('M').count(), 4);
        assert_eq!(wave.marked.matches('M').count(), 2);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        for text in ["", "  \n ", "…"] {
            assert!(draw(text, &[], 0).marked.is_empty(), "{text}");
        }
    }
}
