//! Checks what only the whole book can tell: examples against the grader, rules against their samples.

mod examples;
mod rules;

pub use rules::cross;

use crate::book::Book;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Runs every check, in this order.
pub fn book(book: &Book, sources: &Sources, diagnostics: &mut Diagnostics) {
    let _ = sources;
    rules::rules(&book.rulebook, diagnostics);
    examples::check(book, diagnostics);
}
