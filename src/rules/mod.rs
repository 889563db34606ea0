//! Compiles the rules, methods and word lists of a playbook.

use crate::diag::Diagnostics;
use crate::engine::{Channel, Report};
use crate::source::Sources;

/// Rules and methods as written, and the program made from them.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {}

impl Rulebook {
    /// True if the playbook has no rules.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// Ids of all rules, sorted.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// Ids of all methods, in their order.
    pub fn method_ids(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// Ids of the rules that a method holds for a channel, house rules included.
    pub fn rules_of(&self, _method: &str, _channel: Channel) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// Grades a script under every method.
    pub fn grade(&self, _channel: Channel, _text: &str) -> Report {
        Report::default()
    }
}

/// Compiles all rules of a playbook.
pub fn compile(_sources: &Sources, _diagnostics: &mut Diagnostics) -> Rulebook {
    Rulebook {}
}
