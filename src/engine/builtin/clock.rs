//! Clock times, and which half of the day is meant.

use super::super::hits::Hit;
use super::super::tokens::{Exact, gap, is, narrow};
use super::super::vocabulary::role;
use super::Script;

/// A time as it was said.
struct Said {
    hour: i64,
    minute: i64,
    end: usize,
    /// Noon, midnight, 17:15: nothing to decide.
    exact: bool,
}

/// How far from the time a word like "afternoon" may stand.
const PERIOD_REACH: usize = 5;

/// Finds clock times outside phone numbers.
pub(super) fn find(script: &Script<'_>, phones: &[Hit], out: &mut Vec<Hit>) {
    let count = script.tokens.list.len();
    let (mut at, mut phone) = (0, 0);
    while at < count {
        while phones.get(phone).is_some_and(|hit| hit.end as usize <= at) {
            phone += 1;
        }
        if let Some(hit) = phones.get(phone).filter(|hit| hit.start as usize <= at) {
            at = hit.end as usize;
            continue;
        }
        match said(script, at) {
            Some(time) => {
                let (value, end) = minutes(script, at, &time);
                out.push(Hit::number(narrow(at), narrow(end), value));
                at = end;
            }
            None => at += 1,
        }
    }
}

fn has(script: &Script<'_>, at: usize, roles: u32) -> bool {
    script.tokens.list.get(at).is_some_and(|token| script.vocabulary.has_role(token, roles))
}

/// The next token belongs to the same sentence.
fn continues(script: &Script<'_>, at: usize) -> bool {
    script.tokens.list.get(at).is_some_and(|token| token.before & gap::STOP == 0)
}

/// A number of one or two figures, or a word for one up to 59: value and whether it is in digits.
fn small(script: &Script<'_>, at: usize) -> Option<(i64, bool)> {
    let token = script.tokens.list.get(at)?;
    if token.kind & is::DIGITS != 0 {
        let text = script.tokens.text(at);
        return if text.len() <= 2 { text.parse().ok().map(|value| (value, true)) } else { None };
    }
    script.vocabulary.number(token).filter(|value| *value < 60).map(|value| (value, false))
}

fn hour(script: &Script<'_>, at: usize) -> Option<i64> {
    small(script, at).map(|(value, _)| value).filter(|value| (1..=12).contains(value))
}

/// `am`, `p.m.`: whether afternoon, and the end.
fn half(script: &Script<'_>, at: usize) -> Option<(bool, usize)> {
    let token = script.tokens.list.get(at)?;
    let continued = token.before & (gap::STOP | gap::COMMA) == 0;
    match script.tokens.text(at) {
        "am" | "pm" if continued => Some((script.tokens.text(at) == "pm", at + 1)),
        letter @ ("a" | "p") if continued => {
            let next = script.tokens.list.get(at + 1)?;
            let dotted = matches!(next.exact, Exact::Only(b'.')) || next.exact == Exact::Space;
            (script.tokens.text(at + 1) == "m" && dotted).then_some((letter == "p", at + 2))
        }
        _ => None,
    }
}

/// A time that begins here.
fn said(script: &Script<'_>, at: usize) -> Option<Said> {
    let (tokens, words) = (script.tokens, script.vocabulary);
    let roles = words.roles(&tokens.list[at]);
    let exact = |hour| Some(Said { hour, minute: 0, end: at + 1, exact: true });
    if roles & role::CLOCK_NOON != 0 {
        return exact(12);
    }
    if roles & role::CLOCK_MIDNIGHT != 0 {
        return exact(0);
    }
    let prepared = at > 0
        && continues(script, at)
        && has(script, at - 1, role::CLOCK_AT | role::CLOCK_BEFORE | role::CLOCK_AFTER);
    if roles & (role::CLOCK_HALF | role::CLOCK_QUARTER) != 0 {
        let minute = if roles & role::CLOCK_HALF != 0 { 30 } else { 15 };
        let link = at + 1;
        if continues(script, link) {
            if has(script, link, role::CLOCK_PAST) {
                return hour(script, at + 2).map(|hour| Said { hour, minute, end: at + 3, exact: false });
            }
            if minute == 15 && has(script, link, role::CLOCK_TO) {
                return hour(script, at + 2).map(|hour| to(hour, 15, at + 3));
            }
            // "half five" is 5:30 where it is said.
            if minute == 30 && prepared {
                let hour = hour(script, link).filter(|_| tokens.list[link].kind & is::DIGITS == 0)?;
                return Some(Said { hour, minute, end: link + 1, exact: false });
            }
        }
        return None;
    }
    let (value, digits) = small(script, at)?;
    if let Some(time) = relative(script, at, value, prepared) {
        return Some(time);
    }
    if digits
        && value <= 24
        && let Some(time) = with_minutes(script, at, value, prepared)
    {
        return Some(time);
    }
    if !(1..=12).contains(&value) {
        return None;
    }
    let plain = |end| Some(Said { hour: value, minute: 0, end, exact: false });
    if half(script, at + 1).is_some() || has(script, at + 1, role::CLOCK_OCLOCK) && continues(script, at + 1)
    {
        return plain(at + 1 + usize::from(half(script, at + 1).is_none()));
    }
    if !digits && let Some(time) = spelled_minutes(script, at, value, prepared) {
        return Some(time);
    }
    (prepared && follows(script, at + 1)).then(|| plain(at + 1)).flatten()
}

fn to(hour: i64, before: i64, end: usize) -> Said {
    let hour = if hour == 1 { 12 } else { hour - 1 };
    Said { hour, minute: 60 - before, end, exact: false }
}

