//! A cadence as a timeline: a strip on which each message is a stroke, and the days with what stands on them.
//!
//! Readable without a script; the planner's page shows the same messages as a table ([`super::tools`]).

use super::context::Link;
use super::renderer::Renderer;
use super::tools;
use crate::book::{Cadence, Message, Script, Step, Tool};
use crate::engine::Channel;
use crate::rules::pace::clock_text;
use serde::Serialize;
use std::fmt::Write;
use tera::Context;

#[derive(Serialize)]
struct CadenceView {
    id: String,
    title: String,
    facts: String,
    method: Option<Link>,
    strip: StripView,
    days: Vec<DayView>,
    figures: Vec<FigureView>,
    planner: String,
}

/// Lines of an SVG: ten units a day.
#[derive(Serialize)]
struct StripView {
    width: u32,
    base: String,
    weeks: String,
    voicemails: String,
    emails: String,
    label: String,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct DayView {
    /// `Day 4`, or `Every 7–10 days`.
    title: String,
    /// Days since the one before; empty for the first.
    gap: String,
    /// The days of a step that comes back.
    days: String,
    repeats: bool,
    messages: Vec<MessageView>,
}

/// A message as a timeline and the planner's table show it.
#[derive(Serialize)]
pub(super) struct MessageView {
    pub(super) day: u32,
    pub(super) channel: &'static str,
    pub(super) channel_title: String,
    pub(super) at: String,
    pub(super) script: Option<ScriptView>,
    pub(super) note: String,
}

/// A script: a link to its example, or its words.
#[derive(Serialize)]
pub(super) struct ScriptView {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) text: String,
}

#[derive(Serialize)]
struct FigureView {
    says: String,
    source: String,
    year: String,
    url: String,
}

/// The cadence as HTML; `level` is that of its title's heading.
pub(super) fn html(renderer: &Renderer<'_>, cadence: &Cadence, level: u8) -> String {
    let mut context = Context::new();
    context.insert("cadence", &view(renderer, cadence));
    context.insert("level", &level);
    renderer.component("cadence_block", &context)
}

fn view(renderer: &Renderer<'_>, cadence: &Cadence) -> CadenceView {
    let words = &renderer.theme.strings;
    let figure = |figure: &crate::book::Figure| FigureView {
        says: figure.says.clone(),
        source: figure.source.clone(),
        year: if figure.year == "undated" {
            words.text("cadence_undated").to_owned()
        } else {
            figure.year.clone()
        },
        url: figure.url.clone().unwrap_or_default(),
    };
    let is_made = renderer.book.has(Tool::Planner);
    CadenceView {
        id: format!("cadence-{}", cadence.id),
        title: cadence.title.clone(),
        facts: facts(renderer, cadence),
        method: cadence.method.as_deref().and_then(|id| renderer.method(id)),
        strip: strip(renderer, cadence),
        days: days(renderer, cadence),
        figures: cadence.figures.iter().map(figure).collect(),
        planner: if is_made { format!("{}#sequence-{}", tools::PLANNER, cadence.id) } else { String::new() },
    }
}

fn last_day(cadence: &Cadence) -> u32 {
    cadence.messages.last().map_or(0, |message| message.day)
}

/// `9 voicemails, 4 e-mails in 60 days`.
pub(super) fn facts(renderer: &Renderer<'_>, cadence: &Cadence) -> String {
    let words = &renderer.theme.strings;
    let n = |channel| cadence.messages.iter().filter(|message| message.channel == channel).count();
    let counted = [("cadence_voicemails", n(Channel::Voicemail)), ("cadence_emails", n(Channel::Email))];
    let counted = counted.iter().filter(|(_, n)| *n > 0).map(|(name, n)| words.count(name, *n));
    let messages = counted.collect::<Vec<_>>().join(", ");
    let days = words.count("cadence_days", last_day(cadence) as usize + 1);
    words.fill("cadence_facts", &[("messages", messages), ("days", days)])
}

fn strip(renderer: &Renderer<'_>, cadence: &Cadence) -> StripView {
    let words = &renderer.theme.strings;
    let last = last_day(cadence);
    let width = last.max(7) * 10;
    let (mut voicemails, mut emails, mut weeks) = (String::new(), String::new(), String::new());
    for message in &cadence.messages {
        let is_paired = cadence.messages.iter().any(|other| {
            other.day == message.day
                && other.channel == Channel::Voicemail
                && message.channel == Channel::Email
        });
        // An e-mail stands beside the voicemail of its day.
        let x = message.day * 10 + if is_paired { (width / 70).max(2) } else { 0 };
        let _ = match message.channel {
            Channel::Voicemail => write!(voicemails, "M{x} 3v18"),
            Channel::Email => write!(emails, "M{x} 8v8"),
        };
    }
    for week in 1..=last / 7 {
        let _ = write!(weeks, "M{} 24v3", week * 70);
    }
    let day = |n: u32| words.fill("cadence_day", &[("n", n.to_string())]);
    StripView {
        width,
        base: format!("M0 24h{width}"),
        weeks,
        voicemails,
        emails,
        label: facts(renderer, cadence),
        from: day(0),
        to: day(last),
    }
}

