//! The gallery of examples, and a page for each with its grades under every method.

use super::context::{Link, PageContext};
use super::example::{self, channel, score};
use super::frame::Area;
use super::renderer::{Renderer, add_all};
use crate::book::{Example, Side, Situation};
use crate::engine::Verdict;
use crate::site::Site;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// Site path of the gallery.
pub(super) const URL: &str = "examples/";
/// Characters of the before script that a card shows.
const QUOTE: usize = 110;

/// An example in the gallery; the lists are what the filters look at, joined with blanks.
#[derive(Serialize)]
pub(super) struct Card {
    title: String,
    url: String,
    eyebrow: String,
    quote: String,
    method: String,
    method_id: String,
    channels: String,
    kept: String,
    broken: String,
    scores: Option<Scores>,
}

#[derive(Serialize)]
struct Scores {
    before: String,
    after: String,
    spoken: String,
}

#[derive(Serialize)]
struct Filter {
    name: &'static str,
    title: String,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    title: String,
}

/// A line of "the same two messages under every method".
#[derive(Serialize)]
struct MethodRow {
    method: Link,
    before: String,
    after: String,
    broken: Vec<Link>,
    own: bool,
}

#[derive(Serialize)]
struct Comparison {
    title: String,
    url: String,
    text: String,
    rows: Vec<MethodRow>,
}

/// Adds the gallery and the pages.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let examples = &renderer.book.examples;
    if examples.is_empty() {
        return;
    }
    let words = &renderer.theme.strings;
    let n = [("n", examples.len().to_string())];
    let context = renderer.page_context(words.text("gallery_title"), &words.fill("gallery_lead", &n), URL);
    let cards: Vec<Card> = examples.iter().map(|example| card(renderer, example)).collect();
    let more = vec![
        ("filters", Value::from_serializable(&filters(renderer))),
        ("cards", Value::from_serializable(&cards)),
    ];
    let context = PageContext { modules: renderer.modules("js/elements/example-gallery.js"), ..context };
    if let Some(html) = renderer.page("examples.html", &context, "", Area::Examples, more) {
        site.add(format!("{URL}index.html"), html);
    }
    add_all(examples, site, None, |example| page(renderer, example));
}

fn page(renderer: &Renderer<'_>, one: &Example) -> Option<(String, Vec<u8>)> {
    let words = &renderer.theme.strings;
    let url = example::url(&one.id);
    let lesson = renderer.book.pages.get(one.page);
    let lesson = lesson.map(|page| Link::new(&page.title, &format!("{}#example-{}", page.url, one.id)));
    let description = quote(&one.before.text);
    let context = PageContext {
        breadcrumbs: vec![Link::new(words.text("home"), ""), Link::new(words.text("examples"), URL)],
        eyebrow: eyebrow(renderer, one),
        og_type: "article",
        modules: renderer.modules("js/elements/hear-it.js"),
        ..renderer.page_context(&one.title, &description, &url)
    };
    let more = vec![
        ("example", example::value(renderer, one)),
        ("lesson", Value::from_serializable(&lesson)),
        ("grades", Value::from_serializable(&rows(renderer, one))),
    ];
    Some((url, renderer.page("example.html", &context, "", Area::Examples, more)?))
}

/// Grades under every method that has the example's channel; one method alone is no comparison.
fn rows(renderer: &Renderer<'_>, example: &Example) -> Vec<MethodRow> {
    let score_of = |side: &Side, method: &str| {
        let grade = side.report.grade(method);
        grade.and_then(|grade| score(renderer, grade)).unwrap_or_else(|| "–".to_owned())
    };
    let methods: Vec<&str> = example.before.report.grades.iter().map(|grade| grade.method.as_str()).collect();
    if methods.len() < 2 {
        return Vec::new();
    }
    let row = |method: &&str| {
        Some(MethodRow {
            method: renderer.method(method)?,
            before: score_of(&example.before, method),
            after: score_of(&example.after, method),
            broken: broken_under(&example.after, method).iter().map(|rule| renderer.rule(rule)).collect(),
            own: example.method == **method,
        })
    };
    methods.iter().filter_map(row).collect()
}

/// An example's after script and its grades, for the page that compares the methods.
pub(super) fn comparison(renderer: &Renderer<'_>, example: &Example) -> Value {
    let view = Comparison {
        title: example.title.clone(),
        url: example::url(&example.id),
        text: example.after.text.clone(),
        rows: rows(renderer, example),
    };
    Value::from_serializable(&view)
}

