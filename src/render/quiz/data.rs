//! Quizzes as the reader's modules get them: one JSON file a quiz, and a bank that lists all of them. Names carry
//! hashes, so a browser may keep them for ever. Addresses hold the base path; rich text is a list of runs.

use crate::book::Book;
use crate::book::quiz::{Choice, Feedback, Form, Item, Lesson, Question, Quiz, Run, Shuffle};
use crate::render::example::channel;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A published file: its site path and its bytes.
pub(in crate::render) type File = (String, Vec<u8>);

/// The file of each quiz, in the book's order.
pub(in crate::render) fn files(book: &Book, base: &str) -> Vec<File> {
    book.quizzes.iter().map(|quiz| named(&url(&quiz.id), "quiz", &whole(book, quiz, base))).collect()
}

/// The bank: every quiz with its questions' ids, kinds and rules, and the titles of methods and rules.
pub(in crate::render) fn bank(book: &Book, files: &[File], base: &str) -> Option<File> {
    if book.quizzes.is_empty() {
        return None;
    }
    let quizzes = book.quizzes.iter().zip(files).map(|(quiz, (src, _))| {
        let questions = quiz.questions.iter().map(
            |one| json!({ "id": one.id, "kind": one.form.name(), "rules": one.rules, "weight": one.weight }),
        );
        json!({
            "id": quiz.id,
            "title": quiz.title,
            "method": quiz.method,
            "kind": kind(quiz),
            "pass": quiz.pass,
            "url": format!("{base}{}", url(&quiz.id)),
            "src": format!("{base}{src}"),
            "lesson": lesson_of(book, quiz, base),
            "questions": questions.collect::<Vec<_>>(),
        })
    });
    let used: BTreeSet<&str> = book
        .quizzes
        .iter()
        .flat_map(|quiz| &quiz.questions)
        .flat_map(|one| &one.rules)
        .map(String::as_str)
        .collect();
    let titled = |folder: &str, id: &str, title: &str| {
        (id.to_owned(), json!({ "title": title, "url": format!("{base}{folder}{id}/") }))
    };
    let rulebook = &book.rulebook;
    let rules = used.iter().filter_map(|id| rulebook.rule(id));
    let rules: Map<_, _> =
        rules.map(|rule| titled(crate::render::rules::URL, &rule.id, &rule.title)).collect();
    let methods = rulebook.methods.iter();
    let methods: Map<_, _> =
        methods.map(|one| titled(crate::render::methods::URL, &one.id, &one.title)).collect();
    let bank = json!({ "quizzes": quizzes.collect::<Vec<_>>(), "rules": rules, "methods": methods });
    Some(named(super::URL, "bank", &bank))
}

/// Site path of a quiz's own page.
pub(in crate::render) fn url(id: &str) -> String {
    format!("{}{id}/", super::URL)
}

fn named(folder: &str, name: &str, value: &Value) -> File {
    let bytes = value.to_string().into_bytes();
    let hash = blake3::hash(&bytes).to_hex();
    (format!("{folder}{name}-{}.json", &hash[..10]), bytes)
}

fn kind(quiz: &Quiz) -> &'static str {
    if quiz.is_final { "final" } else { "lesson" }
}

fn lesson_of(book: &Book, quiz: &Quiz, base: &str) -> Value {
    let page = book.pages.get(quiz.page);
    page.map_or(Value::Null, |page| json!({ "title": page.title, "url": format!("{base}{}", page.url) }))
}

fn whole(book: &Book, quiz: &Quiz, base: &str) -> Value {
    json!({
        "id": quiz.id,
        "title": quiz.title,
        "method": quiz.method,
        "kind": kind(quiz),
        "pass": quiz.pass,
        "feedback": match quiz.feedback {
            Feedback::Each => "each",
            Feedback::End => "end",
        },
        "shuffle": match quiz.shuffle {
            Shuffle::None => "none",
            Shuffle::Options => "options",
            Shuffle::Questions => "questions",
            Shuffle::All => "all",
        },
        "pick": quiz.pick,
        "attempts": quiz.attempts,
        "confidence": quiz.confidence,
        "intro": rich(&quiz.intro),
        "url": format!("{base}{}", url(&quiz.id)),
        "lesson": lesson_of(book, quiz, base),
        "questions": quiz.questions.iter().map(|one| question(one, base)).collect::<Vec<_>>(),
    })
}

