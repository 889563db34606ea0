//! GIFT, the text format for questions that Moodle made: a question is its stem and its answers in braces.
//!
//! [`write()`] says everything that GIFT can say: choices, true or false, short answers, numbers and pairs; an order
//! becomes pairs of a place and a thing, a question about a script becomes an essay. [`read()`] says of everything that
//! it cannot take over where it stands.

mod answers;
mod markup;
mod numbers;
mod read;
mod write;

pub use read::{blocks_of as blocks, page, read};
pub use write::write;

/// Questions of one category of a file: a quiz.
#[derive(Debug, Default)]
pub struct GiftQuiz {
    /// The last part of the category's path.
    pub title: String,
    /// In the order of the file.
    pub questions: Vec<GiftQuestion>,
}

/// A question that was read. Texts are inline markdown, as authors write it.
#[derive(Debug)]
pub struct GiftQuestion {
    /// From its title, if it has one.
    pub id: Option<String>,
    /// What is asked.
    pub stem: String,
    /// What is said with the answer.
    pub why: String,
    /// Its answers.
    pub form: GiftForm,
}

/// The kinds of questions that can be taken over.
#[derive(Debug, PartialEq, Eq)]
pub enum GiftForm {
    /// Options with their reasons: text, right, why.
    Choice {
        /// Any number of them may be picked.
        several: bool,
        /// Text, whether it is right, why.
        options: Vec<(String, bool, String)>,
    },
    /// A sentence that holds or does not.
    TrueFalse(bool),
    /// A word or two.
    Text {
        /// What counts.
        answers: Vec<String>,
        /// Text and why it is wrong.
        wrong: Vec<(String, String)>,
    },
    /// A number and how far off it may be.
    Number(String, String),
    /// Pairs, and right-hand sides without one.
    Match(Vec<(String, String)>, Vec<String>),
}
