//! One run: a script in, a report out.

use super::builtin::{self, Script};
use super::constraints::{self, Outcome, judge};
use super::detect;
use super::hits::{self, Hit};
use super::machine::Machine;
use super::program::{Channel, Place};
use super::readability;
use super::report::{Finding, Mark, Report, Settings, Verdict};
use super::score;
use super::search::{Matches, View};
use super::seconds;
use super::sentences::{self, Sentence};
use super::template::{self, Facts};
use super::tokens::{Tokens, is};

/// A longer script, in UTF-16 units, is refused.
pub const LONGEST_SCRIPT: usize = 2_000_000;
/// A finding marks no more places.
const MOST_MARKS: usize = 500;

/// Buffers that one run leaves for the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) tokens: Tokens,
    pub(super) sentences: Vec<Sentence>,
    pub(super) no_capitals: bool,
    /// When each token has been said, in milliseconds.
    pub(super) moments: Vec<i64>,
    pub(super) milliseconds: i64,
    /// Words and runs of digits.
    pub(super) words: i64,
    /// Hits by slot: the built-ins, then the detectors.
    pub(super) slots: Vec<Vec<Hit>>,
    pub(super) matches: Matches,
    /// For each token the levels at which it begins a phrase.
    begins: Vec<u32>,
}

impl Scratch {
    /// What the built-ins look at.
    pub(super) fn script<'a>(&'a self, machine: &'a Machine) -> Script<'a> {
        Script {
            tokens: &self.tokens,
            vocabulary: &machine.detection.vocabulary,
            sentences: &self.sentences,
            no_capitals: self.no_capitals,
        }
    }
}

/// Runs all rules and methods of a program on a script.
pub fn run(machine: &Machine, channel: Channel, text: &str, settings: &Settings) -> Report {
    run_with(machine, channel, text, settings, &mut Scratch::default())
}

/// The same with buffers to use again, for many scripts.
pub fn run_with(
    machine: &Machine,
    channel: Channel,
    text: &str,
    settings: &Settings,
    scratch: &mut Scratch,
) -> Report {
    if text.len() > LONGEST_SCRIPT && text.encode_utf16().count() > LONGEST_SCRIPT {
        return Report { refused: Some("too-long"), ..Report::default() };
    }
    detect_all(machine, channel, text, settings, scratch);
    let mut findings = Vec::with_capacity(machine.program.rules.len());
    for rule in 0..machine.program.rules.len() {
        findings.push(finding(machine, channel, text, settings, scratch, rule, 0));
    }
    for rule in 0..machine.program.rules.len() {
        for variant in 1..machine.program.rules[rule].require.len() {
            findings.push(finding(machine, channel, text, settings, scratch, rule, variant));
        }
    }
    let words = scratch.words;
    let grades = machine
        .program
        .methods
        .iter()
        .map(|method| score::grade(machine, method, words, &findings))
        .collect();
    Report {
        refused: None,
        words,
        milliseconds: scratch.milliseconds,
        seconds: constraints::seconds(scratch.milliseconds),
        findings,
        grades,
    }
}

/// Cuts the text up and finds the hits of every detector that a rule of the channel looks at.
pub(super) fn detect_all(
    machine: &Machine,
    channel: Channel,
    text: &str,
    settings: &Settings,
    scratch: &mut Scratch,
) {
    scratch.tokens.read(text, &machine.detection.vocabulary);
    sentences::divide(&mut scratch.tokens, &machine.detection.vocabulary, &mut scratch.sentences);
    scratch.words = readability::words(scratch);
    scratch.no_capitals = has_no_capitals(&scratch.tokens);
    scratch.slots.resize_with(builtin::NAMES.len() + machine.detection.finders.len(), Vec::new);
    let mut slots = std::mem::take(&mut scratch.slots);
    builtin::find(&scratch.script(machine), &mut slots);
    let pace = i64::from(settings.pace.clamp(60, 300));
    scratch.milliseconds = seconds::spoken(&scratch.tokens, &slots[0], pace, &mut scratch.moments);
    scratch.matches.clear(machine.detection.sets, machine.detection.table.len());
    scratch.slots = slots;
    machine.detection.beginnings.of(&scratch.tokens, &mut scratch.begins);
    for (at, (level, settled)) in machine.detection.levels.iter().zip(&machine.detection.settled).enumerate()
    {
        if !level.is_empty() {
            let view = View {
                tokens: &scratch.tokens,
                table: &machine.detection.table,
                slots: &scratch.slots,
                begins: &scratch.begins,
                no_capitals: scratch.no_capitals,
            };
            scratch.matches.search(&view, level, at);
        }
        for finder in settled {
            let finder = &machine.detection.finders[*finder as usize];
            if machine.is_needed(channel, finder.slot) {
                detect::settle(machine, scratch, finder);
            } else {
                scratch.slots[finder.slot as usize].clear();
            }
        }
    }
}

