//! The pace of a follow-up: how far apart its days may lie, and the hours in which no call is placed.
//!
//! A method says it under `cadence`, a cadence under `checks`; the nearer word counts. Also the small readers of
//! days and hours that both are written in.

use crate::diag::{Code, Diagnostics};
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};

/// The longest that a follow-up may last, in days.
pub const MOST_DAYS: u32 = 730;

/// A limit that somebody set, or took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit<T> {
    /// `any`: nothing is too much.
    Any,
    /// The limit and where it is written.
    Set(T, Span),
}

/// Limits on a follow-up. What is absent is left to who is asked next.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    /// Fewest days between two voicemails, and most days between any two messages.
    pub gap: Option<Limit<(u32, u32)>>,
    /// From and to, in minutes of the day: no call is placed between them.
    pub not_between: Option<Limit<(u16, u16)>>,
}

/// Reads a map of limits; `what` names it in messages.
pub fn read(node: &Node, what: &'static str, diagnostics: &mut Diagnostics) -> Pace {
    let Some(mut fields) = Fields::of(node, what, diagnostics) else { return Pace::default() };
    let gap = limit(fields.spanned("gap", diagnostics), days, "gap", "`1-14 days`", diagnostics);
    let hours = fields.spanned("not-between", diagnostics);
    let not_between = limit(hours, hours_of, "not-between", "`9:00-17:00`", diagnostics);
    fields.finish(diagnostics);
    Pace { gap, not_between }
}

fn limit<T>(
    written: Option<Spanned<String>>,
    read: impl Fn(&str) -> Option<T>,
    key: &str,
    sample: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Limit<T>> {
    let written = written?;
    if written.value == "any" {
        return Some(Limit::Any);
    }
    let value = read(&written.value);
    if value.is_none() {
        let message = format!("`{key}` cannot be read from `{}`", written.value);
        diagnostics
            .report(Code::BadValue, written.span, message)
            .help(format!("write it like {sample}, or `any` for no limit"));
    }
    value.map(|value| Limit::Set(value, written.span))
}

/// `7 days`, `7-10 days`, `1-2 weeks`: fewest and most days, at least one.
pub fn days(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let numbers = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[numbers.len()..];
    let scale = match unit {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        _ => return None,
    };
    let (low, high) = range(numbers.trim())?;
    let number = |text: &str| text.parse::<u32>().ok().filter(|n| (1..=MOST_DAYS).contains(n));
    let (low, high) = (number(low)? * scale, number(high)? * scale);
    (low <= high && high <= MOST_DAYS).then_some((low, high))
}

/// `8:30` and `08:30`: minutes of the day, in 24 hours.
pub fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hours.len()) || minutes.len() != 2 || !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Minutes of the day as `08:30`.
pub fn clock_text(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn hours_of(text: &str) -> Option<(u16, u16)> {
    let (from, to) = range(text)?;
    let (from, to) = (clock(from)?, clock(to)?);
    (from < to).then_some((from, to))
}

/// Both ends of `a-b`, `a–b` and `a to b`; of `a` alone it is both.
fn range(text: &str) -> Option<(&str, &str)> {
    let parts = ["-", "–", " to "].iter().find_map(|between| text.split_once(between));
    let (low, high) = parts.unwrap_or((text, text));
    let (low, high) = (low.trim(), high.trim());
    (!low.is_empty() && !high.is_empty()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_common_form() {
        for (text, expected) in [
            ("7-10 days", Some((7, 10))),
            ("7–10 days", Some((7, 10))),
            ("7 to 10 days", Some((7, 10))),
            ("1 day", Some((1, 1))),
            ("2days", Some((2, 2))),
            ("1-2 weeks", Some((7, 14))),
            ("10-7 days", None),
            ("0 days", None),
            ("days", None),
            ("7", None),
            ("7 months", None),
            ("200 weeks", None),
            ("99999999999 days", None),
            ("", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn clock_times_have_twenty_four_hours() {
        for (text, expected) in [
            ("8:30", Some(510)),
            ("08:30", Some(510)),
            ("0:00", Some(0)),
            ("23:59", Some(1439)),
            ("24:00", None),
            ("8:3", None),
            ("8.30", None),
            ("+8:30", None),
            ("8:60", None),
            ("noon", None),
        ] {
            assert_eq!(clock(text), expected, "{text}");
        }
        assert_eq!(hours_of("9:00-17:00"), Some((540, 1020)));
        assert_eq!((hours_of("17:00-9:00"), hours_of("9-17")), (None, None));
    }
}
