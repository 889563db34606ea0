//! Cadences by their ids: the method whose limits count, the scripts that steps name, and every message by its day.

use super::Given;
use super::addresses::Addresses;
use super::uses::known;
use crate::book::{Cadence, CadenceScript, Example, Figure, Message, Repeat, Script, Step};
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::parse::Draft;
use crate::parse::blocks::Block;
use crate::parse::cadence::{CadenceDraft, StepDraft, With};
use crate::source::{Span, Spanned};
use std::collections::HashMap;
use std::sync::Arc;

/// The most that a cadence may come to; two years of a message a day are more than anybody returns.
const MOST_MESSAGES: usize = 500;

/// Resolves every cadence, in reading order, and makes their places known.
pub(super) fn resolve(
    given: &Given<'_>,
    drafts: &[Arc<Draft>],
    examples: &[Example],
    addresses: &mut Addresses<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Cadence> {
    let mut cadences: Vec<Cadence> = Vec::new();
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (page, draft) in drafts.iter().enumerate() {
        for block in &draft.body.blocks {
            let Block::Cadence(written) = block else { continue };
            let id = &written.id;
            if let Some(earlier) = first.get(id.value.as_str()) {
                let message = format!("a cadence with the id `{}` exists already", id.value);
                diagnostics
                    .report(Code::DuplicateId, id.span, message)
                    .related(*earlier, "it is first here")
                    .help("give this one an id of its own");
                continue;
            }
            first.insert(&id.value, id.span);
            let steps = steps(written, examples, diagnostics);
            let text = |written: &crate::parse::cadence::ScriptDraft| CadenceScript {
                title: written.title.clone().unwrap_or_else(|| title_of(&written.id.value)),
                text: written.text.clone(),
            };
            addresses.add_cadence(id, cadences.len());
            cadences.push(Cadence {
                id: id.value.clone(),
                title: written.title.clone().unwrap_or_else(|| title_of(&id.value)),
                method: method(given, written, draft, diagnostics),
                page,
                checks: written.checks.clone(),
                messages: messages(&steps),
                steps,
                scripts: written.scripts.iter().map(text).collect(),
                figures: written.figures.iter().map(figure).collect(),
            });
        }
    }
    cadences
}

fn figure(written: &crate::parse::cadence::FigureDraft) -> Figure {
    let written = written.clone();
    Figure { says: written.says, source: written.source, year: written.year, url: written.url }
}

/// `two-month-follow-up` as words: `Two month follow up`.
fn title_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Its own method, else the first of its page, else the playbook's; a cadence may have none.
fn method(
    given: &Given<'_>,
    written: &CadenceDraft,
    draft: &Draft,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if let Some(method) = &written.method {
        let named = std::slice::from_ref(method);
        return known(named, given.rulebook.method_ids(), Code::UnknownMethod, diagnostics).pop();
    }
    let of_page = draft.front.methods.first().map(|method| &method.value);
    let method = of_page.or(given.config.method.as_ref())?;
    given.rulebook.method(method).map(|method| method.id.clone())
}

fn steps(written: &CadenceDraft, examples: &[Example], diagnostics: &mut Diagnostics) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(written.steps.len());
    // The last day so far and where it is written.
    let mut last: Option<(u32, Span)> = None;
    let mut n_messages = 0;
    for one in &written.steps {
        let Some((step, end)) = step(one, last, diagnostics) else { continue };
        n_messages += step.repeat.map_or(1, |repeat| days_of(step.day, repeat).count());
        if n_messages > MOST_MESSAGES {
            diagnostics
                .report(
                    Code::BadValue,
                    step.day_span,
                    format!("this cadence comes to more than {MOST_MESSAGES} messages here"),
                )
                .help("end it earlier, or write longer gaps");
            break;
        }
        last = Some((end, step.day_span));
        let script = one
            .script
            .as_ref()
            .and_then(|name| script(name, one.channel.value, written, examples, diagnostics));
        steps.push(Step { script, ..step });
    }
    steps
}

