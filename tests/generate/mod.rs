//! Random texts for the differential test, hostile ones among them; `programs` makes random programs.

pub(crate) mod programs;

/// A small generator of numbers that gives the same ones for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub(crate) fn chance(&mut self, once_in: usize) -> bool {
        self.below(once_in) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

pub(crate) const WORDS: &[&str] = &[
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
pub(crate) fn text(random: &mut Random, longest: usize) -> Vec<u16> {
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
pub(crate) fn giants() -> Vec<Vec<u16>> {
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
