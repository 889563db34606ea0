//! Where sentences and lines end.

use super::tokens::{Gap, Tokens, gap, is, narrow};
use super::vocabulary::{Vocabulary, role};

/// A line shorter than this is meant to end where it does; a longer one was wrapped.
const SHORT_LINE: u32 = 45;

/// One sentence: its tokens, and how it ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sentence {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) question: bool,
}

/// Fills in the flags of the gaps and the numbers of sentences and lines.
pub(super) fn divide(tokens: &mut Tokens, vocabulary: &Vocabulary, sentences: &mut Vec<Sentence>) {
    sentences.clear();
    let count = tokens.list.len();
    let (mut start, mut line) = (0, 0);
    for at in 0..=count {
        let held = tokens.gaps[at];
        let stops = at > 0 && ends_sentence(tokens, at, &held, vocabulary);
        if stops {
            sentences.push(Sentence { start, end: narrow(at), question: held.question });
            start = narrow(at);
        }
        if at == count {
            break;
        }
        line += u32::from(held.newlines > 0 && at > 0);
        let ellipsis = held.dots > 1 || held.ellipsis;
        let token = &mut tokens.list[at];
        token.before = flag(held.comma || ellipsis, gap::COMMA)
            | flag(stops, gap::STOP)
            | flag(held.newlines > 0, gap::LINE)
            | flag(held.space, gap::SPACE)
            | flag(stops && held.question, gap::QUESTION);
        token.sentence = narrow(sentences.len());
        token.line = line;
    }
}

fn flag(holds: bool, bit: u8) -> u8 {
    if holds { bit } else { 0 }
}

fn ends_sentence(tokens: &Tokens, at: usize, held: &Gap, vocabulary: &Vocabulary) -> bool {
    let Some(next) = tokens.list.get(at) else { return true };
    if held.newlines > 1 || held.newlines == 1 && (held.bullet || held.line_length < SHORT_LINE) {
        return true;
    }
    if !held.open_after {
        return false;
    }
    let capital_next = next.kind & is::CAPITAL != 0;
    if held.question || held.exclamations > 0 {
        return true;
    }
    if held.dots > 1 || held.ellipsis {
        return capital_next;
    }
    let last = &tokens.list[at - 1];
    let text = tokens.text(at - 1);
    if vocabulary.has_role(last, role::ABBREVIATIONS) {
        return false;
    }
    let dotted = at > 1 && last.exact == super::tokens::Exact::Only(b'.');
    if dotted && text == "m" {
        return capital_next;
    }
    let initial = last.kind & is::CAPITAL != 0 && text.chars().count() == 1 && text != "i";
    !initial
}
