//! Quizzes: their methods, rules, lessons and scripts found, their ids unique, their made questions made.
//!
//! Questions of more than one kind of source are in [`script`] (the grader gives the key) and [`made`] (the
//! rules' own samples give the question).

mod form;
mod made;
mod script;

use super::addresses::{Addresses, content_path};
use super::links;
use super::nav::{Nav, Place};
use super::uses::known;
use super::{Given, links::join};
use crate::book::Example;
use crate::book::quiz::{Lesson, Question, Quiz, Rich, Run, plain};
use crate::diag::{Code, Diagnostics};
use crate::parse::Draft;
use crate::parse::blocks::Block;
use crate::parse::inline::{RichDraft, RunDraft};
use crate::parse::quiz::{FormDraft, QuestionDraft, QuizDraft, question_id};
use crate::source::{Span, Spanned};
use std::collections::HashMap;

/// Where a quiz stands, and what it may name.
struct Scene<'a> {
    given: &'a Given<'a>,
    addresses: &'a Addresses<'a>,
    nav: &'a Nav,
    examples: &'a [Example],
    draft: &'a Draft,
    place: &'a Place,
    /// The quiz's method.
    method: Option<&'a str>,
}

/// Resolves every quiz, in reading order.
pub(super) fn resolve(
    given: &Given<'_>,
    nav: &Nav,
    addresses: &mut Addresses<'_>,
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) -> Vec<Quiz> {
    let mut quizzes = Vec::new();
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (page, (draft, place)) in nav.drafts.iter().zip(&nav.places).enumerate() {
        for block in &draft.body.blocks {
            let Block::Quiz(written) = block else { continue };
            let id = &written.id;
            if let Some(earlier) = first.get(id.value.as_str()) {
                diagnostics
                    .report(
                        Code::DuplicateId,
                        id.span,
                        format!("a quiz with the id `{}` exists already", id.value),
                    )
                    .related(*earlier, "it is first here")
                    .help("give this one an id of its own");
                continue;
            }
            first.insert(&id.value, id.span);
            let method = method(given, draft, written, diagnostics);
            let method = method.as_deref();
            let scene = Scene { given, addresses, nav, examples, draft, place, method };
            if let Some(quiz) = quiz(&scene, written, page, diagnostics) {
                addresses.add_quiz(id, quizzes.len());
                quizzes.push(quiz);
            }
        }
    }
    quizzes
}

/// The quiz's own method, else the first of its page.
fn method(
    given: &Given<'_>,
    draft: &Draft,
    written: &QuizDraft,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let ids = given.rulebook.method_ids();
    if let Some(method) = &written.method {
        return known(std::slice::from_ref(method), ids, Code::UnknownMethod, diagnostics).pop();
    }
    let ids: Vec<&str> = ids.collect();
    draft.front.methods.iter().map(|one| &one.value).find(|one| ids.contains(&one.as_str())).cloned()
}

fn quiz(scene: &Scene<'_>, written: &QuizDraft, page: usize, diagnostics: &mut Diagnostics) -> Option<Quiz> {
    let mut taken: HashMap<String, Span> = HashMap::new();
    let mut questions = Vec::with_capacity(written.questions.len());
    for draft in &written.questions {
        if let FormDraft::FromRules(wanted) = &draft.form {
            questions.extend(made::questions(scene, draft, wanted, &mut taken, diagnostics));
        } else if let Some(question) = question(scene, draft, diagnostics) {
            note_id(draft, &question, &mut taken, diagnostics);
            questions.push(question);
        }
    }
    if let Some(pick) = &written.pick
        && pick.value > questions.len()
        && questions.len() >= written.questions.len()
    {
        let message = format!("an attempt cannot pick {} of {} questions", pick.value, questions.len());
        diagnostics.report(Code::BadValue, pick.span, message).help("lower it, or write more questions");
    }
    // Without questions there is nothing to show; why has been said.
    (!questions.is_empty()).then(|| Quiz {
        id: written.id.value.clone(),
        title: written.title.clone(),
        method: scene.method.map(str::to_owned),
        is_final: written.is_final,
        intro: rich(scene, &written.intro, diagnostics),
        pass: written.pass,
        feedback: written.feedback,
        shuffle: written.shuffle,
        pick: written.pick.as_ref().map(|pick| pick.value).filter(|pick| *pick < questions.len()),
        attempts: written.attempts,
        confidence: written.confidence,
        page,
        span: written.span,
        questions,
    })
}

