//! Random programs and hostile texts for the differential test.

use std::collections::BTreeMap;

use ringback::engine::program::{
    Bounds, Channel, Constraint, Detector, Echo, Filter, Group, Method, Per, Place, Program, Region, Rule,
    Severity, Unit, Use, VERSION, What,
};

/// A small generator of numbers that gives the same ones for the same seed.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub fn chance(&mut self, once_in: usize) -> bool {
        self.below(once_in) == 0
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const WORDS: &[&str] = &[
    "call",
    "me",
    "back",
    "the",
    "may",
    "will",
    "it's",
    "its",
    "i'll",
    "will",
    "kyle",
    "best",
    "deal",
    "five",
    "oh",
    "cafe",
    "you",
    "555",
    "0142",
    "$",
    "%",
    "***",
    "in",
    "at",
    "half",
    "past",
    "ten",
    "to",
    "nine",
    "strasse",
    "привет",
    "שלום",
    "a",
];

const FRAGMENTS: &[&str] = &[
    "call",
    "me",
    "Call",
    "ME",
    "the",
    "THE",
    "May",
    "Will",
    "it’s",
    "It's",
    "its",
    "I'll",
    "Kyle",
    "Kyle's",
    "Maren",
    "O’Dowd",
    "BEST",
    "best",
    "deal",
    "555 0142",
    "555-0142",
    "(02) 5550 1234",
    "+44 (0)1632 960 188",
    "01632 960188",
    "oh one six three two",
    "double five",
    "nine six oh",
    "four one one",
    "1-800-FLOWERS",
    "1300 975 707",
    "XXX-XXX-XXXX",
    "2024-06-14",
    "order 4471 9020",
    "£5,000",
    "$3.50",
    "99.2%",
    "6,000",
    "31,200",
    "1994",
    "half past five",
    "ten to nine",
    "quarter past 5",
    "5:30 in the afternoon",
    "before 9 a.m.",
    "after 5",
    "17:15",
    "5.30 pm",
    "at eleven",
    "eight thirty",
    "noon",
    "9 o'clock",
    "twenty-five past",
    "a hundred and ten",
    "ninety-eight",
    "[your name]",
    "{{my_phone}}",
    "(insert name)",
    "<name>",
    "[",
    "]",
    "{",
    "}}",
    "((",
    ">",
    "kelly@novexa.example",
    "kelly at novexa dot com",
    "www.acme.co.uk/a?b=c",
    "northhost.example",
    "https://x.y/z",
    "Mr.",
    "Dr.",
    "St.",
    "e.g.",
    "Inc.",
    "p.m.",
    "J.",
    "…",
    "...",
    ".",
    ".",
    ". ",
    "!",
    "!!!",
    "?",
    "?!",
    ",",
    ";",
    ":",
    "-",
    "--",
    "—",
    "–",
    "/",
    "*",
    "***",
    "* * *",
    "**bold**",
    "___",
    "_",
    "&",
    "@",
    "#",
    "+",
    "=",
    "~",
    "\n",
    "\n\n",
    "\r\n",
    "\n* item",
    "\n- item",
    "\n1. one",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{200b}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "Z\u{361}a\u{327}lgo",
    "ß",
    "ẞ",
    "Æon",
    "İstanbul",
    "ŉ",
    "ǅ",
    "ﬁ",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "Привет",
    "שָׁלוֹם",
    "مرحبا",
    "नमस्ते",
    "日本語",
    "한국어",
    "😀",
    "👩‍👩‍👧",
    "🇬🇧",
    "1️⃣",
    "☎️",
    "\u{fffd}",
    "\u{0}",
    "\u{7f}",
    "'",
    "’tis",
    "rock ’n’ roll",
    "don’t",
    "‘quoted’",
    "“quoted”",
    "vehicels",
    "shcedule",
    "garanteed",
    "Castle & Moat",
    "Bank of Oz",
    "Drummond's of Oban",
    "Ludwig van Beethoven",
    "hundred hundred thousand million million million",
    "um",
    "you know",
    "Hi",
    "Dear Ms",
    "this is",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "0000000000000000000000000000000000",
];

/// A text of fragments, now and then with lone surrogates.
pub fn text(random: &mut Random, longest: usize) -> Vec<u16> {
    let mut units = Vec::new();
    for _ in 0..random.below(longest + 1) {
        match random.below(24) {
            0 => units.push(0xD800 + random.below(0x400) as u16),
            1 => units.push(0xDC00 + random.below(0x400) as u16),
            2 => {
                let c = char::from_u32(random.below(0x11_0000) as u32).unwrap_or('\u{fffd}');
                units.extend(c.encode_utf16(&mut [0; 2]).iter());
            }
            3 => units.push(random.below(0x3000) as u16),
            4 => units.extend(random.pick(WORDS).encode_utf16()),
            _ => units.extend(random.pick(FRAGMENTS).encode_utf16()),
        }
        if !random.chance(5) {
            units.push(0x20);
        }
    }
    units
}

/// Large texts.
pub fn giants() -> Vec<Vec<u16>> {
    let of = |part: &str, count: usize| part.repeat(count).encode_utf16().collect::<Vec<u16>>();
    vec![
        Vec::new(),
        of("a", 100_000),
        of("a ", 50_000),
        of("1 ", 50_000),
        of("😀", 25_000),
        of("e\u{301}\u{327}", 33_000),
        of("call me ", 10_000),
        of("this is Bob ", 5_000),
        of("[[{{((<", 10_000),
        of("five ", 20_000),
        of("hundred ", 10_000),
        of("!", 100_000),
        of("\n", 50_000),
        of("שלום ", 20_000),
        vec![0xD800; 50_000],
        of("Mr. A. B. at 5 ", 5_000),
        of("a.b@", 20_000),
    ]
}

fn phrase(random: &mut Random, slots: &[String], depth: u32) -> String {
    let mut out = Vec::new();
    for _ in 0..1 + random.below(4) {
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
    (0..1 + random.below(2)).map(|_| region(random)).collect()
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
            Constraint::All((0..1 + random.below(3)).map(|_| constraint(random, slots, depth + 1)).collect())
        }
        14 => {
            Constraint::Any((0..1 + random.below(3)).map(|_| constraint(random, slots, depth + 1)).collect())
        }
        _ => Constraint::Not(Box::new(constraint(random, slots, depth + 1))),
    }
}

/// A small program that uses everything now and then.
pub fn program(random: &mut Random) -> Program {
    let builtins: Vec<String> = ringback::engine::builtin_detectors().map(str::to_owned).collect();
    let mut slots = builtins;
    let mut detectors = Vec::new();
    for at in 0..1 + random.below(6) {
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
    let rules: Vec<Rule> = (0..1 + random.below(4)).map(|at| rule(random, &slots, at)).collect();
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
