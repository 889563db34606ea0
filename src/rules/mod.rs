//! Compiles the rules, methods and word lists of a playbook.
//!
//! ```text
//! content/lexicon ──lexicon──▶ word lists, shared detectors
//! content/rules ──definition, detector, phrase──▶ RuleDef ──link, constraint──▶ Program ──▶ Machine
//! content/methods ──method──▶ MethodDef ─────────────────────────────────────────▲
//! content/templates ──template──▶ TemplateDef, for the script lab
//! ```

mod compile;
pub(crate) mod constraint;
mod definition;
mod detector;
mod inflect;
mod lexicon;
mod link;
mod method;
pub mod pace;
mod phrase;
mod region;
mod sample;
mod template;

use std::sync::{Arc, OnceLock};

pub use compile::compile;
pub(crate) use compile::{FOLDERS, Kept, compile_with};
pub use definition::{DetectorDef, RuleDef, SourceDef};
pub(crate) use detector::is_name;
pub use lexicon::WordList;
pub use method::{ArticleDef, Disagreement, MethodDef, MethodRule};
pub use sample::Sample;
pub use template::TemplateDef;

use crate::engine::program::Program;
use crate::engine::{Channel, Machine, Report, Settings, run};

/// Rules and methods as written, and the program made from them.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    /// All rules, sorted by id.
    pub rules: Vec<RuleDef>,
    /// All methods, sorted by id.
    pub methods: Vec<MethodDef>,
    /// All word lists, sorted by name.
    pub lists: Vec<WordList>,
    /// Scripts to fill in, sorted by id.
    pub templates: Vec<TemplateDef>,
    /// The program ready to run; none without rules.
    pub machine: Option<Arc<Machine>>,
    written: OnceLock<Written>,
}

/// A program as the engine in the browser reads it.
#[derive(Debug, Clone)]
pub struct Written {
    /// JSON.
    pub json: Arc<[u8]>,
    /// Hexadecimal digits over it.
    pub hash: String,
}

impl Rulebook {
    /// The program as JSON, if there are rules; written when it is first asked for.
    pub fn written(&self) -> Option<&Written> {
        let program = self.program()?;
        Some(self.written.get_or_init(|| {
            let json: Arc<[u8]> = serde_json::to_vec(program).unwrap_or_default().into();
            Written { hash: blake3::hash(&json).to_hex().to_string(), json }
        }))
    }

    /// Whether the playbook has no rules.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Ids of all rules, sorted.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str())
    }

    /// Ids of all methods, sorted.
    pub fn method_ids(&self) -> impl Iterator<Item = &str> {
        self.methods.iter().map(|method| method.id.as_str())
    }

    /// The rule of an id.
    pub fn rule(&self, id: &str) -> Option<&RuleDef> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The method of an id.
    pub fn method(&self, id: &str) -> Option<&MethodDef> {
        self.methods.iter().find(|method| method.id == id)
    }

    /// The program, if there are rules.
    pub fn program(&self) -> Option<&Program> {
        self.machine.as_ref().map(|machine| &machine.program)
    }

    /// Ids of a method's rules that apply on a channel, house rules included, in the method's order.
    pub fn rules_of(&self, method: &str, channel: Channel) -> impl Iterator<Item = &str> {
        let program = self.program();
        let method = program.and_then(|program| program.methods.iter().find(|one| one.id == method));
        let used = method.map(|method| method.rules.as_slice()).unwrap_or_default();
        used.iter().filter_map(move |used| {
            let rule = program?.rules.get(used.rule)?;
            rule.channels.contains(&channel).then_some(rule.id.as_str())
        })
    }

    /// Grades a script under all rules and methods.
    pub fn grade(&self, channel: Channel, text: &str) -> Report {
        match &self.machine {
            Some(machine) => run(machine, channel, text, &Settings::default()),
            None => Report::default(),
        }
    }
}
