//! A GIFT file as quizzes, a category each. Every mistake is told at its place; the other questions are still read.
//!
//! 1. A blank line ends a question, as in Moodle; lines that begin with `//` are comments.
//! 2. `::title::`, `[format]`, the stem, and the answers in braces, which [`super::answers`] reads.

use super::answers::{self, Piece, left_out};
use super::markup::{Format, unescaped};
use super::{GiftQuestion, GiftQuiz};
use crate::diag::{Code, Diagnostics};
use crate::exchange::yaml;
use crate::slug::slug;
use crate::source::{FileId, Span};

/// Reads a file; what stands before the first category is a quiz of the file's own name.
pub fn read(text: &str, file: FileId, name: &str, diagnostics: &mut Diagnostics) -> Vec<GiftQuiz> {
    let mut quizzes = vec![GiftQuiz { title: name.to_owned(), questions: Vec::new() }];
    for (start, end) in blocks(text) {
        let source = without_comments(&text[start..end]);
        let mut piece = Piece { text: &source, file, start };
        while let Some((title, rest)) = category(piece) {
            quizzes.push(GiftQuiz { title, questions: Vec::new() });
            piece = rest;
        }
        if piece.text.trim().is_empty() {
            continue;
        }
        if let (Some(question), Some(quiz)) = (question(piece, diagnostics), quizzes.last_mut()) {
            quiz.questions.push(question);
        }
    }
    quizzes.retain(|quiz| !quiz.questions.is_empty());
    unique(&mut quizzes);
    quizzes
}

/// Quizzes as a page that can be put into a playbook.
pub fn page(quizzes: &[GiftQuiz]) -> String {
    let title = quizzes.first().map_or("Quiz", |quiz| quiz.title.as_str());
    format!("---\ntitle: {}\n---\n\n{}", yaml::scalar(title), blocks_of(quizzes))
}

/// Quizzes as blocks that can be put into a page.
pub fn blocks_of(quizzes: &[GiftQuiz]) -> String {
    quizzes.iter().map(yaml::block).collect::<Vec<_>>().join("\n")
}

/// Titles stand for ids only as long as each is there once.
fn unique(quizzes: &mut [GiftQuiz]) {
    for quiz in quizzes {
        let ids: Vec<Option<String>> = quiz.questions.iter().map(|one| one.id.clone()).collect();
        for (at, question) in quiz.questions.iter_mut().enumerate() {
            if ids[..at].contains(&question.id) {
                question.id = None;
            }
        }
    }
}

/// Byte ranges between blank lines.
fn blocks(text: &str) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            blocks.extend(open.take().map(|start| (start, at)));
        } else if open.is_none() {
            open = Some(at);
        }
        at += line.len();
    }
    blocks.extend(open.map(|start| (start, at)));
    blocks
}

/// Comments as blanks of the same length, so that places stay.
fn without_comments(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    for line in block.split_inclusive('\n') {
        if line.trim_start().starts_with("//") {
            let end = line.ends_with('\n');
            out.push_str(&" ".repeat(line.len() - usize::from(end)));
            out.push_str(if end { "\n" } else { "" });
        } else {
            out.push_str(line);
        }
    }
    out
}

/// `$CATEGORY: a/b/c` at the beginning: the last part of its path, and what follows it.
fn category(piece: Piece<'_>) -> Option<(String, Piece<'_>)> {
    let from = piece.text.len() - piece.text.trim_start().len();
    let path = piece.text[from..].strip_prefix("$CATEGORY:")?;
    let line = path.split('\n').next().unwrap_or("");
    let begin = from + "$CATEGORY:".len();
    let rest = piece.part(begin + line.len(), piece.text.len());
    // Two slashes are one that belongs to the name.
    let path = line.replace("//", "\u{1}");
    let last = path.trim().rsplit('/').next().unwrap_or("").replace('\u{1}', "/");
    Some((if last.trim().is_empty() { "Quiz".to_owned() } else { last.trim().to_owned() }, rest))
}