/// `ten to nine`, `twenty-five minutes past 5`.
fn relative(script: &Script<'_>, at: usize, value: i64, prepared: bool) -> Option<Said> {
    let mut next = at + 1;
    let mut minute = value;
    if value == 20 && continues(script, next) && small(script, next).is_some_and(|(unit, _)| unit == 5) {
        minute = 25;
        next += 1;
    }
    let named = has(script, next, role::MINUTE_WORDS) && continues(script, next);
    if named {
        next += 1;
    }
    if !(1..=29).contains(&minute) || !named && minute % 5 != 0 || !continues(script, next) {
        return None;
    }
    let past = has(script, next, role::CLOCK_PAST);
    if !past && !has(script, next, role::CLOCK_TO) || !continues(script, next + 1) {
        return None;
    }
    let hour = hour(script, next + 1)?;
    // "from nine to five" and "ten to twelve people" are no times.
    let end = next + 2;
    let sure =
        named || past && script.tokens.text(next) == "past" || prepared || follows(script, end) && at > 0;
    if !sure || at > 0 && !past && script.tokens.text(at - 1) == "from" {
        return None;
    }
    Some(if past { Said { hour, minute, end, exact: false } } else { to(hour, minute, end) })
}

/// `5:30`, `5.30 pm`, `17:15`, `8h30`.
fn with_minutes(script: &Script<'_>, at: usize, hour: i64, prepared: bool) -> Option<Said> {
    let next = script.tokens.list.get(at + 1)?;
    if next.kind & is::DIGITS == 0 || script.tokens.text(at + 1).len() != 2 {
        return None;
    }
    let minute: i64 = script.tokens.text(at + 1).parse().ok().filter(|minute| *minute < 60)?;
    let end = at + 2;
    let longer = script.tokens.list.get(end).is_some_and(|after| {
        after.kind & is::DIGITS != 0 && matches!(after.exact, Exact::Only(b'.' | b':' | b',' | b'-'))
    });
    let priced = at > 0 && matches!(script.tokens.text(at - 1), "$" | "£" | "€");
    let dotted = prepared && follows(script, end) || half(script, end).is_some();
    let holds = match next.exact {
        Exact::Only(b':') => true,
        Exact::Only(b'.') => dotted && !priced,
        _ => false,
    };
    let zero = script.tokens.text(at).starts_with('0');
    (holds && !longer).then_some(Said { hour, minute, end, exact: hour > 12 || hour == 0 || zero })
}

/// `eight thirty`, `nine oh five`, `seven forty-five`.
fn spelled_minutes(script: &Script<'_>, at: usize, hour: i64, prepared: bool) -> Option<Said> {
    if !continues(script, at + 1) {
        return None;
    }
    let zero = has(script, at + 1, role::ZERO_WORDS);
    let first = small(script, at + 1).map(|(value, _)| value);
    let second = continues(script, at + 2).then(|| small(script, at + 2)).flatten().map(|(value, _)| value);
    let unit = second.filter(|unit| (1..=9).contains(unit));
    let (minute, end) = match first {
        _ if zero => (unit?, at + 3),
        Some(tens @ (20 | 30 | 40 | 50)) => match unit {
            Some(unit) => (tens + unit, at + 3),
            None => (tens, at + 2),
        },
        Some(minute @ 10..=19) => (minute, at + 2),
        _ => return None,
    };
    let sure = prepared && follows(script, end) || half(script, end).is_some();
    sure.then_some(Said { hour, minute, end, exact: false })
}

/// What may stand after a bare hour: the end, a comma, or a word like `tomorrow`, `in`, `if`.
fn follows(script: &Script<'_>, at: usize) -> bool {
    match script.tokens.list.get(at) {
        None => true,
        Some(token) => {
            token.before & (gap::STOP | gap::COMMA) != 0
                || script.vocabulary.has_role(token, role::CLOCK_FOLLOW | role::CLOCK_OCLOCK)
                || half(script, at).is_some()
        }
    }
}

/// Minutes after midnight, and where the hit ends.
fn minutes(script: &Script<'_>, at: usize, time: &Said) -> (i64, usize) {
    let mut end = time.end;
    if has(script, end, role::CLOCK_OCLOCK) && continues(script, end) {
        end += 1;
    }
    let twelve = time.hour % 12;
    let hour = if time.exact {
        time.hour % 24
    } else if let Some((afternoon, after)) = half(script, end) {
        end = after;
        twelve + if afternoon { 12 } else { 0 }
    } else {
        match period(script, at, end) {
            Some(false) => twelve,
            None if (7..=11).contains(&time.hour) => time.hour,
            Some(true) | None => twelve + 12,
        }
    };
    let mut value = hour * 60 + time.minute;
    if at > 0 && continues(script, at) {
        if has(script, at - 1, role::CLOCK_BEFORE) {
            value -= 1;
        } else if has(script, at - 1, role::CLOCK_AFTER) {
            value += 1;
        }
    }
    (value.clamp(0, 1439), end)
}

/// A word nearby that says which half of the day: whether the later one.
fn period(script: &Script<'_>, start: usize, end: usize) -> Option<bool> {
    let judge = |at: usize| {
        let roles = script.vocabulary.roles(script.tokens.list.get(at)?);
        if roles & role::CLOCK_MORNING != 0 {
            Some(false)
        } else if roles & role::CLOCK_EVENING != 0 {
            Some(true)
        } else {
            None
        }
    };
    let mut at = end;
    while at < end + PERIOD_REACH && continues(script, at) {
        if let Some(found) = judge(at) {
            return Some(found);
        }
        at += 1;
    }
    let mut at = start;
    while at > 0 && start - at < PERIOD_REACH && continues(script, at) {
        at -= 1;
        if let Some(found) = judge(at) {
            return Some(found);
        }
    }
    None
}
