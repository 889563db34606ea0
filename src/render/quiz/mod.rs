//! Quizzes: in the lesson that holds them, on a page of their own, in a list of all, and as data for scripts.
//!
//! In the HTML a quiz is whole: an ordered list, each answer folded away below its question ([`view`]). On paper
//! the questions come first and the key last ([`key`]). Scripts make a form of it from [`data`].

pub(super) mod data;
mod key;
mod view;

use super::context::{Link, PageContext};
use super::frame::Area;
use super::learner::{DRILL, PROGRESS};
use super::renderer::{Renderer, add_all};
use crate::book::Page;
use crate::book::Part;
use crate::book::quiz::{Quiz, Run, plain};
use crate::html::escape;
use crate::site::Site;
use serde::Serialize;
use tera::{Context, Value};

/// Site path of the list of all quizzes.
pub(super) const URL: &str = "quizzes/";
/// Where a quiz is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// In a lesson, among its text.
    Lesson,
    /// On its own page, whose heading is its title.
    Alone,
    /// On the page of the whole book, where nothing can be clicked.
    Paper,
}

/// Quizzes of a method, as the list of all shows them.
#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    url: String,
    finals: Vec<Card>,
    quizzes: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    title: String,
    url: String,
    id: String,
    lesson: Link,
    count: String,
    pass: String,
    intro: String,
}

/// Adds the data, the list and the pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    if renderer.book.quizzes.is_empty() {
        return;
    }
    for (path, bytes) in renderer.quizzes.iter().chain(&renderer.bank) {
        site.add(path.clone(), bytes.clone());
    }
    let words = &renderer.theme.strings;
    let context = renderer.page_context(words.text("quizzes"), words.text("quiz_list_lead"), URL);
    let more = vec![
        ("groups", Value::from_serializable(&groups(renderer))),
        ("drill_url", Value::normal_string(DRILL)),
        ("progress_url", Value::normal_string(PROGRESS)),
    ];
    if let Some(html) = renderer.page("quizzes.html", &context, "", Area::Quizzes, more) {
        site.add(format!("{URL}index.html"), html);
    }
    let indices: Vec<usize> = (0..renderer.book.quizzes.len()).collect();
    add_all(&indices, site, None, |index| page(renderer, *index));
}

fn page(renderer: &Renderer<'_>, index: usize) -> Option<(String, Vec<u8>)> {
    let words = &renderer.theme.strings;
    let quiz = &renderer.book.quizzes[index];
    let url = data::url(&quiz.id);
    let lesson = renderer.book.pages.get(quiz.page);
    let lesson = lesson.map(|page| Link::new(&page.title, &format!("{}#quiz-{}", page.url, quiz.id)));
    let neighbour = |index: Option<usize>| {
        let quiz = index.and_then(|index| renderer.book.quizzes.get(index))?;
        Some(Link::new(&quiz.title, &data::url(&quiz.id)))
    };
    let description = match plain(&quiz.intro) {
        intro if intro.is_empty() => words.count("quiz_count", quiz.questions.len()),
        intro => intro,
    };
    let context = PageContext {
        breadcrumbs: vec![Link::new(words.text("home"), ""), Link::new(words.text("quizzes"), URL)],
        eyebrow: words.text(if quiz.is_final { "quiz_final" } else { "quiz_quiz" }).to_owned(),
        methods: quiz.method.iter().filter_map(|id| renderer.method(id)).collect(),
        og_type: "article",
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(Some(index + 1)),
        ..renderer.page_context(&quiz.title, &description, &url)
    };
    let body = html(renderer, index, 2, Shown::Alone);
    let more = vec![
        ("body", Value::safe_string(&body)),
        ("key", Value::safe_string(&key::html(renderer, quiz, 2))),
        ("lesson", Value::from_serializable(&lesson)),
    ];
    Some((url, renderer.page("quiz.html", &context, "", Area::Quizzes, more)?))
}

