//! What stands in the braces of a question: the kind of the question, its answers, weights and feedback.

use super::GiftForm;
use super::markup::{Format, unescaped};
use super::numbers;
use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Span};

/// Text of a file and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) file: FileId,
    pub(super) start: usize,
}

impl Piece<'_> {
    pub(super) fn part(self, from: usize, to: usize) -> Self {
        Self { text: &self.text[from..to], start: self.start + from, ..self }
    }

    fn trimmed(self) -> Self {
        let from = self.text.len() - self.text.trim_start().len();
        let to = from + self.text.trim().len();
        self.part(from, to)
    }

    pub(super) fn span(self) -> Span {
        let one = self.trimmed();
        Span::new(self.file, one.start, one.start + one.text.len().max(1))
    }

    /// Where one of the characters stands without a backslash before it.
    pub(super) fn find(self, wanted: &[char]) -> Option<usize> {
        let mut is_escaped = false;
        for (at, character) in self.text.char_indices() {
            if !is_escaped && wanted.contains(&character) {
                return Some(at);
            }
            is_escaped = character == '\\' && !is_escaped;
        }
        None
    }
}

/// An answer with its weight and feedback.
struct Answer<'a> {
    /// Begins with `=`.
    equal: bool,
    /// Hundredths of a percent.
    weight: Option<i128>,
    text: Piece<'a>,
    feedback: Option<Piece<'a>>,
}

/// Reads the inside of the braces; nothing, if it is no question that can be taken over.
pub(super) fn read(
    inside: Piece<'_>,
    format: Option<Format>,
    diagnostics: &mut Diagnostics,
) -> Option<(GiftForm, String)> {
    let (inside, general) = general_feedback(inside);
    let why = general.map_or(String::new(), |piece| rich(piece, format));
    let content = inside.trimmed();
    let form = if content.text.is_empty() {
        left_out(inside, "an essay has no answer that could be marked, so it is left out", diagnostics);
        None
    } else if let Some(rest) = content.text.strip_prefix('#') {
        number(content.part(content.text.len() - rest.len(), content.text.len()), diagnostics)
    } else if let Some((answer, feedback)) = true_or_false(content) {
        // GIFT gives two feedbacks: for the wrong answer, then for the right one.
        let why =
            if why.is_empty() { feedback.map_or(String::new(), |piece| rich(piece, format)) } else { why };
        return Some((GiftForm::TrueFalse(answer), why));
    } else {
        list(content, format, diagnostics)
    };
    Some((form?, why))
}

/// What follows `####`.
fn general_feedback(inside: Piece<'_>) -> (Piece<'_>, Option<Piece<'_>>) {
    let mut from = 0;
    while let Some(at) = inside.part(from, inside.text.len()).find(&['#']).map(|at| from + at) {
        if inside.text[at..].starts_with("####") {
            return (inside.part(0, at), Some(inside.part(at + 4, inside.text.len())));
        }
        from = at + 1;
    }
    (inside, None)
}

fn true_or_false(content: Piece<'_>) -> Option<(bool, Option<Piece<'_>>)> {
    let end = content.find(&['#']).unwrap_or(content.text.len());
    let answer = match content.text[..end].trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let feedback = (end < content.text.len()).then(|| content.part(end + 1, content.text.len()));
    let first = feedback.map(|all| all.part(0, all.find(&['#']).unwrap_or(all.text.len())));
    Some((answer, first.filter(|piece| !piece.text.trim().is_empty())))
}

