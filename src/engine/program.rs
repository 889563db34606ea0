//! The program: all rules, detectors, word lists and methods as one portable JSON document.
//!
//! Everything in it is plain data in a fixed order. Both engines read it; `machine` makes it ready to run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The only version of the format that this engine knows.
pub const VERSION: u32 = 1;

/// Rules, methods and what they need, compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Format version; engines refuse one they do not know.
    pub version: u32,
    /// Number words and their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, u32>,
    /// Word lists that the engine's own code asks for, words joined with spaces.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, String>,
    /// Detectors; each refers only to earlier ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detectors: Vec<Detector>,
    /// Rules, sorted by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Methods, sorted by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
}

/// A named set of phrases with its filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detector {
    /// The name, `rule/name` for a detector of one rule.
    pub name: String,
    /// Groups of phrases; the group's name is empty unless the detector has kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub find: Vec<Group>,
    /// Name of a word list (words joined with spaces); finds tokens one edit away from one of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub near_miss: String,
    /// Phrases that veto a hit they overlap.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unless: String,
    /// Slot to which a hit shrinks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub take: String,
    /// Filters, applied in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// Whether the words of a hit are hits wherever they occur again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub echo: Option<Echo>,
}

/// Phrases of one kind, joined with line ends, in the core phrase language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The kind, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The phrases.
    pub phrases: String,
}

/// What must be true of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Filter {
    /// One of the phrases lies inside the hit.
    Has(String),
    /// None of the phrases lies inside the hit.
    Lacks(String),
    /// The hit's sentence holds one of the phrases.
    SentenceHas(String),
    /// The hit's sentence holds none of the phrases.
    SentenceLacks(String),
    /// The script holds one of the phrases.
    TextHas(String),
    /// The script holds none of the phrases.
    TextLacks(String),
    /// The hit lies inside a hit of that detector.
    Inside(String),
    /// The hit begins in one of the regions.
    In(Vec<Region>),
    /// The hit comes after the detector's first hit.
    After(String),
    /// The hit comes before the detector's first hit.
    Before(String),
    /// A hit of the detector is at most so many words away, in the same sentence.
    Near(String, u32),
    /// The hit's number lies between the two, inclusive.
    Value(u32, u32),
    /// Only the first hit.
    First,
    /// Only the last hit.
    Last,
}

/// How the words of a hit are looked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Echo {
    /// All the words of the hit.
    All,
    /// Its first word.
    FirstWord,
}

/// A stretch of the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Region {
    /// So many units from the start.
    First(u32, Unit),
    /// So many units from the end.
    Last(u32, Unit),
    /// So many units after the introduction.
    After(u32, Unit),
    /// All that follows the introduction.
    Rest,
    /// The introduction itself.
    Introduction,
}

impl Region {
    /// Whether it can be told only where the introduction is known.
    pub fn asks_for_introduction(self) -> bool {
        matches!(self, Self::After(..) | Self::Rest | Self::Introduction)
    }
}

/// What a region is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Tokens.
    Words,
    /// Sentences.
    Sentences,
    /// Lines that hold a token.
    Lines,
    /// Spoken seconds.
    Seconds,
    /// Hundredths of the script's tokens.
    Percent,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Hits.
    #[default]
    Matches,
    /// Distinct values.
    Distinct,
    /// Kinds with a hit.
    Kinds,
    /// The most hits that share one value.
    Same,
}

/// What a ratio divides by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Per {
    /// The script's tokens.
    Words,
    /// Its sentences.
    Sentences,
    /// Hits of a detector.
    Hits(String),
}

/// Lowest and highest allowed whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// At least so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i32>,
    /// At most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i32>,
}

impl Bounds {
    /// Whether the value lies in the bounds.
    pub fn hold(self, value: i64) -> bool {
        self.min.is_none_or(|min| value >= i64::from(min))
            && self.max.is_none_or(|max| value <= i64::from(max))
    }
}

/// What a rule wants of a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Constraint {
    /// The detector has a hit.
    Present(String),
    /// The detector has none.
    Absent(String),
    /// A count lies in the bounds.
    Count {
        /// The detector.
        of: String,
        /// What is counted.
        what: What,
        /// The bounds.
        bounds: Bounds,
    },
    /// A hit begins (or ends) in a region.
    Within {
        /// The detector.
        of: String,
        /// The regions.
        regions: Vec<Region>,
        /// Whether the hit's end decides.
        by_end: bool,
    },
    /// One hit in the first region and a later one in the last.
    BothEnds {
        /// The detector.
        of: String,
        /// Whether both must have one value.
        same: bool,
        /// Where the first begins.
        first: Vec<Region>,
        /// Where the last ends.
        last: Vec<Region>,
    },
    /// Both have hits, and the first hit of the first comes earlier.
    Order(String, String),
    /// Spoken seconds.
    SpokenSeconds {
        /// The bounds.
        bounds: Bounds,
        /// How far outside them still holds.
        slack: i32,
    },
    /// Number of words, those inside hits of the named detectors left out.
    Words {
        /// The bounds.
        bounds: Bounds,
        /// Detectors whose hits do not count.
        outside: Vec<String>,
    },
    /// Number of sentences.
    Sentences(Bounds),
    /// Hits per hundred.
    Ratio {
        /// The detector.
        of: String,
        /// What it is divided by.
        per: Per,
        /// Bounds in per cent.
        bounds: Bounds,
    },
    /// Flesch reading ease.
    ReadingEase(Bounds),
    /// All hold.
    All(Vec<Constraint>),
    /// One holds.
    Any(Vec<Constraint>),
    /// It does not hold.
    Not(Box<Constraint>),
}

/// How much a breach matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A breach costs points.
    Should,
    /// A breach caps the score.
    Must,
}

/// Which kind of script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Words spoken onto an answering machine.
    Voicemail,
    /// A follow-up e-mail.
    Email,
}

/// Where a missing thing would go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Place {
    /// At the start.
    #[default]
    Start,
    /// At the end.
    End,
    /// After the first hit of a detector, else at the start.
    After(String),
}

/// A rule, as the engines need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The id.
    pub id: String,
    /// One line.
    pub title: String,
    /// Where it applies.
    pub channels: Vec<Channel>,
    /// How much a breach matters.
    pub severity: Severity,
    /// 1 to 100.
    pub weight: u32,
    /// Whether every method has it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub house: bool,
    /// Whether an absence asks instead of breaking.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asks: bool,
    /// Where the rule does not apply, this does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Constraint>,
    /// What must hold: one for the rule itself, further ones for methods with other parameters.
    pub require: Vec<Constraint>,
    /// Parameters for each of `require`, for the templates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<BTreeMap<String, i32>>,
    /// Said when broken.
    pub message: String,
    /// Said when not found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ask: String,
    /// What to do instead.
    pub suggest: String,
    /// Where a missing thing would go.
    #[serde(default, skip_serializing_if = "is_start")]
    pub place: Place,
}

/// A method, as the engines need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// The id.
    pub id: String,
    /// One line.
    pub title: String,
    /// Under so many words there is no score.
    pub min_words: u32,
    /// Its rules in its order.
    pub rules: Vec<Use>,
}

/// A method's use of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Index into the program's rules.
    pub rule: usize,
    /// Index into the rule's `require`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub variant: usize,
    /// How much a breach matters here.
    pub severity: Severity,
    /// 1 to 100.
    pub weight: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

fn is_start(value: &Place) -> bool {
    *value == Place::Start
}
