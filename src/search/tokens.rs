//! Text to words, the same in `js/search/tokens.js`; `tests/search/tokens.json` holds both to it.
//!
//! A word is a longest run of letters, digits and marks of the folded text. An apostrophe between two of them
//! is left out (`don't` is `dont`), a possessive at the end goes with it (`Dana's` is `dana`). Scripts that are
//! written without spaces give overlapping pairs, and the last letter of a run alone, so that any part of a run
//! is found. A word is cut after 40 letters.

use super::fold;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that are kept.
const MAX_LETTERS: usize = 40;

/// A worker that keeps its buffers between texts.
#[derive(Debug, Default)]
pub struct Tokens {
    word: String,
    /// Where the last apostrophe of the word was left out.
    apostrophe: Option<usize>,
    run: Vec<char>,
}

/// The words of a text.
pub fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    Tokens::default().each(text, &mut |word| out.push(word.to_owned()));
    out
}

impl Tokens {
    /// Gives each word of a text, in order.
    pub fn each(&mut self, text: &str, found: &mut impl FnMut(&str)) {
        for piece in text.split([' ', '\n', '\t', '\r']).filter(|piece| !piece.is_empty()) {
            if piece.is_ascii() {
                self.ascii(piece.as_bytes(), found);
            } else {
                self.folded(&fold(piece), found);
            }
        }
    }

    fn ascii(&mut self, bytes: &[u8], found: &mut impl FnMut(&str)) {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => self.word.push(char::from(*byte)),
                b'A'..=b'Z' => self.word.push(char::from(byte + 32)),
                b'\''
                    if !self.word.is_empty() && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) =>
                {
                    self.apostrophe = Some(self.word.len());
                }
                _ => self.end(found),
            }
        }
        self.end(found);
    }

    fn folded(&mut self, text: &str, found: &mut impl FnMut(&str)) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if is_spaceless(letter) {
                self.end(found);
                self.run.push(letter);
                if letters.peek().is_none_or(|next| !is_spaceless(*next)) {
                    self.pairs(found);
                }
            } else if is_apostrophe(letter) {
                let inside = letters
                    .peek()
                    .is_some_and(|next| is_letter(*next) && !is_apostrophe(*next) && !is_spaceless(*next));
                if inside && !self.word.is_empty() {
                    self.apostrophe = Some(self.word.len());
                } else {
                    self.end(found);
                }
            } else if is_letter(letter) {
                self.word.push(letter);
            } else {
                self.end(found);
            }
        }
        self.end(found);
    }

    fn end(&mut self, found: &mut impl FnMut(&str)) {
        if self.word.is_empty() {
            return;
        }
        if let Some(at) = self.apostrophe.take()
            && &self.word[at..] == "s"
        {
            self.word.truncate(at);
        }
        if self.word.len() > MAX_LETTERS
            && let Some((end, _)) = self.word.char_indices().nth(MAX_LETTERS)
        {
            self.word.truncate(end);
        }
        found(&self.word);
        self.word.clear();
    }

    fn pairs(&mut self, found: &mut impl FnMut(&str)) {
        for at in 0..self.run.len() {
            self.word.extend(self.run[at..].iter().take(2));
            found(&self.word);
            self.word.clear();
        }
        self.run.clear();
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BB}' | '\u{2BC}')
}

/// Thai, Lao, Myanmar, Khmer, kana and Han: written without spaces between words.
fn is_spaceless(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0xE01..=0xE3A | 0xE40..=0xE4E | 0xE81..=0xECE | 0x1000..=0x103F | 0x1050..=0x109D | 0x1780..=0x17D3
            | 0x3005..=0x3007 | 0x3041..=0x3096 | 0x3099..=0x309A | 0x309D..=0x309F | 0x30A1..=0x30FA
            | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
            | 0x20000..=0x3FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn texts_give_the_words_of_the_shared_vectors() {
        let vectors = include_str!("../../tests/search/tokens.json");
        let vectors: serde_json::Value = serde_json::from_str(vectors).expect("the vectors are JSON");
        let cases = vectors["cases"].as_array().expect("there are cases");
        assert!(cases.len() > 20);
        for case in cases {
            let text = case[0].as_str().expect("a text");
            let words = serde_json::to_value(tokens(text)).expect("words");
            assert_eq!(words, case[1], "{text}");
        }
    }
}