/// `45`, `45:5`, `40..50`, or a list of such with weights.
fn number(content: Piece<'_>, diagnostics: &mut Diagnostics) -> Option<GiftForm> {
    let Some(first) = content.find(&['=', '~']) else {
        let end = content.find(&['#']).unwrap_or(content.text.len());
        return value(content.part(0, end), diagnostics);
    };
    let answers = answers(content.part(first, content.text.len()), diagnostics)?;
    let full = |one: &&Answer<'_>| one.equal && one.weight.is_none_or(|weight| weight >= 10_000);
    let Some(right) = answers.iter().find(full) else {
        diagnostics
            .report(Code::BadGift, content.span(), "no number counts in full")
            .help("begin the right one with `=` and without a weight: `=45:5`");
        return None;
    };
    for other in answers.iter().filter(|one| !std::ptr::eq(*one, right)) {
        if !other.text.text.trim().is_empty() {
            left_out(other.text, "a number has one answer here; this one is left out", diagnostics);
        }
    }
    value(right.text, diagnostics)
}

fn value(piece: Piece<'_>, diagnostics: &mut Diagnostics) -> Option<GiftForm> {
    let text = piece.text.trim();
    let pair = |separator: &str| {
        let (a, b) = text.split_once(separator)?;
        Some((numbers::parse(a)?, numbers::parse(b)?))
    };
    if let Some((from, to)) = pair("..") {
        let (answer, tolerance) = numbers::middle(from, to);
        return Some(GiftForm::Number(answer, tolerance));
    }
    if let Some((answer, tolerance)) = pair(":").filter(|(_, tolerance)| *tolerance >= 0) {
        return Some(GiftForm::Number(numbers::written(answer), numbers::written(tolerance)));
    }
    if let Some(answer) = numbers::parse(text) {
        return Some(GiftForm::Number(numbers::written(answer), "0".to_owned()));
    }
    diagnostics
        .report(Code::BadGift, piece.span(), format!("`{text}` is no number"))
        .help("write `45`, `45:5` (give or take 5) or `40..50`");
    None
}

/// Answers that begin with `=` or `~`.
fn list(content: Piece<'_>, format: Option<Format>, diagnostics: &mut Diagnostics) -> Option<GiftForm> {
    let Some(first) = content.find(&['=', '~']) else {
        // A single short answer may do without its sign.
        let end = content.find(&['#']).unwrap_or(content.text.len());
        let text = unescaped(content.part(0, end).text);
        return Some(GiftForm::Text { answers: vec![text], wrong: Vec::new() });
    };
    if !content.text[..first].trim().is_empty() {
        diagnostics
            .report(Code::BadGift, content.part(0, first).span(), "this stands before the first answer")
            .help("begin each answer with `=` (right) or `~` (wrong)");
        return None;
    }
    let found = answers(content.part(first, content.text.len()), diagnostics)?;
    let arrow = |one: &Answer<'_>| one.text.text.contains("->");
    if found.iter().any(arrow) {
        return pairs(&found, format, diagnostics);
    }
    if found.iter().any(|one| !one.equal) {
        return choice(content, &found, format, diagnostics);
    }
    let mut answers = Vec::new();
    let mut wrong = Vec::new();
    for one in &found {
        let text = unescaped(Format::of(one.text.text).1);
        match one.weight {
            Some(0) => wrong.push((text, one.feedback.map_or(String::new(), |piece| rich(piece, format)))),
            Some(weight) if weight < 10_000 => {
                left_out(
                    one.text,
                    "half a point for a word has no place here; this answer is left out",
                    diagnostics,
                );
            }
            _ => answers.push(text),
        }
    }
    if answers.is_empty() {
        diagnostics
            .report(Code::BadGift, content.span(), "no answer counts in full")
            .help("add one without a weight: `=answer`");
        return None;
    }
    Some(GiftForm::Text { answers, wrong })
}

