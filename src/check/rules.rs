//! Rules against their samples: each must come out as claimed, and the marked words must be what the rule marks.

use crate::diag::{Code, Diagnostics};
use crate::engine::{Finding, Machine, Report, Scratch, Settings, Verdict, run_with};
use crate::rules::{RuleDef, Rulebook, Sample};
use rayon::prelude::*;

/// Runs every rule on its samples, and the house's rules on the pass samples of all others.
pub(super) fn rules(rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    let Some(machine) = rulebook.machine.as_deref() else { return };
    // A rule that did not compile has been reported already.
    let compiled = |rule: &&RuleDef| machine.program.rules.iter().any(|one| one.id == rule.id);
    let rules: Vec<&RuleDef> = rulebook.rules.iter().filter(compiled).collect();
    let check = |scratch: &mut Scratch, rule| {
        let mut found = Diagnostics::default();
        samples(rulebook, machine, rule, scratch, &mut found);
        found
    };
    let found: Vec<Diagnostics> = rules.into_par_iter().map_init(Scratch::default, check).collect();
    for found in found {
        diagnostics.extend(found);
    }
}

/// One rule on its samples.
fn samples(
    rulebook: &Rulebook,
    machine: &Machine,
    rule: &RuleDef,
    scratch: &mut Scratch,
    diagnostics: &mut Diagnostics,
) {
    for sample in &rule.pass {
        let report = grade(machine, sample, scratch);
        expect(rule, sample, &report, Expected::Kept, diagnostics);
        surprises(rulebook, rule, sample, &report, diagnostics);
    }
    for sample in &rule.fail {
        let report = grade(machine, sample, scratch);
        if expect(rule, sample, &report, Expected::Broken, diagnostics) {
            marks(rule, sample, &report, diagnostics);
        }
    }
    for sample in &rule.na {
        let report = grade(machine, sample, scratch);
        expect(rule, sample, &report, Expected::NotApplicable, diagnostics);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Kept,
    Broken,
    NotApplicable,
}

impl Expected {
    fn claim(self) -> &'static str {
        match self {
            Self::Kept => "pass",
            Self::Broken => "fail",
            Self::NotApplicable => "na",
        }
    }

    fn met_by(self, verdict: Verdict) -> bool {
        match self {
            Self::Kept => verdict == Verdict::Kept,
            Self::Broken => matches!(verdict, Verdict::Broken | Verdict::NotFound),
            Self::NotApplicable => verdict == Verdict::NotApplicable,
        }
    }
}

fn grade(machine: &Machine, sample: &Sample, scratch: &mut Scratch) -> Report {
    run_with(machine, sample.channel, &sample.text, &Settings::default(), scratch)
}

fn expect(
    rule: &RuleDef,
    sample: &Sample,
    report: &Report,
    expected: Expected,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(finding) = report.finding(&rule.id) else { return false };
    if expected.met_by(finding.verdict) {
        return true;
    }
    let (claim, verdict) = (expected.claim(), finding.verdict.name());
    let message = format!("this {claim} sample of `{}` comes out as {verdict}", rule.id);
    let diagnostic = diagnostics.report(Code::SampleFails, sample.span, message);
    if let Some(quotes) = quotes(finding) {
        diagnostic.help(format!("the rule marks {quotes}"));
    } else if expected == Expected::Broken {
        diagnostic.help("no phrase of the rule finds anything here; add the wording to its detectors");
    }
    false
}

fn quotes(finding: &Finding) -> Option<String> {
    let quotes: Vec<String> = finding.marks.iter().take(3).map(|mark| format!("“{}”", mark.quote)).collect();
    (!quotes.is_empty()).then(|| quotes.join(", "))
}

/// Each «span» of a fail sample overlaps words that the rule marks.
fn marks(rule: &RuleDef, sample: &Sample, report: &Report, diagnostics: &mut Diagnostics) {
    let Some(finding) = report.finding(&rule.id) else { return };
    for (from, to, span) in &sample.marks {
        let hit = finding.marks.iter().any(|mark| {
            let (start, end) = (mark.from as usize, mark.to as usize);
            start >= *from && end <= *to || start <= *from && end >= *to
        });
        if !hit {
            let words = sample.text.get(*from..*to).unwrap_or("");
            let message = format!("`{}` does not mark “{words}”", rule.id);
            let diagnostic = diagnostics.report(Code::SampleMark, *span, message);
            match quotes(finding) {
                Some(quotes) => diagnostic.help(format!("it marks {quotes}")),
                None => diagnostic.help("it marks nothing here: remove the «»"),
            };
        }
    }
}

/// A house rule that finds fault with what another rule holds up as good.
fn surprises(
    rulebook: &Rulebook,
    rule: &RuleDef,
    sample: &Sample,
    report: &Report,
    diagnostics: &mut Diagnostics,
) {
    for house in rulebook.rules.iter().filter(|one| one.house && one.id != rule.id) {
        let Some(finding) = report.finding(&house.id).filter(|finding| finding.verdict == Verdict::Broken)
        else {
            continue;
        };
        let message = format!("the house rule `{}` breaks on this pass sample of `{}`", house.id, rule.id);
        let diagnostic = diagnostics.report(Code::SampleSurprise, sample.span, message);
        if let Some(quotes) = quotes(finding) {
            diagnostic.help(format!("it marks {quotes}"));
        }
    }
}

/// Rules that break on pass samples of other rules: `(rule, owner of the sample, sample's number, quotes)`.
///
/// Most are as they should be, a short sample keeps one rule and no other; `ringback measure --samples` lists those
/// that mark words, which is where a phrase reaches too far.
pub fn cross(rulebook: &Rulebook) -> Vec<(String, String, usize, String)> {
    let Some(machine) = rulebook.machine.as_deref() else { return Vec::new() };
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    for owner in &rulebook.rules {
        for (number, sample) in owner.pass.iter().enumerate() {
            let report = grade(machine, sample, &mut scratch);
            for finding in &report.findings[..machine.program.rules.len()] {
                let marked =
                    finding.verdict == Verdict::Broken && finding.place.is_none() && finding.rule != owner.id;
                if let Some(quotes) = quotes(finding).filter(|_| marked) {
                    out.push((finding.rule.clone(), owner.id.clone(), number, quotes));
                }
            }
        }
    }
    out
}
