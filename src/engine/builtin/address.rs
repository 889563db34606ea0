//! E-mail addresses and web addresses, written or spoken.

use super::super::hits::Hit;
use super::super::tokens::{Exact, gap, is, narrow};
use super::super::vocabulary::role;
use super::Script;

/// No address is longer, in tokens.
const LONGEST: usize = 40;

fn solid(script: &Script<'_>, at: usize) -> bool {
    script.tokens.list.get(at).is_some_and(|token| token.kind & (is::WORD | is::DIGITS) != 0)
}

fn glued(script: &Script<'_>, at: usize, with: &[u8]) -> bool {
    script.tokens.list.get(at).is_some_and(|token| match token.exact {
        Exact::None => true,
        Exact::Only(byte) => with.contains(&byte),
        _ => false,
    })
}

fn is_domain_end(script: &Script<'_>, at: usize) -> bool {
    script.tokens.list.get(at).is_some_and(|token| script.vocabulary.has_role(token, role::TOP_DOMAINS))
}

/// Finds `kelly@novexa.example` and `kelly at novexa dot com`.
pub(super) fn emails(script: &Script<'_>, out: &mut Vec<Hit>) {
    let count = script.tokens.list.len();
    let mut free = 0;
    for at in 1..count {
        if at < free {
            continue;
        }
        let hit = match script.tokens.text(at) {
            "@" if glued(script, at, b"") && glued(script, at + 1, b"") => written(script, at, free),
            "at" => spoken_domain(script, at + 1).filter(|_| solid(script, at - 1)).map(|end| (at - 1, end)),
            _ => None,
        };
        if let Some((start, end)) = hit {
            out.push(Hit::words(narrow(start), narrow(end)));
            free = end;
        }
    }
}

fn written(script: &Script<'_>, sign: usize, free: usize) -> Option<(usize, usize)> {
    let mut start = sign - 1;
    if !solid(script, start) || !solid(script, sign + 1) {
        return None;
    }
    while start > free && sign - start < LONGEST && glued(script, start, b".-_+'") && solid(script, start - 1)
    {
        start -= 1;
    }
    let mut end = sign + 2;
    let mut dots = 0;
    while end - sign < LONGEST && solid(script, end) && glued(script, end, b".-_") {
        dots += u32::from(script.tokens.list[end].exact == Exact::Only(b'.'));
        end += 1;
    }
    (dots > 0).then_some((start, end))
}

/// `novexa dot com`: the end, if that begins here.
fn spoken_domain(script: &Script<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    while at < start + 8 && solid(script, at) {
        let token = script.tokens.list.get(at + 1)?;
        if script.tokens.text(at + 1) == "dot"
            && token.before & gap::STOP == 0
            && is_domain_end(script, at + 2)
        {
            let mut end = at + 3;
            while script.tokens.list.get(end).is_some_and(|_| script.tokens.text(end) == "dot")
                && is_domain_end(script, end + 1)
            {
                end += 2;
            }
            return Some(end);
        }
        if script.tokens.text(at + 1) != "dot" {
            return None;
        }
        at += 2;
    }
    None
}

/// Finds web addresses outside e-mail addresses.
pub(super) fn urls(script: &Script<'_>, emails: &[Hit], out: &mut Vec<Hit>) {
    let count = script.tokens.list.len();
    let (mut at, mut email) = (0, 0);
    while at < count {
        while emails.get(email).is_some_and(|hit| hit.end as usize <= at) {
            email += 1;
        }
        if let Some(hit) = emails.get(email).filter(|hit| hit.start as usize <= at) {
            at = hit.end as usize;
            continue;
        }
        let limit = emails.get(email).map_or(count, |hit| hit.start as usize).min(at + LONGEST);
        match url(script, at, limit) {
            Some(end) => {
                out.push(Hit::words(narrow(at), narrow(end)));
                at = end;
            }
            None => at += 1,
        }
    }
}

fn url(script: &Script<'_>, at: usize, limit: usize) -> Option<usize> {
    if !solid(script, at) {
        return None;
    }
    let text = script.tokens.text(at);
    let next = script.tokens.list.get(at + 1)?;
    if matches!(text, "http" | "https") && next.before & gap::SPACE == 0 {
        return Some(path(script, at + 1, limit));
    }
    if text == "www" && script.tokens.text(at + 1) == "dot" {
        return spoken_domain(script, at + 2);
    }
    let mut end = at + 1;
    let mut domain = None;
    while end < limit
        && solid(script, end)
        && glued(script, end, b".-")
        && script.tokens.list[end].exact != Exact::None
    {
        if script.tokens.list[end].exact == Exact::Only(b'.') && is_domain_end(script, end) {
            domain = Some(end + 1);
        }
        end += 1;
    }
    if let Some(domain) = domain {
        let slash = script.tokens.list.get(domain).is_some_and(|token| token.exact == Exact::Only(b'/'));
        return Some(if slash { path(script, domain, limit) } else { domain });
    }
    if text == "www" && end > at + 1 {
        return Some(end);
    }
    // "acme dot com", where no full stop was written.
    (script.tokens.text(at + 1) == "dot").then(|| spoken_domain(script, at)).flatten()
}

/// Runs to the next white space.
fn path(script: &Script<'_>, mut at: usize, limit: usize) -> usize {
    while at < limit && script.tokens.list[at].before & gap::SPACE == 0 {
        at += 1;
    }
    at
}
