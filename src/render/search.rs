//! Everything that search finds: lessons by their headings, examples, rules, methods and terms; and the page of
//! search, which without scripts says what there is instead.
//!
//! Drafts stay out, also where they are shown.

use super::example::channel;
use super::frame::{self, Area};
use super::renderer::Renderer;
use crate::book::quiz::{Form, Question, Quiz, plain};
use crate::book::{Example, Page, PageKind, Side, Term};
use crate::engine::Channel;
use crate::rules::{MethodDef, RuleDef};
use crate::search::{Document, Index, Section};
use crate::site::{Site, Store};
use std::collections::BTreeMap;
use tera::Value;

/// Site path of the page.
pub(super) const URL: &str = crate::search::FOLDER;
/// Words of the interface that the reader's modules use.
const WORDS: [&str; 27] = [
    "close",
    "all",
    "search",
    "search_hint",
    "search_recent",
    "search_forget",
    "search_results",
    "search_count",
    "search_none",
    "search_none_help",
    "search_no_words",
    "search_loading",
    "search_incomplete",
    "search_offline",
    "search_instead",
    "search_did_you_mean",
    "search_some_words",
    "search_all_results",
    "search_more",
    "search_marks",
    "kind_lesson",
    "kind_example",
    "kind_rule",
    "kind_method",
    "kind_glossary",
    "kind_question",
    "search_try",
];
const CHANNELS: [Channel; 2] = [Channel::Voicemail, Channel::Email];

/// Adds the index and the page.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site, store: Option<&dyn Store>) {
    if !renderer.config.search.enabled {
        return;
    }
    let words = &renderer.theme.strings;
    crate::search::add(&index(renderer), site, store);
    let context = super::context::PageContext {
        noindex: true,
        ..renderer.page_context(words.text("search"), words.text("search_lead"), URL)
    };
    let contents = if renderer.book.pages.len() > 1 { frame::CONTENTS } else { "" };
    let more = vec![("contents_url", Value::from(contents))];
    if let Some(html) = renderer.page("search.html", &context, "", Area::None, more) {
        site.add(format!("{URL}index.html"), html);
    }
}

fn index<'a>(renderer: &Renderer<'a>) -> Index<'a> {
    let (book, words) = (renderer.book, &renderer.theme.strings);
    let rulebook = &book.rulebook;
    let shown = |page: &usize| book.pages.get(*page).is_some_and(|page| !page.draft);
    let pages = book.pages.iter().filter(|page| !page.draft);
    let lessons = pages.map(|page| lesson(renderer, page));
    let examples = book.examples.iter().filter(|example| shown(&example.page));
    let terms = book.terms.iter().filter(|term| shown(&term.page));
    let quizzes = book.quizzes.iter().filter(|quiz| shown(&quiz.page));
    let rules = if rulebook.program().is_some() { &rulebook.rules[..] } else { &[] };
    let methods = if rulebook.program().is_some() { &rulebook.methods[..] } else { &[] };
    let interface = WORDS.iter().map(|name| ((*name).to_owned(), words.forms(name)));
    Index {
        language: renderer.config.language.clone(),
        kinds: vec![
            ("lesson", lessons.collect()),
            ("rule", rules.iter().map(|one| rule(renderer, one)).collect()),
            ("method", methods.iter().map(|one| method(renderer, one)).collect()),
            ("example", examples.map(|one| example(renderer, one)).collect()),
            ("glossary", terms.map(|term| glossary(renderer, term)).collect()),
            ("question", quizzes.flat_map(|quiz| questions(renderer, quiz)).collect()),
        ],
        methods: methods.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
        channels: CHANNELS
            .iter()
            .map(|one| channel(*one))
            .map(|id| (id.to_owned(), words.text(id).to_owned()))
            .collect(),
        synonyms: renderer.config.search.synonyms.clone(),
        words: interface.collect::<BTreeMap<_, _>>(),
    }
}

fn lesson<'a>(renderer: &Renderer<'_>, page: &'a Page) -> Document<'a> {
    Document {
        url: page.url.as_str().into(),
        title: page.heading.as_str().into(),
        keywords: format!(
            "{}\n{}",
            if page.title == page.heading { "" } else { &page.title },
            page.description
        )
        .into(),
        methods: places(renderer, page.methods.iter()),
        channels: Vec::new(),
        // The terms of a glossary are documents of their own.
        sections: if page.kind == PageKind::Glossary { Vec::new() } else { sections(page) },
    }
}