/// Methods in their order, then what belongs to none; finals apart.
fn groups(renderer: &Renderer<'_>) -> Vec<Group> {
    let words = &renderer.theme.strings;
    let quizzes = &renderer.book.quizzes;
    let cards = |method: Option<&str>, finals: bool| {
        let chosen =
            quizzes.iter().filter(|quiz| quiz.method.as_deref() == method && quiz.is_final == finals);
        chosen.map(|quiz| card(renderer, quiz)).collect::<Vec<_>>()
    };
    let group = |id: &str, link: Link, method: Option<&str>| Group {
        id: id.to_owned(),
        title: link.title,
        url: link.url,
        finals: cards(method, true),
        quizzes: cards(method, false),
    };
    // In the order in which the book comes to them.
    let mut ids: Vec<&str> = Vec::new();
    for id in quizzes.iter().filter_map(|quiz| quiz.method.as_deref()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut groups: Vec<Group> =
        ids.iter().filter_map(|id| Some(group(id, renderer.method(id)?, Some(id)))).collect();
    let title = words.text(if groups.is_empty() { "quizzes" } else { "quiz_list_others" });
    groups.push(group("others", Link::new(title, ""), None));
    groups.retain(|group| !group.finals.is_empty() || !group.quizzes.is_empty());
    groups
}

fn card(renderer: &Renderer<'_>, quiz: &Quiz) -> Card {
    let words = &renderer.theme.strings;
    let page = renderer.book.pages.get(quiz.page);
    Card {
        title: quiz.title.clone(),
        url: data::url(&quiz.id),
        id: quiz.id.clone(),
        lesson: page.map(|page| Link::new(&page.title, &page.url)).unwrap_or_default(),
        count: words.count("quiz_count", quiz.pick.unwrap_or(quiz.questions.len())),
        pass: words.fill("quiz_pass", &[("n", quiz.pass.to_string())]),
        intro: rich(&quiz.intro),
    }
}

/// A quiz as HTML; `level` is that of its title's heading.
pub(super) fn html(renderer: &Renderer<'_>, index: usize, level: u8, shown: Shown) -> String {
    let Some(quiz) = renderer.book.quizzes.get(index) else { return String::new() };
    let src = renderer.quizzes.get(index).map_or("", |(path, _)| path.as_str());
    let mut context = Context::new();
    context.insert("quiz", &view::of(renderer, quiz, src));
    context.insert("level", &level);
    context.insert("alone", &(shown == Shown::Alone));
    context.insert("paper", &(shown == Shown::Paper));
    renderer.component("quiz_block", &context)
}

/// The keys of all quizzes of a page, for paper.
pub(super) fn keys(renderer: &Renderer<'_>, page: &Page, level: u8) -> String {
    let quizzes = page.body.iter().filter_map(|part| match part {
        Part::Quiz(index) => renderer.book.quizzes.get(*index),
        _ => None,
    });
    quizzes.map(|quiz| key::html(renderer, quiz, level)).collect()
}

/// The questions about a rule, as links to where they stand.
pub(super) fn about_rule(renderer: &Renderer<'_>, rule: &str) -> Vec<Link> {
    let quizzes = renderer.book.quizzes.iter();
    let questions = quizzes.flat_map(|quiz| quiz.questions.iter().map(move |question| (quiz, question)));
    let about = questions.filter(|(_, question)| question.rules.iter().any(|id| id == rule));
    let link = |(quiz, question): (&Quiz, &crate::book::quiz::Question)| Link {
        note: quiz.title.clone(),
        ..Link::new(&plain(&question.stem), &question_url(quiz, &question.id))
    };
    about.map(link).collect()
}

/// Site path and anchor of a question on the page of its quiz.
pub(super) fn question_url(quiz: &Quiz, question: &str) -> String {
    format!("{}#{}", data::url(&quiz.id), anchor(&quiz.id, question))
}

/// The anchor of a question; no id has an underscore of its own.
fn anchor(quiz: &str, question: &str) -> String {
    format!("quiz-{quiz}_{question}")
}

/// Runs as HTML.
fn rich(runs: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Text(text) => escape(text).into_owned(),
        Run::Em(text) => format!("<em>{}</em>", escape(text)),
        Run::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Run::Code(text) => format!("<code>{}</code>", escape(text)),
        Run::Link(text, url) => format!("<a href=\"{}\">{}</a>", escape(url), escape(text)),
    };
    runs.iter().map(run).collect()
}
