//! The text model: a script becomes tokens with gaps between them.
//!
//! One pass over the code points. `sentences` then decides where sentences end, from what the gaps hold.

use super::fold::{self, Class};
use super::vocabulary::{self, Vocabulary};

/// No word of the program.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// What a token is; one of the first four, and more.
pub(super) mod is {
    pub(in super::super) const WORD: u16 = 1;
    pub(in super::super) const DIGITS: u16 = 2;
    pub(in super::super) const SYMBOL: u16 = 4;
    pub(in super::super) const EMOJI: u16 = 8;
    /// Its first letter is a capital.
    pub(in super::super) const CAPITAL: u16 = 16;
    /// Two letters or more, all of them capitals.
    pub(in super::super) const UPPER: u16 = 32;
    /// Inside a placeholder.
    pub(in super::super) const PLACEHOLDER: u16 = 64;
}

/// What stands before a token.
pub(super) mod gap {
    /// A comma, colon, dash or bracket.
    pub(in super::super) const COMMA: u8 = 1;
    /// A sentence end.
    pub(in super::super) const STOP: u8 = 2;
    /// A line end.
    pub(in super::super) const LINE: u8 = 4;
    /// White space.
    pub(in super::super) const SPACE: u8 = 8;
    /// The sentence that ended here was a question.
    pub(in super::super) const QUESTION: u8 = 16;
}

/// All that a gap holds, where that is one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Exact {
    /// Nothing.
    #[default]
    None,
    /// Only this ASCII character.
    Only(u8),
    /// White space alone, no line end.
    Space,
    /// Anything else.
    Mixed,
}

/// One token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Token {
    /// UTF-16 offsets.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Byte offsets.
    pub(super) from: u32,
    pub(super) to: u32,
    /// Where its folded text stands.
    pub(super) text: (u32, u32),
    /// Its word in the vocabulary, and that of its text without `'s`.
    pub(super) word: u32,
    pub(super) base: u32,
    pub(super) kind: u16,
    /// Flags of the gap before it, and the gap itself if it is one thing.
    pub(super) before: u8,
    pub(super) exact: Exact,
    pub(super) sentence: u32,
    pub(super) line: u32,
}

/// What a gap held, for `sentences`.
#[expect(clippy::struct_excessive_bools, reason = "each says whether one kind of mark was there")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    pub(super) dots: u32,
    pub(super) ellipsis: bool,
    pub(super) question: bool,
    pub(super) exclamations: u32,
    /// White space or a line end after the last terminator.
    pub(super) open_after: bool,
    pub(super) newlines: u32,
    pub(super) bullet: bool,
    pub(super) comma: bool,
    /// A written comma, semicolon or colon.
    pub(super) hard_comma: bool,
    pub(super) space: bool,
    /// UTF-16 units of the line that the first line end closed.
    pub(super) line_length: u32,
    pub(super) dash_last: bool,
    exact: Exact,
}

/// A script, cut up.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// The gap before each token, and at the end the one after the last.
    pub(super) gaps: Vec<Gap>,
    /// Folded texts of all tokens.
    pub(super) folded: String,
    /// Token ranges of placeholders.
    pub(super) placeholders: Vec<(u32, u32)>,
    /// UTF-16 length of the script.
    pub(super) length: u32,
    opens: Vec<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    bracket: char,
    utf16: u32,
    byte: u32,
    token: u32,
}

/// The longest placeholder, in tokens.
const LONGEST_PLACEHOLDER: usize = 8;

impl Tokens {
    /// The folded text of a token.
    pub(super) fn text(&self, at: usize) -> &str {
        let (from, to) = self.list[at].text;
        &self.folded[from as usize..to as usize]
    }

