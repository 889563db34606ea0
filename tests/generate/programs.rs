//! Random programs that use everything now and then.

use std::collections::BTreeMap;

use ringback::engine::program::{
    Bounds, Channel, Constraint, Detector, Echo, Filter, Group, Method, Per, Place, Program, Region, Rule,
    Severity, Unit, Use, VERSION, What,
};

use super::{Random, WORDS};

fn phrase(random: &mut Random, slots: &[String], depth: u32) -> String {
    let mut out = Vec::new();
    for _ in 0..=random.below(4) {
        let mut item = match random.below(14) {
            0 if depth < 3 => {
                format!("({}|{})", phrase(random, slots, depth + 1), phrase(random, slots, depth + 1))
            }
            1 => "...".to_owned(),
            2 => ",".to_owned(),
            3 => format!("^{}", random.pick(&["call", "may", "will", "kyle"])),
            4 | 5 => format!("{{{}}}", random.pick(slots)),
            6 => {
                let classes = [
                    "word",
                    "capitalised",
                    "upper",
                    "lower",
                    "digits",
                    "token",
                    "start",
                    "end",
                    "line-start",
                    "line-end",
                    "text-start",
                    "text-end",
                    "no-capitals",
                ];
                format!("{{{}}}", random.pick(&classes))
            }
            _ => (*random.pick(WORDS)).to_owned(),
        };
        if random.chance(6) {
            item.push('?');
        }
        out.push(item);
    }
    out.join(" ")
}

fn phrases(random: &mut Random, slots: &[String]) -> String {
    let count = 1 + random.below(4);
    (0..count).map(|_| phrase(random, slots, 0)).collect::<Vec<_>>().join("\n")
}

fn region(random: &mut Random) -> Region {
    let unit = *random.pick(&[Unit::Words, Unit::Sentences, Unit::Lines, Unit::Seconds, Unit::Percent]);
    let number = 1 + random.below(if unit == Unit::Percent { 100 } else { 12 }) as u32;
    match random.below(8) {
        0 => Region::Rest,
        1 => Region::Introduction,
        2 => Region::After(number, unit),
        3..=5 => Region::First(number, unit),
        _ => Region::Last(number, unit),
    }
}

fn regions(random: &mut Random) -> Vec<Region> {
    (0..=random.below(2)).map(|_| region(random)).collect()
}

fn filter(random: &mut Random, slots: &[String]) -> Filter {
    match random.below(14) {
        0 => Filter::Has(phrases(random, slots)),
        1 => Filter::Lacks(phrases(random, slots)),
        2 => Filter::SentenceHas(phrases(random, slots)),
        3 => Filter::SentenceLacks(phrases(random, slots)),
        4 => Filter::TextHas(phrases(random, slots)),
        5 => Filter::TextLacks(phrases(random, slots)),
        6 => Filter::Inside(random.pick(slots).clone()),
        7 => Filter::In(regions(random)),
        8 => Filter::After(random.pick(slots).clone()),
        9 => Filter::Before(random.pick(slots).clone()),
        10 => Filter::Near(random.pick(slots).clone(), random.below(12) as u32),
        11 => Filter::Value(random.below(600) as u32, 600 + random.below(5_000_000) as u32),
        12 => Filter::First,
        _ => Filter::Last,
    }
}

fn bounds(random: &mut Random) -> Bounds {
    let min = (!random.chance(3)).then(|| random.below(4) as i32);
    let max = (min.is_none() || random.chance(2)).then(|| random.below(6) as i32);
    Bounds { min, max }
}

fn constraint(random: &mut Random, slots: &[String], depth: u32) -> Constraint {
    let name = |random: &mut Random| random.pick(slots).clone();
    match random.below(if depth < 2 { 16 } else { 12 }) {
        0 | 1 => Constraint::Present(name(random)),
        2 | 3 => Constraint::Absent(name(random)),
        4 => Constraint::Count {
            of: name(random),
            what: *random.pick(&[What::Matches, What::Distinct, What::Kinds, What::Same]),
            bounds: bounds(random),
        },
        5 => Constraint::Within { of: name(random), regions: regions(random), by_end: random.chance(2) },
        6 => Constraint::BothEnds {
            of: name(random),
            same: random.chance(2),
            first: regions(random),
            last: regions(random),
        },
        7 => Constraint::Order(name(random), name(random)),
        8 => Constraint::SpokenSeconds { bounds: bounds(random), slack: random.below(3) as i32 },
        9 => Constraint::Words { bounds: bounds(random), outside: vec![name(random), name(random)] },
        10 => Constraint::Ratio {
            of: name(random),
            per: match random.below(3) {
                0 => Per::Words,
                1 => Per::Sentences,
                _ => Per::Hits(name(random)),
            },
            bounds: bounds(random),
        },
        11 if random.chance(2) => Constraint::Sentences(bounds(random)),
        11 => Constraint::ReadingEase(Bounds { min: Some(random.below(100) as i32), max: None }),
        12 | 13 => {
            Constraint::All((0..=random.below(3)).map(|_| constraint(random, slots, depth + 1)).collect())
        }
        14 => Constraint::Any((0..=random.below(3)).map(|_| constraint(random, slots, depth + 1)).collect()),
        _ => Constraint::Not(Box::new(constraint(random, slots, depth + 1))),
    }
}

