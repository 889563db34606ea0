//! Constraints: what a rule wants, and what it marks.

use std::borrow::Cow;

use super::hits::{self, Hit};
use super::machine::Machine;
use super::program::{Bounds, Constraint, Per, What};
use super::readability;
use super::regions;
use super::run::Scratch;

/// What came of a constraint.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome<'h> {
    pub(super) holds: bool,
    /// It fails because something was not seen.
    pub(super) missing: bool,
    /// What it looked at: the offending words where it fails, the words that satisfy it where it holds.
    pub(super) marks: Cow<'h, [Hit]>,
    /// The figure it judged, for `{count}`.
    pub(super) count: i64,
    /// Kinds with a hit, for `{kinds}`.
    pub(super) kinds: Vec<String>,
}

impl<'h> Outcome<'h> {
    fn of(holds: bool, missing: bool, marks: impl Into<Cow<'h, [Hit]>>) -> Self {
        let marks = marks.into();
        let count = i64::try_from(marks.len()).unwrap_or(i64::MAX);
        Self { holds, missing: missing && !holds, marks, count, kinds: Vec::new() }
    }

    fn figure(holds: bool, count: i64) -> Self {
        Self { holds, count, ..Self::default() }
    }
}

/// All names in a constraint.
pub(super) fn names<'c>(constraint: &'c Constraint, out: &mut Vec<&'c str>) {
    match constraint {
        Constraint::Present(name) | Constraint::Absent(name) => out.push(name),
        Constraint::Count { of, .. } | Constraint::Within { of, .. } | Constraint::BothEnds { of, .. } => {
            out.push(of);
        }
        Constraint::Order(first, second) => out.extend([first.as_str(), second.as_str()]),
        Constraint::Words { outside, .. } => out.extend(outside.iter().map(String::as_str)),
        Constraint::Ratio { of, per, .. } => {
            out.push(of);
            if let Per::Hits(name) = per {
                out.push(name);
            }
        }
        Constraint::All(list) | Constraint::Any(list) => list.iter().for_each(|one| names(one, out)),
        Constraint::Not(inner) => names(inner, out),
        Constraint::SpokenSeconds { .. } | Constraint::Sentences(_) | Constraint::ReadingEase(_) => {}
    }
}