/// The text of a page, cut where its headings stand.
fn sections(page: &Page) -> Vec<Section<'_>> {
    let mut sections = Vec::with_capacity(page.headings.len() + 1);
    let mut headings = page.headings.iter().peekable();
    let mut open = Section::default();
    let (mut start, mut at) = (0, 0);
    for line in page.text.split_inclusive('\n') {
        if let Some(heading) = headings.next_if(|heading| heading.text == line.trim()) {
            open.text = page.text[start..at].trim().into();
            sections.push(std::mem::replace(
                &mut open,
                Section {
                    anchor: heading.id.as_str().into(),
                    heading: heading.text.as_str().into(),
                    text: "".into(),
                },
            ));
            start = at + line.len();
        }
        at += line.len();
    }
    open.text = page.text[start..].trim().into();
    sections.push(open);
    sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    sections
}

fn rule<'a>(renderer: &Renderer<'_>, rule: &'a RuleDef) -> Document<'a> {
    let words = &renderer.theme.strings;
    let samples = |samples: &[crate::rules::Sample]| {
        samples.iter().map(|sample| sample.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let users = renderer.book.rulebook.methods.iter();
    let users = users.filter(|method| rule.house || method.rules.iter().any(|one| one.rule.value == rule.id));
    Document {
        url: format!("{}{}/", super::rules::URL, rule.id).into(),
        title: rule.title.as_str().into(),
        keywords: rule.id.as_str().into(),
        methods: places(renderer, users.map(|method| &method.id)),
        channels: channels(rule.channels.iter()),
        sections: vec![
            Section { text: format!("{}\n{}", rule.why, rule.suggest).into(), ..Section::default() },
            Section {
                anchor: "samples".into(),
                heading: words.text("samples").to_owned().into(),
                text: format!("{}\n{}", samples(&rule.fail), samples(&rule.pass)).into(),
            },
        ],
    }
}

fn method<'a>(renderer: &Renderer<'_>, method: &'a MethodDef) -> Document<'a> {
    Document {
        url: format!("{}{}/", super::methods::URL, method.id).into(),
        title: method.title.as_str().into(),
        keywords: format!("{}\n{}", method.trainer, method.article.title).into(),
        methods: places(renderer, std::iter::once(&method.id)),
        channels: Vec::new(),
        sections: vec![Section { text: method.summary.as_str().into(), ..Section::default() }],
    }
}

fn example<'a>(renderer: &Renderer<'_>, example: &'a Example) -> Document<'a> {
    let words = &renderer.theme.strings;
    let side = |name: &str, side: &'a Side| {
        let notes = side.annotations.iter().filter_map(|annotation| annotation.note.as_deref());
        let text: Vec<&str> = std::iter::once(side.text.as_str()).chain(notes).collect();
        Section {
            anchor: format!("{}-{name}", example.id).into(),
            heading: words.text(name).to_owned().into(),
            text: text.join("\n").into(),
        }
    };
    Document {
        url: format!("{}{}/", super::gallery::URL, example.id).into(),
        title: example.title.as_str().into(),
        keywords: example.trade.as_deref().unwrap_or("").into(),
        methods: places(renderer, std::iter::once(&example.method)),
        channels: channels([&example.before.channel, &example.after.channel].into_iter()),
        sections: vec![side("before", &example.before), side("after", &example.after)],
    }
}

fn glossary<'a>(renderer: &Renderer<'_>, term: &'a Term) -> Document<'a> {
    let page = renderer.book.pages.get(term.page).map_or("", |page| page.url.as_str());
    Document {
        url: format!("{page}#{}", term.id).into(),
        title: term.name.as_str().into(),
        sections: vec![Section { text: term.text.as_str().into(), ..Section::default() }],
        ..Document::default()
    }
}

/// Questions are found by what they ask; their answers stay where one has to look for them.
fn questions<'a>(renderer: &Renderer<'_>, quiz: &'a Quiz) -> Vec<Document<'a>> {
    let question = |one: &'a Question| {
        let (script, channel) = match &one.form {
            Form::Spot { text, channel, .. } | Form::Rewrite { text, channel, .. } => {
                (text.as_str(), Some(channel))
            }
            _ => ("", None),
        };
        Document {
            url: super::quiz::question_url(quiz, &one.id).into(),
            title: plain(&one.stem).into(),
            keywords: quiz.title.as_str().into(),
            methods: places(renderer, quiz.method.iter()),
            channels: channels(channel.into_iter()),
            sections: vec![Section { text: script.into(), ..Section::default() }],
        }
    };
    quiz.questions.iter().map(question).collect()
}

/// Ids of methods as places in the index's list.
fn places<'i>(renderer: &Renderer<'_>, ids: impl Iterator<Item = &'i String>) -> Vec<usize> {
    let known = &renderer.book.rulebook.methods;
    ids.filter_map(|id| known.iter().position(|method| method.id == *id)).collect()
}

fn channels<'i>(wanted: impl Iterator<Item = &'i Channel>) -> Vec<usize> {
    let mut out: Vec<usize> =
        wanted.filter_map(|one| CHANNELS.iter().position(|known| known == one)).collect();
    out.sort_unstable();
    out.dedup();
    out
}
