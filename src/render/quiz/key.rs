//! The key of a quiz, for paper: a short line for each question, after all of them, and why that is right.
//!
//! What is wrong with the other options answers a choice, and on paper nobody has chosen.

use super::{rich, view};
use crate::book::quiz::{Form, Question, Quiz, Reply, Turn};
use crate::html::escape;
use crate::render::renderer::Renderer;
use crate::theme::Strings;
use serde::Serialize;
use std::collections::BTreeSet;
use tera::Context;

/// A question's answer and its reasons, as HTML.
#[derive(Serialize)]
struct Line {
    answer: String,
    why: String,
}

/// The key as HTML; `level` is that of its heading.
pub(super) fn html(renderer: &Renderer<'_>, quiz: &Quiz, level: u8) -> String {
    let words = &renderer.theme.strings;
    let line = |one| Line { answer: answer(words, quiz, one), why: reasons(one).join(" ") };
    let lines: Vec<Line> = quiz.questions.iter().map(line).collect();
    let mut context = Context::new();
    context.insert("title", &words.fill("quiz_key_of", &[("title", quiz.title.clone())]));
    context.insert("lines", &lines);
    context.insert("level", &level);
    renderer.component("quiz_key", &context)
}

/// The answer of a question in the letters that its options have on paper.
fn answer(words: &Strings, quiz: &Quiz, question: &Question) -> String {
    match &question.form {
        Form::Choice { .. } => {
            let shown = view::options(quiz, question);
            let rights = shown.iter().enumerate().filter(|(_, one)| one.right);
            let right = rights.map(|(at, one)| format!("{} {}", view::letter(at), rich(&one.text)));
            right.collect::<Vec<_>>().join("; ")
        }
        Form::TrueFalse { answer } => {
            escape(words.text(if *answer { "quiz_true" } else { "quiz_false" })).into_owned()
        }
        Form::Spot { text, marks, .. } => {
            let quotes = marks.iter().map(|mark| format!("“{}”", text.get(mark.range.clone()).unwrap_or("")));
            escape(&quotes.collect::<Vec<_>>().join("; ")).into_owned()
        }
        Form::Order { items } => {
            let shown = view::order(question, items);
            let place = |id: &str| shown.iter().position(|one| one.id == id).map(view::letter);
            let letters = items.iter().filter_map(|item| place(&item.id));
            letters.collect::<Vec<_>>().join(" ")
        }
        Form::Match { pairs, .. } => {
            let shown = view::rights(question);
            let place = |at: usize| shown.iter().position(|(pair, _)| *pair == Some(at)).map(view::letter);
            let pairs = (0..pairs.len()).filter_map(|at| Some(format!("{} {}", at + 1, place(at)?)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Form::Number { answer, tolerance, unit } => {
            escape(&view::number(words, answer, tolerance, unit.as_deref())).into_owned()
        }
        Form::Text { answers, .. } => escape(&answers.join("; ")).into_owned(),
        Form::Rewrite { model, .. } => match model {
            Some(model) => escape(model).into_owned(),
            None => escape(words.text("quiz_key_rewrite")).into_owned(),
        },
        Form::Dialogue { start, turns, .. } => best_way(turns, *start).join(", "),
    }
}

/// Why the answer is right: what its options, pairs or marks say for themselves, then the question's own reason.
fn reasons(question: &Question) -> Vec<String> {
    let mut said: Vec<String> = match &question.form {
        Form::Choice { options, .. } => {
            options.iter().filter(|one| one.right).map(|one| rich(&one.why)).collect()
        }
        Form::Match { pairs, .. } => pairs.iter().map(|pair| rich(&pair.why)).collect(),
        Form::Spot { marks, .. } => marks.iter().map(|mark| escape(&mark.message).into_owned()).collect(),
        Form::Dialogue { turns, .. } => {
            turns.iter().flat_map(best_replies).map(|one| rich(&one.why)).collect()
        }
        _ => Vec::new(),
    };
    said.push(rich(&question.why));
    let mut seen = BTreeSet::new();
    said.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    said
}

/// The answers of a turn that no other beats.
fn best_replies(turn: &Turn) -> impl Iterator<Item = &Reply> {
    let most = turn.answers.iter().map(|one| one.score).max();
    turn.answers.iter().filter(move |one| Some(one.score) == most)
}

/// The way through a call that scores most: turn and letter of each answer.
fn best_way(turns: &[Turn], start: usize) -> Vec<String> {
    let mut way = Vec::new();
    let mut at = Some(start);
    while let Some((number, turn)) = at.and_then(|at| Some((at + 1, turns.get(at)?))) {
        let after = |next: Option<usize>| next.and_then(|next| turns.get(next)).map_or(0, |turn| turn.best);
        let mut answers = turn.answers.iter().enumerate();
        let Some((letter, answer)) = answers.find(|(_, one)| one.score + after(one.next) == turn.best) else {
            break;
        };
        way.push(format!("{number}{}", view::letter(letter)));
        at = answer.next;
    }
    way
}