/// Written with hardly a capital, or in nothing else: capitals tell no names.
fn has_no_capitals(tokens: &Tokens) -> bool {
    let (mut words, mut capitals, mut uppers) = (0_usize, 0_usize, 0_usize);
    for (at, token) in tokens.list.iter().enumerate() {
        if token.kind & is::WORD == 0 || tokens.text(at) == "i" {
            continue;
        }
        words += 1;
        capitals += usize::from(token.kind & is::CAPITAL != 0);
        uppers += usize::from(token.kind & is::UPPER != 0);
    }
    words >= 5 && (capitals * 25 <= words || uppers * 10 >= words * 7)
}

fn finding(
    machine: &Machine,
    channel: Channel,
    text: &str,
    settings: &Settings,
    scratch: &Scratch,
    rule: usize,
    variant: usize,
) -> Finding {
    let rule = &machine.program.rules[rule];
    let mut finding = Finding { rule: rule.id.clone(), ..Finding::default() };
    let applies = rule.channels.contains(&channel)
        && rule.when.as_ref().is_none_or(|when| judge(machine, scratch, when).holds);
    if !applies {
        return finding;
    }
    let outcome = judge(machine, scratch, &rule.require[variant]);
    finding.verdict = if outcome.holds {
        Verdict::Kept
    } else if outcome.missing && rule.asks {
        match settings.answers.get(&rule.id) {
            Some(true) => Verdict::Kept,
            Some(false) => Verdict::Broken,
            None => Verdict::NotFound,
        }
    } else {
        Verdict::Broken
    };
    if finding.verdict != Verdict::Kept || settings.kept_marks {
        finding.marks = outcome.marks.iter().take(MOST_MARKS).map(|hit| mark(text, scratch, hit)).collect();
    }
    if finding.verdict == Verdict::Kept {
        return finding;
    }
    if outcome.missing {
        finding.place = Some(place(machine, scratch, &rule.place));
    }
    let facts = facts(scratch, &outcome, &finding.marks, rule.params.get(variant));
    let asks = finding.verdict == Verdict::NotFound && !rule.ask.is_empty();
    finding.message = template::fill(if asks { &rule.ask } else { &rule.message }, &facts);
    finding.suggestion = template::fill(&rule.suggest, &facts);
    finding
}

fn facts<'a>(
    scratch: &Scratch,
    outcome: &Outcome<'_>,
    marks: &'a [Mark],
    params: Option<&'a std::collections::BTreeMap<String, i32>>,
) -> Facts<'a> {
    let mut values: Vec<String> = Vec::new();
    for hit in outcome.marks.iter().take(template::MOST_LISTED) {
        let mut value = String::new();
        hits::value(&scratch.tokens, hit, &mut value);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Facts {
        marks,
        count: outcome.count,
        kinds: outcome.kinds.clone(),
        values,
        seconds: constraints::seconds(scratch.milliseconds),
        words: scratch.words,
        params,
    }
}

/// The place of a hit in the text.
pub(super) fn mark(text: &str, scratch: &Scratch, hit: &Hit) -> Mark {
    let list = &scratch.tokens.list;
    let (first, last) = (&list[hit.start as usize], &list[hit.end as usize - 1]);
    // "(02) 5550 1234" begins with its bracket.
    let words = text.get(first.from as usize..last.to as usize).unwrap_or("");
    let closes = words.find(')').is_some_and(|close| !words[..close].contains('('));
    let opened = closes && text.get(..first.from as usize).is_some_and(|before| before.ends_with('('));
    let (start, from) = (first.start - u32::from(opened), first.from - u32::from(opened));
    let quote = text.get(from as usize..last.to as usize).unwrap_or("").to_owned();
    Mark { start, end: last.end, from, to: last.to, quote }
}

fn place(machine: &Machine, scratch: &Scratch, place: &Place) -> u32 {
    let end = scratch.tokens.list.last().map_or(0, |token| token.end);
    match place {
        Place::Start => 0,
        Place::End => end,
        Place::After(name) => {
            let hits = machine.detection.slots.get(name).map(|slot| &scratch.slots[*slot as usize]);
            hits.and_then(|hits| hits.first()).map_or(0, |hit| scratch.tokens.list[hit.end as usize - 1].end)
        }
    }
}
