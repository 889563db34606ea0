//! What a run reports: findings, seconds, grades. Serialised, it is the same byte for byte in both engines.

use std::collections::BTreeMap;

use serde::Serialize;

use super::program::Severity;
use super::seconds::PACE;

/// What a learner may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Words a minute, 60 to 300.
    pub pace: u32,
    /// Answers to not-found findings by rule: whether it is there.
    pub answers: BTreeMap<String, bool>,
    /// Whether findings of kept rules carry the words that keep them.
    pub kept_marks: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pace: u32::try_from(PACE).unwrap_or(147), answers: BTreeMap::new(), kept_marks: true }
    }
}

/// What a rule says about a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds.
    Kept,
    /// It does not.
    Broken,
    /// Wrong channel, or nothing to judge.
    #[default]
    NotApplicable,
    /// The thing wanted was not seen; the learner is asked.
    NotFound,
}

impl Verdict {
    /// The word that every output uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::NotApplicable => "not-applicable",
            Self::NotFound => "not-found",
        }
    }
}

/// Words of the script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// UTF-16 offset of the first unit.
    pub start: u32,
    /// UTF-16 offset after the last.
    pub end: u32,
    /// Byte offset of the first byte.
    #[serde(skip)]
    pub from: u32,
    /// Byte offset after the last.
    #[serde(skip)]
    pub to: u32,
    /// The words.
    pub quote: String,
}

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The offending words, or for a kept rule those that keep it.
    pub marks: Vec<Mark>,
    /// UTF-16 offset at which a missing thing would go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// What is wrong, or asked; empty for a kept rule.
    pub message: String,
    /// What to do instead; empty for a kept rule.
    pub suggestion: String,
}

/// A line of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Index into the report's findings.
    pub finding: usize,
    /// How much a breach matters under this method.
    pub severity: Severity,
    /// The weight under this method.
    pub weight: u32,
    /// Out of the hundred that all lines share; 0 where the rule does not apply.
    pub points: u32,
}

/// The sum of the findings under one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// The method's id.
    pub method: String,
    /// Points of the kept rules, capped; none for a script with too few words.
    pub score: Option<u32>,
    /// The score if all that was not found is there.
    pub high: Option<u32>,
    /// Whether a broken `must` or house rule holds the score at 59.
    pub capped: bool,
    /// The ledger, in the method's order.
    pub lines: Vec<Line>,
    /// Index into `lines` of the one next fix.
    pub fix: Option<usize>,
}

/// All that a run has to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Why the script was not graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<&'static str>,
    /// Number of words.
    pub words: i64,
    /// Spoken length.
    pub milliseconds: i64,
    /// Spoken length in whole seconds.
    pub seconds: i64,
    /// One finding a rule in the program's order, then those of methods with other parameters.
    pub findings: Vec<Finding>,
    /// One grade a method in the program's order.
    pub grades: Vec<Grade>,
}

impl Report {
    /// The finding of a rule as it stands by itself.
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.rule == rule)
    }

    /// The finding of a rule under a method, whose limits may differ from the rule's own; as it stands by
    /// itself, if the method does not use it.
    pub fn finding_under(&self, method: &str, rule: &str) -> Option<&Finding> {
        let lines = self.grade(method).map_or(&[][..], |grade| grade.lines.as_slice());
        let mut used = lines.iter().filter_map(|line| self.findings.get(line.finding));
        used.find(|finding| finding.rule == rule).or_else(|| self.finding(rule))
    }

    /// The grade under a method.
    pub fn grade(&self, method: &str) -> Option<&Grade> {
        self.grades.iter().find(|grade| grade.method == method)
    }
}
