//! Compares what was printed with what a case expects, and shows the difference line by line.
//!
//! A line `...` stands for any number of lines, `[..]` inside a line for any text.

use std::fmt::Write as _;

/// True when the lines of `actual` fit the pattern.
pub fn fits(pattern: &str, actual: &str) -> bool {
    let pattern: Vec<&str> = pattern.trim_end().lines().collect();
    let actual: Vec<&str> = actual.trim_end().lines().collect();
    wild(&pattern, &actual, |line| line.trim() == "...", line_fits)
}

fn line_fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.trim_end().split("[..]");
    let line = line.trim_end();
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

/// Greedy matching with one point to return to, so that the time stays within pattern × text.
fn wild<T: Copy>(pattern: &[T], text: &[T], any: impl Fn(T) -> bool, same: impl Fn(T, T) -> bool) -> bool {
    let (mut at, mut with) = (0, 0);
    let mut resume: Option<(usize, usize)> = None;
    while at < text.len() {
        if with < pattern.len() && any(pattern[with]) {
            resume = Some((with, at));
            with += 1;
        } else if with < pattern.len() && same(pattern[with], text[at]) {
            at += 1;
            with += 1;
        } else if let Some((star, from)) = resume {
            resume = Some((star, from + 1));
            (with, at) = (star + 1, from + 1);
        } else {
            return false;
        }
    }
    pattern[with..].iter().all(|&rest| any(rest))
}

/// Both texts as one: `-` expected, `+` printed, three lines around each change.
pub fn diff(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    if old.len().saturating_mul(new.len()) > 4_000_000 {
        return format!(
            "    {} lines expected, {} lines printed: too long to compare line by line\n",
            old.len(),
            new.len()
        );
    }
    // Length of the longest common tail from each pair of places.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if line_fits(old[i], new[j]) {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut rows = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && line_fits(old[i], new[j]) {
            rows.push((' ', new[j]));
            i += 1;
            j += 1;
        } else if j == new.len()
            || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            rows.push(('-', old[i]));
            i += 1;
        } else {
            rows.push(('+', new[j]));
            j += 1;
        }
    }
    let near =
        |at: usize| rows[at.saturating_sub(3)..(at + 4).min(rows.len())].iter().any(|row| row.0 != ' ');
    let mut out = String::new();
    let mut skipped = false;
    for (at, (mark, line)) in rows.iter().enumerate() {
        if near(at) {
            writeln!(out, "    {mark} {line}").expect("a string can be written to");
            skipped = false;
        } else if !skipped {
            out.push_str("      ⋮\n");
            skipped = true;
        }
    }
    out
}

#[test]
fn patterns_fit_what_they_stand_for() {
    let yes = [
        ("a\n...\nd", "a\nb\nc\nd"),
        ("...", ""),
        ("a [..] c", "a b c"),
        ("...\nb\n...", "a\nb"),
        ("a[..]", "a"),
        ("x", "x\n\n"),
    ];
    let no = [("a\n...\nd", "a\nb"), ("a [..] c", "a b d"), ("", "x"), ("a", "a\nb"), ("...\nb", "b\nc")];
    for (pattern, text) in yes {
        assert!(fits(pattern, text), "{pattern:?} should fit {text:?}");
    }
    for (pattern, text) in no {
        assert!(!fits(pattern, text), "{pattern:?} should not fit {text:?}");
    }
}
