//! Spoken seconds: words, digits said one by one, and pauses, in whole milliseconds.

use super::builtin::numbers::spoken_words;
use super::hits::Hit;
use super::tokens::{Exact, Token, Tokens, gap, is};

/// One letter of a word: long words take longer, and fitted on the stopwatch sets a word has no fixed part.
const LETTER: i64 = 84;
/// Letters of a word that count at most.
const MOST_LETTERS: usize = 24;
/// A word of which only the number is known: a number said in words, a dot in an address.
const WORD: i64 = 360;
/// One digit of a phone number.
const DIGIT: i64 = 350;
/// The end of a sentence.
const STOP: i64 = 620;
/// A comma, a dash, or the gap between groups of digits.
const PAUSE: i64 = 400;
/// The pace at which the constants were taken, words a minute.
pub(super) const PACE: i64 = 147;

/// Fills `ends` with the moment at which each token has been said; returns the whole length.
pub(super) fn spoken(tokens: &Tokens, phones: &[Hit], pace: i64, ends: &mut Vec<i64>) -> i64 {
    ends.clear();
    let (mut time, mut phone) = (0, 0);
    for (at, token) in tokens.list.iter().enumerate() {
        while phones.get(phone).is_some_and(|hit| hit.end as usize <= at) {
            phone += 1;
        }
        let inside = phones.get(phone).filter(|hit| hit.start as usize <= at);
        if at > 0 {
            time += pause(token, inside.is_some_and(|hit| (hit.start as usize) < at));
        }
        time += said(tokens, at, token, inside.is_some());
        ends.push(time * PACE / pace);
    }
    if tokens.list.is_empty() { 0 } else { (time + STOP) * PACE / pace }
}

fn pause(token: &Token, in_number: bool) -> i64 {
    if token.before & gap::STOP != 0 {
        STOP
    } else if token.before & gap::COMMA != 0 || in_number && token.kind & is::DIGITS != 0 {
        PAUSE
    } else {
        0
    }
}

fn said(tokens: &Tokens, at: usize, token: &Token, in_number: bool) -> i64 {
    let text = tokens.text(at);
    let dot = if matches!(token.exact, Exact::Only(b'.')) && !in_number { WORD } else { 0 };
    if token.kind & is::DIGITS != 0 {
        let digits = text.len();
        if in_number || digits > 9 {
            return DIGIT * i64::try_from(digits).unwrap_or(i64::MAX / DIGIT);
        }
        let value = text.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
        let thousands = matches!(token.exact, Exact::Only(b','));
        let scale = tokens
            .list
            .get(at + 1)
            .is_some_and(|next| next.exact == Exact::Only(b',') && next.kind & is::DIGITS != 0);
        let words = if thousands && value == 0 { 0 } else { spoken_words(value, digits) + i64::from(scale) };
        return WORD * words + dot;
    }
    if token.kind & is::EMOJI != 0 || text == "***" || text == "___" {
        return 0;
    }
    if in_number && token.kind & is::WORD != 0 {
        return DIGIT;
    }
    let letters = text.chars().take(MOST_LETTERS).count();
    LETTER * i64::try_from(letters).unwrap_or(0) + dot
}
