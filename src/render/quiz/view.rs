//! A quiz as its template sees it: each question with what there is to choose from, and its answer.
//!
//! Options stand in an order of their own, the same at each build: on paper the right one must not be the first
//! only because its author wrote it first.

use super::{anchor, data, rich};
use crate::book::quiz::{Choice, Form, Item, Pair, Question, Quiz, Run, Shuffle, SpotMark, Turn};
use crate::engine::Channel;
use crate::html::escape;
use crate::render::context::Link;
use crate::render::example::channel;
use crate::render::renderer::Renderer;
use crate::seeded::Seeded;
use crate::theme::Strings;
use serde::Serialize;

/// A quiz. Fields named like text are HTML.
#[derive(Serialize)]
pub(super) struct QuizView {
    id: String,
    title: String,
    url: String,
    src: String,
    eyebrow: String,
    intro: String,
    pass: u32,
    facts: Vec<FactView>,
    questions: Vec<QuestionView>,
}

/// A fact in the card's head; scripts put how far one is in its place.
#[derive(Serialize)]
struct FactView {
    key: &'static str,
    text: String,
}

#[derive(Default, Serialize)]
struct QuestionView {
    number: usize,
    anchor: String,
    kind: &'static str,
    kind_title: String,
    stem: String,
    points: String,
    hint: String,
    script: Option<ScriptView>,
    options: Vec<OptionView>,
    lefts: Vec<OptionView>,
    blank: bool,
    unit: String,
    turns: Vec<TurnView>,
    answer: AnswerView,
    lesson: Option<Link>,
}

/// An option and the letter or number that the key calls it by.
#[derive(Serialize)]
pub(super) struct OptionView {
    pub(super) letter: String,
    text: String,
}

#[derive(Serialize)]
struct ScriptView {
    channel: &'static str,
    title: String,
    text: String,
}

#[derive(Serialize)]
struct TurnView {
    title: String,
    says: String,
    answers: Vec<OptionView>,
}

#[derive(Default, Serialize)]
struct AnswerView {
    lines: Vec<LineView>,
    marked: Vec<PartView>,
    model: String,
    why: String,
}

/// A line of an answer: `kept` is right, `broken` is wrong.
#[derive(Serialize)]
struct LineView {
    tone: &'static str,
    said: String,
    text: String,
    why: String,
}

#[derive(Serialize)]
struct PartView {
    text: String,
    marked: bool,
}

/// The view of a quiz whose data are at `src`.
pub(super) fn of(renderer: &Renderer<'_>, quiz: &Quiz, src: &str) -> QuizView {
    let words = &renderer.theme.strings;
    let asked = quiz.pick.unwrap_or(quiz.questions.len());
    let all = quiz.questions.len();
    let count = if asked < all {
        words.fill("quiz_picked", &[("n", asked.to_string()), ("high", all.to_string())])
    } else {
        words.count("quiz_count", all)
    };
    let pass = words.fill("quiz_pass", &[("n", quiz.pass.to_string())]);
    let mut facts = vec![FactView { key: "count", text: count }, FactView { key: "pass", text: pass }];
    if let Some(attempts) = quiz.attempts {
        facts.push(FactView { key: "attempts", text: words.count("quiz_attempts", attempts as usize) });
    }
    let numbered = (1..).zip(&quiz.questions);
    QuizView {
        id: quiz.id.clone(),
        title: quiz.title.clone(),
        url: data::url(&quiz.id),
        src: src.to_owned(),
        eyebrow: words.text(if quiz.is_final { "quiz_final" } else { "quiz_quiz" }).to_owned(),
        intro: rich(&quiz.intro),
        pass: quiz.pass,
        facts,
        questions: numbered.map(|(number, one)| question(renderer, quiz, one, number)).collect(),
    }
}

