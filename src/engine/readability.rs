//! Counting words, and the Flesch reading ease in whole points.

use super::hits::Hit;
use super::run::Scratch;
use super::tokens::is;

/// Words of the script. A run of digits is a word.
pub(super) fn words(scratch: &Scratch) -> i64 {
    let is_word = |kind: u16| kind & (is::WORD | is::DIGITS) != 0;
    scratch.tokens.list.iter().map(|token| i64::from(is_word(token.kind))).sum()
}

/// Words of the script that lie in none of the hits.
pub(super) fn words_outside(scratch: &Scratch, outside: &[&[Hit]]) -> i64 {
    let mut next = vec![0; outside.len()];
    let mut words = 0;
    for (at, token) in scratch.tokens.list.iter().enumerate() {
        let mut inside = false;
        for (next, hits) in next.iter_mut().zip(outside) {
            while hits.get(*next).is_some_and(|hit| hit.end as usize <= at) {
                *next += 1;
            }
            inside |= hits.get(*next).is_some_and(|hit| hit.start as usize <= at);
        }
        words += i64::from(!inside && token.kind & (is::WORD | is::DIGITS) != 0);
    }
    words
}

/// 206.835 − 1.015 words a sentence − 84.6 syllables a word, in thousandths, rounded down.
pub(super) fn ease(scratch: &Scratch) -> i64 {
    let words = scratch.words;
    let sentences = i64::try_from(scratch.sentences.len()).unwrap_or(i64::MAX);
    if words == 0 || sentences == 0 {
        return 100;
    }
    let syllables: i64 = (0..scratch.tokens.list.len()).map(|at| syllables(scratch.tokens.text(at))).sum();
    let a_sentence = words * 1000 / sentences;
    let a_word = syllables * 1000 / words;
    (206_835 - 1015 * a_sentence / 1000 - 84_600 * a_word / 1000).div_euclid(1000)
}

/// Groups of vowels, a silent `e` at the end left out; at least one.
fn syllables(word: &str) -> i64 {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let (mut groups, mut before) = (0, false);
    for c in word.chars() {
        groups += i64::from(vowel(c) && !before);
        before = vowel(c);
    }
    if groups > 1 && word.ends_with('e') && !word.ends_with("le") {
        groups -= 1;
    }
    groups.max(1)
}