fn question(question: &Question, base: &str) -> Value {
    let Lesson { title, url } = &question.lesson;
    let mut value = json!({
        "id": question.id,
        "kind": question.form.name(),
        "stem": rich(&question.stem),
        "hint": rich(&question.hint),
        "why": rich(&question.why),
        "weight": question.weight,
        "rules": question.rules,
        "lesson": { "title": title, "url": format!("{base}{url}") },
    });
    if let (Some(made), Some(map)) = (&question.made, value.as_object_mut()) {
        map.insert("made".into(), made.as_str().into());
    }
    if let (Value::Object(own), Some(map)) = (form(&question.form), value.as_object_mut()) {
        map.extend(own);
    }
    value
}

/// What a question has of its own kind.
fn form(form: &Form) -> Value {
    match form {
        Form::Choice { several, options } => {
            json!({ "several": several, "options": options.iter().map(option).collect::<Vec<_>>() })
        }
        Form::TrueFalse { answer } => json!({ "answer": answer }),
        Form::Spot { channel: medium, text, marks, .. } => {
            let mark = |one: &crate::book::quiz::SpotMark| json!({ "start": one.start, "end": one.end, "rule": one.rule, "message": one.message });
            let marks: Vec<Value> = marks.iter().map(mark).collect();
            json!({ "channel": channel(*medium), "text": text, "marks": marks })
        }
        Form::Order { items } => json!({ "items": items.iter().map(item).collect::<Vec<_>>() }),
        Form::Match { pairs, others } => {
            let pair = |one: &crate::book::quiz::Pair| {
                let (left, right, why) = (rich(&one.left), rich(&one.right), rich(&one.why));
                json!({ "id": one.id, "left": left, "right": right, "why": why })
            };
            let others: Vec<Value> = others.iter().map(item).collect();
            json!({ "pairs": pairs.iter().map(pair).collect::<Vec<_>>(), "others": others })
        }
        Form::Number { answer, tolerance, unit } => {
            json!({ "answer": answer, "tolerance": tolerance, "unit": unit })
        }
        Form::Text { answers, wrong } => {
            let wrong = wrong.iter().map(|one| json!({ "text": one.text, "why": rich(&one.why) }));
            json!({ "answers": answers, "wrong": wrong.collect::<Vec<_>>() })
        }
        Form::Rewrite { channel: medium, text, method, keeps, model } => {
            let medium = channel(*medium);
            json!({ "channel": medium, "text": text, "method": method, "keeps": keeps, "model": model })
        }
        Form::Dialogue { start, best, turns } => {
            let name = |index: usize| turns.get(index).map(|turn| turn.id.as_str());
            let reply = |one: &crate::book::quiz::Reply| {
                let next = one.next.and_then(name).unwrap_or("end");
                let (say, why) = (rich(&one.say), rich(&one.why));
                json!({ "id": one.id, "say": say, "score": one.score, "why": why, "next": next })
            };
            let turn = |one: &crate::book::quiz::Turn| {
                let answers: Vec<Value> = one.answers.iter().map(reply).collect();
                (one.id.clone(), json!({ "says": rich(&one.says), "answers": answers }))
            };
            let turns: Map<String, Value> = turns.iter().map(turn).collect();
            json!({ "start": name(*start), "best": best, "turns": turns })
        }
    }
}

fn option(one: &Choice) -> Value {
    json!({ "id": one.id, "text": rich(&one.text), "right": one.right, "why": rich(&one.why) })
}

fn item(one: &Item) -> Value {
    json!({ "id": one.id, "text": rich(&one.text) })
}

/// Runs: text as it is, everything else as a map of one kind.
fn rich(runs: &[Run]) -> Value {
    let run = |run: &Run| match run {
        Run::Text(text) => json!(text),
        Run::Em(text) => json!({ "em": text }),
        Run::Strong(text) => json!({ "strong": text }),
        Run::Code(text) => json!({ "code": text }),
        Run::Link(text, url) => json!({ "a": text, "url": url }),
    };
    Value::Array(runs.iter().map(run).collect())
}
