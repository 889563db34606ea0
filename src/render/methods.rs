//! The methods: a page each, and the comparison with what they disagree on.

use super::context::{Link, PageContext};
use super::frame::Area;
use super::gallery::{self, Card};
use super::renderer::{Renderer, add_all};
use super::rules::{self, UseView, use_view};
use crate::engine::program::{Method, Program};
use crate::rules::MethodDef;
use crate::site::Site;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// Site path of the comparison.
pub(crate) const URL: &str = "methods/";

#[derive(Serialize)]
struct MethodCard {
    title: String,
    url: String,
    trainer: String,
    summary: String,
    rules_count: String,
}

#[derive(Serialize)]
struct MethodPage {
    trainer: String,
    summary: String,
    source: String,
    source_url: String,
    rules: Vec<UseView>,
    has_limits: bool,
    lessons: Vec<Link>,
    cards: Vec<Card>,
    disputes: Vec<Dispute>,
    comparison_url: &'static str,
}

/// A rule's line in the comparison.
#[derive(Serialize)]
struct Row {
    title: String,
    url: String,
    disputed: bool,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    used: bool,
    severity: &'static str,
    severity_title: String,
    note: String,
}

/// Two methods and what each says about their quarrel.
#[derive(Debug, Clone, Serialize)]
struct Dispute {
    title: String,
    sides: Vec<DisputeSide>,
}

#[derive(Debug, Clone, Serialize)]
struct DisputeSide {
    method: Link,
    rules: Vec<Link>,
    why: String,
}

/// Adds the comparison and the pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let methods = &renderer.book.rulebook.methods;
    let Some(program) = renderer.book.rulebook.program().filter(|_| !methods.is_empty()) else { return };
    let words = &renderer.theme.strings;
    let cards: Vec<MethodCard> = methods.iter().map(|method| card(renderer, program, method)).collect();
    let more = vec![
        ("methods", Value::from_serializable(&cards)),
        ("rows", Value::from_serializable(&rows(renderer, program))),
        ("disputes", Value::from_serializable(&disputes(renderer, None))),
        ("same_script", same_script(renderer)),
    ];
    let context = renderer.page_context(words.text("methods_title"), words.text("methods_lead"), URL);
    if let Some(html) = renderer.page("methods.html", &context, "", Area::Methods, more) {
        site.add(format!("{URL}index.html"), html);
    }
    let indices: Vec<usize> = (0..methods.len()).collect();
    add_all(&indices, site, None, |index| page(renderer, program, *index));
}

/// The method in the program, which has the house rules and the final numbers.
fn compiled<'a>(program: &'a Program, id: &str) -> Option<&'a Method> {
    program.methods.iter().find(|method| method.id == id)
}

fn card(renderer: &Renderer<'_>, program: &Program, method: &MethodDef) -> MethodCard {
    let n_rules = compiled(program, &method.id).map_or(0, |method| method.rules.len());
    MethodCard {
        title: method.title.clone(),
        url: format!("{URL}{}/", method.id),
        trainer: method.trainer.clone(),
        summary: method.summary.clone(),
        rules_count: renderer.theme.strings.count("rules_count", n_rules),
    }
}

fn page(renderer: &Renderer<'_>, program: &Program, index: usize) -> Option<(String, Vec<u8>)> {
    let words = &renderer.theme.strings;
    let methods = &renderer.book.rulebook.methods;
    let method = &methods[index];
    let url = format!("{URL}{}/", method.id);
    let neighbour = |index: Option<usize>| {
        index
            .and_then(|index| methods.get(index))
            .map(|one| Link::new(&one.title, &format!("{URL}{}/", one.id)))
    };
    let context = PageContext {
        breadcrumbs: vec![Link::new(words.text("home"), ""), Link::new(words.text("methods"), URL)],
        og_type: "article",
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(Some(index + 1)),
        ..renderer.page_context(&method.title, &method.summary, &url)
    };
    let used = compiled(program, &method.id).map_or(&[][..], |one| one.rules.as_slice());
    let rules = used.iter().filter_map(|used| {
        let rule = program.rules.get(used.rule)?;
        Some(use_view(renderer, renderer.rule(&rule.id), used))
    });
    let rules: Vec<UseView> = rules.collect();
    let taught = renderer.book.method_uses.get(&method.id).cloned().unwrap_or_default();
    let examples = renderer.book.examples.iter().filter(|example| example.method == method.id);
    let article = &method.article;
    let quoted = Some(&article.title).filter(|title| !title.is_empty()).map(|title| format!("“{title}”"));
    let year = article.year.map(|year| year.to_string());
    let source: Vec<String> = quoted.into_iter().chain(article.publisher.clone()).chain(year).collect();
    let view = MethodPage {
        trainer: method.trainer.clone(),
        summary: method.summary.clone(),
        source: source.join(", "),
        source_url: article.url.clone().unwrap_or_default(),
        has_limits: rules.iter().any(|one| !one.limits.is_empty()),
        rules,
        lessons: rules::pages(renderer, &taught.pages),
        cards: examples.map(|example| gallery::card(renderer, example)).collect(),
        disputes: disputes(renderer, Some(&method.id)),
        comparison_url: URL,
    };
    let more = vec![("method", Value::from_serializable(&view))];
    Some((url, renderer.page("method.html", &context, "", Area::Methods, more)?))
}

