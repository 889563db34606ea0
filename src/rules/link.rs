//! Names become numbers' worth of order: every detector that a rule needs, each after those it refers to.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diag::{Code, Diagnostics};
use crate::engine::program::{Detector, Filter, Group};
use crate::source::Spanned;

use super::detector::{Draft, DraftFilter};
use super::lexicon::{self, Lexicon};
use super::phrase::{self, Phrase};

/// Collects the detectors of a program.
pub(super) struct Linker<'a> {
    lexicon: &'a Lexicon,
    /// Detectors of rules, by rule and name.
    local: HashMap<&'a str, HashMap<&'a str, &'a Draft>>,
    /// Full names that are in `detectors`, or could not be.
    done: HashSet<String>,
    /// Full names on the way from a rule to here.
    path: Vec<String>,
    /// What was asked for, each after what it needs.
    pub(super) detectors: Vec<Detector>,
}

impl<'a> Linker<'a> {
    /// A linker over a lexicon.
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, local: HashMap::new(), done: HashSet::new(), path: Vec::new(), detectors: Vec::new() }
    }

    /// Makes a rule's own detectors known.
    pub(super) fn rule(&mut self, rule: &'a str, drafts: &'a [Draft], diagnostics: &mut Diagnostics) {
        let mut named = HashMap::new();
        for draft in drafts {
            if lexicon::is_builtin(&draft.name.value) {
                let message = format!("`{}` is the name of a built-in", draft.name.value);
                diagnostics
                    .report(Code::DuplicateId, draft.name.span, message)
                    .help("give the detector another name");
            }
            named.insert(draft.name.value.as_str(), draft);
        }
        self.local.insert(rule, named);
    }

    /// Detectors of a rule that nothing has asked for.
    pub(super) fn unused(&self, rule: &str, drafts: &[Draft], diagnostics: &mut Diagnostics) {
        for draft in drafts {
            let name = &draft.name.value;
            if !self.done.contains(&format!("{rule}/{name}")) {
                diagnostics
                    .report(
                        Code::UnusedDetector,
                        draft.name.span,
                        format!("nothing uses the detector `{name}`"),
                    )
                    .help("name it in `require` or `when`, or remove it");
            }
        }
    }

    /// The full name of a detector as a rule sees it, which is then among `detectors`.
    pub(super) fn need(
        &mut self,
        name: &Spanned<String>,
        rule: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let local = self.local.get(rule).and_then(|named| named.get(name.value.as_str())).copied();
        let full = if local.is_some() { format!("{rule}/{}", name.value) } else { name.value.clone() };
        if lexicon::is_builtin(&full) {
            return Some(full);
        }
        if let Some(at) = self.path.iter().position(|one| *one == full) {
            let round: Vec<&str> =
                self.path[at..].iter().map(String::as_str).chain([full.as_str()]).collect();
            diagnostics
                .report(
                    Code::SlotCycle,
                    name.span,
                    format!("`{}` refers to itself: {}", name.value, round.join(" → ")),
                )
                .help("write the words out in one of them");
            return None;
        }
        if self.done.contains(&full) {
            return Some(full);
        }
        let lexicon = self.lexicon;
        self.path.push(full.clone());
        let made = match local.or_else(|| lexicon.detectors.get(&name.value)) {
            Some(draft) => {
                let scope = if local.is_some() { rule } else { "" };
                Some(self.detector(draft, &full, scope, diagnostics))
            }
            None => lexicon.lines(&name.value).map(|lines| Detector {
                name: full.clone(),
                find: vec![Group { kind: String::new(), phrases: lines.join("\n") }],
                ..Detector::default()
            }),
        };
        self.path.pop();
        if let Some(detector) = made {
            self.detectors.push(detector);
        } else {
            let known = self.names(rule);
            diagnostics
                .report(
                    Code::UnknownSlot,
                    name.span,
                    format!("there is no detector or slot `{}`", name.value),
                )
                .help_nearest(&name.value, known.iter().map(String::as_str));
            return None;
        }
        self.done.insert(full.clone());
        Some(full)
    }

    fn names(&self, rule: &str) -> Vec<String> {
        let local =
            self.local.get(rule).into_iter().flat_map(|named| named.keys().map(|name| (*name).to_owned()));
        let shared = self.lexicon.detectors.keys().chain(self.lexicon.words.keys()).cloned();
        local.chain(shared).chain(crate::engine::builtin_slots().map(str::to_owned)).collect()
    }

    fn detector(
        &mut self,
        draft: &Draft,
        full: &str,
        scope: &str,
        diagnostics: &mut Diagnostics,
    ) -> Detector {
        let find = draft
            .groups
            .iter()
            .map(|(kind, phrases)| Group {
                kind: kind.clone(),
                phrases: self.phrases(phrases, scope, diagnostics),
            })
            .collect();
        let near_miss =
            draft.near_miss.as_ref().map(|list| self.near_miss(list, diagnostics)).unwrap_or_default();
        let unless = self.phrases(&draft.unless, scope, diagnostics);
        let take =
            draft.take.as_ref().and_then(|take| self.need(take, scope, diagnostics)).unwrap_or_default();
        let filters =
            draft.filters.iter().filter_map(|filter| self.filter(filter, scope, diagnostics)).collect();
        Detector { name: full.to_owned(), find, near_miss, unless, take, filters, echo: draft.echo }
    }

    fn near_miss(&self, list: &Spanned<String>, diagnostics: &mut Diagnostics) -> String {
        if let Some(lines) = self.lexicon.lines(&list.value) {
            lines.into_iter().filter(|line| !line.contains(' ')).collect::<Vec<_>>().join(" ")
        } else {
            diagnostics
                .report(Code::UnknownSlot, list.span, format!("there is no word list `{}`", list.value))
                .help_nearest(&list.value, self.lexicon.words.keys().map(String::as_str));
            String::new()
        }
    }

    /// Phrases in the core language, one a line, their slots linked.
    fn phrases(&mut self, phrases: &[Phrase], scope: &str, diagnostics: &mut Diagnostics) -> String {
        let mut lines = String::new();
        for one in phrases {
            let mut slots = Vec::new();
            phrase::slots(&one.items, &mut slots);
            let mut full: BTreeMap<&str, String> = BTreeMap::new();
            let mut whole = true;
            for slot in slots {
                match self.need(slot, scope, diagnostics) {
                    Some(name) => {
                        full.insert(&slot.value, name);
                    }
                    None => whole = false,
                }
            }
            if whole {
                if !lines.is_empty() {
                    lines.push('\n');
                }
                phrase::core(&one.items, &|name| full.get(name).cloned().unwrap_or_default(), &mut lines);
            }
        }
        lines
    }

    fn filter(&mut self, filter: &DraftFilter, scope: &str, diagnostics: &mut Diagnostics) -> Option<Filter> {
        let mut text = |phrases: &[Phrase]| self.phrases(phrases, scope, diagnostics);
        Some(match filter {
            DraftFilter::Has(phrases) => Filter::Has(text(phrases)),
            DraftFilter::Lacks(phrases) => Filter::Lacks(text(phrases)),
            DraftFilter::SentenceHas(phrases) => Filter::SentenceHas(text(phrases)),
            DraftFilter::SentenceLacks(phrases) => Filter::SentenceLacks(text(phrases)),
            DraftFilter::TextHas(phrases) => Filter::TextHas(text(phrases)),
            DraftFilter::TextLacks(phrases) => Filter::TextLacks(text(phrases)),
            DraftFilter::In(regions) => {
                if regions.iter().any(|region| region.asks_for_introduction()) {
                    self.introduction(diagnostics);
                }
                Filter::In(regions.clone())
            }
            DraftFilter::Inside(name) => Filter::Inside(self.need(name, scope, diagnostics)?),
            DraftFilter::After(name) => Filter::After(self.need(name, scope, diagnostics)?),
            DraftFilter::Before(name) => Filter::Before(self.need(name, scope, diagnostics)?),
            DraftFilter::Near(name, words) => Filter::Near(self.need(name, scope, diagnostics)?, *words),
            DraftFilter::Value(from, to) => Filter::Value(*from, *to),
            DraftFilter::First => Filter::First,
            DraftFilter::Last => Filter::Last,
        })
    }

    /// Regions may ask for the introduction; it is there if the lexicon has it, unless it is being made just now.
    pub(super) fn introduction(&mut self, diagnostics: &mut Diagnostics) {
        let name = "introduction";
        if let Some(draft) = self.lexicon.detectors.get(name)
            && !self.path.iter().any(|one| one == name)
        {
            self.need(&draft.name.clone(), "", diagnostics);
        }
    }
}
