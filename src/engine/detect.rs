//! Detectors turn matches into hits: vetoes, filters, values, echoes.

use super::hits::{self, Hit, Worth};
use super::machine::{Finder, Machine, Sieve};
use super::program::Echo;
use super::regions;
use super::run::Scratch;
use super::tokens::{is, narrow};

/// Echoes are looked for for so many different values.
const MOST_ECHOES: usize = 8;

/// Settles one detector: its hits go into its slot.
pub(super) fn settle(machine: &Machine, scratch: &mut Scratch, finder: &Finder) {
    let mut found = std::mem::take(&mut scratch.slots[finder.slot as usize]);
    found.clear();
    for (kind, set) in (0..).zip(&finder.groups) {
        let matches = &scratch.matches.of_set[*set as usize];
        if matches.is_empty() {
            continue;
        }
        let first = found.len();
        found.extend(matches.iter().map(|(start, end)| Hit { kind, ..Hit::words(*start, *end) }));
        if let Some(unless) = finder.unless {
            veto(&mut found, first, &scratch.matches.of_set[unless as usize]);
        }
        let mut end = 0;
        let mut kept = first;
        for at in first..found.len() {
            if found[at].start >= end {
                end = found[at].end;
                found[kept] = found[at];
                kept += 1;
            }
        }
        found.truncate(kept);
    }
    if let Some(index) = &finder.near_miss {
        let first = found.len();
        index.find(&scratch.script(machine), &mut found);
        if let Some(unless) = finder.unless {
            veto(&mut found, first, &scratch.matches.of_set[unless as usize]);
        }
    }
    if finder.groups.len() > 1 || finder.near_miss.is_some() {
        hits::sort(&mut found);
    }
    if !found.is_empty() {
        values(scratch, finder, &mut found);
        for sieve in &finder.filters {
            filter(machine, scratch, sieve, &mut found);
        }
        if let Some(echo) = finder.echo {
            again(scratch, echo, &mut found);
        }
    }
    scratch.slots[finder.slot as usize] = found;
}

/// Drops hits from `first` on that overlap a vetoing match.
fn veto(found: &mut Vec<Hit>, first: usize, vetoes: &[(u32, u32)]) {
    if vetoes.is_empty() {
        return;
    }
    // How far the vetoes reach up to each of them.
    let mut reach = Vec::with_capacity(vetoes.len());
    let mut furthest = 0;
    for one in vetoes {
        furthest = furthest.max(one.1);
        reach.push(furthest);
    }
    let mut kept = first;
    for at in first..found.len() {
        let hit = found[at];
        let before = vetoes.partition_point(|one| one.0 < hit.end);
        if before == 0 || reach[before - 1] <= hit.start {
            found[kept] = hit;
            kept += 1;
        }
    }
    found.truncate(kept);
}

/// A hit as wide as a slot inside it takes that slot's value; with `take` it shrinks to it.
fn values(scratch: &Scratch, finder: &Finder, found: &mut Vec<Hit>) {
    if let Some(take) = finder.take {
        let inner = &scratch.slots[take as usize];
        found.retain_mut(|hit| {
            let at = inner.partition_point(|one| one.start < hit.start);
            let Some(one) = inner.get(at).filter(|one| one.end <= hit.end) else { return false };
            *hit = Hit { kind: hit.kind, ..*one };
            true
        });
        hits::sort(found);
        found.dedup_by(|b, a| a.start == b.start && a.end == b.end && a.kind == b.kind);
        return;
    }
    for slot in &finder.inner {
        let inner = &scratch.slots[*slot as usize];
        if inner.is_empty() {
            continue;
        }
        for hit in found.iter_mut() {
            if let Some(one) = hits::starting_at(inner, hit.start).filter(|one| one.end == hit.end) {
                hit.worth = one.worth;
            }
        }
    }
}

