//! The phrase language: a trainer's words become a tree, and the tree the engine's core language.

use crate::diag::{Code, Diagnostics};
use crate::engine;
use crate::source::{Span, Spanned};
use crate::tree::Text;

use super::inflect::Irregular;

/// The most words on a phrase's longest path.
const LONGEST: u32 = 40;
/// The most elements in all, alternatives counted.
const MOST_ELEMENTS: u32 = 600;
/// The most `...` in a row.
const MOST_GAPS: u32 = 3;
/// Groups nest no deeper.
const DEEPEST: u32 = 16;

/// A phrase, understood.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) items: Vec<Item>,
    pub(super) span: Span,
    /// As written.
    pub(super) text: String,
}

/// One element of a phrase.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Word(String),
    Capital(String),
    Slot(Spanned<String>),
    Comma,
    Gap,
    Group(Vec<Vec<Item>>),
    Maybe(Box<Item>),
}

/// Reads a phrase; a mistake is reported at its column and gives nothing.
pub(super) fn parse(text: &Text, irregular: &Irregular, diagnostics: &mut Diagnostics) -> Option<Phrase> {
    let mut parser = Parser { text, at: 0, irregular, diagnostics };
    let items = parser.sequence(0)?;
    if parser.peek() == Some(')') {
        let here = text.span(parser.at, parser.at + 1);
        parser
            .diagnostics
            .report(Code::BadPhrase, here, "this `)` closes nothing")
            .help("remove it, or open the group with `(`");
        return None;
    }
    let span = text.span(0, text.value.len());
    let phrase = Phrase { items, span, text: text.value.trim().to_owned() };
    matchable(&phrase, diagnostics).then_some(phrase)
}

struct Parser<'a, 'd> {
    text: &'a Text,
    at: usize,
    irregular: &'a Irregular,
    diagnostics: &'d mut Diagnostics,
}

impl Parser<'_, '_> {
    fn rest(&self) -> &str {
        &self.text.value[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn report(&mut self, start: usize, end: usize, message: &str, help: &str) {
        let end = end.min(self.text.value.len());
        let span = self.text.span(start.min(end), end);
        self.diagnostics.report(Code::BadPhrase, span, message).help(help);
    }

    fn sequence(&mut self, depth: u32) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            let start = self.at;
            if c.is_whitespace() {
                self.at += c.len_utf8();
                continue;
            }
            let mut made = match c {
                '|' | ')' => break,
                '(' => vec![self.group(depth)?],
                '{' => vec![self.slot()?],
                ',' => {
                    self.at += 1;
                    vec![Item::Comma]
                }
                '}' => {
                    self.report(start, start + 1, "this `}` closes nothing", "remove it, or write `{slot}`");
                    return None;
                }
                '?' | '~' => {
                    let message = format!("`{c}` has to stand right after a word, a group or a slot");
                    self.report(start, start + 1, &message, "remove the space before it");
                    return None;
                }
                _ if self.rest().starts_with("...") || c == '…' => {
                    self.at += if c == '…' { c.len_utf8() } else { 3 };
                    vec![Item::Gap]
                }
                _ => self.words()?,
            };
            if self.peek() == Some('?') {
                self.at += 1;
                let only = if made.len() == 1 { made.remove(0) } else { Item::Group(vec![made]) };
                made = vec![Item::Maybe(Box::new(only))];
            }
            items.append(&mut made);
        }
        Some(items)
    }