fn question(renderer: &Renderer<'_>, quiz: &Quiz, one: &Question, number: usize) -> QuestionView {
    let words = &renderer.theme.strings;
    let several = matches!(one.form, Form::Choice { several: true, .. });
    let kind = if several { "several" } else { one.form.name() };
    let mut view = QuestionView {
        number,
        anchor: anchor(&quiz.id, &one.id),
        kind: one.form.name(),
        kind_title: words.text(&format!("quiz_kind_{}", kind.replace('-', "_"))).to_owned(),
        stem: rich(&one.stem),
        points: if one.weight > 1 { words.count("points", one.weight as usize) } else { String::new() },
        hint: rich(&one.hint),
        lesson: (!one.lesson.url.is_empty()).then(|| Link::new(&one.lesson.title, &one.lesson.url)),
        ..QuestionView::default()
    };
    view.answer.why = rich(&one.why);
    fill(words, quiz, one, &mut view);
    view
}

/// What a kind has of its own.
fn fill(words: &Strings, quiz: &Quiz, one: &Question, view: &mut QuestionView) {
    match &one.form {
        Form::Choice { .. } => {
            let shown = options(quiz, one);
            view.options = shown.iter().enumerate().map(|(at, one)| lettered(at, &one.text)).collect();
            view.answer.lines =
                shown.iter().map(|one| line(words, one.right, rich(&one.text), &one.why)).collect();
        }
        Form::TrueFalse { answer } => {
            let answer = words.text(if *answer { "quiz_true" } else { "quiz_false" });
            view.answer.lines = vec![line(words, true, escape(answer).into_owned(), &[])];
        }
        Form::Spot { channel, text, marks, .. } => {
            view.script = Some(script(words, *channel, text));
            view.answer.marked = parts(text, marks);
            view.answer.lines = messages(words, text, marks);
        }
        Form::Order { items } => {
            view.options =
                order(one, items).iter().enumerate().map(|(at, one)| lettered(at, &one.text)).collect();
            view.answer.lines = items.iter().map(|one| line(words, true, rich(&one.text), &[])).collect();
        }
        Form::Match { pairs, .. } => {
            view.lefts = (1..)
                .zip(pairs)
                .map(|(n, pair): (usize, _)| OptionView { letter: n.to_string(), text: rich(&pair.left) })
                .collect();
            view.options = rights(one).iter().enumerate().map(|(at, (_, text))| lettered(at, text)).collect();
            let both = |pair: &Pair| format!("{} – {}", rich(&pair.left), rich(&pair.right));
            view.answer.lines = pairs.iter().map(|pair| line(words, true, both(pair), &pair.why)).collect();
        }
        Form::Number { answer, tolerance, unit } => {
            view.blank = true;
            view.unit = unit.clone().unwrap_or_default();
            let text = number(words, answer, tolerance, unit.as_deref());
            view.answer.lines = vec![line(words, true, escape(&text).into_owned(), &[])];
        }
        Form::Text { answers, wrong } => {
            view.blank = true;
            let right = answers.iter().map(|text| line(words, true, escape(text).into_owned(), &[]));
            let wrong = wrong.iter().map(|one| line(words, false, escape(&one.text).into_owned(), &one.why));
            view.answer.lines = right.chain(wrong).collect();
        }
        Form::Rewrite { channel, text, model, .. } => {
            view.script = Some(script(words, *channel, text));
            view.answer.model = model.clone().unwrap_or_default();
        }
        Form::Dialogue { turns, .. } => {
            view.turns = (1..).zip(turns).map(|(number, turn)| turn_view(words, number, turn)).collect();
            view.answer.lines =
                (1..).zip(turns).flat_map(|(number, turn)| replies(words, number, turn)).collect();
        }
    }
}

/// The options in the order in which they are shown.
pub(super) fn options<'a>(quiz: &Quiz, question: &'a Question) -> Vec<&'a Choice> {
    let Form::Choice { options, .. } = &question.form else { return Vec::new() };
    let mut shown: Vec<&Choice> = options.iter().collect();
    if matches!(quiz.shuffle, Shuffle::Options | Shuffle::All) {
        Seeded::of(&question.id).shuffle(&mut shown);
    }
    shown
}

/// The items of an order in the order in which they are shown: not the right one.
pub(super) fn order<'a>(question: &Question, items: &'a [Item]) -> Vec<&'a Item> {
    let mut shown: Vec<&Item> = items.iter().collect();
    let mut seeded = Seeded::of(&question.id);
    seeded.shuffle(&mut shown);
    if shown.iter().zip(items).all(|(a, b)| a.id == b.id) {
        shown.rotate_left(1);
    }
    shown
}