/// Rules by methods: those that most methods share first, then by title.
fn rows(renderer: &Renderer<'_>, program: &Program) -> Vec<Row> {
    let disputed: BTreeSet<&str> = renderer
        .book
        .rulebook
        .methods
        .iter()
        .flat_map(|method| &method.disagrees)
        .flat_map(|one| &one.over)
        .map(|rule| rule.value.as_str())
        .collect();
    let mut rows = Vec::new();
    for rule in &renderer.book.rulebook.rules {
        let cell = |method: &MethodDef| {
            let used = compiled(program, &method.id)?.rules.iter();
            let used = used
                .into_iter()
                .find(|used| program.rules.get(used.rule).is_some_and(|one| one.id == rule.id))?;
            let view = use_view(renderer, Link::default(), used);
            let weight = renderer.theme.strings.count("points", view.weight as usize);
            let note = if view.limits.is_empty() { weight } else { format!("{weight} · {}", view.limits) };
            Some(Cell { used: true, severity: view.severity_id, severity_title: view.severity, note })
        };
        let unused =
            || Cell { used: false, severity: "none", severity_title: String::new(), note: String::new() };
        let cells: Vec<Cell> =
            renderer.book.rulebook.methods.iter().map(|method| cell(method).unwrap_or_else(unused)).collect();
        let link = renderer.rule(&rule.id);
        rows.push(Row {
            disputed: disputed.contains(rule.id.as_str()),
            title: link.title,
            url: link.url,
            cells,
        });
    }
    let n_used = |row: &Row| row.cells.iter().filter(|cell| cell.used).count();
    rows.sort_by(|a, b| n_used(b).cmp(&n_used(a)).then_with(|| a.title.cmp(&b.title)));
    rows
}

/// What the methods quarrel about, a pair of methods at a time; only those of one method, if it is given.
fn disputes(renderer: &Renderer<'_>, only: Option<&str>) -> Vec<Dispute> {
    let mut pairs: BTreeMap<(&str, &str), Vec<DisputeSide>> = BTreeMap::new();
    for method in &renderer.book.rulebook.methods {
        let Some(speaker) = renderer.method(&method.id) else { continue };
        for one in &method.disagrees {
            let (a, b) = (method.id.as_str(), one.with.value.as_str());
            if only.is_some_and(|only| only != a && only != b) {
                continue;
            }
            pairs.entry((a.min(b), a.max(b))).or_default().push(DisputeSide {
                method: speaker.clone(),
                rules: one.over.iter().map(|rule| renderer.rule(&rule.value)).collect(),
                why: one.why.clone(),
            });
        }
    }
    let title = |id: &str| renderer.method(id).map_or_else(|| id.to_owned(), |link| link.title);
    let and = renderer.theme.strings.text("and");
    let dispute = |((a, b), sides): ((&str, &str), Vec<DisputeSide>)| Dispute {
        title: format!("{}{and}{}", title(a), title(b)),
        sides,
    };
    pairs.into_iter().map(dispute).collect()
}

/// The after script that the methods grade most differently, with its grades.
fn same_script(renderer: &Renderer<'_>) -> Value {
    let spread = |scores: Vec<u32>| Some(scores.iter().max()? - scores.iter().min()?);
    let examples = renderer.book.examples.iter();
    let most = examples
        .filter_map(|one| {
            let scores = one.after.report.grades.iter().filter_map(|grade| grade.score).collect();
            Some((spread(scores)?, one))
        })
        .reduce(|best, one| if one.0 > best.0 { one } else { best });
    match most {
        Some((_, example)) => gallery::comparison(renderer, example),
        None => Value::none(),
    }
}
