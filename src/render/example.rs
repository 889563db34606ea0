//! An example as its template sees it: both scripts in pieces, their marks, notes, grades and sound.
//!
//! 1. The trainer's annotations are marks; what the grader finds broken joins them ([`marks`]).
//! 2. Marks are numbered in the order of the words; each number leads to its note and back.
//! 3. What is missing has no words to mark, so its note stands at the end without a number.

use super::context::Link;
use super::marks::{self, Mark, Marked};
use super::renderer::Renderer;
use super::wave;
use crate::book::{Example, Side};
use crate::engine::{CAP, Channel, Grade, Report, Verdict};
use serde::Serialize;
use std::ops::Range;
use tera::{Context, Value};

#[derive(Serialize)]
struct ExampleView {
    id: String,
    title: String,
    url: String,
    method: Option<Link>,
    sides: [SideView; 2],
}

#[derive(Serialize)]
struct SideView {
    /// `before` or `after`.
    key: &'static str,
    id: String,
    title: String,
    channel: &'static str,
    channel_title: String,
    words: String,
    parts: Vec<PartView>,
    notes: Vec<NoteView>,
    notes_title: String,
    grade: Option<GradeView>,
    wave: Option<WaveView>,
    lab_url: String,
}

/// Words without a mark, or one mark.
#[derive(Default, Serialize)]
struct PartView {
    text: String,
    tone: &'static str,
    note: usize,
    label: String,
}

#[derive(Serialize)]
struct NoteView {
    /// 0 for what is missing.
    number: usize,
    tone: &'static str,
    anchored: bool,
    back: String,
    rules: Vec<RuleView>,
    text: String,
}

#[derive(Serialize)]
struct RuleView {
    title: String,
    url: String,
    verdict: String,
}

#[derive(Serialize)]
struct GradeView {
    score: String,
    spoken: String,
    summary: String,
    caption: String,
    rows: Vec<RowView>,
    total: String,
    cap: String,
}

#[derive(Serialize)]
struct RowView {
    title: String,
    url: String,
    tone: &'static str,
    verdict: String,
    points: String,
}

#[derive(Serialize)]
pub(super) struct WaveView {
    width: i64,
    plain: String,
    marked: String,
    limit_at: i64,
    seconds: String,
    limit: String,
    label: String,
}

/// The example's comparison as HTML; `level` is that of its title's heading.
pub(super) fn html(renderer: &Renderer<'_>, example: &Example, level: u8) -> String {
    let mut context = Context::new();
    context.insert("example", &view(renderer, example));
    context.insert("level", &level);
    renderer.component("example_block", &context)
}

/// The example's view, for a template that places it itself.
pub(super) fn value(renderer: &Renderer<'_>, example: &Example) -> Value {
    Value::from_serializable(&view(renderer, example))
}

/// Site path of an example's own page.
pub(super) fn url(id: &str) -> String {
    format!("examples/{id}/")
}

fn view(renderer: &Renderer<'_>, example: &Example) -> ExampleView {
    let limit = renderer.limit_seconds(&example.method);
    let longest = [&example.before, &example.after].map(|side| side.report.milliseconds).into_iter().max();
    let scale = Scale::of(longest.unwrap_or(0), limit);
    ExampleView {
        id: format!("example-{}", example.id),
        title: example.title.clone(),
        url: url(&example.id),
        method: renderer.method(&example.method),
        sides: [
            side(renderer, example, &example.before, "before", &scale),
            side(renderer, example, &example.after, "after", &scale),
        ],
    }
}

/// One time scale for both sides, so that their lengths can be compared.
pub(super) struct Scale {
    limit: Option<i64>,
    /// Tenths of a second.
    width: i64,
}

impl Scale {
    /// Room for the longest message and for the limit.
    pub(super) fn of(milliseconds: i64, limit: Option<i64>) -> Self {
        Self { limit, width: (milliseconds / 100).max(limit.unwrap_or(0) * 10) + 10 }
    }
}

