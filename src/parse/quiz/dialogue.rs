//! `dialogue`: a call that goes on as the learner answers. Every turn can be reached, and every way ends.

use super::super::inline::RichDraft;
use super::ids::Ids;
use super::{FormDraft, required_rich, rich};
use crate::diag::{Code, Diagnostics};
use crate::source::{Span, Spanned};
use crate::tree::{Entry, Fields, Node};

/// A turn as written.
#[derive(Debug)]
pub struct TurnDraft {
    /// The key.
    pub id: String,
    /// What is heard.
    pub says: RichDraft,
    /// The most points from here to the end.
    pub best: i64,
    /// At least one.
    pub answers: Vec<ReplyDraft>,
}

/// An answer as written.
#[derive(Debug)]
pub struct ReplyDraft {
    /// Unique in its question.
    pub id: String,
    /// What one says.
    pub say: RichDraft,
    /// Points.
    pub score: i64,
    /// Why.
    pub why: RichDraft,
    /// Index of the turn that follows; the call ends, if none.
    pub next: Option<usize>,
    span: Span,
    leads: Span,
}

/// What ends the call, so no turn can be called so.
const END: &str = "end";

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let stem = fields.node("dialogue")?.span;
    fields.required("start", diagnostics);
    let start = fields.spanned("start", diagnostics);
    fields.required("turns", diagnostics);
    let entries = fields.entries("turns", diagnostics);
    let names: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    let mut ids = Ids::default();
    let mut turns: Vec<TurnDraft> =
        entries.iter().filter_map(|entry| turn(entry, &names, &mut ids, diagnostics)).collect();
    let start = start.and_then(|start| find(&start, &names, diagnostics))?;
    // What is half read would only give more messages.
    if turns.len() != entries.len() || turns.iter().any(|turn| turn.answers.is_empty()) {
        return None;
    }
    let points = walk(&turns, start, entries, diagnostics)?;
    for (turn, points) in turns.iter_mut().zip(&points) {
        turn.best = *points;
    }
    let best = points[start];
    if best <= 0 {
        diagnostics
            .report(Code::NoRightAnswer, stem, "no way through this call scores a point")
            .help("give the better answers a `score` of 1 or more");
        return None;
    }
    Some(FormDraft::Dialogue { start, best, turns })
}

fn turn(entry: &Entry, names: &[&str], ids: &mut Ids, diagnostics: &mut Diagnostics) -> Option<TurnDraft> {
    if entry.key == END {
        let message = "no turn can be called `end`: that is where the call ends";
        diagnostics.report(Code::BadValue, entry.key_span, message).help("give it another name");
        return None;
    }
    let mut fields = Fields::of(&entry.value, "a turn", diagnostics)?;
    let says = required_rich(&mut fields, "says", diagnostics);
    let nodes = fields.list("answers", diagnostics);
    if nodes.is_empty() && fields.node("answers").is_none_or(|node| node.as_list().is_some()) {
        diagnostics
            .report(Code::DialogueDeadEnd, entry.key_span, "this turn has no answers, so the call stops here")
            .help("add `answers`, or let the answers before it have `next: end`");
    }
    let answers: Vec<_> = nodes.iter().filter_map(|node| reply(node, names, ids, diagnostics)).collect();
    fields.finish(diagnostics);
    let most = answers.iter().map(|answer| answer.score).max().unwrap_or(0);
    for answer in answers.iter().filter(|answer| answer.score < most && answer.why.is_empty()) {
        diagnostics
            .report(
                Code::MissingReason,
                answer.span,
                "this answer scores less than another and gives no reason",
            )
            .help("add `why: …`: whoever picks it wants to know why");
    }
    (answers.len() == nodes.len()).then_some(TurnDraft {
        id: entry.key.clone(),
        says: says?.value,
        best: 0,
        answers,
    })
}

fn reply(node: &Node, names: &[&str], ids: &mut Ids, diagnostics: &mut Diagnostics) -> Option<ReplyDraft> {
    let mut fields = Fields::of(node, "an answer", diagnostics)?;
    let say = required_rich(&mut fields, "say", diagnostics);
    let score = fields.integer("score", -100..=100, diagnostics).unwrap_or(0);
    let why = rich(&mut fields, "why", diagnostics);
    let next = fields.spanned("next", diagnostics);
    let id = say.as_ref().map(|say| ids.of(Some(&mut fields), say, diagnostics));
    fields.finish(diagnostics);
    let say = say?;
    let Some(next) = next else {
        diagnostics
            .report(Code::DialogueDeadEnd, say.span, "this answer leads nowhere")
            .help("add `next: TURN`, or `next: end` where the call is over");
        return None;
    };
    let leads = next.span;
    let next = if next.value == END { None } else { Some(find(&next, names, diagnostics)?) };
    Some(ReplyDraft { id: id?, say: say.value, score, why, next, span: say.span, leads })
}

fn find(name: &Spanned<String>, names: &[&str], diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = names.iter().position(|known| *known == name.value);
    if found.is_none() {
        diagnostics
            .report(Code::DialogueDeadEnd, name.span, format!("no turn is called `{}`", name.value))
            .help_nearest(&name.value, names.iter().copied().chain([END]));
    }
    found
}

/// The most points from each turn to the end; none if a way does not end.
///
/// Depth first, with a stack of its own: a turn is done when all that follow it are.
fn walk(
    turns: &[TurnDraft],
    start: usize,
    entries: &[Entry],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<i64>> {
    let mut open = vec![false; turns.len()];
    let mut best: Vec<Option<i64>> = vec![None; turns.len()];
    let mut stack = vec![(start, 0)];
    let mut loops = false;
    while let Some((turn, at)) = stack.pop() {
        open[turn] = true;
        let Some(answer) = turns[turn].answers.get(at) else {
            open[turn] = false;
            let ways = turns[turn].answers.iter();
            let ways = ways.map(|answer| answer.score + answer.next.and_then(|next| best[next]).unwrap_or(0));
            best[turn] = Some(ways.max().unwrap_or(0));
            continue;
        };
        stack.push((turn, at + 1));
        match answer.next {
            Some(next) if open[next] => {
                loops = true;
                let message = format!("this leads back to `{}`, so the call may never end", turns[next].id);
                diagnostics
                    .report(Code::DialogueLoop, answer.leads, message)
                    .related(entries[next].key_span, "that turn is here")
                    .help("lead on to a turn that comes later, or to `end`");
            }
            Some(next) if best[next].is_none() => stack.push((next, 0)),
            _ => {}
        }
    }
    for (entry, _) in entries.iter().zip(&best).filter(|(_, best)| best.is_none()) {
        diagnostics
            .report(Code::UnreachableTurn, entry.key_span, format!("no answer leads to `{}`", entry.key))
            .help(format!("let an answer have `next: {}`, or take the turn out", entry.key));
    }
    best.into_iter().collect::<Option<Vec<i64>>>().filter(|_| !loops)
}