/// Rules of a method that a script breaks.
pub(super) fn broken_under<'a>(side: &'a Side, method: &str) -> Vec<&'a str> {
    let lines = side.report.grade(method).map_or(&[][..], |grade| grade.lines.as_slice());
    let findings = lines.iter().filter_map(|line| side.report.findings.get(line.finding));
    findings.filter(|one| one.verdict == Verdict::Broken).map(|one| one.rule.as_str()).collect()
}

/// An example as a card.
pub(super) fn card(renderer: &Renderer<'_>, example: &Example) -> Card {
    let words = &renderer.theme.strings;
    let score = |side: &Side| score(renderer, side.report.grade(&example.method)?);
    let scores = score(&example.before).zip(score(&example.after)).map(|(before, after)| Scores {
        spoken: words.fill("grade_before_after", &[("before", before.clone()), ("after", after.clone())]),
        before,
        after,
    });
    let channels = BTreeSet::from([channel(example.before.channel), channel(example.after.channel)]);
    Card {
        title: example.title.clone(),
        url: example::url(&example.id),
        eyebrow: eyebrow(renderer, example),
        quote: quote(&example.before.text),
        method: renderer.method(&example.method).map_or_else(|| example.method.clone(), |link| link.title),
        method_id: example.method.clone(),
        channels: channels.into_iter().collect::<Vec<_>>().join(" "),
        kept: kept(example).collect::<Vec<_>>().join(" "),
        broken: broken_under(&example.before, &example.method).join(" "),
        scores,
    }
}

/// Rules of the example's method that its after script keeps.
fn kept(example: &Example) -> impl Iterator<Item = &str> {
    let report = &example.after.report;
    let lines = report.grade(&example.method).map_or(&[][..], |grade| grade.lines.as_slice());
    let findings = lines.iter().filter_map(|line| report.findings.get(line.finding));
    findings.filter(|one| one.verdict == Verdict::Kept).map(|one| one.rule.as_str())
}

/// Trade and kind of call, as far as the author says.
fn eyebrow(renderer: &Renderer<'_>, example: &Example) -> String {
    let words = &renderer.theme.strings;
    let situation = example.situation.map(|situation| match situation {
        Situation::Referred => words.text("situation_referred"),
        Situation::Warm => words.text("situation_warm"),
        Situation::Cold => words.text("situation_cold"),
        Situation::FollowUp => words.text("situation_follow_up"),
    });
    let parts: Vec<&str> = example.trade.as_deref().into_iter().chain(situation).collect();
    parts.join(" · ")
}

/// The first words of a script.
fn quote(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTE) {
        None => line,
        Some((end, _)) => {
            let end = line[..end].rfind(' ').unwrap_or(end);
            format!("{} …", line[..end].trim_end_matches([',', '.', ';', ':']))
        }
    }
}

fn filters(renderer: &Renderer<'_>) -> Vec<Filter> {
    let words = &renderer.theme.strings;
    let examples = &renderer.book.examples;
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    let mut methods: BTreeMap<String, String> = BTreeMap::new();
    let mut channels: BTreeSet<&str> = BTreeSet::new();
    for one in examples {
        let title = renderer.method(&one.method).map_or_else(|| one.method.clone(), |link| link.title);
        methods.insert(title, one.method.clone());
        channels.extend([channel(one.before.channel), channel(one.after.channel)]);
        for rule in kept(one).chain(broken_under(&one.before, &one.method)) {
            rules.insert(renderer.rule(rule).title, rule.to_owned());
        }
    }
    let choices = |titles: BTreeMap<String, String>| {
        titles.into_iter().map(|(title, value)| Choice { value, title }).collect::<Vec<_>>()
    };
    let named = |names: &[(&str, &str)]| {
        let choice = |(value, key): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            title: words.text(key).to_owned(),
        };
        names.iter().map(choice).collect::<Vec<_>>()
    };
    let channels: Vec<(&str, &str)> = channels.into_iter().map(|name| (name, name)).collect();
    let verdicts = [("broken", "filter_broken"), ("kept", "filter_kept")];
    let filter = |name, key, options| Filter { name, title: words.text(key).to_owned(), options };
    let mut filters = vec![
        filter("method", "filter_method", choices(methods)),
        filter("rule", "filter_rule", choices(rules)),
        filter("channel", "filter_channel", named(&channels)),
        filter("verdict", "filter_verdict", named(&verdicts)),
    ];
    // A filter with one choice filters nothing.
    filters.retain(|filter| filter.options.len() > 1);
    filters
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_quote_ends_with_a_whole_word() {
        assert_eq!(quote("Hi\n Dana."), "Hi Dana.");
        let long = quote(&"word, ".repeat(40));
        assert!(long.ends_with("word …"), "{long}");
        assert!(quote(&"x".repeat(500)).chars().count() <= 112);
    }
}
