//! The score under a method, and its ledger.

use super::machine::Machine;
use super::program::{Method, Severity};
use super::report::{Finding, Grade, Line, Verdict};

/// A broken `must` holds the score here.
pub const CAP: u32 = 59;

/// The grade under a method.
pub(super) fn grade(machine: &Machine, method: &Method, words: i64, findings: &[Finding]) -> Grade {
    let mut lines: Vec<Line> = method
        .rules
        .iter()
        .map(|used| Line {
            finding: index(machine, used.rule, used.variant),
            severity: used.severity,
            weight: used.weight,
            points: 0,
        })
        .collect();
    let applies = share_out(&mut lines, findings);
    let verdict = |line: &Line| findings[line.finding].verdict;
    let sum = |wanted: Verdict| -> u32 {
        lines.iter().filter(|line| verdict(line) == wanted).map(|line| line.points).sum()
    };
    let (kept, asked) = (sum(Verdict::Kept), sum(Verdict::NotFound));
    let capped = method.rules.iter().zip(&lines).any(|(used, line)| {
        let house = machine.program.rules[used.rule].house;
        verdict(line) == Verdict::Broken && (line.severity == Severity::Must || house)
    });
    let cap = if capped { CAP } else { 100 };
    let scored = applies && words >= i64::from(method.min_words);
    let fix = next_fix(&lines, findings);
    Grade {
        method: method.id.clone(),
        score: scored.then(|| kept.min(cap)),
        high: scored.then(|| (kept + asked).min(cap)),
        capped,
        lines,
        fix,
    }
}

/// Where the finding of a rule under other parameters stands.
fn index(machine: &Machine, rule: usize, variant: usize) -> usize {
    if variant == 0 {
        return rule;
    }
    let rules = &machine.program.rules;
    let before: usize = rules[..rule].iter().map(|rule| rule.require.len() - 1).sum();
    rules.len() + before + variant - 1
}

/// Gives out a hundred points by weight, largest remainder first; ties go to the earlier line.
fn share_out(lines: &mut [Line], findings: &[Finding]) -> bool {
    let applies = |line: &Line| findings[line.finding].verdict != Verdict::NotApplicable;
    let total: u32 = lines.iter().filter(|line| applies(line)).map(|line| line.weight).sum();
    if total == 0 {
        return false;
    }
    let mut rests = Vec::new();
    let mut given = 0;
    for (at, line) in lines.iter_mut().enumerate().filter(|(_, line)| applies(line)) {
        line.points = line.weight * 100 / total;
        given += line.points;
        rests.push((line.weight * 100 % total, at));
    }
    rests.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, at) in rests.into_iter().take((100 - given) as usize) {
        lines[at].points += 1;
    }
    true
}

/// The heaviest broken `must`, else the heaviest broken rule, else the heaviest that was not found.
fn next_fix(lines: &[Line], findings: &[Finding]) -> Option<usize> {
    let rank = |line: &Line| match (findings[line.finding].verdict, line.severity) {
        (Verdict::Broken, Severity::Must) => 3,
        (Verdict::Broken, Severity::Should) => 2,
        (Verdict::NotFound, _) => 1,
        _ => 0,
    };
    let mut best: Option<usize> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| rank(line) > 0) {
        let better =
            best.is_none_or(|best| (rank(line), line.weight) > (rank(&lines[best]), lines[best].weight));
        if better {
            best = Some(at);
        }
    }
    best
}
