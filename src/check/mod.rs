//! Checks what only the whole book can tell: examples against the grader, rules against their samples, cadences
//! against their pace, sizes of files.

mod cadences;
mod examples;
mod rules;
mod sizes;

pub use rules::cross;

use crate::book::Book;
use crate::config::CheckConfig;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Runs every check, in this order.
pub fn book(book: &Book, sources: &Sources, config: &CheckConfig, diagnostics: &mut Diagnostics) {
    rules::rules(&book.rulebook, diagnostics);
    examples::check(book, diagnostics);
    sizes::check(sources, config, diagnostics);
    cadences::check(book, diagnostics);
}
