//! What a rule wants of a script, in words: the sentences of "how it is checked".

use crate::engine::program::{Bounds, Constraint, Per, Program, Region, Unit, What};
use crate::theme::Strings;

/// The sentences that together say what a constraint wants.
pub(super) fn sentences(words: &Strings, constraint: &Constraint) -> Vec<String> {
    match constraint {
        Constraint::All(all) => all.iter().flat_map(|one| sentences(words, one)).collect(),
        one => vec![sentence(words, one)],
    }
}

/// The most seconds that a method lets a voicemail take.
pub(super) fn limit_seconds(program: &Program, method: &str) -> Option<i64> {
    let method = program.methods.iter().find(|one| one.id == method)?;
    let limits = method.rules.iter().filter_map(|used| {
        let rule = program.rules.get(used.rule)?;
        match rule.require.get(used.variant)? {
            Constraint::SpokenSeconds { bounds, .. } => bounds.max.map(i64::from),
            _ => None,
        }
    });
    limits.min()
}

/// A detector's name as a reader sees it: `no-brag/brag` is `brag`, `next-call` is `next call`.
pub(super) fn name(detector: &str) -> String {
    detector.rsplit('/').next().unwrap_or(detector).replace('-', " ")
}

/// The detectors that a constraint names.
pub(super) fn detectors(constraint: &Constraint) -> Vec<&str> {
    match constraint {
        Constraint::Present(of)
        | Constraint::Absent(of)
        | Constraint::Count { of, .. }
        | Constraint::Within { of, .. }
        | Constraint::BothEnds { of, .. }
        | Constraint::Ratio { of, .. } => vec![of],
        Constraint::Order(first, second) => vec![first, second],
        Constraint::Words { outside, .. } => outside.iter().map(String::as_str).collect(),
        Constraint::All(all) | Constraint::Any(all) => all.iter().flat_map(detectors).collect(),
        Constraint::Not(one) => detectors(one),
        Constraint::SpokenSeconds { .. } | Constraint::Sentences(_) | Constraint::ReadingEase(_) => {
            Vec::new()
        }
    }
}

fn sentence(words: &Strings, constraint: &Constraint) -> String {
    let named = |key: &str, of: &str| words.fill(key, &[("name", name(of))]);
    match constraint {
        Constraint::Present(of) => named("check_present", of),
        Constraint::Absent(of) => named("check_absent", of),
        Constraint::Count { of, what, bounds } => {
            let what = match what {
                What::Matches => "check_matches",
                What::Distinct => "check_distinct",
                What::Kinds => "check_kinds",
                What::Same => "check_same",
            };
            let values = [
                ("name", name(of)),
                ("what", words.text(what).to_owned()),
                ("bounds", self::bounds(words, *bounds)),
            ];
            words.fill("check_count", &values)
        }
        Constraint::Within { of, regions, by_end } => {
            let key = if *by_end { "check_ends_within" } else { "check_within" };
            words.fill(key, &[("name", name(of)), ("region", joined(words, regions))])
        }
        Constraint::BothEnds { of, same, first, last } => {
            let key = if *same { "check_both_ends_same" } else { "check_both_ends" };
            let values = [("name", name(of)), ("first", joined(words, first)), ("last", joined(words, last))];
            words.fill(key, &values)
        }
        Constraint::Order(first, second) => {
            words.fill("check_order", &[("first", name(first)), ("last", name(second))])
        }
        Constraint::SpokenSeconds { bounds, slack } => {
            let values = [("bounds", self::bounds(words, *bounds)), ("slack", slack.to_string())];
            words.fill(if *slack > 0 { "check_seconds_slack" } else { "check_seconds" }, &values)
        }
        Constraint::Words { bounds, outside } => {
            let key = if outside.is_empty() { "check_words" } else { "check_words_outside" };
            let listed: Vec<String> = outside.iter().map(|one| name(one)).collect();
            words.fill(key, &[("bounds", self::bounds(words, *bounds)), ("name", listed.join(", "))])
        }
        Constraint::Sentences(bounds) => {
            words.fill("check_sentences", &[("bounds", self::bounds(words, *bounds))])
        }
        Constraint::Ratio { of, per, bounds } => {
            let per = match per {
                Per::Words => words.text("unit_words").to_owned(),
                Per::Sentences => words.text("unit_sentences").to_owned(),
                Per::Hits(other) => format!("“{}”", name(other)),
            };
            let values = [("name", name(of)), ("per", per), ("bounds", self::bounds(words, *bounds))];
            words.fill("check_ratio", &values)
        }
        Constraint::ReadingEase(bounds) => {
            words.fill("check_ease", &[("bounds", self::bounds(words, *bounds))])
        }
        Constraint::All(all) => listed(words, all, "check_all"),
        Constraint::Any(any) => listed(words, any, "check_any"),
        Constraint::Not(one) => {
            words.fill("check_not", &[("list", sentence(words, one).trim_end_matches('.').to_owned())])
        }
    }
}

fn listed(words: &Strings, constraints: &[Constraint], key: &str) -> String {
    let parts: Vec<String> =
        constraints.iter().map(|one| sentence(words, one).trim_end_matches('.').to_owned()).collect();
    words.fill(key, &[("list", parts.join("; "))])
}

fn bounds(words: &Strings, bounds: Bounds) -> String {
    let n = |n: i32| n.to_string();
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min == max => words.fill("bounds_exactly", &[("n", n(min))]),
        (Some(min), Some(max)) => words.fill("bounds_between", &[("low", n(min)), ("high", n(max))]),
        (Some(min), None) => words.fill("bounds_min", &[("n", n(min))]),
        (None, Some(max)) => words.fill("bounds_max", &[("n", n(max))]),
        (None, None) => words.text("bounds_any").to_owned(),
    }
}

fn joined(words: &Strings, regions: &[Region]) -> String {
    let parts: Vec<String> = regions.iter().map(|one| region(words, *one)).collect();
    parts.join(words.text("or"))
}

fn region(words: &Strings, region: Region) -> String {
    let (key, n, unit) = match region {
        Region::First(n, unit) => ("region_first", n, Some(unit)),
        Region::Last(n, unit) => ("region_last", n, Some(unit)),
        Region::After(n, unit) => ("region_after", n, Some(unit)),
        Region::Rest => ("region_rest", 0, None),
        Region::Introduction => ("region_introduction", 0, None),
    };
    let unit = match unit {
        Some(Unit::Words) => "unit_words",
        Some(Unit::Sentences) => "unit_sentences",
        Some(Unit::Lines) => "unit_lines",
        Some(Unit::Seconds) => "unit_seconds",
        Some(Unit::Percent) => "unit_percent",
        None => "",
    };
    words.fill(key, &[("n", n.to_string()), ("unit", words.text(unit).to_owned())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detector_is_named_without_its_rule() {
        assert_eq!(name("no-brag/brag"), "brag");
        assert_eq!(name("next-call"), "next call");
    }
}
