//! Compiles the rules, methods and word lists of a playbook.

use crate::diag::Diagnostics;
use crate::source::Sources;

/// Rules and methods as written, and the program made from them.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {}

/// Compiles all rules of a playbook.
pub fn compile(_sources: &Sources, _diagnostics: &mut Diagnostics) -> Rulebook {
    Rulebook {}
}