/// A small program that uses everything now and then.
pub(crate) fn program(random: &mut Random) -> Program {
    let builtins: Vec<String> = ringback::engine::builtin_detectors().map(str::to_owned).collect();
    let mut slots = builtins;
    let mut detectors = Vec::new();
    for at in 0..=random.below(6) {
        let name =
            if at == 1 && random.chance(2) { "introduction".to_owned() } else { format!("detector-{at}") };
        let kinds = random.chance(3);
        let groups = if kinds { 2 + random.below(2) } else { 1 };
        let find = (0..groups)
            .map(|kind| Group {
                kind: if kinds { format!("kind-{kind}") } else { String::new() },
                phrases: phrases(random, &slots),
            })
            .collect();
        detectors.push(Detector {
            name: name.clone(),
            find,
            near_miss: if random.chance(5) {
                "vehicle schedule guaranteed interest customer".into()
            } else {
                String::new()
            },
            unless: if random.chance(3) { phrases(random, &slots) } else { String::new() },
            take: if random.chance(6) { random.pick(&slots).clone() } else { String::new() },
            filters: (0..random.below(3)).map(|_| filter(random, &slots)).collect(),
            echo: random.chance(4).then(|| *random.pick(&[Echo::All, Echo::FirstWord])),
        });
        slots.push(name);
    }
    let rules: Vec<Rule> = (0..=random.below(4)).map(|at| rule(random, &slots, at)).collect();
    let methods = (0..random.below(3)).map(|at| method(random, &rules, at)).collect();
    let number = |word: &str, value| (word.to_owned(), value);
    Program {
        version: VERSION,
        numbers: [
            number("oh", 0),
            number("five", 5),
            number("one", 1),
            number("ten", 10),
            number("nine", 9),
            number("twenty", 20),
            number("hundred", 100),
            number("thousand", 1000),
            number("million", 1_000_000),
            number("ninety", 90),
            number("eight", 8),
        ]
        .into(),
        roles: roles(),
        detectors,
        rules,
        methods,
    }
}

fn roles() -> BTreeMap<String, String> {
    let words = "call me the may will kyle maren at in to past half quarter before after noon oh double order mr dr st inc com uk example a and of \
        de van bank insert name your it's best deal o'clock afternoon minutes um";
    ringback::engine::role_lists()
        .enumerate()
        .map(|(at, name)| {
            let some: Vec<&str> = words
                .split_whitespace()
                .enumerate()
                .filter(|(word, _)| (word * 7 + at * 3) % 5 == 0)
                .map(|(_, word)| word)
                .collect();
            (name.to_owned(), some.join(" "))
        })
        .collect()
}

fn rule(random: &mut Random, slots: &[String], at: usize) -> Rule {
    let variants = 1 + random.below(2);
    Rule {
        id: format!("rule-{at}"),
        title: "A rule".into(),
        channels: if random.chance(3) {
            vec![Channel::Email]
        } else {
            vec![Channel::Voicemail, Channel::Email]
        },
        severity: if random.chance(2) { Severity::Must } else { Severity::Should },
        weight: 1 + random.below(30) as u32,
        house: random.chance(5),
        asks: random.chance(2),
        when: random.chance(3).then(|| constraint(random, slots, 0)),
        require: (0..variants).map(|_| constraint(random, slots, 0)).collect(),
        params: (0..variants).map(|value| [("limit".to_owned(), value as i32)].into()).collect(),
        message: "“{match}” of {matches}: {count} {{ {kinds} {values} {seconds} {words} {limit} {nothing}"
            .into(),
        ask: if random.chance(2) { "Is it {limit}?".into() } else { String::new() },
        suggest: "{match".into(),
        place: match random.below(3) {
            0 => Place::Start,
            1 => Place::End,
            _ => Place::After(random.pick(slots).clone()),
        },
    }
}

fn method(random: &mut Random, rules: &[Rule], at: usize) -> Method {
    let uses = rules
        .iter()
        .enumerate()
        .map(|(rule, one)| Use {
            rule,
            variant: random.below(one.require.len()),
            severity: if random.chance(2) { Severity::Must } else { Severity::Should },
            weight: 1 + random.below(40) as u32,
        })
        .collect();
    Method {
        id: format!("method-{at}"),
        title: "A method".into(),
        min_words: random.below(10) as u32,
        rules: uses,
    }
}