fn question(piece: Piece<'_>, diagnostics: &mut Diagnostics) -> Option<GiftQuestion> {
    let (title, piece) = title(piece, diagnostics)?;
    let Some(open) = piece.find(&['{', '}']) else {
        left_out(
            piece,
            "text without answers is a description, not a question, so it is left out",
            diagnostics,
        );
        return None;
    };
    let mark = |at: usize| Span::new(piece.file, piece.start + at, piece.start + at + 1);
    if piece.text[open..].starts_with('}') {
        diagnostics
            .report(Code::BadGift, mark(open), "this brace closes nothing")
            .help("begin the answers with `{`; a brace that belongs to a text takes a backslash: `\\}`");
        return None;
    }
    let after = piece.part(open + 1, piece.text.len());
    let close = match after.find(&['{', '}']) {
        Some(at) if after.text[at..].starts_with('}') => open + 1 + at,
        Some(at) => {
            let here = mark(open + 1 + at);
            diagnostics
                .report(Code::BadGift, here, "a brace opens inside the answers")
                .related(mark(open), "they begin here")
                .help("close the answers with `}`; a brace that belongs to a text takes a backslash: `\\{`");
            return None;
        }
        None => {
            diagnostics
                .report(Code::BadGift, mark(open), "this brace is not closed before the question ends")
                .help("close the answers with `}`; a blank line ends a question");
            return None;
        }
    };
    let tail = piece.part(close + 1, piece.text.len());
    if let Some(at) = tail.find(&['{', '}']) {
        let here = mark(close + 1 + at);
        diagnostics
            .report(Code::BadGift, here, "a question has one list of answers")
            .related(mark(open), "it begins here")
            .help("put a blank line between two questions");
        return None;
    }
    let (format, stem) = Format::of(piece.text.get(..open).unwrap_or(""));
    let mut stem = Format::markdown(format, stem);
    let rest = Format::markdown(format, tail.text);
    if !rest.is_empty() {
        // The answers stand where a word is missing.
        let glue = if rest.starts_with(|c: char| c.is_alphanumeric()) { " " } else { "" };
        stem = format!("{stem} \\_\\_\\_{glue}{rest}");
    }
    if stem.is_empty() {
        diagnostics
            .report(Code::BadGift, mark(open), "these answers have no question")
            .help("write it before the brace");
        return None;
    }
    let (form, why) = answers::read(piece.part(open + 1, close), format, diagnostics)?;
    let id = title.map(|title| slug(&title)).filter(|id| !id.is_empty());
    Some(GiftQuestion { id, stem, why, form })
}

/// `::title::` at the beginning.
fn title<'a>(piece: Piece<'a>, diagnostics: &mut Diagnostics) -> Option<(Option<String>, Piece<'a>)> {
    let from = piece.text.len() - piece.text.trim_start().len();
    let Some(rest) = piece.text[from..].strip_prefix("::") else { return Some((None, piece)) };
    let Some(end) = rest.find("::") else {
        let here = Span::new(piece.file, piece.start + from, piece.start + from + 2);
        diagnostics.report(Code::BadGift, here, "this title does not end").help("close it: `::title::`");
        return None;
    };
    let begin = from + 2;
    Some((Some(unescaped(&rest[..end])), piece.part(begin + end + 2, piece.text.len())))
}

#[cfg(test)]
mod tests {
    use super::super::GiftForm;
    use super::*;

    fn read_one(text: &str) -> (Option<GiftForm>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let quizzes = read(text, FileId(0), "x", &mut diagnostics);
        let form = quizzes.into_iter().flat_map(|quiz| quiz.questions).next().map(|one| one.form);
        let told = |one: &crate::diag::Diagnostic| {
            format!("{} {}", one.code.name(), &text[one.span.expect("a place").range()])
        };
        (form, diagnostics.iter().map(told).collect())
    }

    fn text(words: &str) -> String {
        words.to_owned()
    }

