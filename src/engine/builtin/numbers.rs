//! Numbers: in digits, in words, and how many words it takes to say one.

use super::super::hits::Hit;
use super::super::tokens::{Exact, is, narrow};
use super::Script;

/// No number is larger.
const LARGEST: i64 = 1_000_000_000_000;

/// Finds numbers that are no part of a phone or a clock time.
pub(super) fn find(script: &Script<'_>, phones: &[Hit], clocks: &[Hit], out: &mut Vec<Hit>) {
    let count = script.tokens.list.len();
    let (mut phone, mut clock) = (0, 0);
    let mut at = 0;
    while at < count {
        let here = narrow(at);
        while phones.get(phone).is_some_and(|hit| hit.end <= here) {
            phone += 1;
        }
        while clocks.get(clock).is_some_and(|hit| hit.end <= here) {
            clock += 1;
        }
        let inside = |hit: Option<&Hit>| hit.filter(|hit| hit.start <= here).map(|hit| hit.end as usize);
        if let Some(end) = inside(phones.get(phone)).or(inside(clocks.get(clock))) {
            at = end;
            continue;
        }
        match digits(script, at).or_else(|| words(script, at)) {
            Some((value, end)) => {
                out.push(Hit::number(here, narrow(end), value));
                at = end;
            }
            None => at += 1,
        }
    }
}

/// A number in digits: value and end.
fn digits(script: &Script<'_>, start: usize) -> Option<(i64, usize)> {
    let tokens = script.tokens;
    if tokens.list[start].kind & is::DIGITS == 0 {
        return None;
    }
    let mut value = 0_i64;
    let add = |value: i64, text: &str| {
        text.bytes().fold(value, |value, digit| (value * 10 + i64::from(digit - b'0')).min(LARGEST))
    };
    value = add(value, tokens.text(start));
    let mut end = start + 1;
    while let Some(next) = tokens.list.get(end).filter(|next| next.kind & is::DIGITS != 0) {
        let text = tokens.text(end);
        match next.exact {
            Exact::Only(b',') if text.len() == 3 => value = add(value, text),
            Exact::Only(b'.') => {
                end += 1;
                break;
            }
            _ => break,
        }
        end += 1;
    }
    Some((value, end))
}

/// A number in words: value and end.
fn words(script: &Script<'_>, start: usize) -> Option<(i64, usize)> {
    let tokens = script.tokens;
    let value_at = |at: usize| {
        let token = tokens.list.get(at)?;
        if at > start && token.before & super::super::tokens::gap::STOP != 0 {
            return None;
        }
        script.vocabulary.number(token)
    };
    let (mut total, mut group, mut end) = (0_i64, 0_i64, start);
    let mut last = i64::MAX;
    if tokens.text(start) == "a" && value_at(start + 1).is_some_and(|value| value >= 100) {
        group = 1;
        end += 1;
    }
    loop {
        let Some(value) = value_at(end) else {
            let joined =
                end > start && last >= 100 && tokens.list.get(end).is_some_and(|_| tokens.text(end) == "and");
            if joined && value_at(end + 1).is_some_and(|value| value < 100) {
                end += 1;
                continue;
            }
            break;
        };
        if value >= 1000 {
            total = total.saturating_add(group.max(1).saturating_mul(value)).min(LARGEST);
            group = 0;
        } else if value == 100 {
            group = (group.max(1) * 100).min(LARGEST);
        } else if last == i64::MAX || last >= 100 || last >= 20 && value < 10 && value > 0 {
            group += value;
        } else {
            break;
        }
        last = value;
        end += 1;
    }
    (end > start && last != i64::MAX).then_some((total + group, end))
}

/// How many words it takes to say a number of so many digits with this value.
pub(in super::super) fn spoken_words(value: i64, digits: usize) -> i64 {
    if digits == 4 && (1100..2100).contains(&value) && value % 1000 >= 10 {
        return below_hundred(value / 100)
            + if value % 100 == 0 { 1 } else { below_hundred(value % 100) + i64::from(value % 100 < 10) };
    }
    if value == 0 {
        return 1;
    }
    let (mut rest, mut words, mut scale) = (value, 0, 0);
    while rest > 0 {
        let group = rest % 1000;
        if group > 0 {
            words += if group >= 100 { 2 } else { 0 };
            words += if group % 100 > 0 { below_hundred(group % 100) } else { 0 };
            words += i64::from(scale > 0);
        }
        rest /= 1000;
        scale += 1;
    }
    words
}

fn below_hundred(value: i64) -> i64 {
    if value > 20 && value % 10 != 0 { 2 } else { 1 }
}
