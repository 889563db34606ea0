//! Checks what only the whole book can tell: examples against the grader, rules against their samples, cadences
//! against their pace, sizes of files.

mod cadences;
mod examples;
pub mod outside;
pub mod reach;
mod rules;
mod sizes;

pub use rules::cross;

use crate::book::Book;
use crate::cache::{Cache, Same};
use crate::config::CheckConfig;
use crate::diag::Diagnostics;
use crate::source::Sources;
use std::sync::Arc;

/// Runs every check, in this order.
pub fn book(
    book: &Book,
    sources: &Sources,
    config: &CheckConfig,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.extend(cache.get(&cache.rule_checks, Same(Arc::clone(&book.rulebook)), || {
        let mut found = Diagnostics::default();
        rules::rules(&book.rulebook, &mut found);
        found
    }));
    examples::check(book, diagnostics);
    sizes::check(sources, config, diagnostics);
    cadences::check(book, diagnostics);
}
