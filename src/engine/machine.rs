//! A program made ready to run: names become numbers, phrases become one automaton a level.

use rustc_hash::FxHashMap;
use std::sync::Arc;

use super::automaton::{Builder, Edge, States, Want};
use super::builtin::{self, near_miss};
use super::program::{Channel, Detector, Echo, Filter, Place, Program, Region, VERSION};
use super::search::{Beginnings, Level, Table};
use super::tokens::narrow;
use super::vocabulary::Vocabulary;

/// A program that an engine can run, and run again.
#[derive(Debug)]
pub struct Machine {
    /// What it was made from.
    pub program: Program,
    pub(super) detection: Arc<Detection>,
    /// For each channel, whether a slot can matter to one of its rules.
    needed: [Vec<bool>; 2],
}

/// What finds the hits of detectors, whatever rules make of them.
#[derive(Debug)]
pub(super) struct Detection {
    pub(super) vocabulary: Vocabulary,
    pub(super) table: Table,
    pub(super) levels: Vec<Level>,
    pub(super) beginnings: Beginnings,
    /// Number of sets of phrases.
    pub(super) sets: usize,
    pub(super) finders: Vec<Finder>,
    /// Which finders a level's pass settles.
    pub(super) settled: Vec<Vec<u32>>,
    pub(super) slots: FxHashMap<String, u32>,
    /// The `introduction` detector, if the program has one.
    pub(super) introduction: Option<u32>,
}

/// A detector with numbers for names.
#[derive(Debug)]
pub(super) struct Finder {
    /// Number of its slot.
    pub(super) slot: u32,
    /// Sets of its groups.
    pub(super) groups: Vec<u32>,
    pub(super) unless: Option<u32>,
    pub(super) near_miss: Option<near_miss::Index>,
    pub(super) take: Option<u32>,
    /// Slots in its phrases, whose values a hit of the same width inherits.
    pub(super) inner: Vec<u32>,
    /// Every slot that it looks at.
    uses: Vec<u32>,
    pub(super) filters: Vec<Sieve>,
    pub(super) echo: Option<Echo>,
}

/// A filter with numbers for names.
#[derive(Debug)]
pub(super) enum Sieve {
    Has(u32),
    Lacks(u32),
    SentenceHas(u32),
    SentenceLacks(u32),
    TextHas(u32),
    TextLacks(u32),
    Inside(u32),
    In(Vec<Region>),
    After(u32),
    Before(u32),
    Near(u32, u32),
    Value(i64, i64),
    First,
    Last,
}

/// Firsts by level while a machine is made.
struct Sets {
    count: u32,
    firsts: Vec<Vec<Edge>>,
}

impl Machine {
    /// Makes a program ready; refuses one that this engine does not understand.
    pub fn new(program: Program) -> Result<Self, String> {
        Self::after(None, program)
    }

    /// Makes a program ready that comes after another one: where only rules and methods differ, what finds the words is shared.
    pub fn after(before: Option<&Self>, program: Program) -> Result<Self, String> {
        if program.version != VERSION {
            return Err(format!("the program has version {}, this engine knows {VERSION}", program.version));
        }
        let same = before.filter(|before| {
            let old = &before.program;
            (&old.roles, &old.numbers, &old.detectors)
                == (&program.roles, &program.numbers, &program.detectors)
        });
        let detection = match same {
            Some(before) => Arc::clone(&before.detection),
            None => Arc::new(Detection::new(&program)?),
        };
        let mut machine = Self { program, detection, needed: Default::default() };
        machine.check()?;
        machine.needed = [Channel::Voicemail, Channel::Email].map(|channel| machine.needs(channel));
        Ok(machine)
    }

    /// Whether a slot can matter to a rule of the channel; the others need not be found.
    pub(super) fn is_needed(&self, channel: Channel, slot: u32) -> bool {
        self.needed[channel as usize][slot as usize]
    }

