//! `text`: a word or two to be typed, compared without case, accents, punctuation and articles.

use super::super::inline::RichDraft;
use super::{FormDraft, rich};
use crate::diag::{Code, Diagnostics};
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};
use std::collections::HashMap;

/// A wrong text and its reason.
#[derive(Debug)]
pub struct WrongDraft {
    /// As one may type it.
    pub text: String,
    /// Why it is wrong.
    pub why: RichDraft,
}

/// Words that do not count.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let list = fields.required("answers", diagnostics)?;
    let answers = fields.strings("answers", diagnostics);
    if answers.is_empty() {
        diagnostics
            .report(Code::NoRightAnswer, list.span, "this question has no right answer")
            .help("write at least one: `answers: [your number]`");
        return None;
    }
    let mut seen = HashMap::new();
    for answer in &answers {
        meet(answer, "right", &mut seen, diagnostics);
    }
    let nodes = fields.list("wrong", diagnostics);
    let wrong = nodes.iter().filter_map(|node| wrong(node, &mut seen, diagnostics)).collect();
    Some(FormDraft::Text { answers: answers.into_iter().map(|one| one.value).collect(), wrong })
}

fn wrong(
    node: &Node,
    seen: &mut HashMap<String, (Span, &'static str)>,
    diagnostics: &mut Diagnostics,
) -> Option<WrongDraft> {
    let mut fields = Fields::of(node, "a wrong answer", diagnostics)?;
    fields.required("text", diagnostics);
    let text = fields.spanned("text", diagnostics);
    let why = rich(&mut fields, "why", diagnostics);
    fields.finish(diagnostics);
    let text = text?;
    meet(&text, "wrong", seen, diagnostics);
    if why.is_empty() {
        diagnostics
            .report(Code::MissingReason, text.span, "this wrong answer has no reason")
            .help("add `why: …`: whoever types it wants to know why it is wrong");
    }
    Some(WrongDraft { text: text.value, why })
}

/// Notes an answer, and reports one that says nothing or that stands already.
fn meet(
    text: &Spanned<String>,
    side: &'static str,
    seen: &mut HashMap<String, (Span, &'static str)>,
    diagnostics: &mut Diagnostics,
) {
    let words = normal(&text.value);
    if words.is_empty() {
        let message = "no letter and no digit of this answer is compared";
        diagnostics
            .report(Code::UnclearAnswer, text.span, message)
            .help("case, accents, punctuation and articles do not count");
        return;
    }
    match seen.get(&words) {
        Some((first, before)) if *before != side => {
            diagnostics
                .report(Code::UnclearAnswer, text.span, format!("`{}` is both right and wrong", text.value))
                .related(*first, format!("it is {before} here"))
                .help("case, accents, punctuation and articles do not count: take one of the two out");
        }
        Some((first, _)) => {
            diagnostics
                .report(Code::UnclearAnswer, text.span, format!("`{}` counts already", text.value))
                .related(*first, "it is the same as this one")
                .help("case, accents, punctuation and articles do not count: take it out");
        }
        None => _ = seen.insert(words, (text.span, side)),
    }
}

/// What is compared: small letters and digits, no articles unless there is nothing else, one blank between words.
fn normal(text: &str) -> String {
    let folded = crate::engine::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words: Vec<String> =
        words.map(|word| word.replace('\'', "")).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !ARTICLES.contains(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn case_accents_punctuation_and_articles_do_not_count() {
        for text in ["Your number", "your  NUMBER!", "the your-number", "‘Your’ númber"] {
            assert_eq!(normal(text), "your number", "{text}");
        }
        assert_eq!(normal("Don’t"), "dont");
        assert_eq!(normal("The …"), "the");
        assert_eq!(normal("…"), "");
    }
}
