//! Quizzes to and from what other systems read: GIFT, the text format of Moodle, both ways; QTI 3, which many systems
//! import, outwards.
//!
//! Text in, text or bytes out; the command line reads and writes the files.

mod abroad;
pub mod gift;
pub mod qti;
mod yaml;

use crate::book::Book;
use crate::book::quiz::Quiz;
use crate::config::Config;

/// The quizzes with these ids, in the order in which they are asked for; all of them, if none is. Their links are
/// those that work elsewhere. An id that does not exist is the error.
pub fn chosen(book: &Book, config: &Config, ids: &[String]) -> Result<Vec<Quiz>, String> {
    let away = |quiz: &Quiz| abroad::quiz(quiz, config);
    if ids.is_empty() {
        return Ok(book.quizzes.iter().map(away).collect());
    }
    let find =
        |id: &String| book.quizzes.iter().find(|quiz| quiz.id == *id).map(away).ok_or_else(|| id.clone());
    ids.iter().map(find).collect()
}