    fn needs(&self, channel: Channel) -> Vec<bool> {
        let mut needed = vec![false; self.detection.slots.len()];
        let mut names = Vec::new();
        for rule in self.program.rules.iter().filter(|rule| rule.channels.contains(&channel)) {
            rule.require.iter().chain(&rule.when).for_each(|one| super::constraints::names(one, &mut names));
            if let Place::After(name) = &rule.place {
                names.push(name);
            }
        }
        let mut waiting: Vec<u32> =
            names.iter().filter_map(|name| self.detection.slots.get(*name).copied()).collect();
        // Any region may ask where the introduction ends.
        waiting.extend(self.detection.introduction);
        while let Some(slot) = waiting.pop() {
            if !std::mem::replace(&mut needed[slot as usize], true)
                && let Some(finder) = (slot as usize).checked_sub(builtin::NAMES.len())
            {
                waiting.extend(&self.detection.finders[finder].uses);
            }
        }
        needed
    }

    /// Every name in rules and methods is known.
    fn check(&self) -> Result<(), String> {
        for rule in &self.program.rules {
            if rule.require.is_empty() {
                return Err(format!("rule {} has no constraint", rule.id));
            }
            for constraint in rule.require.iter().chain(&rule.when) {
                let mut names = Vec::new();
                super::constraints::names(constraint, &mut names);
                if let Some(name) = names.iter().find(|name| !self.detection.slots.contains_key(**name)) {
                    return Err(format!("no detector is called {name}"));
                }
            }
        }
        for used in self.program.methods.iter().flat_map(|method| &method.rules) {
            if self.program.rules.get(used.rule).is_none_or(|rule| used.variant >= rule.require.len()) {
                return Err("a method uses a rule that the program does not have".to_owned());
            }
        }
        Ok(())
    }
}

impl Detection {
    fn new(program: &Program) -> Result<Self, String> {
        let mut vocabulary = Vocabulary::new(&program.roles, &program.numbers);
        let mut slots: FxHashMap<String, u32> =
            builtin::NAMES.iter().zip(0..).map(|(name, at)| ((*name).to_owned(), at)).collect();
        let mut states = States::default();
        let mut sets = Sets { count: 0, firsts: Vec::new() };
        let mut levels_of: Vec<usize> = vec![0; builtin::NAMES.len()];
        let mut finders = Vec::new();
        let mut settled: Vec<Vec<u32>> = Vec::new();
        for detector in &program.detectors {
            let slot = narrow(levels_of.len());
            let mut loader = Loader {
                vocabulary: &mut vocabulary,
                slots: &slots,
                states: &mut states,
                sets: &mut sets,
                levels_of: &levels_of,
                level: 0,
                inner: Vec::new(),
                uses: Vec::new(),
            };
            let finder = loader.finder(detector, slot)?;
            let level = loader.level;
            if settled.len() <= level {
                settled.resize_with(level + 1, Vec::new);
            }
            settled[level].push(narrow(finders.len()));
            finders.push(finder);
            levels_of.push(level + 1);
            if slots.insert(detector.name.clone(), slot).is_some() {
                return Err(format!("the program has two detectors called {}", detector.name));
            }
        }
        let words = vocabulary.len();
        let mut levels: Vec<Level> =
            sets.firsts.iter().map(|firsts| Level::new(firsts, words, &mut states)).collect();
        while levels.len() < settled.len() {
            levels.push(Level::new(&[], 0, &mut states));
        }
        let table = Table::new(&states);
        let beginnings = Beginnings::new(&levels, words);
        settled.resize_with(levels.len(), Vec::new);
        let introduction = slots.get("introduction").copied();
        Ok(Self {
            vocabulary,
            table,
            levels,
            beginnings,
            sets: sets.count as usize,
            finders,
            settled,
            slots,
            introduction,
        })
    }
}

struct Loader<'a> {
    vocabulary: &'a mut Vocabulary,
    slots: &'a FxHashMap<String, u32>,
    states: &'a mut States,
    sets: &'a mut Sets,
    levels_of: &'a [usize],
    /// The highest level that the detector needs.
    level: usize,
    inner: Vec<u32>,
    uses: Vec<u32>,
}

