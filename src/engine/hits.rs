//! Hits: where a detector found something, and what it is worth.

use super::tokens::Tokens;

/// What makes two hits the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// The folded words of these tokens.
    Words(u32, u32),
    /// A number: a phone's last digits, a clock's minutes.
    Number(i64),
}

/// A range of tokens that a detector found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) worth: Worth,
    /// Index of the detector's group.
    pub(super) kind: u16,
}

impl Hit {
    /// A hit worth its words.
    pub(super) fn words(start: u32, end: u32) -> Self {
        Self { start, end, worth: Worth::Words(start, end), kind: 0 }
    }

    /// A hit worth a number.
    pub(super) fn number(start: u32, end: u32, number: i64) -> Self {
        Self { start, end, worth: Worth::Number(number), kind: 0 }
    }

    /// The number, if it has one.
    pub(super) fn as_number(&self) -> Option<i64> {
        match self.worth {
            Worth::Number(number) => Some(number),
            Worth::Words(..) => None,
        }
    }
}

/// A value as text: what `{values}` shows and what *distinct* and *same* compare.
pub(super) fn value(tokens: &Tokens, hit: &Hit, out: &mut String) {
    use std::fmt::Write as _;
    match hit.worth {
        Worth::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Worth::Words(start, end) => words(tokens, start, end, out),
    }
}

/// Folded words with one space between, `'s` left out at the end.
pub(super) fn words(tokens: &Tokens, start: u32, end: u32, out: &mut String) {
    for at in start..end {
        if at > start {
            out.push(' ');
        }
        let text = tokens.text(at as usize);
        out.push_str(if at + 1 == end { text.strip_suffix("'s").unwrap_or(text) } else { text });
    }
}

/// The first hit that begins at a token; hits are sorted.
pub(super) fn starting_at(hits: &[Hit], at: u32) -> Option<&Hit> {
    let index = hits.partition_point(|hit| hit.start < at);
    hits.get(index).filter(|hit| hit.start == at)
}

/// Keeps, from left to right, the longest hit that overlaps no earlier one. Hits are sorted by start, longest first.
pub(super) fn disjoint(hits: &mut Vec<Hit>) {
    let mut end = 0;
    hits.retain(|hit| {
        let keep = hit.start >= end;
        if keep {
            end = hit.end;
        }
        keep
    });
}

/// Sorts by start, the longest first.
pub(super) fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.kind.cmp(&b.kind)));
}
