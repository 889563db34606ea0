//! Letters that are searched for alike: case, accents, width and ligatures folded.
//!
//! The same steps stand in `js/search/tokens.js`; `tests/search/tokens.json` holds both to them. Vowel signs of
//! Indic scripts and the marks of Thai stay: there they are letters of the word.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Folds a text: compatibility decomposition, lower case, marks off, composition, and a few letters that no
/// decomposition reaches.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let has_capitals = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if has_capitals { text.to_ascii_lowercase().into() } else { text.into() };
    }
    let decomposed: String = text.nfkd().collect();
    let mut out = String::with_capacity(text.len());
    for letter in decomposed.to_lowercase().chars().filter(|letter| !is_dropped(*letter)).nfc() {
        match letter {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            other => out.push(other),
        }
    }
    out.into()
}

/// Accents, points, variation selectors, and characters that are not seen.
fn is_dropped(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0xAD
            | 0x300..=0x36F
            | 0x483..=0x487
            | 0x591..=0x5BD
            | 0x5BF
            | 0x5C1..=0x5C2
            | 0x5C4..=0x5C5
            | 0x5C7
            | 0x610..=0x61A
            | 0x640
            | 0x64B..=0x65F
            | 0x670
            | 0x6D6..=0x6DC
            | 0x1AB0..=0x1AFF
            | 0x1DC0..=0x1DFF
            | 0x200B..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x2064
            | 0x20D0..=0x20FF
            | 0xFE00..=0xFE0F
            | 0xFE20..=0xFE2F
            | 0xFEFF
    )
}