impl Loader<'_> {
    fn finder(&mut self, detector: &Detector, slot: u32) -> Result<Finder, String> {
        let mut groups = Vec::new();
        for group in &detector.find {
            groups.push(self.set(&group.phrases)?);
        }
        let inner = std::mem::take(&mut self.inner);
        let unless = if detector.unless.is_empty() { None } else { Some(self.set(&detector.unless)?) };
        let take = if detector.take.is_empty() { None } else { Some(self.slot(&detector.take)?) };
        let mut filters = Vec::new();
        for filter in &detector.filters {
            filters.push(self.sieve(filter)?);
        }
        let near_miss = if detector.near_miss.is_empty() {
            None
        } else {
            Some(near_miss::Index::new(&detector.near_miss))
        };
        let uses = std::mem::take(&mut self.uses);
        Ok(Finder { slot, groups, unless, near_miss, take, inner, uses, filters, echo: detector.echo })
    }

    fn sieve(&mut self, filter: &Filter) -> Result<Sieve, String> {
        Ok(match filter {
            Filter::Has(phrases) => Sieve::Has(self.set(phrases)?),
            Filter::Lacks(phrases) => Sieve::Lacks(self.set(phrases)?),
            Filter::SentenceHas(phrases) => Sieve::SentenceHas(self.set(phrases)?),
            Filter::SentenceLacks(phrases) => Sieve::SentenceLacks(self.set(phrases)?),
            Filter::TextHas(phrases) => Sieve::TextHas(self.set(phrases)?),
            Filter::TextLacks(phrases) => Sieve::TextLacks(self.set(phrases)?),
            Filter::Inside(name) => Sieve::Inside(self.slot(name)?),
            Filter::In(regions) => {
                if regions.iter().any(|region| region.asks_for_introduction())
                    && self.slots.contains_key("introduction")
                {
                    self.slot("introduction")?;
                }
                Sieve::In(regions.clone())
            }
            Filter::After(name) => Sieve::After(self.slot(name)?),
            Filter::Before(name) => Sieve::Before(self.slot(name)?),
            Filter::Near(name, words) => Sieve::Near(self.slot(name)?, *words),
            Filter::Value(from, to) => Sieve::Value(i64::from(*from), i64::from(*to)),
            Filter::First => Sieve::First,
            Filter::Last => Sieve::Last,
        })
    }

    fn slot(&mut self, name: &str) -> Result<u32, String> {
        let slot = *self.slots.get(name).ok_or_else(|| format!("no detector is called {name}"))?;
        self.level = self.level.max(self.levels_of[slot as usize]);
        self.uses.push(slot);
        Ok(slot)
    }

    /// Adds a set of phrases at the level that its slots ask for.
    fn set(&mut self, phrases: &str) -> Result<u32, String> {
        let set = self.sets.count;
        self.sets.count += 1;
        let before = self.states.list.len();
        let slots = self.slots;
        let find = |name: &str| slots.get(name).copied();
        let mut firsts = Vec::new();
        let mut builder = Builder { vocabulary: self.vocabulary, slot: &find, states: self.states };
        for phrase in phrases.split('\n').filter(|phrase| !phrase.is_empty()) {
            firsts.extend(builder.phrase(phrase, set)?);
        }
        let mut level = 0;
        for edge in self.states.list[before..].iter().flatten().filter(|edge| edge.want == Want::Slot) {
            level = level.max(self.levels_of[edge.a as usize]);
            self.uses.push(edge.a);
            if !self.inner.contains(&edge.a) {
                self.inner.push(edge.a);
            }
        }
        self.level = self.level.max(level);
        if self.sets.firsts.len() <= level {
            self.sets.firsts.resize_with(level + 1, Vec::new);
        }
        self.sets.firsts[level].extend(firsts);
        Ok(set)
    }
}
