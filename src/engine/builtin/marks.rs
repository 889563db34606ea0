//! Marks and manners: questions, exclamations, capitals, a broken-off end, emoji, sentences, lines.

use super::super::hits::Hit;
use super::super::tokens::{is, narrow};
use super::super::vocabulary::role;
use super::Script;

/// A word in capitals of this length is no acronym, whatever it says.
const SURELY_SHOUTED: usize = 6;

/// Finds the slots from `question` on, in the order of `NAMES`.
pub(super) fn find(script: &Script<'_>, slots: &mut [Vec<Hit>]) {
    let [question, exclamation, capitals, unfinished, emoji, sentence, line, asterisks, ..] = slots else {
        return;
    };
    let list = &script.tokens.list;
    for one in script.sentences {
        let hit = Hit::words(one.start, one.end);
        sentence.push(hit);
        if one.question {
            question.push(hit);
        }
    }
    let mut line_start = 0;
    for at in 0..list.len() {
        let here = narrow(at);
        let marks = script.tokens.gaps[at + 1].exclamations;
        if marks > 0 {
            exclamation.push(Hit::number(here, here + 1, i64::from(marks)));
        }
        if list[at].kind & is::EMOJI != 0 {
            emoji.push(Hit::words(here, here + 1));
        }
        if list[at].kind & is::SYMBOL != 0 && script.tokens.text(at) == "***" {
            asterisks.push(Hit::words(here, here + 1));
        }
        if is_shouted(script, at) {
            capitals.push(Hit::words(here, here + 1));
        }
        if list.get(at + 1).is_none_or(|next| next.line != list[at].line) {
            line.push(Hit::words(line_start, here + 1));
            line_start = here + 1;
        }
    }
    if let Some(start) = broken_off(script) {
        unfinished.push(Hit::words(start, narrow(list.len())));
    }
}

/// A word in capitals for emphasis.
fn is_shouted(script: &Script<'_>, at: usize) -> bool {
    let token = &script.tokens.list[at];
    if token.kind & is::UPPER == 0 || token.kind & is::PLACEHOLDER != 0 {
        return false;
    }
    let roles = script.vocabulary.roles(token);
    if roles & role::ACRONYMS != 0 {
        return false;
    }
    if roles & (role::SHOUT_WORDS | role::FUNCTION_WORDS) != 0 {
        return true;
    }
    let text = script.tokens.text(at);
    let letters = text.chars().filter(|c| *c != '\'').count();
    let vowels = text.chars().filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')).count();
    letters >= SURELY_SHOUTED && vowels > 0 || letters == SURELY_SHOUTED - 1 && vowels > 1
}

/// Where the last words begin, if the script breaks off after them.
fn broken_off(script: &Script<'_>) -> Option<u32> {
    let list = &script.tokens.list;
    let last = list.last()?;
    let end = script.tokens.gaps.last()?;
    let closed = end.dots == 1 || end.question || end.exclamations > 0;
    let broken = end.dash_last && (end.dots != 1) || end.dots > 1 || end.ellipsis;
    let function =
        !closed && script.vocabulary.has_role(last, role::FUNCTION_WORDS) && last.kind & is::PLACEHOLDER == 0;
    let from = script.sentences.last()?.start;
    (broken || function).then(|| narrow(list.len().saturating_sub(3)).max(from))
}
