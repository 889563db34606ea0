//! Quizzes as resolved: every example, rule and method in them has been found, and what the grader marks in a
//! script is the key of the question.

use super::PageIndex;
use crate::engine::Channel;
use crate::source::Span;

/// A quiz.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// Unique in the playbook.
    pub id: String,
    /// One line.
    pub title: String,
    /// The method whose mastery it counts for.
    pub method: Option<String>,
    /// The last quiz of its method, or one of a lesson.
    pub is_final: bool,
    /// A sentence before it begins.
    pub intro: Rich,
    /// Percent from which the quiz is mastered.
    pub pass: u32,
    /// When the learner sees what was right.
    pub feedback: Feedback,
    /// What an attempt shuffles.
    pub shuffle: Shuffle,
    /// How many questions an attempt draws; all, if none.
    pub pick: Option<usize>,
    /// How many attempts there are; any number, if none.
    pub attempts: Option<u32>,
    /// Asks how sure the learner is before the reveal.
    pub confidence: bool,
    /// The page that holds it.
    pub page: PageIndex,
    /// Its place in the markdown file.
    pub span: Span,
    /// Its questions, at least one.
    pub questions: Vec<Question>,
}

/// When the learner sees what was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// After each question.
    Each,
    /// When all are answered.
    End,
}

/// What an attempt shuffles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shuffle {
    /// Nothing.
    None,
    /// The options of a question.
    Options,
    /// The questions.
    Questions,
    /// Both.
    All,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Unique in its quiz; saved answers refer to it.
    pub id: String,
    /// What is asked.
    pub stem: Rich,
    /// A hint, or nothing.
    pub hint: Rich,
    /// What is said with the answer, or nothing.
    pub why: Rich,
    /// How much it counts, at least 1.
    pub weight: u32,
    /// Rules that it is about.
    pub rules: Vec<String>,
    /// Where the answer is taught.
    pub lesson: Lesson,
    /// The rule that it was made from, if nobody wrote it.
    pub made: Option<String>,
    /// What kind it is.
    pub form: Form,
}

/// A place that teaches something.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// What to call it.
    pub title: String,
    /// Site path, maybe with an anchor.
    pub url: String,
}

/// Text with a little markup.
pub type Rich = Vec<Run>;

/// A run of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Plain.
    Text(String),
    /// Stressed.
    Em(String),
    /// Important.
    Strong(String),
    /// Code.
    Code(String),
    /// A link with its address, base path included.
    Link(String, String),
}

/// The words of a rich text without its markup.
pub fn plain(rich: &[Run]) -> String {
    let words = |run: &Run| match run {
        Run::Text(text) | Run::Em(text) | Run::Strong(text) | Run::Code(text) | Run::Link(text, _) => {
            text.clone()
        }
    };
    rich.iter().map(words).collect()
}

/// The kinds of questions.
#[derive(Debug, Clone)]
pub enum Form {
    /// Options, of which one is right, or several.
    Choice {
        /// Any number of them may be picked.
        several: bool,
        /// At least two.
        options: Vec<Choice>,
    },
    /// A sentence that holds or does not.
    TrueFalse {
        /// It holds.
        answer: bool,
    },
    /// Words of a script to be marked.
    Spot {
        /// How it reaches the prospect.
        channel: Channel,
        /// The script.
        text: String,
        /// The rules that the words break.
        rules: Vec<String>,
        /// The words, as the grader marks them: in order, at least one.
        marks: Vec<SpotMark>,
    },
    /// Things to be put in order; they stand in the right one.
    Order {
        /// At least two.
        items: Vec<Item>,
    },
    /// Pairs to be found.
    Match {
        /// At least two.
        pairs: Vec<Pair>,
        /// Right-hand sides that belong to none.
        others: Vec<Item>,
    },
    /// A number to be said.
    Number {
        /// Decimal digits, as written.
        answer: String,
        /// How far off it may be.
        tolerance: String,
        /// What is counted.
        unit: Option<String>,
    },
    /// A word or two to be typed.
    Text {
        /// What counts as right; the first is shown.
        answers: Vec<String>,
        /// What is wrong in a way worth a word.
        wrong: Vec<WrongText>,
    },
    /// A script to be written anew.
    Rewrite {
        /// How it reaches the prospect.
        channel: Channel,
        /// The script as it is.
        text: String,
        /// The method whose limits hold.
        method: Option<String>,
        /// The rules that the new script has to keep.
        keeps: Vec<String>,
        /// One way to do it, if the script is of an example.
        model: Option<String>,
    },
    /// A call that goes on as the learner answers.
    Dialogue {
        /// Index of the first turn.
        start: usize,
        /// The most points that a way through it gives.
        best: i64,
        /// All turns; each is reached and each way ends.
        turns: Vec<Turn>,
    },
}

impl Form {
    /// The name of the kind, as authors write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::TrueFalse { .. } => "true-false",
            Self::Spot { .. } => "spot",
            Self::Order { .. } => "order",
            Self::Match { .. } => "match",
            Self::Number { .. } => "number",
            Self::Text { .. } => "text",
            Self::Rewrite { .. } => "rewrite",
            Self::Dialogue { .. } => "dialogue",
        }
    }
}

/// An option.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Unique in its question.
    pub id: String,
    /// What it says.
    pub text: Rich,
    /// It is right.
    pub right: bool,
    /// Why it is, or is not.
    pub why: Rich,
}

/// A thing with a name of its own.
#[derive(Debug, Clone)]
pub struct Item {
    /// Unique in its question.
    pub id: String,
    /// What it says.
    pub text: Rich,
}

/// Two things that belong together.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Unique in its question.
    pub id: String,
    /// The side that is given.
    pub left: Rich,
    /// The side that is chosen.
    pub right: Rich,
    /// Why they belong together.
    pub why: Rich,
}

/// Words that break a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotMark {
    /// UTF-16 offset of the first unit.
    pub start: u32,
    /// UTF-16 offset after the last.
    pub end: u32,
    /// Bytes of the script.
    pub range: std::ops::Range<usize>,
    /// The rule.
    pub rule: String,
    /// What it says.
    pub message: String,
}

/// A wrong text and its reason.
#[derive(Debug, Clone)]
pub struct WrongText {
    /// As one may type it.
    pub text: String,
    /// Why it is wrong.
    pub why: Rich,
}

/// What the other side says, and what one may answer.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Unique in its question.
    pub id: String,
    /// What is heard.
    pub says: Rich,
    /// The most points from here to the end.
    pub best: i64,
    /// At least one.
    pub answers: Vec<Reply>,
}

/// An answer of a dialogue.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Unique in its question.
    pub id: String,
    /// What one says.
    pub say: Rich,
    /// Points.
    pub score: i64,
    /// Why.
    pub why: Rich,
    /// Index of the turn that follows; the call ends, if none.
    pub next: Option<usize>,
}