fn note_id(
    draft: &QuestionDraft,
    question: &Question,
    taken: &mut HashMap<String, Span>,
    diagnostics: &mut Diagnostics,
) {
    let span = draft.id.as_ref().map_or(draft.span, |id| id.span);
    if let Some(first) = taken.get(&question.id) {
        let message = format!("a question of this quiz has the id `{}` already", question.id);
        let help = match &draft.id {
            Some(_) => "give this one another id",
            None => "ids are made from the first words of a question: give one of the two an `id`",
        };
        diagnostics.report(Code::DuplicateId, span, message).related(*first, "it is here").help(help);
    } else {
        taken.insert(question.id.clone(), span);
    }
}

fn question(scene: &Scene<'_>, draft: &QuestionDraft, diagnostics: &mut Diagnostics) -> Option<Question> {
    let rulebook = scene.given.rulebook;
    let mut rules = known(&draft.rules, rulebook.rule_ids(), Code::UnknownRule, diagnostics);
    let lesson = lesson(scene, draft, diagnostics);
    let (hint, why) = (rich(scene, &draft.hint, diagnostics), rich(scene, &draft.why, diagnostics));
    let written = rich(scene, &draft.stem, diagnostics);
    let (form, about) = form::resolve(scene, draft, diagnostics)?;
    for rule in about.rules {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let id = match &draft.id {
        Some(id) => id.value.clone(),
        None if about.id.is_empty() => question_id(&plain(&written)),
        None => about.id,
    };
    let stem = if written.is_empty() { about.stem } else { written };
    Some(Question { id, stem, hint, why, weight: draft.weight, rules, lesson, made: None, form })
}

/// Where the answer is taught: the lesson that the question names, else the page of the quiz.
fn lesson(scene: &Scene<'_>, draft: &QuestionDraft, diagnostics: &mut Diagnostics) -> Lesson {
    let own = || Lesson { title: scene.place.title.clone(), url: scene.place.url.clone() };
    let Some(written) = &draft.lesson else { return own() };
    let reported = diagnostics.len();
    let link = links::resolve(scene.given, scene.addresses, scene.draft, scene.place, written, diagnostics);
    if diagnostics.len() > reported {
        return own();
    }
    let path = written.value.split('#').next().unwrap_or("");
    let target = join(content_path(&scene.draft.path), path).and_then(|path| {
        let index = if path.is_empty() { "index.md".to_owned() } else { format!("{path}/index.md") };
        scene.addresses.pages.get(&path).or_else(|| scene.addresses.pages.get(&index))
    });
    let Some(target) = target.filter(|_| !path.is_empty() || written.value.starts_with('#')) else {
        if path.is_empty() {
            return Lesson { url: format!("{}{}", scene.place.url, link.href), ..own() };
        }
        diagnostics
            .report(Code::BrokenLink, written.span, format!("`{}` is no lesson", written.value))
            .help("write the path of a lesson as in a link: `../01-start/first.md#heading`");
        return own();
    };
    if path.is_empty() {
        return Lesson { url: format!("{}{}", scene.place.url, link.href), ..own() };
    }
    let anchor = written.value.split_once('#').map_or(String::new(), |(_, anchor)| format!("#{anchor}"));
    Lesson { title: target.title.clone(), url: format!("{}{anchor}", target.url) }
}

/// A text with its links resolved; those to a place of their own page name the page, because a question is
/// also asked elsewhere.
fn rich(scene: &Scene<'_>, written: &RichDraft, diagnostics: &mut Diagnostics) -> Rich {
    let run = |run: &RunDraft, diagnostics: &mut Diagnostics| match run {
        RunDraft::Plain(run) => run.clone(),
        RunDraft::Link(text, target) => Run::Link(text.clone(), address(scene, target, diagnostics)),
    };
    written.iter().map(|one| run(one, diagnostics)).collect()
}

fn address(scene: &Scene<'_>, target: &Spanned<String>, diagnostics: &mut Diagnostics) -> String {
    let Scene { given, addresses, draft, place, .. } = scene;
    let href = links::resolve(given, addresses, draft, place, target, diagnostics).href;
    if href.starts_with('#') { format!("{}{}{href}", given.config.base_path, place.url) } else { href }
}