/// A step with its first day, and the last day on which it stands.
fn step(one: &StepDraft, last: Option<(u32, Span)>, diagnostics: &mut Diagnostics) -> Option<(Step, u32)> {
    let gap = one.every.as_ref().map(|every| every.value);
    let counted = gap.map_or(0, |gap| last.map_or(0, |(day, _)| day + nth(gap, 1)));
    let day = one.day.as_ref().map_or(counted, |day| day.value);
    let written = one.day.as_ref().map(|day| day.span).or(one.every.as_ref().map(|every| every.span));
    let day_span = written.unwrap_or(one.span);
    if let Some((before, span)) = last.filter(|(before, _)| day < *before) {
        diagnostics
            .report(
                Code::CadenceOrder,
                day_span,
                format!("day {day} comes after day {before}, which stands before it"),
            )
            .related(span, format!("day {before} is here"))
            .help("put the steps in the order of their days");
        return None;
    }
    let repeat = match (gap, &one.until) {
        (Some((low, high)), Some(until)) => {
            if until.value < day {
                let message =
                    format!("this step ends on day {} and would first come on day {day}", until.value);
                diagnostics
                    .report(Code::CadenceOrder, until.span, message)
                    .help(format!("let it end on day {day} or later, or take the step out"));
                return None;
            }
            Some(Repeat {
                low,
                high,
                until: until.value,
                occasional_email: one.with == Some(With::OccasionalEmail),
                email: one.with == Some(With::Email),
            })
        }
        _ => None,
    };
    let end = repeat.map_or(day, |repeat| days_of(day, repeat).last().unwrap_or(day));
    let step = Step {
        day,
        repeat,
        channel: one.channel.value,
        at: one.at.as_ref().map(|at| at.value),
        script: None,
        note: one.note.clone(),
        day_span,
        at_span: one.at.as_ref().map(|at| at.span),
    };
    Some((step, end))
}

/// The script of the block itself that has this name, else the after message of the example that has it.
fn script(
    name: &Spanned<String>,
    channel: Channel,
    written: &CadenceDraft,
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) -> Option<Script> {
    if let Some(index) = written.scripts.iter().position(|script| script.id.value == name.value) {
        return Some(Script::Own(index));
    }
    let Some(index) = examples.iter().position(|example| example.id == name.value) else {
        let own = written.scripts.iter().map(|script| script.id.value.as_str());
        let known = own.chain(examples.iter().map(|example| example.id.as_str()));
        diagnostics
            .report(
                Code::UnknownScript,
                name.span,
                format!("no script and no example is called `{}`", name.value),
            )
            .help("name an example, or write the words under `scripts:` in this block")
            .help_nearest(&name.value, known);
        return None;
    };
    if examples[index].after.channel != channel {
        let (is, wanted) = match channel {
            Channel::Voicemail => ("an e-mail", "a voicemail"),
            Channel::Email => ("a voicemail", "an e-mail"),
        };
        diagnostics
            .report(
                Code::ScriptChannel,
                name.span,
                format!("the after message of `{}` is {is}, and this step is {wanted}", name.value),
            )
            .help("name an example of the step's channel, or change the step's `channel`");
    }
    Some(Script::Example(index))
}

/// Days from the first to the time `n` of a step that comes back: the middle of its gap, rounded up.
fn nth((low, high): (u32, u32), n: u32) -> u32 {
    (n * (low + high)).div_ceil(2)
}

fn days_of(first: u32, repeat: Repeat) -> impl Iterator<Item = u32> {
    (0..).map(move |n| first + nth((repeat.low, repeat.high), n)).take_while(move |day| *day <= repeat.until)
}

/// Every message, by day and then as written.
fn messages(steps: &[Step]) -> Vec<Message> {
    let mut out = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let message = |day, channel, accompanies| Message { day, channel, step: index, accompanies };
        let Some(repeat) = step.repeat else {
            out.push(message(step.day, step.channel, false));
            continue;
        };
        for (n, day) in days_of(step.day, repeat).enumerate() {
            out.push(message(day, step.channel, false));
            if repeat.email {
                out.push(message(day, Channel::Email, true));
            }
            // Half-way to the next voicemail, after the second, the fourth, the sixth …
            let between = day + nth((repeat.low, repeat.high), 1) / 2;
            if repeat.occasional_email && n % 2 == 1 && between <= repeat.until && between > day {
                out.push(message(between, Channel::Email, true));
            }
        }
    }
    out.sort_by_key(|message| (message.day, message.step));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_comes_back_keeps_to_its_gap() {
        for (low, high) in [(7, 10), (1, 1), (2, 3), (7, 7)] {
            let repeat = Repeat { low, high, until: 60, occasional_email: false, email: false };
            let days: Vec<u32> = days_of(4, repeat).collect();
            assert_eq!(days[0], 4);
            assert!(days.windows(2).all(|pair| (low..=high).contains(&(pair[1] - pair[0]))), "{days:?}");
            assert!(days.last().is_some_and(|last| *last <= 60 && last + high > 60), "{days:?}");
        }
    }

    #[test]
    fn an_id_becomes_words() {
        assert_eq!(title_of("two-month-follow-up"), "Two month follow up");
    }
}
