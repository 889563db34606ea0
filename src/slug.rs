//! Words into anchors and addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case letters and digits with single hyphens between: `Don't say “we”!` is `dont-say-we`.
///
/// Diacritics are dropped (`Café` is `cafe`); letters of other scripts stay. Text without any letter
/// or digit gives an empty slug.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |character: char| {
        if character.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.extend(character.to_lowercase());
        } else if !matches!(character, '\'' | '’' | '‘') {
            gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        text.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    }
    out
}

/// A name without the number that only orders it: `01-the-ask` is `the-ask`; `2026` and `24-7` keep theirs.
pub fn without_order(name: &str) -> (Option<i64>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    let Some(rest) = rest.strip_prefix(['-', '_', '.', ' ']) else { return (None, name) };
    match name[..digits].parse() {
        Ok(number) if rest.starts_with(char::is_alphabetic) => (Some(number), rest),
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_words() {
        let table = [
            ("Don't say “we”!", "dont-say-we"),
            ("  The 2-minute call ", "the-2-minute-call"),
            ("Café  Été", "cafe-ete"),
            ("日本 語", "日本-語"),
            ("!!!", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(slug(text), wanted);
        }
    }

    #[test]
    fn only_ordering_numbers_are_dropped() {
        assert_eq!(without_order("01-the-ask"), (Some(1), "the-ask"));
        assert_eq!(without_order("24-7"), (None, "24-7"));
        assert_eq!(without_order("2026"), (None, "2026"));
        assert_eq!(without_order("ask"), (None, "ask"));
    }
}