    fn group(&mut self, depth: u32) -> Option<Item> {
        let open = self.at;
        if depth >= DEEPEST {
            self.report(open, open + 1, "groups are nested too deeply here", "split the phrase in two");
            return None;
        }
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            let start = self.at;
            let branch = self.sequence(depth + 1)?;
            if branch.is_empty() {
                self.report(
                    start.saturating_sub(1),
                    self.at + 1,
                    "an alternative is empty",
                    "write `(a|b)?` to make the group optional",
                );
                return None;
            }
            branches.push(branch);
            match self.peek() {
                Some('|') => {}
                Some(_) => break,
                None => {
                    self.report(open, open + 1, "this `(` is never closed", "add `)`");
                    return None;
                }
            }
        }
        self.at += 1;
        Some(Item::Group(branches))
    }

    fn slot(&mut self) -> Option<Item> {
        let open = self.at;
        let name = self.rest()[1..].split(['}', ' ', '{', '(', '|']).next().unwrap_or("").to_owned();
        let end = open + 1 + name.len();
        if !self.text.value[end..].starts_with('}') || name.is_empty() {
            self.report(open, end, "this `{` is never closed", "write `{slot}`, without spaces");
            return None;
        }
        self.at = end + 1;
        let span = self.text.span(open, end + 1);
        Some(Item::Slot(Spanned { value: name, span }))
    }

    /// One run of characters up to white space or a sign of the language: one word or more (`ten-minute`, `5pm`).
    fn words(&mut self) -> Option<Vec<Item>> {
        let start = self.at;
        let capital = self.peek() == Some('^');
        if capital {
            self.at += 1;
        }
        let written: String =
            self.rest().chars().take_while(|c| !c.is_whitespace() && !"(){}|?~,^…".contains(*c)).collect();
        self.at += written.len();
        let mut pieces = pieces(&written);
        if pieces.is_empty() {
            let message = format!("`{}` is no word", &self.text.value[start..self.at.max(start + 1)]);
            self.report(
                start,
                self.at.max(start + 1),
                &message,
                "a phrase holds words, figures and the signs $ £ € % & # @ +",
            );
            return None;
        }
        let inflected = self.peek() == Some('~');
        if inflected {
            self.at += 1;
        }
        let last = pieces.pop().unwrap_or_default();
        let mut items: Vec<Item> = pieces.into_iter().map(plain).collect();
        items.push(if inflected {
            Item::Group(self.irregular.forms(&last).into_iter().map(|form| vec![Item::Word(form)]).collect())
        } else {
            plain(last)
        });
        if capital {
            if let Some(first @ Item::Word(_)) = items.first_mut() {
                if let Item::Word(word) = first {
                    *first = Item::Capital(std::mem::take(word));
                }
            } else {
                self.report(
                    start,
                    self.at,
                    "`^` has to stand before a plain word",
                    "write the form with its capital",
                );
                return None;
            }
        }
        Some(items)
    }
}

/// A word; one with an apostrophe is also found without.
fn plain(word: String) -> Item {
    if word.contains('\'') {
        let without = word.replace('\'', "");
        Item::Group(vec![vec![Item::Word(word)], vec![Item::Word(without)]])
    } else {
        Item::Word(word)
    }
}

/// Cuts what was written into tokens as the engine cuts a script.
pub(super) fn pieces(written: &str) -> Vec<String> {
    if matches!(written, "***" | "___") {
        return vec![written.to_owned()];
    }
    let folded = engine::fold(written);
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    let chars: Vec<char> = folded.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let letter = |c: char| c.is_alphabetic();
        let kind = if letter(c) {
            'a'
        } else if c.is_ascii_digit() {
            '0'
        } else if c == '\'' && last == 'a' && chars.get(at + 1).is_some_and(|next| letter(*next)) {
            'a'
        } else if "$£€%&#@+".contains(c) {
            '$'
        } else {
            ' '
        };
        match kind {
            ' ' => {}
            '$' => pieces.push(c.to_string()),
            _ if kind == last => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(c);
                }
            }
            _ => pieces.push(c.to_string()),
        }
        last = kind;
    }
    pieces
}

/// Where a path through a phrase may stand.
const FRESH: u8 = 1;
const TAKEN: u8 = 2;
const ENDED: u8 = 4;

