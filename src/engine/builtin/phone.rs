//! Phone numbers: digits in every grouping, spelled out, with letters, or crossed out with `X`.

use super::super::hits::Hit;
use super::super::tokens::{Exact, Token, gap, is, narrow};
use super::super::vocabulary::role;
use super::Script;

/// A longer run of figures is no phone number.
const MOST_GROUPS: usize = 40;

/// One spoken or written group of digits.
struct Group {
    start: usize,
    end: usize,
    digits: usize,
    spelled: bool,
}

/// Finds phone numbers.
pub(super) fn find(script: &Script<'_>, out: &mut Vec<Hit>) {
    let count = script.tokens.list.len();
    let (mut groups, mut digits) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < count {
        groups.clear();
        digits.clear();
        while let Some(group) = group(script, at, &groups, &mut digits) {
            at = group.end;
            groups.push(group);
        }
        if groups.is_empty() {
            at += 1;
        } else {
            run(script, &groups, &digits, out);
        }
    }
}

/// The group that begins at a token and continues the run.
fn group(script: &Script<'_>, at: usize, groups: &[Group], digits: &mut Vec<u8>) -> Option<Group> {
    let token = script.tokens.list.get(at)?;
    let start = at;
    let (mut end, spelled) = (at + 1, token.kind & is::DIGITS == 0);
    let before = digits.len();
    if token.kind & is::DIGITS != 0 {
        digits.extend(script.tokens.text(at).bytes());
    } else if is_crossed(script.tokens.text(at)) {
        digits.extend(script.tokens.text(at).bytes().map(|_| b'0'));
    } else {
        end = spelled_digits(script, at, digits)?;
    }
    let crossed = spelled && is_crossed(script.tokens.text(at));
    let group = Group { start, end, digits: digits.len() - before, spelled: spelled && !crossed };
    if let Some(last) = groups.last()
        && !joins(script, token, last, &group, before)
    {
        digits.truncate(before);
        return None;
    }
    Some(group)
}

/// Whether a group may follow another in one number.
fn joins(script: &Script<'_>, token: &Token, last: &Group, next: &Group, so_far: usize) -> bool {
    let spelled = last.spelled && next.spelled;
    if token.before & gap::STOP != 0 {
        return spelled && so_far < 7 && token.before & gap::LINE == 0;
    }
    if token.before & gap::LINE != 0 {
        return false;
    }
    match token.exact {
        Exact::None | Exact::Space | Exact::Only(b'-' | b'.' | b'/' | b'(' | b')') => true,
        Exact::Only(_) => false,
        Exact::Mixed if spelled => so_far < 10,
        Exact::Mixed => {
            // Dashes of every kind and brackets, but no comma.
            let gap = &script.tokens.gaps[next.start];
            !gap.question && gap.exclamations == 0 && gap.dots == 0 && !comma_between(script, last, next)
        }
    }
}

fn comma_between(script: &Script<'_>, last: &Group, next: &Group) -> bool {
    script.tokens.gaps[next.start].hard_comma && last.end == next.start
}

fn is_crossed(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte == b'x')
}

/// Reads one spelled piece (`oh`, `double five`, `eight hundred`, `twenty-one`); returns its end.
fn spelled_digits(script: &Script<'_>, at: usize, digits: &mut Vec<u8>) -> Option<usize> {
    let token = script.tokens.list.get(at)?;
    let roles = script.vocabulary.roles(token);
    let times = if roles & role::DOUBLE_WORDS != 0 {
        2
    } else if roles & role::TRIPLE_WORDS != 0 {
        3
    } else {
        1
    };
    let first = if times == 1 { at } else { at + 1 };
    let token = script.tokens.list.get(first)?;
    let value = if script.vocabulary.has_role(token, role::ZERO_WORDS) {
        0
    } else if times > 1 && token.kind & is::DIGITS != 0 && script.tokens.text(first).len() == 1 {
        i64::from(script.tokens.text(first).as_bytes()[0] - b'0')
    } else {
        script.vocabulary.number(token)?
    };
    let digit = |value: i64| b'0' + u8::try_from(value % 10).unwrap_or(0);
    match value {
        0..=9 => {
            let hundred = |at: usize| {
                let next = script.tokens.list.get(at)?;
                (next.before & (gap::STOP | gap::COMMA) == 0).then(|| script.vocabulary.number(next))?
            };
            (0..times).for_each(|_| digits.push(digit(value)));
            match hundred(first + 1) {
                Some(100) if times == 1 => {
                    digits.extend(b"00");
                    Some(first + 2)
                }
                Some(1000) if times == 1 => {
                    digits.extend(b"000");
                    Some(first + 2)
                }
                _ => Some(first + 1),
            }
        }
        10..=99 if times == 1 => {
            digits.push(digit(value / 10));
            let next = script.tokens.list.get(first + 1);
            let unit = next
                .filter(|next| value >= 20 && value % 10 == 0 && next.before & (gap::STOP | gap::COMMA) == 0)
                .and_then(|next| script.vocabulary.number(next))
                .filter(|unit| (1..=9).contains(unit));
            digits.push(digit(value + unit.unwrap_or(0)));
            Some(first + 1 + usize::from(unit.is_some()))
        }
        _ => None,
    }
}