    /// Reads a script, keeping the buffers.
    pub(super) fn read(&mut self, script: &str, vocabulary: &Vocabulary) {
        self.list.clear();
        self.gaps.clear();
        self.folded.clear();
        self.placeholders.clear();
        self.opens.clear();
        let mut chars = Cursor { rest: script.char_indices(), next: None, utf16: 0, bytes: script.len() };
        chars.next = chars.rest.next();
        let mut gap = Gap::default();
        let mut line_start = 0;
        while let Some((byte, c)) = chars.next {
            let start = chars.utf16;
            match fold::class(c as u32) {
                Class::Letter => {
                    let (kind, text) = self.word(&mut chars);
                    self.push(kind, text, (start, chars.utf16, byte, chars.byte()), &mut gap, vocabulary);
                }
                Class::Digit => {
                    let from = self.folded.len();
                    while let Some((_, c)) = chars.next.filter(|(_, c)| c.is_ascii_digit()) {
                        self.folded.push(c);
                        chars.advance();
                    }
                    let place = (start, chars.utf16, byte, chars.byte());
                    self.push(is::DIGITS, from, place, &mut gap, vocabulary);
                }
                Class::Symbol => {
                    let from = self.folded.len();
                    self.folded.push(c);
                    chars.advance();
                    let place = (start, chars.utf16, byte, chars.byte());
                    self.push(is::SYMBOL, from, place, &mut gap, vocabulary);
                }
                Class::Emoji => {
                    let from = self.folded.len();
                    while let Some((_, c)) = chars.next {
                        match fold::class(c as u32) {
                            Class::Emoji => self.folded.push(c),
                            Class::Mark => {}
                            _ => break,
                        }
                        chars.advance();
                    }
                    let place = (start, chars.utf16, byte, chars.byte());
                    self.push(is::EMOJI, from, place, &mut gap, vocabulary);
                }
                Class::Mark => chars.advance(),
                Class::Apostrophe => {
                    gap.exact = Exact::Mixed;
                    chars.advance();
                }
                Class::Other => {
                    if (c == '*' || c == '_') && self.row(c, &mut chars, &mut gap, vocabulary) {
                        continue;
                    }
                    self.other(c, byte, &chars, &mut gap, &mut line_start, vocabulary);
                    chars.advance();
                }
            }
        }
        self.gaps.push(gap);
        self.length = chars.utf16;
    }

    /// Consumes a word; returns its kind and where its folded text begins.
    fn word(&mut self, chars: &mut Cursor<'_>) -> (u16, usize) {
        let from = self.folded.len();
        let mut kind = is::WORD;
        let (mut letters, mut capitals) = (0, 0);
        while let Some((_, c)) = chars.next {
            match fold::class(c as u32) {
                Class::Letter => {
                    let capital = fold::fold_into(c as u32, &mut self.folded);
                    if capital && letters == 0 {
                        kind |= is::CAPITAL;
                    }
                    letters += 1;
                    capitals += u32::from(capital);
                }
                Class::Apostrophe => {
                    let after = chars.rest.clone().next();
                    if !after.is_some_and(|(_, c)| fold::class(c as u32) == Class::Letter) {
                        break;
                    }
                    self.folded.push('\'');
                }
                Class::Mark => {}
                _ => break,
            }
            chars.advance();
        }
        if letters >= 2 && capitals == letters {
            kind |= is::UPPER;
        }
        (kind, from)
    }

    /// Three asterisks or underscores and more are a token.
    fn row(&mut self, c: char, chars: &mut Cursor<'_>, gap: &mut Gap, vocabulary: &Vocabulary) -> bool {
        let count = 1 + chars.rest.clone().take_while(|(_, next)| *next == c).count();
        if count < 3 {
            return false;
        }
        let (start, byte, from) = (chars.utf16, chars.byte(), self.folded.len());
        for _ in 0..count {
            chars.advance();
        }
        (0..3).for_each(|_| self.folded.push(c));
        self.push(is::SYMBOL, from, (start, chars.utf16, byte, chars.byte()), gap, vocabulary);
        true
    }

    fn push(
        &mut self,
        kind: u16,
        text: usize,
        (start, end, from, to): (u32, u32, usize, usize),
        gap: &mut Gap,
        vocabulary: &Vocabulary,
    ) {
        let folded = &self.folded[text..];
        let (word, base) = if kind & (is::WORD | is::SYMBOL) == 0 {
            (vocabulary.find(folded), UNKNOWN)
        } else {
            (vocabulary.find(folded), folded.strip_suffix("'s").map_or(UNKNOWN, |base| vocabulary.find(base)))
        };
        self.list.push(Token {
            start,
            end,
            from: narrow(from),
            to: narrow(to),
            text: (narrow(text), narrow(self.folded.len())),
            word,
            base,
            kind,
            exact: gap.exact,
            ..Token::default()
        });
        self.gaps.push(std::mem::take(gap));
    }

