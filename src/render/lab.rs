//! The script lab: its page, its block in lessons, and the scripts to begin with.
//!
//! The script that a lab begins with is graded here, so that marks, grade and seconds stand in the HTML; the modules take over
//! from there with the same words. Without scripts a lab says what it is and shows that script.

use super::context::{Link, PageContext};
use super::example::{self, channel};
use super::frame::Area;
use super::renderer::Renderer;
use crate::book::{Example, Lab, LabStart, Side, Tool};
use crate::engine::{Channel, Finding, Grade, Report, Verdict};
use crate::site::Site;
use serde::Serialize;
use std::ops::Range;
use tera::{Context, Value};

/// Site path of the page.
pub(super) const URL: &str = "lab/";
/// The modules that a lab needs before it can grade.
const MODULES: [&str; 3] = ["js/elements/script-lab.js", "js/lab/lab.js", "js/engine/index.js"];
/// Style sheets of pages that hold a lab.
const STYLES: [&str; 1] = ["css/lab.css"];

#[derive(Serialize)]
struct LabView {
    id: String,
    method: String,
    channel: &'static str,
    channel_title: String,
    text: String,
    parts: Vec<PartView>,
    words: String,
    score: String,
    /// `kept`, `asking`, `broken`, or `none` without a score.
    tone: &'static str,
    spoken: String,
    wave: Option<example::WaveView>,
    fix: Option<FixView>,
    asks: Vec<AskView>,
    methods: Vec<MethodView>,
    scripts: String,
}

#[derive(Serialize)]
struct PartView {
    text: String,
    broken: bool,
}

/// A rule that asks whether what it wants is there in other words.
#[derive(Serialize)]
struct AskView {
    id: String,
    message: String,
}

#[derive(Serialize)]
struct FixView {
    id: String,
    /// The words of the button that leads to its place, if it has one.
    button: String,
    rule: Link,
    tone: &'static str,
    message: String,
    suggestion: String,
}

#[derive(Serialize)]
struct MethodView {
    id: String,
    title: String,
    score: String,
    /// What the bar shows: the score, and what it would be if all that was not found were there.
    low: u32,
    high: u32,
    capped: bool,
    own: bool,
}

/// What "start from" offers, as the page loads it on demand.
#[derive(Serialize)]
struct Scripts<'a> {
    examples: Vec<ExampleScript<'a>>,
    templates: Vec<TemplateScript<'a>>,
}

#[derive(Serialize)]
struct ExampleScript<'a> {
    id: &'a str,
    title: &'a str,
    method: &'a str,
    before: SideScript<'a>,
    after: SideScript<'a>,
}

#[derive(Serialize)]
struct SideScript<'a> {
    channel: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct TemplateScript<'a> {
    id: &'a str,
    title: &'a str,
    method: &'a str,
    channel: &'static str,
    text: &'a str,
}

/// Site path of the scripts to begin with, and their bytes.
pub(super) fn scripts(book: &crate::book::Book) -> Option<(String, Vec<u8>)> {
    if !book.has(Tool::Lab) {
        return None;
    }
    let side = |side: &'_ Side| channel(side.channel);
    let examples = book.examples.iter().map(|one| ExampleScript {
        id: &one.id,
        title: &one.title,
        method: &one.method,
        before: SideScript { channel: side(&one.before), text: &one.before.text },
        after: SideScript { channel: side(&one.after), text: &one.after.text },
    });
    let templates = book.rulebook.templates.iter().map(|one| TemplateScript {
        id: &one.id,
        title: &one.title,
        method: &one.method.value,
        channel: channel(one.channel),
        text: &one.text,
    });
    let scripts = Scripts { examples: examples.collect(), templates: templates.collect() };
    let bytes = serde_json::to_vec(&scripts).ok()?;
    let hash = blake3::hash(&bytes).to_hex();
    Some((format!("{URL}scripts-{}.json", &hash[..10]), bytes))
}