/// Judges a run of groups: one number, the same number twice, or none.
fn run(script: &Script<'_>, groups: &[Group], digits: &[u8], out: &mut Vec<Hit>) {
    if groups.len() > MOST_GROUPS {
        return;
    }
    let half = groups.len() / 2;
    let first_half: usize = groups[..half].iter().map(|group| group.digits).sum();
    if groups.len().is_multiple_of(2) && first_half >= 7 && digits[..first_half] == digits[first_half..] {
        judge(script, &groups[..half], &digits[..first_half], out);
        judge(script, &groups[half..], &digits[first_half..], out);
        return;
    }
    if judge(script, groups, digits, out) || groups.len() < 2 {
        return;
    }
    // A stray figure before or after ("before 9 555 0142") must not hide the number.
    let tail: usize = groups[1..].iter().map(|group| group.digits).sum();
    if tail >= 7 {
        run(script, &groups[1..], &digits[digits.len() - tail..], out);
    }
}

fn judge(script: &Script<'_>, groups: &[Group], digits: &[u8], out: &mut Vec<Hit>) -> bool {
    let (first, last) = (&groups[0], &groups[groups.len() - 1]);
    let (start, mut end) = (first.start, last.end);
    let mut value: Vec<u8> = digits.to_vec();
    if let Some(lettered) = letters(script, end, digits.len(), &mut value) {
        end = lettered;
    }
    let sizes: Vec<usize> = groups.iter().map(|group| group.digits).collect();
    let spelled = groups.iter().all(|group| group.spelled);
    if !(shape(script, groups, &sizes, digits, spelled) || value.len() >= 10 && end > last.end) {
        return false;
    }
    if is_reference(script, start) {
        return false;
    }
    let plus =
        start > 0 && script.tokens.text(start - 1) == "+" && script.tokens.list[start].exact == Exact::None;
    let number = value[value.len().saturating_sub(7)..]
        .iter()
        .fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'));
    out.push(Hit::number(narrow(start - usize::from(plus)), narrow(end), number));
    true
}

/// Whether sizes and separators are those of a phone number.
fn shape(script: &Script<'_>, groups: &[Group], sizes: &[usize], digits: &[u8], spelled: bool) -> bool {
    let total = digits.len();
    let token = &script.tokens.list[groups[0].start];
    let money = groups[0].start > 0
        && token.exact == Exact::None
        && matches!(script.tokens.text(groups[0].start - 1), "$" | "£" | "€" | "#");
    if money || total > 15 {
        return false;
    }
    if spelled {
        return total >= 7 && groups.len() >= 4;
    }
    if sizes == [2, 2, 2] {
        return digits.starts_with(b"13");
    }
    if total < 7 {
        return false;
    }
    if let [only] = sizes {
        return matches!(only, 7 | 10..=13)
            || matches!(only, 8 | 9) && digits[0] != b'1' && digits[0] != b'2';
    }
    let year = |at: usize, size: usize| {
        size == 4 && (digits[at..].starts_with(b"19") || digits[at..].starts_with(b"20"))
    };
    let date = match *sizes {
        [4, 2, 2] => year(0, 4),
        [a, b, 4] if a <= 2 && b <= 2 => year(a + b, 4),
        [4, 4] => year(0, 4) && year(4, 4),
        _ => false,
    };
    let longest = sizes.iter().max().copied().unwrap_or(0);
    !date && (3..=11).contains(&longest) && sizes.iter().filter(|size| **size <= 1).count() <= 2
}

/// `1-800-FLOWERS`: letters after a hyphen stand for digits.
fn letters(script: &Script<'_>, end: usize, so_far: usize, value: &mut Vec<u8>) -> Option<usize> {
    let mut at = end;
    while let Some(token) = script.tokens.list.get(at) {
        if token.kind & is::UPPER == 0 || token.exact != Exact::Only(b'-') || so_far < 3 || at - end == 3 {
            break;
        }
        for byte in script.tokens.text(at).bytes() {
            if byte.is_ascii_lowercase() {
                value.push(b"22233344455566677778889999"[usize::from(byte - b'a')]);
            }
        }
        at += 1;
    }
    (at > end).then_some(at)
}

/// `order 4471 9020`, `reference number is 12345678`.
fn is_reference(script: &Script<'_>, start: usize) -> bool {
    for back in 1..=4.min(start) {
        let token = &script.tokens.list[start - back];
        let roles = script.vocabulary.roles(token);
        if roles & role::NUMBER_REFS != 0 {
            return true;
        }
        if roles & role::NUMBER_REF_LINKS == 0 {
            return false;
        }
    }
    false
}
