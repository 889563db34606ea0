//! Sentences that read like lessons and mean nothing, and the blocks made of them.

use crate::words::{Words, plural_end};

/// `N` a noun, `P` nouns, `V` a verb, `S` a verb with s, `D` a past form, `A` an adjective, `L` an adverb; the rest stands for itself.
const SENTENCES: [&str; 12] = [
    "The A N S the N before the A P of the N",
    "You can V a N with P so that the N S L",
    "When a N S , the A P are D by the N and its P",
    "V the N L , then V every A N without P",
    "Nobody S a N that was D for another N in the A N",
    "Your P V the N because the N of the A N is A",
    "A N between two P is A until someone S the N",
    "To V the A N , V one N and leave the P alone",
    "Most P are A , but this N S its N after the A N",
    "If the N is A , V it again and V the P later",
    "Before nine the A N S fewer P than the N after five",
    "Each N has a N that should V the P and never the N",
];

pub struct Prose<'a> {
    words: &'a Words,
    state: u64,
}

impl<'a> Prose<'a> {
    pub fn new(words: &'a Words, seed: u64) -> Self {
        Self { words, state: seed }
    }

    /// The next number of a splitmix64 sequence.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit.max(1)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    fn word(&mut self, part: &str) -> String {
        let point = self.next() >> 20;
        match part {
            "N" => self.words.nouns.at(point).to_owned(),
            "P" => self.words.plurals.at(point).to_owned(),
            "V" => self.words.verbs.at(point).to_owned(),
            "S" => {
                let verb = self.words.verbs.at(point);
                format!("{verb}{}", plural_end(verb))
            }
            "D" => {
                let verb = self.words.verbs.at(point);
                format!("{verb}{}", if verb.ends_with('e') { "d" } else { "ed" })
            }
            "A" => self.words.adjectives.at(point).to_owned(),
            "L" => self.words.adverbs.at(point).to_owned(),
            _ => part.to_owned(),
        }
    }

    fn fill(&mut self, shape: &str) -> String {
        let words: Vec<String> = shape.split(' ').map(|part| self.word(part)).collect();
        words.join(" ").replace(" ,", ",")
    }

    /// Two or three words, for titles and links.
    pub fn name(&mut self) -> String {
        let shape = ["A N", "A N N", "the A N"][self.below(3)];
        self.fill(shape)
    }

    pub fn sentence(&mut self) -> String {
        let shape = SENTENCES[self.below(SENTENCES.len())];
        capital(&self.fill(shape)) + "."
    }

    /// Sentences until there are enough words; about one in six has a word set off.
    pub fn paragraph(&mut self, words: usize) -> String {
        let mut text = String::new();
        let mut count = 0;
        while count < words {
            let sentence = self.sentence();
            count += sentence.split(' ').count();
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.emphasis(&sentence));
        }
        text + "\n"
    }

    fn emphasis(&mut self, sentence: &str) -> String {
        if self.below(100) >= 18 {
            return sentence.to_owned();
        }
        let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
        let at = 1 + self.below(words.len() - 2);
        let mark = ["**", "*", "`"][self.below(3)];
        let word = words[at].trim_end_matches(',').to_owned();
        words[at] = words[at].replacen(&word, &format!("{mark}{word}{mark}"), 1);
        words.join(" ")
    }

    pub fn heading(&mut self, level: usize) -> String {
        let shape = ["V the A N", "Why P V", "The A N", "A P", "How to V a N"][self.below(5)];
        format!("{} {}\n", "#".repeat(level), capital(&self.fill(shape)))
    }

    pub fn list(&mut self, items: usize, numbered: bool) -> String {
        (1..=items)
            .map(|item| {
                if numbered {
                    format!("{item}. {}\n", self.sentence())
                } else {
                    format!("- {}\n", self.sentence())
                }
            })
            .collect()
    }

    pub fn quotation(&mut self) -> String {
        format!("> {} {}\n", self.sentence(), self.sentence())
    }

    pub fn table(&mut self) -> String {
        let mut table = format!(
            "| {} | {} | {} |\n|---|---|---:|\n",
            capital(&self.word("N")),
            capital(&self.word("N")),
            capital(&self.word("N"))
        );
        for _ in 0..4 + self.below(3) {
            table += &format!("| {} | {} | {} |\n", self.fill("A N"), self.fill("S P"), self.below(10_000));
        }
        table
    }

    /// A code block of about 25 lines in one of five languages.
    pub fn code(&mut self, which: usize) -> String {
        let (language, template) = CODE[which % CODE.len()];
        let mut text = template.to_owned();
        for mark in ["$A", "$B", "$C", "$D"] {
            text = text.replace(mark, &self.word("N"));
        }
        for mark in ["#1", "#2", "#3"] {
            text = text.replace(mark, &self.below(5000).to_string());
        }
        let sentence = self.sentence();
        format!("```{language}\n{}```\n", text.replace("$S", &sentence))
    }
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

const CODE: [(&str, &str); 5] = [
    ("rust", include_str!("code/log.rs")),
    ("python", include_str!("code/hours.py")),
    ("javascript", include_str!("code/remind.js")),
    ("bash", include_str!("code/count.sh")),
    ("json", include_str!("code/cadence.json")),
];