    #[test]
    fn every_kind_is_read() {
        let choice = |several, options: &[(&str, bool, &str)]| GiftForm::Choice {
            several,
            options: options.iter().map(|(a, b, c)| (text(a), *b, text(c))).collect(),
        };
        let short = |answers: &[&str], wrong: &[(&str, &str)]| GiftForm::Text {
            answers: answers.iter().map(|one| text(one)).collect(),
            wrong: wrong.iter().map(|(a, b)| (text(a), text(b))).collect(),
        };
        let number = |a: &str, b: &str| GiftForm::Number(text(a), text(b));
        let table = [
            (
                "Q? {=a#yes ~b#no\n// a comment\n~c}",
                choice(false, &[("a", true, "yes"), ("b", false, "no"), ("c", false, "")]),
            ),
            (
                "Q {~%50%a ~%50%b ~%-100%c}",
                choice(true, &[("a", true, ""), ("b", true, ""), ("c", false, "")]),
            ),
            ("Q {~%100%a ~%0%b}", choice(false, &[("a", true, ""), ("b", false, "")])),
            ("Q {TRUE}", GiftForm::TrueFalse(true)),
            ("Q {F#why#because}", GiftForm::TrueFalse(false)),
            ("Q {=a =b =%0%c#no}", short(&["a", "b"], &[("c", "no")])),
            ("Q {four}", short(&["four"], &[])),
            ("Q {#3:2}", number("3", "2")),
            ("Q {#1..5}", number("3", "2")),
            ("Q {#=1822:0#yes =%50%1822:2#nearly}", number("1822", "0")),
            (
                "Q {=a -> b =c -> d = -> e}",
                GiftForm::Match(vec![(text("a"), text("b")), (text("c"), text("d"))], vec![text("e")]),
            ),
            ("Q \\{1\\} {=a\\=b ~c\\~d}", choice(false, &[("a=b", true, ""), ("c~d", false, "")])),
        ];
        for (source, wanted) in table {
            assert_eq!(read_one(source).0, Some(wanted), "{source}");
        }
    }

    #[test]
    fn mistakes_and_losses_are_told_where_they_stand() {
        let table = [
            ("Q {=a ~b", "bad-gift {"),
            ("Q =a}", "bad-gift }"),
            ("Q {=a {b} ~c}", "bad-gift {"),
            ("Q {=a ~b} {=c ~d}", "bad-gift {"),
            ("::title Q {T}", "bad-gift ::"),
            ("Q {~a ~b}", "bad-gift ~a ~b"),
            ("Q {~%many%a =b}", "bad-gift %many%"),
            ("Q {=a -> b =c}", "bad-gift c"),
            ("Q {#many}", "bad-gift many"),
            ("Q {=a ~ ~b}", "bad-gift ~"),
            ("Q {x =a ~b}", "bad-gift x"),
            ("{=a ~b}", "bad-gift {"),
            ("Just words.", "gift-left-out Just words."),
            ("Q {}", "gift-left-out }"),
            ("Q {=a ~%50%b}", "gift-left-out b"),
            ("Q {=a =%50%b}", "gift-left-out b"),
            ("Q {#=1:0 =%50%2:0}", "gift-left-out 2:0"),
        ];
        for (source, wanted) in table {
            assert_eq!(read_one(source).1, [wanted], "{source}");
        }
    }

    #[test]
    fn categories_are_quizzes_and_titles_are_ids() {
        let source = "Q0 {T}\n\n$CATEGORY: $course$/A//B/Last calls\n\n::Q 1::Is [plain] it? {T}\n\n::Q 1::Twice {F}\n";
        let quizzes = read(source, FileId(0), "file", &mut Diagnostics::default());
        let seen: Vec<_> = quizzes
            .iter()
            .map(|quiz| {
                (quiz.title.as_str(), quiz.questions.iter().map(|one| one.id.as_deref()).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(seen, [("file", vec![None]), ("Last calls", vec![Some("q-1"), None])]);
    }
}