fn side(
    renderer: &Renderer<'_>,
    example: &Example,
    side: &Side,
    key: &'static str,
    scale: &Scale,
) -> SideView {
    let words = &renderer.theme.strings;
    let mended = if key == "after" {
        super::gallery::broken_under(&example.before, &example.method)
    } else {
        Vec::new()
    };
    let Marked { marks, missing } = marks::of(side, &example.method, &mended);
    let broken: Vec<Range<usize>> =
        marks.iter().filter(|mark| mark.tone == "broken").map(|mark| mark.range.clone()).collect();
    let note = |number: usize, mark: &Mark| NoteView {
        number,
        tone: mark.tone,
        anchored: number > 0,
        back: words.fill("back_to_words", &[("n", number.to_string())]),
        rules: mark.rules.iter().map(|(rule, verdict)| rule_view(renderer, rule, *verdict)).collect(),
        text: mark.note.clone(),
    };
    let numbered = (1..).zip(&marks).map(|(number, mark)| note(number, mark));
    let notes = numbered.chain(missing.iter().map(|mark| note(0, mark))).collect();
    let channel = channel(side.channel);
    SideView {
        key,
        id: format!("{}-{key}", example.id),
        title: words.text(key).to_owned(),
        channel,
        channel_title: words.text(channel).to_owned(),
        words: words.count("words", side.text.split_whitespace().count()),
        parts: parts(renderer, &side.text, &marks),
        notes,
        notes_title: words.text(if key == "before" { "notes_before" } else { "notes_after" }).to_owned(),
        grade: grade(renderer, &side.report, &example.method),
        wave: wave(renderer, side.channel, &side.text, &side.report, &broken, scale),
        lab_url: lab_url(renderer, &example.id, key),
    }
}

/// Where a side is opened in the script lab, if there is one.
fn lab_url(renderer: &Renderer<'_>, id: &str, side: &str) -> String {
    match &renderer.scripts {
        Some(_) => format!("{}?example={id}&side={side}", super::lab::URL),
        None => String::new(),
    }
}

/// The name of a channel in classes, icons and words.
pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Voicemail => "voicemail",
        Channel::Email => "email",
    }
}

fn parts(renderer: &Renderer<'_>, text: &str, marks: &[Mark]) -> Vec<PartView> {
    let words = &renderer.theme.strings;
    let mut out = Vec::new();
    let mut at = 0;
    let plain = |range: Range<usize>| PartView {
        text: text.get(range).unwrap_or("").to_owned(),
        ..PartView::default()
    };
    for (number, mark) in (1..).zip(marks) {
        out.push(plain(at..mark.range.start));
        let n = ("n", number.to_string());
        let label = match mark.rules.first() {
            None => words.fill("mark_plain", &[n]),
            Some((rule, verdict)) => {
                let title = ("title", renderer.rule(rule).title);
                words.fill("mark", &[n, ("verdict", words.text(verdict_name(*verdict)).to_owned()), title])
            }
        };
        out.push(PartView { tone: mark.tone, note: number, label, ..plain(mark.range.clone()) });
        at = mark.range.end;
    }
    out.push(plain(at..text.len()));
    out.retain(|part| !part.text.is_empty());
    out
}

fn rule_view(renderer: &Renderer<'_>, rule: &str, verdict: Verdict) -> RuleView {
    let link = renderer.rule(rule);
    let verdict = renderer.theme.strings.text(verdict_name(verdict)).to_owned();
    RuleView { title: link.title, url: link.url, verdict }
}

/// The key of a verdict's words.
fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Broken => "broken",
        Verdict::NotFound => "not_found",
        Verdict::NotApplicable => "not_applicable",
    }
}

/// The class and icon of a verdict.
pub(super) fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Broken => "broken",
        Verdict::NotFound => "asking",
        Verdict::NotApplicable => "off",
    }
}