fn days(renderer: &Renderer<'_>, cadence: &Cadence) -> Vec<DayView> {
    let words = &renderer.theme.strings;
    let mut out: Vec<DayView> = Vec::new();
    let mut last: Option<u32> = None;
    let mut open: Option<u32> = None;
    for (index, step) in cadence.steps.iter().enumerate() {
        let message = message(renderer, cadence, step, step.day, step.channel);
        if open == Some(step.day)
            && step.repeat.is_none()
            && let Some(day) = out.last_mut()
        {
            day.messages.push(message);
            continue;
        }
        let gap = last.map(|last| step.day - last).filter(|gap| *gap > 0);
        let mut day = DayView {
            title: words.fill("cadence_day", &[("n", step.day.to_string())]),
            gap: gap.map(|gap| words.count("cadence_later", gap as usize)).unwrap_or_default(),
            days: String::new(),
            repeats: step.repeat.is_some(),
            messages: vec![message],
        };
        last = Some(step.day);
        open = Some(step.day);
        if let Some(repeat) = step.repeat {
            let days: Vec<u32> = on(cadence, index, false).collect();
            let list = days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            let gap = if repeat.low == repeat.high {
                repeat.low.to_string()
            } else {
                format!("{}–{}", repeat.low, repeat.high)
            };
            day.title = words.fill("cadence_every", &[("days", gap)]);
            let until = repeat.until.to_string();
            day.days = words.fill("cadence_until", &[("n", until), ("list", list)]);
            if repeat.email || repeat.occasional_email {
                let list = on(cadence, index, true).map(|day| day.to_string()).collect::<Vec<_>>().join(", ");
                let note = if repeat.email {
                    words.text("cadence_with_each").to_owned()
                } else {
                    words.fill("cadence_with_some", &[("list", list)])
                };
                day.messages.push(MessageView {
                    note,
                    at: String::new(),
                    script: None,
                    ..self::message(renderer, cadence, step, step.day, Channel::Email)
                });
            }
            last = days.last().copied().or(last);
            open = None;
        }
        out.push(day);
    }
    out
}

/// The days of a step's messages, or of the e-mails that accompany it.
fn on(cadence: &Cadence, step: usize, accompanies: bool) -> impl Iterator<Item = u32> {
    let is_one = move |one: &&Message| one.step == step && one.accompanies == accompanies;
    cadence.messages.iter().filter(is_one).map(|one| one.day)
}

fn message(
    renderer: &Renderer<'_>,
    cadence: &Cadence,
    step: &Step,
    day: u32,
    channel: Channel,
) -> MessageView {
    let name = super::example::channel(channel);
    MessageView {
        day,
        channel: name,
        channel_title: renderer.theme.strings.text(name).to_owned(),
        at: step.at.map(clock_text).unwrap_or_default(),
        script: step.script.and_then(|script| self::script(renderer, cadence, script)),
        note: step.note.clone().unwrap_or_default(),
    }
}

/// Every message of a cadence, by day, for the planner's table.
pub(super) fn messages(renderer: &Renderer<'_>, cadence: &Cadence) -> Vec<MessageView> {
    let view = |one: &Message| {
        let step = cadence.steps.get(one.step)?;
        let view = message(renderer, cadence, step, one.day, one.channel);
        let alone = |view| MessageView { at: String::new(), script: None, note: String::new(), ..view };
        Some(if one.accompanies { alone(view) } else { view })
    };
    cadence.messages.iter().filter_map(view).collect()
}

fn script(renderer: &Renderer<'_>, cadence: &Cadence, script: Script) -> Option<ScriptView> {
    match script {
        Script::Example(index) => {
            let example = renderer.book.examples.get(index)?;
            Some(ScriptView {
                title: example.title.clone(),
                url: super::example::url(&example.id),
                text: example.after.text.clone(),
            })
        }
        Script::Own(index) => {
            let script = cadence.scripts.get(index)?;
            Some(ScriptView { title: script.title.clone(), url: String::new(), text: script.text.clone() })
        }
    }
}
