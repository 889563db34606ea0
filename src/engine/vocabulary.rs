//! The words that the program knows, their roles and their numbers.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

use super::tokens::{Token, UNKNOWN};

/// What the engine's own code wants to know about words; each is a word list of the lexicon.
pub(super) mod role {
    macro_rules! roles {
        ($($name:ident $bit:literal $list:literal)*) => {
            $(pub(in super::super) const $name: u32 = 1 << $bit;)*
            /// The word lists by name, in the order of their bits.
            pub(in super::super) const LISTS: &[(&str, u32)] = &[$(($list, $name)),*];
        };
    }
    roles! {
        NOT_NAMES 0 "not-names"
        FIRST_NAMES 1 "first-names"
        ACRONYMS 2 "acronyms"
        NUMBER_REFS 3 "number-refs"
        NUMBER_REF_LINKS 4 "number-ref-links"
        FUNCTION_WORDS 5 "function-words"
        ABBREVIATIONS 6 "abbreviations"
        PLACEHOLDER_WORDS 7 "placeholder-words"
        NAME_LINKS 8 "name-links"
        OF_HEADS 9 "of-heads"
        TOP_DOMAINS 10 "top-domains"
        SHOUT_WORDS 11 "shout-words"
        DOUBLE_WORDS 12 "double-words"
        TRIPLE_WORDS 13 "triple-words"
        CLOCK_PAST 14 "clock-past"
        CLOCK_TO 15 "clock-to"
        CLOCK_HALF 16 "clock-half"
        CLOCK_QUARTER 17 "clock-quarter"
        CLOCK_OCLOCK 18 "clock-oclock"
        CLOCK_NOON 19 "clock-noon"
        CLOCK_MIDNIGHT 20 "clock-midnight"
        CLOCK_AT 21 "clock-at"
        CLOCK_BEFORE 22 "clock-before"
        CLOCK_AFTER 23 "clock-after"
        CLOCK_MORNING 24 "clock-morning"
        CLOCK_EVENING 25 "clock-evening"
        CLOCK_FOLLOW 26 "clock-follow"
        TITLES 27 "titles"
        ZERO_WORDS 28 "zero-words"
        MINUTE_WORDS 29 "minute-words"
    }
}

/// Words by their folded text.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<Box<str>, u32>,
    roles: Vec<u32>,
    numbers: Vec<i64>,
}

impl Vocabulary {
    /// The vocabulary of a program's roles and number words; phrases add theirs.
    pub(super) fn new(roles: &BTreeMap<String, String>, numbers: &BTreeMap<String, u32>) -> Self {
        let mut vocabulary = Self::default();
        for (name, words) in roles {
            let Some((_, bit)) = role::LISTS.iter().find(|(list, _)| list == name) else { continue };
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let id = vocabulary.add(word);
                vocabulary.roles[id as usize] |= bit;
            }
        }
        for (word, number) in numbers {
            let id = vocabulary.add(word);
            vocabulary.numbers[id as usize] = i64::from(*number);
        }
        vocabulary
    }

    /// The id of a word, new or known.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = u32::try_from(self.roles.len()).unwrap_or(UNKNOWN);
        self.ids.insert(word.into(), id);
        self.roles.push(0);
        self.numbers.push(-1);
        id
    }

    /// The id of a word, or `UNKNOWN`.
    pub(super) fn find(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    /// The roles of a token, those of its text without `'s` among them.
    pub(super) fn roles(&self, token: &Token) -> u32 {
        let of = |id: u32| self.roles.get(id as usize).copied().unwrap_or(0);
        of(token.word) | of(token.base)
    }

    /// Whether a token has one of the roles.
    pub(super) fn has_role(&self, token: &Token, roles: u32) -> bool {
        self.roles(token) & roles != 0
    }

    /// The value of a number word.
    pub(super) fn number(&self, token: &Token) -> Option<i64> {
        self.numbers.get(token.word as usize).copied().filter(|number| *number >= 0)
    }
}