fn matchable(phrase: &Phrase, diagnostics: &mut Diagnostics) -> bool {
    let mut never = |message: &str, help: &str| {
        diagnostics.report(Code::UnmatchablePhrase, phrase.span, message).help(help);
        false
    };
    if phrase.items.is_empty() {
        return never("an empty phrase can never match", "write the words to look for, or remove it");
    }
    let (longest, elements, gaps) = size(&phrase.items);
    if longest > LONGEST || elements > MOST_ELEMENTS {
        return never("this phrase is too long", "split it in two");
    }
    if gaps > MOST_GAPS {
        return never("`...` stands more than three times in this phrase", "split it in two");
    }
    if matches!(phrase.items.first(), Some(Item::Gap)) {
        return never("`...` has to stand after a word", "remove it at the start");
    }
    let states = walk(&phrase.items, FRESH);
    if states == 0 {
        return never(
            "this phrase can never match: it asks for two things at one place",
            "`{start}` goes first in a phrase, `{end}` last",
        );
    }
    if states & FRESH != 0 {
        return never(
            "this phrase can match nothing at all: every part of it is optional",
            "let one word be there",
        );
    }
    true
}

fn walk(items: &[Item], mut states: u8) -> u8 {
    for item in items {
        states = step(item, states);
    }
    states
}

fn step(item: &Item, states: u8) -> u8 {
    let take = if states & (FRESH | TAKEN) != 0 { TAKEN } else { 0 };
    match item {
        Item::Word(_) | Item::Capital(_) => take,
        Item::Slot(slot) => match slot.value.as_str() {
            "start" | "text-start" => states & FRESH,
            "end" | "text-end" => {
                if states & (TAKEN | ENDED) != 0 {
                    ENDED
                } else {
                    0
                }
            }
            name if engine::builtin_places().any(|place| place == name) => states,
            _ => take,
        },
        Item::Comma => states,
        Item::Gap => states | take,
        Item::Maybe(inner) => states | step(inner, states),
        Item::Group(branches) => branches.iter().fold(0, |all, branch| all | walk(branch, states)),
    }
}

/// Longest path in words, elements in all, most `...` in a row.
fn size(items: &[Item]) -> (u32, u32, u32) {
    items.iter().map(size_of).fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
}

fn size_of(item: &Item) -> (u32, u32, u32) {
    match item {
        Item::Gap => (5, 1, 1),
        Item::Maybe(inner) => size_of(inner),
        Item::Group(branches) => branches
            .iter()
            .map(|branch| size(branch))
            .fold((0, 0, 0), |a, b| (a.0.max(b.0), a.1 + b.1, a.2.max(b.2))),
        _ => (1, 1, 0),
    }
}

/// Slots of a phrase, in order.
pub(super) fn slots<'p>(items: &'p [Item], out: &mut Vec<&'p Spanned<String>>) {
    for item in items {
        match item {
            Item::Slot(slot) => out.push(slot),
            Item::Group(branches) => branches.iter().for_each(|branch| slots(branch, out)),
            Item::Maybe(inner) => slots(std::slice::from_ref(inner), out),
            _ => {}
        }
    }
}

/// Writes a phrase in the core language, slots under the names that `name` gives them.
pub(super) fn core(items: &[Item], name: &dyn Fn(&str) -> String, out: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        core_item(item, name, out);
    }
}

fn core_item(item: &Item, name: &dyn Fn(&str) -> String, out: &mut String) {
    match item {
        Item::Word(word) => out.push_str(word),
        Item::Capital(word) => {
            out.push('^');
            out.push_str(word);
        }
        Item::Slot(slot) => {
            out.push('{');
            out.push_str(&name(&slot.value));
            out.push('}');
        }
        Item::Comma => out.push(','),
        Item::Gap => out.push_str("..."),
        Item::Maybe(inner) => {
            core_item(inner, name, out);
            out.push('?');
        }
        Item::Group(branches) => {
            for (at, branch) in branches.iter().enumerate() {
                out.push(if at == 0 { '(' } else { '|' });
                core(branch, name, out);
            }
            out.push(')');
        }
    }
}
