//! Languages outside the table, cut by syntect's syntaxes.

use super::Piece;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Scope prefixes and the class of what they cover; the first that fits the innermost scope wins.
const CLASSES: [(&str, &str); 14] = [
    ("invalid", "c-invalid"),
    ("comment", "c-comment"),
    ("constant", "c-constant"),
    ("string", "c-string"),
    ("keyword", "c-keyword"),
    ("storage", "c-keyword"),
    ("entity.name", "c-name"),
    ("support", "c-name"),
    ("entity.other", "c-attribute"),
    ("variable.parameter", "c-attribute"),
    ("markup.heading", "c-name"),
    ("markup.inserted", "c-string"),
    ("markup.deleted", "c-invalid"),
    ("markup.raw", "c-string"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect()
});

/// The pieces of a code in a language; none if nobody knows it.
pub(super) fn pieces(code: &str, language: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if matches!(language, "text" | "txt" | "plain" | "console") {
        return pieces;
    }
    let Some(syntax) = SYNTAXES.find_syntax_by_token(language) else { return pieces };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let Ok(operations) = state.parse_line(line, &SYNTAXES) else { return pieces };
        let mut at = 0;
        for (place, operation) in operations {
            put(&mut pieces, start + at..start + place, &stack);
            at = at.max(place);
            if stack.apply(&operation).is_err() {
                return pieces;
            }
        }
        put(&mut pieces, start + at..start + line.len(), &stack);
        start += line.len();
    }
    pieces
}

/// Adds a run, or lengthens the last one if it has the same class.
fn put(pieces: &mut Vec<Piece>, range: std::ops::Range<usize>, stack: &ScopeStack) {
    let Some(class) = class_of(stack).filter(|_| range.start < range.end) else { return };
    match pieces.last_mut() {
        Some((last, same)) if *same == class && last.end == range.start => last.end = range.end,
        _ => pieces.push((range, class)),
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class = |scope: &Scope| {
        SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(class)
}