/// The right-hand sides of a match as they are shown, each with the index of its pair if it has one.
pub(super) fn rights(question: &Question) -> Vec<(Option<usize>, &[Run])> {
    let Form::Match { pairs, others } = &question.form else { return Vec::new() };
    let of_pairs = pairs.iter().enumerate().map(|(at, pair)| (Some(at), pair.right.as_slice()));
    let mut shown: Vec<_> = of_pairs.chain(others.iter().map(|one| (None, one.text.as_slice()))).collect();
    Seeded::of(&question.id).shuffle(&mut shown);
    shown
}

/// `A`, `B`, …, then numbers.
pub(super) fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at) if at < 26 => char::from(b'A' + at).to_string(),
        _ => (at + 1).to_string(),
    }
}

/// A number with its unit, and how far off it may be.
pub(super) fn number(words: &Strings, answer: &str, tolerance: &str, unit: Option<&str>) -> String {
    let value = unit.map_or_else(|| answer.to_owned(), |unit| format!("{answer} {unit}"));
    if tolerance.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        return value;
    }
    words.fill("quiz_number", &[("n", value), ("limit", tolerance.to_owned())])
}

fn lettered(at: usize, text: &[Run]) -> OptionView {
    OptionView { letter: letter(at), text: rich(text) }
}

fn line(words: &Strings, right: bool, text: String, why: &[Run]) -> LineView {
    let (tone, said) = if right { ("kept", "quiz_right") } else { ("broken", "quiz_wrong") };
    LineView { tone, said: words.text(said).to_owned(), text, why: rich(why) }
}

fn script(words: &Strings, medium: Channel, text: &str) -> ScriptView {
    let medium = channel(medium);
    ScriptView { channel: medium, title: words.text(medium).to_owned(), text: text.to_owned() }
}

/// A script cut where its marks begin and end; marks that overlap are one.
fn parts(text: &str, marks: &[SpotMark]) -> Vec<PartView> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, marked: bool| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            out.push(PartView { text: text.to_owned(), marked });
        }
    };
    for mark in marks {
        let (from, to) = (mark.range.start.max(at), mark.range.end.max(at));
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, text.len(), false);
    out
}

/// What is wrong with each marked stretch; a message is said once.
fn messages(words: &Strings, text: &str, marks: &[SpotMark]) -> Vec<LineView> {
    let mut said: Vec<(&str, &str)> = Vec::new();
    let mut out = Vec::new();
    for mark in marks {
        let message = (mark.rule.as_str(), mark.message.as_str());
        let quote = format!("“{}”", text.get(mark.range.clone()).unwrap_or(""));
        let why = if said.contains(&message) { Vec::new() } else { vec![Run::Text(mark.message.clone())] };
        said.push(message);
        out.push(line(words, false, escape(&quote).into_owned(), &why));
    }
    out
}

fn turn_view(words: &Strings, number: usize, turn: &Turn) -> TurnView {
    let answers = turn.answers.iter().enumerate().map(|(at, one)| lettered(at, &one.say));
    TurnView {
        title: words.fill("quiz_turn", &[("n", number.to_string())]),
        says: rich(&turn.says),
        answers: answers.collect(),
    }
}

/// Every answer of a turn with its points and where it leads.
fn replies(words: &Strings, number: usize, turn: &Turn) -> Vec<LineView> {
    let most = turn.answers.iter().map(|one| one.score).max().unwrap_or(0);
    let reply = |(at, one): (usize, &crate::book::quiz::Reply)| {
        let leads = match one.next {
            Some(next) => words.fill("quiz_turn_next", &[("n", (next + 1).to_string())]),
            None => words.text("quiz_turn_end").to_owned(),
        };
        let points = words.count("points", usize::try_from(one.score.max(0)).unwrap_or(0));
        let points = if one.score < 0 { points.replacen('0', &one.score.to_string(), 1) } else { points };
        let text = format!("{number}{} – {}, {}", letter(at), escape(&points), escape(&leads));
        line(words, one.score == most, text, &one.why)
    };
    turn.answers.iter().enumerate().map(reply).collect()
}