fn filter(machine: &Machine, scratch: &Scratch, sieve: &Sieve, found: &mut Vec<Hit>) {
    let set = |set: &u32| scratch.matches.of_set[*set as usize].as_slice();
    let slot = |slot: &u32| scratch.slots[*slot as usize].as_slice();
    match sieve {
        Sieve::Has(phrases) => found.retain(|hit| holds(set(phrases), hit)),
        Sieve::Lacks(phrases) => found.retain(|hit| !holds(set(phrases), hit)),
        Sieve::SentenceHas(phrases) => found.retain(|hit| sentence_holds(scratch, set(phrases), hit)),
        Sieve::SentenceLacks(phrases) => found.retain(|hit| !sentence_holds(scratch, set(phrases), hit)),
        Sieve::TextHas(phrases) => {
            if set(phrases).is_empty() {
                found.clear();
            }
        }
        Sieve::TextLacks(phrases) => {
            if !set(phrases).is_empty() {
                found.clear();
            }
        }
        Sieve::Inside(outer) => {
            let outer = slot(outer);
            let mut furthest = 0;
            let mut next = 0;
            found.retain(|hit| {
                while next < outer.len() && outer[next].start <= hit.start {
                    furthest = furthest.max(outer[next].end);
                    next += 1;
                }
                hit.end <= furthest
            });
        }
        Sieve::In(wanted) => {
            let ranges = regions::ranges(machine, scratch, wanted);
            found.retain(|hit| ranges.iter().any(|range| hit.start >= range.0 && hit.start < range.1));
        }
        Sieve::After(other) => match slot(other).first() {
            Some(first) => found.retain(|hit| hit.start >= first.end),
            None => found.clear(),
        },
        Sieve::Before(other) => match slot(other).first() {
            Some(first) => found.retain(|hit| hit.end <= first.start),
            None => found.clear(),
        },
        Sieve::Near(other, words) => {
            let other = slot(other);
            found.retain(|hit| is_near(scratch, other, hit, *words));
        }
        Sieve::Value(from, to) => {
            found.retain(|hit| hit.as_number().is_some_and(|number| (*from..=*to).contains(&number)));
        }
        Sieve::First => found.truncate(1),
        Sieve::Last => {
            let last = found.len().saturating_sub(1);
            found.drain(..last);
        }
    }
}

/// A match lies inside the hit.
fn holds(matches: &[(u32, u32)], hit: &Hit) -> bool {
    let from = matches.partition_point(|one| one.0 < hit.start);
    matches[from..].iter().take_while(|one| one.0 < hit.end).any(|one| one.1 <= hit.end)
}

/// A match begins in the hit's sentence.
fn sentence_holds(scratch: &Scratch, matches: &[(u32, u32)], hit: &Hit) -> bool {
    let Some(sentence) = scratch.sentences.get(scratch.tokens.list[hit.start as usize].sentence as usize)
    else {
        return false;
    };
    let from = matches.partition_point(|one| one.0 < sentence.start);
    matches.get(from).is_some_and(|one| one.0 < sentence.end)
}

fn is_near(scratch: &Scratch, others: &[Hit], hit: &Hit, words: u32) -> bool {
    let sentence = |at: u32| scratch.tokens.list[at as usize].sentence;
    let after = others.partition_point(|other| other.start < hit.start);
    others[after.saturating_sub(1)..].iter().take(2).any(|other| {
        let apart =
            if other.start >= hit.end { other.start - hit.end } else { hit.start.saturating_sub(other.end) };
        apart <= words && sentence(other.start) == sentence(hit.start)
    })
}

/// Adds the places where the words of a hit occur again.
fn again(scratch: &Scratch, echo: Echo, found: &mut Vec<Hit>) {
    let tokens = &scratch.tokens;
    let mut wanted: Vec<(Vec<String>, Hit)> = Vec::new();
    for hit in found.iter_mut() {
        if echo == Echo::FirstWord
            && let Worth::Words(start, end) = hit.worth
        {
            // The first word of a placeholder is no name: all of it occurs again, or nothing.
            let placeholder = tokens.list[start as usize].kind & is::PLACEHOLDER != 0;
            hit.worth = Worth::Words(start, if placeholder { end } else { start + 1 });
        }
        let Worth::Words(start, end) = hit.worth else { continue };
        let words: Vec<String> = (start..end).map(|at| plain(tokens.text(at as usize)).to_owned()).collect();
        if !wanted.iter().any(|(known, _)| *known == words) && wanted.len() < MOST_ECHOES {
            wanted.push((words, *hit));
        }
    }
    let mut more = Vec::new();
    for at in 0..tokens.list.len() {
        for (words, hit) in &wanted {
            let capital = |at: usize| tokens.list[at].kind & is::CAPITAL;
            // A caller called Will does not speak of himself in "I will".
            let fits = words.iter().enumerate().all(|(offset, word)| {
                tokens.list.get(at + offset).is_some_and(|_| plain(tokens.text(at + offset)) == word)
            });
            if fits && capital(at) >= capital(hit.start as usize) {
                more.push(Hit { start: narrow(at), end: narrow(at + words.len()), ..*hit });
            }
        }
    }
    // What was found in the first place wins over its echo.
    let covered = |echo: &Hit| {
        let at = found.partition_point(|hit| hit.start <= echo.start);
        let before = at > 0 && found[at - 1].end > echo.start;
        before || found.get(at).is_some_and(|hit| hit.start < echo.end)
    };
    more.retain(|echo| !covered(echo));
    found.extend(more);
    hits::sort(found);
    hits::disjoint(found);
}

fn plain(text: &str) -> &str {
    text.strip_suffix("'s").unwrap_or(text)
}