/// Judges a constraint.
pub(super) fn judge<'h>(machine: &Machine, scratch: &'h Scratch, constraint: &Constraint) -> Outcome<'h> {
    let hits = |name: &str| -> &'h [Hit] {
        machine.detection.slots.get(name).map_or(&[], |slot| scratch.slots[*slot as usize].as_slice())
    };
    match constraint {
        Constraint::Present(of) => Outcome::of(!hits(of).is_empty(), true, hits(of)),
        Constraint::Absent(of) => Outcome::of(hits(of).is_empty(), false, hits(of)),
        Constraint::Count { of, what, bounds } => count(machine, scratch, of, hits(of), *what, *bounds),
        Constraint::Within { of, regions, by_end } => {
            let ranges = regions::ranges(machine, scratch, regions);
            let inside = |hit: &Hit| {
                ranges.iter().any(|range| {
                    if *by_end {
                        hit.end > range.0 && hit.end <= range.1
                    } else {
                        hit.start >= range.0 && hit.start < range.1
                    }
                })
            };
            let (within, outside): (Vec<Hit>, Vec<Hit>) = hits(of).iter().copied().partition(inside);
            if within.is_empty() {
                Outcome::of(false, true, outside)
            } else {
                Outcome::of(true, false, within)
            }
        }
        Constraint::BothEnds { of, same, first, last } => {
            let (start, end) =
                (regions::ranges(machine, scratch, first), regions::ranges(machine, scratch, last));
            both_ends(scratch, hits(of), *same, &start, &end)
        }
        Constraint::Order(first, second) => {
            let both: Vec<Hit> =
                hits(first).first().into_iter().chain(hits(second).first()).copied().collect();
            match both.as_slice() {
                [a, b] => Outcome::of(a.start < b.start, false, both),
                _ => Outcome::of(false, true, both),
            }
        }
        Constraint::SpokenSeconds { bounds, slack } => {
            let slack = i64::from(*slack) * 1000;
            let holds = bounds.min.is_none_or(|min| scratch.milliseconds >= i64::from(min) * 1000 - slack)
                && bounds.max.is_none_or(|max| scratch.milliseconds <= i64::from(max) * 1000 + slack);
            Outcome::figure(holds, seconds(scratch.milliseconds))
        }
        Constraint::Words { bounds, outside } => {
            let outside: Vec<&[Hit]> = outside.iter().map(|name| hits(name)).collect();
            let words = if outside.is_empty() {
                scratch.words
            } else {
                readability::words_outside(scratch, &outside)
            };
            Outcome::figure(bounds.hold(words), words)
        }
        Constraint::Sentences(bounds) => {
            let sentences = i64::try_from(scratch.sentences.len()).unwrap_or(i64::MAX);
            Outcome::figure(bounds.hold(sentences), sentences)
        }
        Constraint::Ratio { of, per, bounds } => {
            let length = |list: usize| i64::try_from(list).unwrap_or(i64::MAX);
            let whole = match per {
                Per::Words => length(scratch.tokens.list.len()),
                Per::Sentences => length(scratch.sentences.len()),
                Per::Hits(name) => length(hits(name).len()),
            };
            if whole == 0 {
                return Outcome::figure(true, 0);
            }
            let ratio = length(hits(of).len()) * 100 / whole;
            let holds = bounds.hold(ratio);
            let over = bounds.max.is_some_and(|max| ratio > i64::from(max));
            Outcome { count: ratio, ..Outcome::of(holds, !over, if holds || over { hits(of) } else { &[] }) }
        }
        Constraint::ReadingEase(bounds) => {
            let ease = readability::ease(scratch);
            Outcome::figure(bounds.hold(ease), ease)
        }
        Constraint::All(list) => all(machine, scratch, list),
        Constraint::Any(list) => any(machine, scratch, list),
        Constraint::Not(inner) => {
            let inner = judge(machine, scratch, inner);
            Outcome { holds: !inner.holds, missing: false, ..inner }
        }
    }
}

/// Whole seconds, half up.
pub(super) fn seconds(milliseconds: i64) -> i64 {
    (milliseconds + 500) / 1000
}

fn count<'h>(
    machine: &Machine,
    scratch: &Scratch,
    of: &str,
    hits: &'h [Hit],
    what: What,
    bounds: Bounds,
) -> Outcome<'h> {
    let groups = group(scratch, hits, what);
    let kinds: Vec<String> = if what == What::Kinds { kind_names(machine, of, &groups) } else { Vec::new() };
    let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let number = match what {
        What::Matches => length(hits.len()),
        What::Distinct | What::Kinds => length(groups.len()),
        What::Same => length(groups.iter().map(Vec::len).max().unwrap_or(0)),
    };
    let holds = bounds.hold(number);
    let over = bounds.max.filter(|max| number > i64::from(*max));
    let marks: Cow<'h, [Hit]> = match over {
        Some(max) if what == What::Matches => hits[usize::try_from(max).unwrap_or(0)..].into(),
        Some(_) if what == What::Kinds || what == What::Distinct => {
            groups.iter().filter_map(|group| group.first()).copied().collect::<Vec<_>>().into()
        }
        Some(_) => groups.iter().max_by_key(|group| group.len()).cloned().unwrap_or_default().into(),
        None => hits.into(),
    };
    Outcome { holds, missing: !holds && over.is_none(), marks, count: number, kinds }
}