/// Adds the page and the scripts to begin with.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let Some((path, bytes)) = &renderer.scripts else { return };
    site.add(path.clone(), bytes.clone());
    let words = &renderer.theme.strings;
    let context = PageContext {
        modules: renderer.modules_below(&MODULES),
        styles: renderer.modules_of(&STYLES),
        preload: renderer.program.as_ref().map(|(path, _)| path.clone()).unwrap_or_default(),
        ..renderer.page_context(words.text("lab_title"), words.text("lab_lead"), URL)
    };
    let more = vec![
        ("lab", Value::from_serializable(&first(renderer))),
        ("tools", Value::from_serializable(&super::tools::links(renderer))),
    ];
    if let Some(html) = renderer.page("lab.html", &context, "", Area::Lab, more) {
        site.add(format!("{URL}index.html"), html);
    }
}

/// The block in a lesson; `number` tells the labs of a page apart.
pub(super) fn html(renderer: &Renderer<'_>, lab: &Lab, number: usize, level: u8) -> String {
    let (channel, text) = script(renderer, lab);
    let mut context = Context::new();
    context.insert("lab", &view(renderer, format!("lab-{number}"), &lab.method, channel, text));
    context.insert("level", &level);
    renderer.component("lab_block", &context)
}

/// The block on the page of the whole book: the script to mend, without the tools.
pub(super) fn paper(renderer: &Renderer<'_>, lab: &Lab) -> String {
    let escape = crate::html::escape;
    let title = escape(renderer.theme.strings.text("lab_first"));
    let text = escape(script(renderer, lab).1.trim()).replace('\n', "<br>");
    format!(
        "<figure class=\"lab-paper\"><figcaption>{title}</figcaption><blockquote><p>{text}</p></blockquote></figure>\n"
    )
}

/// What a lab begins with.
fn script<'a>(renderer: &'a Renderer<'_>, lab: &'a Lab) -> (Channel, &'a str) {
    let example = match &lab.start {
        LabStart::Example { index, after } => renderer.book.examples.get(*index).map(|one| (one, *after)),
        LabStart::Text(_) => None,
    };
    let side = example.map(|(one, after)| if after { &one.after } else { &one.before });
    let text = match (&lab.start, side) {
        (LabStart::Text(text), _) => text.as_str(),
        (_, Some(side)) => side.text.as_str(),
        _ => "",
    };
    (lab.channel.or(side.map(|side| side.channel)).unwrap_or(Channel::Voicemail), text)
}

/// The style sheets of a page that holds a lab.
pub(super) fn styles(renderer: &Renderer<'_>) -> Vec<super::context::ModuleLink> {
    renderer.modules_of(&STYLES)
}

/// What the page begins with.
fn first(renderer: &Renderer<'_>) -> LabView {
    let (method, channel, text) = beginning(renderer);
    view(renderer, "lab".to_owned(), method, channel, text)
}

/// A message that has something to mend.
pub(super) fn sample(renderer: &Renderer<'_>) -> String {
    beginning(renderer).2.to_owned()
}

/// The playbook's own method, and a message of one of its examples that has something to mend.
fn beginning<'a>(renderer: &Renderer<'a>) -> (&'a str, Channel, &'a str) {
    let (book, config) = (renderer.book, renderer.config);
    let known = |id: &&str| book.rulebook.method(id).is_some();
    let method = config.method.as_deref().filter(known);
    let method = method.or_else(|| book.rulebook.method_ids().next()).unwrap_or("");
    let is_one = |one: &&Example| {
        let broken = super::gallery::broken_under(&one.before, &one.method);
        one.method == method && one.before.channel == Channel::Voicemail && broken.len() > 2
    };
    let example = book.examples.iter().find(is_one);
    (method, Channel::Voicemail, example.map_or("", |one| one.before.text.as_str()))
}

