//! Characters: one fold table and one set of classes, the same in both engines.
//!
//! No platform's Unicode version is asked. The table stands in `fold_table.txt` and, letter for letter, in
//! `fold-table.js`; a test below makes it from Unicode's own data and compares.

use std::sync::LazyLock;

/// One entry a code point of the three ranges in `entry`, separated by spaces, `^` before capitals.
static FOLDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("fold_table.txt").trim_end().split(' ').collect());

/// What a code point is to the tokeniser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word.
    Letter,
    /// `0` to `9`.
    Digit,
    /// Folds to nothing and belongs to what stands before.
    Mark,
    /// An apostrophe.
    Apostrophe,
    /// A symbol that is a token of its own.
    Symbol,
    /// An emoji.
    Emoji,
    /// Anything else.
    Other,
}

/// The class of a code point.
pub(super) fn class(cp: u32) -> Class {
    match cp {
        0x30..=0x39 => Class::Digit,
        0x41..=0x5A | 0x61..=0x7A | 0xAA | 0xB5 | 0xBA => Class::Letter,
        0x27 | 0x60 | 0xB4 | 0x2B9 | 0x2BC | 0x2018 | 0x2019 | 0x201B | 0x2032 | 0xFF07 => Class::Apostrophe,
        // $ % & # @ + and £ €
        0x23..=0x26 | 0x2B | 0x40 | 0xA3 | 0x20AC => Class::Symbol,
        0xAD
        | 0x300..=0x36F
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x2064
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F
        | 0xFEFF
        | 0xE0000..=0xE0FFF => Class::Mark,
        0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF => Class::Emoji,
        0x00..=0xBF
        | 0xD7
        | 0xF7
        | 0x2000..=0x2BFF
        | 0x3000..=0x3004
        | 0x3008..=0x3020
        | 0xD800..=0xF8FF
        | 0xFE10..=0xFE1F
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF0F
        | 0xFF1A..=0xFF20
        | 0xFFF0..=0xFFFF => Class::Other,
        _ => Class::Letter,
    }
}

/// The entry of the table for a code point, if it has one: `^` before capitals.
fn entry(cp: u32) -> Option<&'static str> {
    let at = match cp {
        0xAA..=0x24F => cp - 0xAA,
        0x370..=0x4FF => cp - 0x370 + 0x1A6,
        0x1E00..=0x1FFF => cp - 0x1E00 + 0x336,
        _ => return None,
    };
    FOLDS.get(at as usize).copied()
}

/// Appends the folded letter; returns whether it was a capital.
pub(super) fn fold_into(cp: u32, out: &mut String) -> bool {
    if let 0x41..=0x5A = cp {
        out.push(char::from_u32(cp + 32).unwrap_or('?'));
        return true;
    }
    if let Some(text) = entry(cp) {
        let (capital, letters) = text.strip_prefix('^').map_or((false, text), |rest| (true, rest));
        out.push_str(letters);
        capital
    } else {
        out.push(char::from_u32(cp).unwrap_or('\u{FFFD}'));
        false
    }
}

/// Whether the code point is white space.
pub(super) fn is_space(cp: u32) -> bool {
    matches!(cp, 9..=13 | 32 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn expected(cp: u32) -> String {
        let Some(letter) = char::from_u32(cp) else { return String::new() };
        let folded: String = match letter {
            'ß' => "ss".into(),
            'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => "ae".into(),
            'œ' | 'Œ' => "oe".into(),
            'ø' | 'Ø' | 'ǿ' | 'Ǿ' => "o".into(),
            'đ' | 'Đ' | 'ð' | 'Ð' => "d".into(),
            'ł' | 'Ł' => "l".into(),
            'þ' | 'Þ' => "th".into(),
            'ı' => "i".into(),
            _ => letter
                .nfd()
                .filter(|c| class(*c as u32) != Class::Mark)
                .flat_map(char::to_lowercase)
                .collect::<String>()
                .nfd()
                .filter(|c| class(*c as u32) == Class::Letter)
                .collect(),
        };
        let folded = if folded.is_empty() { letter.to_string() } else { folded };
        format!("{}{folded}", if letter.is_uppercase() { "^" } else { "" })
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "makes the table on disk, or compares it")]
    fn the_table_is_what_unicode_says() {
        let table: Vec<String> = (0xAA..=0x24F)
            .chain(0x370..=0x4FF)
            .chain(0x1E00..=0x1FFF)
            .map(expected)
            .map(|e| e.replace([' ', '\u{a0}'], "-"))
            .collect();
        let text = table.join(" ") + "\n";
        let js = format!(
            "// The fold table: the same text as src/engine/fold_table.txt, made from Unicode's data by a test in src/engine/fold.rs.\n\nexport const FOLDS = {}.split(\" \");\n",
            serde_json::to_string(text.trim_end()).unwrap()
        );
        if std::env::var_os("RINGBACK_WRITE_FOLDS").is_some() {
            std::fs::write("src/engine/fold_table.txt", &text).unwrap();
            std::fs::write("themes/default/js/engine/fold-table.js", &js).unwrap();
        }
        assert_eq!(std::fs::read_to_string("src/engine/fold_table.txt").unwrap(), text);
        assert_eq!(std::fs::read_to_string("themes/default/js/engine/fold-table.js").unwrap(), js);
    }
}
