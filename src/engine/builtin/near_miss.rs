//! Words one slip of the finger away from a known word: `vehicels`, `shcedule`.

use std::collections::{HashMap, HashSet};

use super::super::hits::Hit;
use super::super::tokens::{is, narrow};
use super::Script;

/// Shorter words have too many neighbours that are words themselves.
const SHORTEST: usize = 6;
/// Longer ones cost too much and are none.
const LONGEST: usize = 24;

/// Known words and all that is left of them with one letter out.
#[derive(Debug, Default)]
pub(in super::super) struct Index {
    known: HashSet<Vec<char>>,
    words: Vec<Vec<char>>,
    /// Words by themselves and by themselves less one letter.
    less: HashMap<Vec<char>, Vec<u32>>,
}

impl Index {
    /// An index of the words of a list.
    pub(in super::super) fn new(list: &str) -> Self {
        let mut index = Self::default();
        for word in list.split(' ').filter(|word| !word.is_empty()) {
            let letters: Vec<char> = word.chars().collect();
            index.known.insert(letters.clone());
            if letters.len() < SHORTEST || letters.len() > LONGEST {
                continue;
            }
            let number = narrow(index.words.len());
            for key in keys(&letters) {
                let entry = index.less.entry(key).or_default();
                if entry.last() != Some(&number) {
                    entry.push(number);
                }
            }
            index.words.push(letters);
        }
        index
    }

    /// Finds near misses.
    pub(in super::super) fn find(&self, script: &Script<'_>, out: &mut Vec<Hit>) {
        for (at, token) in script.tokens.list.iter().enumerate() {
            if token.kind & is::WORD == 0 {
                continue;
            }
            let text = script.tokens.text(at);
            let letters: Vec<char> = text.strip_suffix("'s").unwrap_or(text).chars().collect();
            if (SHORTEST..=LONGEST).contains(&letters.len()) && self.is_near(&letters) {
                out.push(Hit::words(narrow(at), narrow(at + 1)));
            }
        }
    }

    fn is_near(&self, letters: &[char]) -> bool {
        if self.known.contains(letters) || self.is_inflected(letters) {
            return false;
        }
        keys(letters)
            .iter()
            .filter_map(|key| self.less.get(key))
            .flatten()
            .any(|word| is_one_slip(letters, &self.words[*word as usize]))
    }

    /// `schedules`, `scheduled`, `scheduling`: forms of a known word.
    fn is_inflected(&self, letters: &[char]) -> bool {
        ["s", "es", "d", "ed", "ing", "ly", "r", "er", "ers", "al", "y", "n"].iter().any(|ending| {
            let count = ending.len();
            if letters.len() <= count || !letters[letters.len() - count..].iter().copied().eq(ending.chars())
            {
                return false;
            }
            let stem = &letters[..letters.len() - count];
            let mut with_e = stem.to_vec();
            with_e.push('e');
            let mut with_y = stem.to_vec();
            if with_y.last() == Some(&'i') {
                with_y.pop();
                with_y.push('y');
            }
            let doubled = stem.len() > 2 && stem[stem.len() - 1] == stem[stem.len() - 2];
            self.known.contains(stem)
                || self.known.contains(&with_e)
                || self.known.contains(&with_y)
                || doubled && self.known.contains(&stem[..stem.len() - 1])
        }) || {
            let mut plural = letters.to_vec();
            plural.push('s');
            self.known.contains(&plural)
        }
    }
}

fn keys(letters: &[char]) -> Vec<Vec<char>> {
    let mut keys = vec![letters.to_vec()];
    for out in 0..letters.len() {
        let mut key = letters.to_vec();
        key.remove(out);
        keys.push(key);
    }
    keys
}

/// One letter more, less or other, or two neighbours swapped; the first letter is right.
fn is_one_slip(a: &[char], b: &[char]) -> bool {
    if a.first() != b.first() || a == b {
        return false;
    }
    let front = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    match (a, b) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a1, a2], [b1, b2]) => a1 == b2 && a2 == b1,
        _ => false,
    }
}
