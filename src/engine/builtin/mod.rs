//! The slots that the engine finds by itself, one file a kind.

pub(super) mod address;
pub(super) mod clock;
pub(super) mod marks;
pub(super) mod near_miss;
pub(super) mod numbers;
pub(super) mod phone;
pub(super) mod proper;

use super::hits::Hit;
use super::sentences::Sentence;
use super::tokens::Tokens;
use super::vocabulary::Vocabulary;

/// Names of the built-in slots, in the order of their numbers.
pub(super) const NAMES: [&str; 15] = [
    "phone",
    "clock",
    "number",
    "email-address",
    "url",
    "placeholder",
    "proper",
    "question",
    "exclamation",
    "capitals",
    "unfinished",
    "emoji",
    "sentence",
    "line",
    "asterisks",
];

/// A script with all that the built-ins look at.
pub(super) struct Script<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) sentences: &'a [Sentence],
    pub(super) no_capitals: bool,
}

/// Finds the hits of all built-ins; `slots` has a list for each.
pub(super) fn find(script: &Script<'_>, slots: &mut [Vec<Hit>]) {
    for list in slots.iter_mut().take(NAMES.len()) {
        list.clear();
    }
    let [phone, clock, number, email, url, placeholder, proper, rest @ ..] = slots else { return };
    address::emails(script, email);
    address::urls(script, email, url);
    phone::find(script, phone);
    clock::find(script, phone, clock);
    numbers::find(script, phone, clock, number);
    placeholder.extend(script.tokens.placeholders.iter().map(|range| Hit::words(range.0, range.1)));
    proper::find(script, proper);
    marks::find(script, rest);
}