fn view(renderer: &Renderer<'_>, id: String, method: &str, of: Channel, text: &str) -> LabView {
    let words = &renderer.theme.strings;
    let report = renderer.book.rulebook.grade(of, text);
    let grade = report.grade(method);
    let score = grade.and_then(|grade| example::score(renderer, grade)).unwrap_or_default();
    let broken = grade.map_or(Vec::new(), |grade| broken(&report, grade));
    let limit = renderer.limit_seconds(method);
    let scale = example::Scale::of(report.milliseconds, limit);
    let methods = report.grades.iter().filter_map(|grade| {
        Some(MethodView {
            title: renderer.method(&grade.method)?.title,
            score: example::score(renderer, grade).unwrap_or_default(),
            low: grade.score.unwrap_or(0),
            high: grade.high.unwrap_or(0),
            capped: grade.capped && grade.score.is_some(),
            own: grade.method == method,
            id: grade.method.clone(),
        })
    });
    LabView {
        id,
        channel: channel(of),
        channel_title: words.text(channel(of)).to_owned(),
        text: text.to_owned(),
        parts: parts(text, &broken),
        words: words.count("words", usize::try_from(report.words).unwrap_or(0)),
        tone: grade.map_or("none", tone),
        spoken: words.fill("score", &[("n", score.clone())]),
        score,
        wave: example::wave(renderer, of, text, &report, &broken, &scale),
        fix: grade.and_then(|grade| fix(renderer, &report, grade)),
        asks: grade.map_or(Vec::new(), |grade| asks(&report, grade)),
        methods: methods.collect(),
        method: method.to_owned(),
        scripts: renderer.scripts.as_ref().map(|(path, _)| path.clone()).unwrap_or_default(),
    }
}

/// The colour of a score, as `toneOf` in js/lab/panels.js gives it.
fn tone(grade: &Grade) -> &'static str {
    match (grade.score, grade.high) {
        (None, _) => "none",
        (Some(80..), _) => "kept",
        (_, high) if grade.capped || high.unwrap_or(0) < 60 => "broken",
        _ => "asking",
    }
}

/// The words that break a rule of the method: in order, apart.
fn broken(report: &Report, grade: &Grade) -> Vec<Range<usize>> {
    let findings = grade.lines.iter().filter_map(|line| report.findings.get(line.finding));
    let marks = findings.filter(|one| one.verdict == Verdict::Broken).flat_map(|one| &one.marks);
    let mut ranges: Vec<Range<usize>> =
        marks.map(|mark| mark.from as usize..mark.to as usize).filter(|range| !range.is_empty()).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn parts(text: &str, broken: &[Range<usize>]) -> Vec<PartView> {
    let part =
        |range: Range<usize>, broken| PartView { text: text.get(range).unwrap_or("").to_owned(), broken };
    let mut out = Vec::new();
    let mut at = 0;
    for range in broken {
        out.push(part(at..range.start, false));
        out.push(part(range.clone(), true));
        at = range.end;
    }
    out.push(part(at..text.len(), false));
    out.retain(|part| !part.text.is_empty());
    out
}

fn fix(renderer: &Renderer<'_>, report: &Report, grade: &Grade) -> Option<FixView> {
    let finding: &Finding = report.findings.get(grade.lines.get(grade.fix?)?.finding)?;
    let words = &renderer.theme.strings;
    let button = match finding.marks.len() {
        0 => finding.place.map_or(String::new(), |_| words.text("lab_go_there").to_owned()),
        n => words.count("lab_words_places", n),
    };
    Some(FixView {
        id: finding.rule.clone(),
        button,
        rule: renderer.rule(&finding.rule),
        tone: example::tone(finding.verdict),
        message: finding.message.clone(),
        suggestion: finding.suggestion.clone(),
    })
}

fn asks(report: &Report, grade: &Grade) -> Vec<AskView> {
    let findings = grade.lines.iter().filter_map(|line| report.findings.get(line.finding));
    let open = findings.filter(|finding| finding.verdict == Verdict::NotFound);
    open.map(|one| AskView { id: one.rule.clone(), message: one.message.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_text_is_cut_at_its_marks_and_nothing_is_lost() {
        let cut: Vec<(String, bool)> = parts("We are the best.", &[0..2, 11..15])
            .into_iter()
            .map(|one| (one.text, one.broken))
            .collect();
        let expected = [("We", true), (" are the ", false), ("best", true), (".", false)];
        assert_eq!(cut, expected.map(|(text, broken)| (text.to_owned(), broken)));
        assert!(parts("", &[]).is_empty());
    }
}
