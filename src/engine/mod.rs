//! The engine: runs a [`Program`] on a script and reports findings, seconds and grades.
//!
//! `themes/default/js/engine/` mirrors this folder file by file, and on any text and any program the two give
//! the same report, byte for byte. So: whole numbers only, no regular expressions, no locale, no clock, no
//! Unicode data but our own table, and time linear in the script. docs/content/03-grading/text-model.md is the
//! specification.
//!
//! ```text
//! Program ──Machine::new──▶ Machine        once
//! script ──tokens──▶ sentences ──builtin──▶ search + detect, level by level ──constraints──▶ score ──▶ Report
//! ```

mod automaton;
mod builtin;
mod constraints;
mod detect;
mod fold;
mod hits;
mod machine;
pub mod program;
mod readability;
mod regions;
mod report;
mod run;
mod score;
mod search;
mod seconds;
mod sentences;
mod template;
mod tokens;
mod vocabulary;

pub use machine::Machine;
pub use program::{Channel, Program};
pub use report::{Finding, Grade, Line, Mark, Report, Settings, Verdict};
pub use run::{LONGEST_SCRIPT, Scratch, run, run_with};
pub use score::CAP;
pub use template::NAMES as TEMPLATE_NAMES;

/// Slots that every program has: found by the engine's own code, one token wide, or places.
pub fn builtin_slots() -> impl Iterator<Item = &'static str> {
    builtin::NAMES.into_iter().chain(automaton::CLASSES).chain(automaton::PLACES)
}

/// Slots that have hits of their own, so that a constraint may name them.
pub fn builtin_detectors() -> impl Iterator<Item = &'static str> {
    builtin::NAMES.into_iter()
}

/// Places: slots no token wide.
pub fn builtin_places() -> impl Iterator<Item = &'static str> {
    automaton::PLACES.into_iter()
}

/// Word lists of the lexicon that the engine's own code asks for.
pub fn role_lists() -> impl Iterator<Item = &'static str> {
    vocabulary::role::LISTS.iter().map(|(name, _)| *name)
}

/// The fold of a word as phrases and scripts see it: small letters without accents, one kind of apostrophe.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fold::class(c as u32) {
            fold::Class::Letter => {
                fold::fold_into(c as u32, &mut out);
            }
            fold::Class::Apostrophe => out.push('\''),
            fold::Class::Mark => {}
            _ => out.push(c),
        }
    }
    out
}