/// A score, a range of scores, or nothing.
pub(super) fn score(renderer: &Renderer<'_>, grade: &Grade) -> Option<String> {
    let words = &renderer.theme.strings;
    let (low, high) = (grade.score?, grade.high.or(grade.score)?);
    Some(if low == high {
        low.to_string()
    } else {
        words.fill("score_range", &[("low", low.to_string()), ("high", high.to_string())])
    })
}

fn grade(renderer: &Renderer<'_>, report: &Report, method: &str) -> Option<GradeView> {
    let words = &renderer.theme.strings;
    let grade = report.grade(method)?;
    let score = score(renderer, grade);
    let verdict = |line: &crate::engine::Line| report.findings.get(line.finding).map(|one| one.verdict);
    let row = |line: &crate::engine::Line| {
        let finding = report.findings.get(line.finding)?;
        let link = renderer.rule(&finding.rule);
        let points = match finding.verdict {
            Verdict::Kept => format!("{}", line.points),
            Verdict::Broken => format!("0 / {}", line.points),
            Verdict::NotFound => format!("0–{}", line.points),
            Verdict::NotApplicable => "–".to_owned(),
        };
        Some(RowView {
            title: link.title,
            url: link.url,
            tone: tone(finding.verdict),
            verdict: words.text(verdict_name(finding.verdict)).to_owned(),
            points,
        })
    };
    // What costs points comes first, what does not apply last.
    let order = |verdict: Option<Verdict>| match verdict {
        Some(Verdict::Broken) => 0,
        Some(Verdict::NotFound) => 1,
        Some(Verdict::Kept) => 2,
        _ => 3,
    };
    let mut lines: Vec<_> = grade.lines.iter().collect();
    lines.sort_by_key(|line| order(verdict(line)));
    let sum: u32 =
        grade.lines.iter().filter(|line| verdict(line) == Some(Verdict::Kept)).map(|line| line.points).sum();
    let shown = score.clone().unwrap_or_default();
    let title = renderer.method(method).map_or_else(|| method.to_owned(), |link| link.title);
    let holds = grade.capped && sum > CAP;
    Some(GradeView {
        spoken: if shown.is_empty() { String::new() } else { words.fill("score", &[("n", shown.clone())]) },
        summary: if shown.is_empty() {
            words.text("ledger_none").to_owned()
        } else {
            words.fill("ledger", &[("n", shown.clone())])
        },
        score: shown,
        caption: words.fill("ledger_caption", &[("method", title)]),
        rows: lines.into_iter().filter_map(row).collect(),
        total: sum.to_string(),
        cap: if holds { words.fill("ledger_cap_must", &[("n", CAP.to_string())]) } else { String::new() },
    })
}

/// The sound of a voicemail.
pub(super) fn wave(
    renderer: &Renderer<'_>,
    channel: Channel,
    text: &str,
    report: &Report,
    broken: &[Range<usize>],
    scale: &Scale,
) -> Option<WaveView> {
    let milliseconds = report.milliseconds;
    if channel != Channel::Voicemail || milliseconds <= 0 {
        return None;
    }
    let words = &renderer.theme.strings;
    let drawn = wave::draw(text, broken, milliseconds);
    let seconds = words.fill("seconds", &[("n", report.seconds.to_string())]);
    let limit = scale.limit.map(|limit| limit.to_string());
    let label = match &limit {
        Some(limit) => words.fill("wave_limit", &[("seconds", seconds.clone()), ("limit", limit.clone())]),
        None => words.fill("wave", &[("seconds", seconds.clone())]),
    };
    Some(WaveView {
        width: scale.width,
        plain: drawn.plain,
        marked: drawn.marked,
        limit_at: scale.limit.unwrap_or(0) * 10,
        seconds,
        limit: limit.map_or(String::new(), |limit| words.fill("limit", &[("n", limit)])),
        label,
    })
}