    /// Notes what a character of a gap means.
    fn other(
        &mut self,
        c: char,
        byte: usize,
        chars: &Cursor<'_>,
        gap: &mut Gap,
        line_start: &mut u32,
        vocabulary: &Vocabulary,
    ) {
        let space = fold::is_space(c as u32);
        let terminated = gap.dots > 0 || gap.ellipsis || gap.question || gap.exclamations > 0;
        gap.exact = match (gap.exact, space) {
            _ if c == '\n' => Exact::Mixed,
            (Exact::None | Exact::Space, true) => Exact::Space,
            (Exact::None, false) if c.is_ascii() => Exact::Only(c as u8),
            _ => Exact::Mixed,
        };
        if space {
            gap.space = true;
            gap.open_after |= terminated;
            if c == '\n' {
                if gap.newlines == 0 {
                    gap.line_length = chars.utf16 - *line_start;
                }
                gap.newlines += 1;
                *line_start = chars.utf16 + 1;
            }
            return;
        }
        gap.dash_last = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2026}');
        match c {
            '.' => gap.dots += 1,
            '\u{2026}' => gap.ellipsis = true,
            '?' => gap.question = true,
            '!' => gap.exclamations += 1,
            ',' | ';' | ':' => {
                gap.comma = true;
                gap.hard_comma = true;
            }
            '\u{2012}'..='\u{2015}' => gap.comma = true,
            '-' => gap.comma |= gap.space || gap.exact == Exact::Mixed,
            _ => {}
        }
        if gap.newlines > 0 && matches!(c, '*' | '-' | '\u{2022}' | '\u{b7}' | '\u{2013}') {
            gap.bullet = true;
        }
        match c {
            '(' | '[' | '{' | '<' => {
                gap.comma = true;
                if self.opens.len() == LONGEST_PLACEHOLDER {
                    self.opens.remove(0);
                }
                let token = narrow(self.list.len());
                self.opens.push(Open { bracket: c, utf16: chars.utf16, byte: narrow(byte), token });
            }
            ')' | ']' | '}' | '>' => {
                gap.comma = true;
                self.close(c, byte, chars.utf16, vocabulary);
            }
            _ => {}
        }
    }

    /// Sees whether a closing bracket ends a placeholder.
    fn close(&mut self, closing: char, byte: usize, utf16: u32, vocabulary: &Vocabulary) {
        let bracket = match closing {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => '<',
        };
        let Some(at) = self.opens.iter().rposition(|open| open.bracket == bracket) else { return };
        let open = self.opens[at];
        self.opens.truncate(at);
        let (first, last) = (open.token as usize, self.list.len());
        if first == last || last - first > LONGEST_PLACEHOLDER {
            return;
        }
        if (first..last).any(|at| self.gaps[at].newlines > 0 && at > first) {
            return;
        }
        let role = |at: usize| vocabulary.has_role(&self.list[at], vocabulary::role::PLACEHOLDER_WORDS);
        let holds = match bracket {
            '(' => role(first) || role(last - 1),
            '<' => !(first..last).any(|at| matches!(self.text(at), "@" | "http" | "https" | "www")),
            _ => true,
        };
        if !holds {
            return;
        }
        let range = (open.token, narrow(last));
        if self.placeholders.last() != Some(&range) {
            while self.placeholders.last().is_some_and(|inner| inner.0 >= range.0) {
                self.placeholders.pop();
            }
            self.placeholders.push(range);
        }
        for token in &mut self.list[first..last] {
            token.kind |= is::PLACEHOLDER;
        }
        self.list[first].start = open.utf16;
        self.list[first].from = open.byte;
        self.list[last - 1].end = utf16 + 1;
        self.list[last - 1].to = narrow(byte + 1);
    }
}

/// Walks the characters and counts UTF-16 units.
struct Cursor<'a> {
    rest: std::str::CharIndices<'a>,
    next: Option<(usize, char)>,
    utf16: u32,
    bytes: usize,
}

impl Cursor<'_> {
    fn advance(&mut self) {
        if let Some((_, c)) = self.next {
            self.utf16 += if c as u32 >= 0x10000 { 2 } else { 1 };
        }
        self.next = self.rest.next();
    }

    fn byte(&self) -> usize {
        self.next.map_or(self.bytes, |(byte, _)| byte)
    }
}

/// Offsets fit: a script is at most a million units long.
pub(super) fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
