//! `word~`: the forms of an English word, irregular ones from the lexicon.

use std::collections::BTreeMap;

/// Irregular words and all their other forms.
#[derive(Debug, Clone, Default)]
pub(super) struct Irregular {
    pub(super) forms: BTreeMap<String, Vec<String>>,
}

impl Irregular {
    /// The word and its forms, the word first, each once.
    pub(super) fn forms(&self, word: &str) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        match self.forms.get(word) {
            Some(others) => forms.extend(others.iter().cloned()),
            None => forms.extend(regular(word)),
        }
        let mut known = std::collections::HashSet::new();
        forms.retain(|form| known.insert(form.clone()));
        forms
    }
}

fn regular(word: &str) -> Vec<String> {
    let ends = |ending: &str| word.ends_with(ending);
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let mut back = word.chars().rev();
    let (last, second, third) = (back.next(), back.next(), back.next());
    if ends("e") {
        let stem = &word[..word.len() - 1];
        return vec![format!("{word}s"), format!("{word}d"), format!("{stem}ing")];
    }
    if ends("y") && !vowel(second) && word.len() > 2 {
        let stem = &word[..word.len() - 1];
        return vec![format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")];
    }
    let plural = if ends("s") || ends("x") || ends("z") || ends("ch") || ends("sh") { "es" } else { "s" };
    let single =
        third.is_some() && !vowel(third) && vowel(second) && last.is_some_and(|c| !"aeiouwxy".contains(c));
    // `drop` doubles; `visit` and `open` do not, and both spellings of `travel` exist.
    let short = word.chars().filter(|c| "aeiou".contains(*c)).count() == 1;
    let mut forms = vec![format!("{word}{plural}")];
    if single && (short || ends("l")) {
        forms.extend(last.iter().flat_map(|l| [format!("{word}{l}ed"), format!("{word}{l}ing")]));
    }
    if !single || !short {
        forms.extend([format!("{word}ed"), format!("{word}ing")]);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        let forms = |word: &str| Irregular::default().forms(word).join(" ");
        assert_eq!(forms("call"), "call calls called calling");
        assert_eq!(forms("drop"), "drop drops dropped dropping");
        assert_eq!(forms("reply"), "reply replies replied replying");
        assert_eq!(forms("save"), "save saves saved saving");
        assert_eq!(forms("visit"), "visit visits visited visiting");
        assert_eq!(forms("travel"), "travel travels travelled travelling traveled traveling");
        assert_eq!(forms("fax"), "fax faxes faxed faxing");
    }
}