fn choice(
    content: Piece<'_>,
    found: &[Answer<'_>],
    format: Option<Format>,
    diagnostics: &mut Diagnostics,
) -> Option<GiftForm> {
    let full = |one: &Answer<'_>| one.equal || one.weight.is_some_and(|weight| weight >= 9_990);
    let one_right = found.iter().any(full);
    let mut options = Vec::with_capacity(found.len());
    for one in found {
        let is_share = one.weight.is_some_and(|weight| weight > 0);
        let right = full(one) || (!one_right && is_share);
        if one_right && is_share && !right {
            let message = "part of a point for an option has no place here; it counts as wrong";
            left_out(one.text, message, diagnostics);
        }
        let why = one.feedback.map_or(String::new(), |piece| rich(piece, format));
        options.push((rich(one.text, format), right, why));
    }
    let n_right = options.iter().filter(|(_, right, _)| *right).count();
    if n_right == 0 {
        diagnostics
            .report(Code::BadGift, content.span(), "no option of this question is right")
            .help("begin the right one with `=`, or give several a weight: `~%50%`");
        return None;
    }
    Some(GiftForm::Choice { several: n_right > 1 || !one_right, options })
}

fn pairs(found: &[Answer<'_>], format: Option<Format>, diagnostics: &mut Diagnostics) -> Option<GiftForm> {
    let (mut pairs, mut others) = (Vec::new(), Vec::new());
    let mut all = Some(());
    for one in found {
        let Some(at) = one.text.text.find("->") else {
            diagnostics
                .report(
                    Code::BadGift,
                    one.text.span(),
                    "this answer has no `->`, but others of the question have",
                )
                .help("write pairs as `=left -> right`");
            all = None;
            continue;
        };
        let left = rich(one.text.part(0, at), format);
        let right = rich(one.text.part(at + 2, one.text.text.len()), format);
        if left.is_empty() { others.push(right) } else { pairs.push((left, right)) }
    }
    all.map(|()| GiftForm::Match(pairs, others))
}

/// Cuts the list at each `=` and `~`.
fn answers<'a>(content: Piece<'a>, diagnostics: &mut Diagnostics) -> Option<Vec<Answer<'a>>> {
    let mut found = Vec::new();
    let mut at = 0;
    let end = content.text.len();
    while at < end {
        let equal = content.text[at..].starts_with('=');
        let next = content.part(at + 1, end).find(&['=', '~']).map_or(end, |next| at + 1 + next);
        let (weight, body) = weight(content.part(at + 1, next), diagnostics)?;
        let cut = body.find(&['#']).unwrap_or(body.text.len());
        let feedback = (cut < body.text.len()).then(|| body.part(cut + 1, body.text.len()));
        let feedback = feedback.filter(|piece| !piece.text.trim().is_empty());
        let text = body.part(0, cut);
        if text.text.trim().is_empty() {
            diagnostics.report(Code::BadGift, content.part(at, next).span(), "this answer is empty").help(
                "write its text behind the sign; a sign that belongs to a text takes a backslash: `\\=`",
            );
            return None;
        }
        found.push(Answer { equal, weight, text, feedback });
        at = next;
    }
    Some(found)
}

/// `%50%` at the beginning, in hundredths of a percent.
fn weight<'a>(piece: Piece<'a>, diagnostics: &mut Diagnostics) -> Option<(Option<i128>, Piece<'a>)> {
    let from = piece.text.len() - piece.text.trim_start().len();
    let Some(rest) = piece.text[from..].strip_prefix('%') else { return Some((None, piece)) };
    let Some(end) = rest.find('%').filter(|end| *end <= 12) else { return Some((None, piece)) };
    let written = &rest[..end];
    let Some(number) = numbers::parse(written).filter(|number| number.abs() <= 100_000_000) else {
        let here = piece.part(from, from + end + 2);
        diagnostics
            .report(Code::BadGift, here.span(), format!("`{written}` is no weight"))
            .help("a weight is a percentage from -100 to 100: `%50%`");
        return None;
    };
    Some((Some(number / 10_000), piece.part(from + end + 2, piece.text.len())))
}

fn rich(piece: Piece<'_>, question: Option<Format>) -> String {
    let (own, text) = Format::of(piece.text);
    Format::markdown(own.or(question), text)
}

pub(super) fn left_out(piece: Piece<'_>, message: &str, diagnostics: &mut Diagnostics) {
    diagnostics.report(Code::GiftLeftOut, piece.span(), message);
}