/// Hits that share a value or a kind, in the order of their first.
fn group(scratch: &Scratch, hits: &[Hit], what: What) -> Vec<Vec<Hit>> {
    let mut groups: Vec<Vec<Hit>> = Vec::new();
    match what {
        What::Matches => {}
        What::Kinds => {
            for hit in hits {
                match groups.iter_mut().find(|group| group[0].kind == hit.kind) {
                    Some(group) => group.push(*hit),
                    None => groups.push(vec![*hit]),
                }
            }
        }
        What::Distinct | What::Same => {
            let mut known = std::collections::HashMap::new();
            for hit in hits {
                let mut value = String::new();
                hits::value(&scratch.tokens, hit, &mut value);
                let at = *known.entry(value).or_insert(groups.len());
                if at == groups.len() {
                    groups.push(Vec::new());
                }
                groups[at].push(*hit);
            }
        }
    }
    groups
}

fn kind_names(machine: &Machine, of: &str, groups: &[Vec<Hit>]) -> Vec<String> {
    let detector = machine.program.detectors.iter().find(|detector| detector.name == of);
    let name =
        |group: &Vec<Hit>| detector?.find.get(usize::from(group[0].kind)).map(|found| found.kind.clone());
    groups.iter().filter_map(name).collect()
}

fn both_ends<'h>(
    scratch: &Scratch,
    hits: &'h [Hit],
    same: bool,
    start: &[(u32, u32)],
    end: &[(u32, u32)],
) -> Outcome<'h> {
    let opening = |hit: &&Hit| start.iter().any(|range| hit.start >= range.0 && hit.start < range.1);
    let closing = |hit: &&Hit| end.iter().any(|range| hit.end > range.0 && hit.end <= range.1);
    let value = |hit: &Hit| {
        let mut out = String::new();
        hits::value(&scratch.tokens, hit, &mut out);
        out
    };
    let mut firsts: std::collections::HashMap<String, Hit> = std::collections::HashMap::new();
    for hit in hits {
        let key = if same { value(hit) } else { String::new() };
        if let Some(first) = firsts.get(&key).filter(|_| closing(&hit)) {
            return Outcome::of(true, false, vec![*first, *hit]);
        }
        if opening(&hit) {
            firsts.entry(key).or_insert(*hit);
        }
    }
    Outcome::of(false, true, hits)
}

fn all<'h>(machine: &Machine, scratch: &'h Scratch, list: &[Constraint]) -> Outcome<'h> {
    let outcomes: Vec<Outcome<'_>> = list.iter().map(|one| judge(machine, scratch, one)).collect();
    if outcomes.iter().all(|one| one.holds) {
        return merged(outcomes, true);
    }
    // A breach that can be shown weighs more than something not seen.
    let broken: Vec<Outcome<'_>> = outcomes.into_iter().filter(|one| !one.holds).collect();
    let shown = broken.iter().any(|one| !one.missing);
    merged(broken.into_iter().filter(|one| !shown || !one.missing).collect(), false)
}

fn any<'h>(machine: &Machine, scratch: &'h Scratch, list: &[Constraint]) -> Outcome<'h> {
    let outcomes: Vec<Outcome<'_>> = list.iter().map(|one| judge(machine, scratch, one)).collect();
    if outcomes.iter().any(|one| one.holds) {
        return merged(outcomes.into_iter().filter(|one| one.holds).collect(), true);
    }
    let missing = outcomes.iter().any(|one| one.missing);
    Outcome { missing, ..merged(outcomes, false) }
}

fn merged(outcomes: Vec<Outcome<'_>>, holds: bool) -> Outcome<'_> {
    let missing = !holds && outcomes.iter().all(|one| one.missing);
    let mut whole = Outcome { holds, missing, ..Outcome::default() };
    whole.count = outcomes.first().map_or(0, |one| one.count);
    let mut marks = Vec::new();
    for one in outcomes {
        marks.extend_from_slice(&one.marks);
        whole.kinds.extend(one.kinds);
    }
    hits::sort(&mut marks);
    hits::disjoint(&mut marks);
    whole.marks = marks.into();
    whole
}
