//! Runs of capitalised words that read as the name of a person or a firm.

use super::super::hits::Hit;
use super::super::tokens::{gap, is, narrow};
use super::super::vocabulary::role;
use super::Script;

/// No name is longer, in tokens.
const LONGEST: usize = 7;

/// Finds names.
pub(super) fn find(script: &Script<'_>, out: &mut Vec<Hit>) {
    let list = &script.tokens.list;
    let mut at = 0;
    while at < list.len() {
        if !begins(script, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < list.len() && end - at < LONGEST {
            if list[end].before & (gap::STOP | gap::LINE | gap::COMMA) != 0 {
                break;
            }
            if part(script, end) {
                end += 1;
            } else if link(script, end)
                && end + 1 < list.len()
                && joined(script, end + 1)
                && part(script, end + 1)
            {
                end += 2;
            } else {
                break;
            }
        }
        out.push(Hit::words(narrow(at), narrow(end)));
        at = end;
    }
}

fn joined(script: &Script<'_>, at: usize) -> bool {
    script.tokens.list[at].before & (gap::STOP | gap::LINE | gap::COMMA) == 0
}

/// A token that a name may begin with.
fn begins(script: &Script<'_>, at: usize) -> bool {
    let token = &script.tokens.list[at];
    let roles = script.vocabulary.roles(token);
    if token.kind & is::WORD == 0 || token.kind & is::PLACEHOLDER != 0 {
        return false;
    }
    if script.no_capitals {
        return roles & role::FIRST_NAMES != 0 && roles & role::NOT_NAMES == 0;
    }
    if token.kind & is::CAPITAL == 0 || roles & role::TITLES != 0 {
        return false;
    }
    if roles & role::NOT_NAMES == 0 {
        return true;
    }
    // Will, May, Grant: a name where a sentence does not begin, or before another one.
    let first = at == 0 || token.before & gap::STOP != 0;
    let next = at + 1 < script.tokens.list.len() && joined(script, at + 1) && {
        let next = &script.tokens.list[at + 1];
        next.kind & is::CAPITAL != 0 && script.vocabulary.roles(next) & (role::NOT_NAMES | role::TITLES) == 0
    };
    roles & role::FIRST_NAMES != 0 && (!first || next)
}

/// A token that a name may go on with.
fn part(script: &Script<'_>, at: usize) -> bool {
    let token = &script.tokens.list[at];
    let roles = script.vocabulary.roles(token);
    let plain = token.kind & is::WORD != 0 && token.kind & is::PLACEHOLDER == 0 && !script.no_capitals;
    plain
        && token.kind & is::CAPITAL != 0
        && roles & role::TITLES == 0
        && (roles & role::NOT_NAMES == 0 || roles & role::FIRST_NAMES != 0)
}

/// `&`, `de`, `van`; `of` after a possessive or a word like Bank.
fn link(script: &Script<'_>, at: usize) -> bool {
    let token = &script.tokens.list[at];
    let roles = script.vocabulary.roles(token);
    if script.tokens.text(at) == "&" || roles & role::NAME_LINKS != 0 {
        return true;
    }
    script.tokens.text(at) == "of" && {
        let before = &script.tokens.list[at - 1];
        script.tokens.text(at - 1).ends_with("'s") || script.vocabulary.has_role(before, role::OF_HEADS)
    }
}
