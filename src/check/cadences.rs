//! Cadences against the pace that they, or their method, ask for: gaps between days, and hours of calls.

use crate::book::{Book, Cadence};
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::rules::pace::{Limit, Pace, clock_text};
use crate::source::Span;

/// Where neither the cadence nor its method says anything: no two voicemails on one day, and no month of silence.
const DEFAULT_GAP: (u32, u32) = (1, 30);

/// Checks all cadences.
pub(super) fn check(book: &Book, diagnostics: &mut Diagnostics) {
    for cadence in &book.cadences {
        let method = cadence.method.as_deref().and_then(|id| book.rulebook.method(id));
        let of_method = method.map_or_else(Pace::default, |method| method.cadence.clone());
        let name = method.map(|method| method.id.as_str()).filter(|_| cadence.checks.gap.is_none());
        match cadence.checks.gap.or(of_method.gap) {
            Some(Limit::Any) => {}
            Some(Limit::Set(gap, span)) => gaps(cadence, gap, Some((span, name)), diagnostics),
            None => gaps(cadence, DEFAULT_GAP, None, diagnostics),
        }
        let name = method.map(|method| method.id.as_str()).filter(|_| cadence.checks.not_between.is_none());
        if let Some(Limit::Set(hours, span)) = cadence.checks.not_between.or(of_method.not_between) {
            for_hours(cadence, hours, (span, name), diagnostics);
        }
    }
}

/// The place of a limit, and the method that sets it where it is not the cadence's own.
type Origin<'a> = (Span, Option<&'a str>);

fn related(origin: Origin<'_>) -> (Span, String) {
    let (span, method) = origin;
    (span, method.map_or("the limit is set here".to_owned(), |id| format!("the method `{id}` sets it here")))
}

fn gaps(
    cadence: &Cadence,
    (least, most): (u32, u32),
    origin: Option<Origin<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: Vec<Span> = Vec::new();
    let mut report = |span: Span, message: String, help: String| {
        // A step that comes back is wrong once, not each time.
        if seen.contains(&span) {
            return;
        }
        seen.push(span);
        let one = diagnostics.report(Code::CadenceGap, span, message);
        one.help(help);
        if let Some(origin) = origin {
            let (span, text) = related(origin);
            one.related(span, text);
        }
    };
    let span = |step: usize| cadence.steps[step].day_span;
    let mut last_day: Option<u32> = None;
    let mut last_call: Option<u32> = None;
    for message in &cadence.messages {
        if let Some(gap) = last_day.map(|last| message.day - last).filter(|gap| *gap > most) {
            report(
                span(message.step),
                format!("{} pass in silence before this message; the most is {most}", count(gap)),
                "put a step in between, or say `checks: { gap: any }`".to_owned(),
            );
        }
        last_day = Some(message.day);
        if message.channel != Channel::Voicemail {
            continue;
        }
        if let Some(gap) = last_call.map(|last| message.day - last).filter(|gap| *gap < least) {
            let text = match gap {
                0 => "this is the second voicemail on one day".to_owned(),
                _ => {
                    format!("this voicemail comes {} after the one before; the least is {least}", count(gap))
                }
            };
            let help = "move it to a later day, make it an e-mail, or say `checks: { gap: any }`";
            report(span(message.step), text, help.to_owned());
        }
        last_call = Some(message.day);
    }
}

fn count(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn for_hours(cadence: &Cadence, (from, to): (u16, u16), origin: Origin<'_>, diagnostics: &mut Diagnostics) {
    for step in cadence.steps.iter().filter(|step| step.channel == Channel::Voicemail) {
        let (Some(at), Some(span)) = (step.at, step.at_span) else { continue };
        if !(from..to).contains(&at) {
            continue;
        }
        let (from, to) = (clock_text(from), clock_text(to));
        let message = format!("this call is placed at {}, between {from} and {to}", clock_text(at));
        let (place, text) = related(origin);
        diagnostics
            .report(Code::CadenceHours, span, message)
            .related(place, text)
            .help(format!("call before {from} or from {to} on, or say `checks: {{ not-between: any }}`"));
    }
}
