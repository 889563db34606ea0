//! Quizzes as GIFT.

use super::markup::{escaped, needs_html, said};
use crate::book::quiz::{Choice, Form, Item, Pair, Question, Quiz, Run};

/// Quizzes as one file, each a category; with it, what could not be said in full.
pub fn write(quizzes: &[&Quiz]) -> (String, Vec<String>) {
    let mut out = String::from("// GIFT, the question format of Moodle. Made by Ringback.\n");
    let mut notes = Vec::new();
    for quiz in quizzes {
        // In a category's path a slash would begin another level.
        let title = quiz.title.replace('/', "//");
        out.push_str(&format!("\n$CATEGORY: $course$/{}\n", title.trim()));
        for question in &quiz.questions {
            out.push('\n');
            out.push_str(&one(quiz, question, &mut notes));
        }
    }
    (out, notes)
}

fn one(quiz: &Quiz, question: &Question, notes: &mut Vec<String>) -> String {
    let mut note = |what: &str| notes.push(format!("{}/{}: {what}", quiz.id, question.id));
    let html = texts(question).into_iter().any(needs_html);
    let text = |runs: &[Run]| said(runs, html);
    if !question.hint.is_empty() {
        note("its hint is left out, GIFT has none");
    }
    let answers = match &question.form {
        Form::Choice { several, options } => choices(*several, options, html),
        Form::TrueFalse { answer } => if *answer { "TRUE" } else { "FALSE" }.to_owned(),
        Form::Number { answer, tolerance, .. } => format!("#{answer}:{tolerance}"),
        Form::Text { answers, wrong } => {
            let right = answers.iter().map(|one| format!("\n\t={}", plain_answer(one, html)));
            let wrong = wrong
                .iter()
                .map(|one| format!("\n\t=%0%{}{}", plain_answer(&one.text, html), why(&one.why, html)));
            format!("{}\n", right.chain(wrong).collect::<String>())
        }
        Form::Match { pairs, others } => pairings(pairs, others, html),
        Form::Order { items } => {
            note("an order becomes pairs of a place and a thing");
            order(items, html)
        }
        Form::Spot { .. } => {
            note("marking words becomes an essay, without a key");
            String::new()
        }
        Form::Rewrite { .. } => {
            note("a rewrite becomes an essay, without the grader");
            String::new()
        }
        Form::Dialogue { .. } => {
            note("a dialogue is left out, GIFT has no branches");
            return format!("// Left out, because GIFT has no branches: {}\n", question.id);
        }
    };
    let mut stem = text(&question.stem);
    match &question.form {
        Form::Number { unit: Some(unit), .. }
            if !crate::book::quiz::plain(&question.stem).contains(unit.as_str()) =>
        {
            stem.push_str(&text(&[Run::Text(format!(" ({unit})"))]));
        }
        Form::Spot { text: script, .. } | Form::Rewrite { text: script, .. } => {
            let gap = if html { "<br><br>" } else { "\\n\\n" };
            stem.push_str(gap);
            stem.push_str(&text(&[Run::Text(script.clone())]));
        }
        _ => {}
    }
    let general =
        if question.why.is_empty() { String::new() } else { format!("####{}", text(&question.why)) };
    let format = if html { "[html]" } else { "[plain]" };
    format!("::{}::{format}{stem} {{{answers}{general}}}\n", escaped(&question.id))
}

/// Every text of a question: if one needs HTML, all are said in it.
fn texts(question: &Question) -> Vec<&[Run]> {
    let mut all: Vec<&[Run]> = vec![&question.stem, &question.why];
    match &question.form {
        Form::Choice { options, .. } => {
            all.extend(options.iter().flat_map(|one| [one.text.as_slice(), &one.why]));
        }
        Form::Match { pairs, others } => {
            all.extend(pairs.iter().flat_map(|pair| [pair.left.as_slice(), &pair.right]));
            all.extend(others.iter().map(|one| one.text.as_slice()));
        }
        Form::Order { items } => all.extend(items.iter().map(|one| one.text.as_slice())),
        Form::Text { wrong, .. } => all.extend(wrong.iter().map(|one| one.why.as_slice())),
        _ => {}
    }
    all
}

/// Of one: `=` and `~`. Of several: each right one its share, each wrong one takes as much away.
fn choices(several: bool, options: &[Choice], html: bool) -> String {
    let n_right = options.iter().filter(|one| one.right).count().max(1);
    let share = percent(n_right);
    let line = |one: &Choice| {
        let mark = match (several, one.right) {
            (false, true) => "=".to_owned(),
            (false, false) => "~".to_owned(),
            (true, true) => format!("~%{share}%"),
            (true, false) => format!("~%-{share}%"),
        };
        format!("\n\t{mark}{}{}", said(&one.text, html), why(&one.why, html))
    };
    format!("{}\n", options.iter().map(line).collect::<String>())
}

/// A hundred divided, with the five places that Moodle knows.
fn percent(parts: usize) -> String {
    let scaled = 10_000_000 / parts.max(1);
    let text = format!("{}.{:05}", scaled / 100_000, scaled % 100_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn pairings(pairs: &[Pair], others: &[Item], html: bool) -> String {
    let pair = |one: &Pair| format!("\n\t={} -> {}", said(&one.left, html), said(&one.right, html));
    let other = |one: &Item| format!("\n\t= -> {}", said(&one.text, html));
    format!(
        "{}{}\n",
        pairs.iter().map(pair).collect::<String>(),
        others.iter().map(other).collect::<String>()
    )
}

fn order(items: &[Item], html: bool) -> String {
    let line = |(place, one): (usize, &Item)| format!("\n\t={place} -> {}", said(&one.text, html));
    format!("{}\n", (1..).zip(items).map(line).collect::<String>())
}

/// A typed answer is compared as it is, so it is never HTML.
fn plain_answer(text: &str, html: bool) -> String {
    let text = escaped(text);
    if html { format!("[plain]{text}") } else { text }
}

fn why(why: &[Run], html: bool) -> String {
    if why.is_empty() { String::new() } else { format!("#{}", said(why, html)) }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_those_that_moodle_knows() {
        let shares: Vec<String> = [1, 2, 3, 4, 5, 6, 7, 8].map(percent).into();
        assert_eq!(shares, ["100", "50", "33.33333", "25", "20", "16.66666", "14.28571", "12.5"]);
    }
}
