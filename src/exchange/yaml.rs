//! Quizzes that were read from elsewhere, as the block that an author would have written.

use super::gift::{GiftForm, GiftQuestion, GiftQuiz};
use crate::slug::slug;

/// A quiz as a fenced block.
pub(super) fn block(quiz: &GiftQuiz) -> String {
    let id = slug(&quiz.title);
    let id = if id.is_empty() { "quiz" } else { &id };
    let mut out = format!("```quiz\nid: {id}\ntitle: {}\nquestions:\n", scalar(&quiz.title));
    for one in &quiz.questions {
        question(one, &mut out);
    }
    out.push_str("```\n");
    out
}

fn question(one: &GiftQuestion, out: &mut String) {
    let kind = match &one.form {
        GiftForm::Choice { .. } => "choice",
        GiftForm::TrueFalse(_) => "true-false",
        GiftForm::Text { .. } => "text",
        GiftForm::Number(..) => "number",
        GiftForm::Match(..) => "match",
    };
    let mut line = |depth: usize, text: String| {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&text);
        out.push('\n');
    };
    line(1, format!("- {kind}: {}", scalar(&one.stem)));
    if let Some(id) = &one.id {
        line(2, format!("id: {}", scalar(id)));
    }
    match &one.form {
        GiftForm::Choice { several, options } => {
            if *several {
                line(2, "several: true".to_owned());
            }
            line(2, "options:".to_owned());
            for (text, right, why) in options {
                let right = if *right { ", right: true" } else { "" };
                let why = if why.is_empty() { String::new() } else { format!(", why: {}", flow(why)) };
                line(3, format!("- {{ text: {}{right}{why} }}", flow(text)));
            }
        }
        GiftForm::TrueFalse(answer) => line(2, format!("answer: {answer}")),
        GiftForm::Text { answers, wrong } => {
            let answers: Vec<String> = answers.iter().map(|one| flow(one)).collect();
            line(2, format!("answers: [{}]", answers.join(", ")));
            if !wrong.is_empty() {
                line(2, "wrong:".to_owned());
            }
            for (text, why) in wrong {
                let why = if why.is_empty() { String::new() } else { format!(", why: {}", flow(why)) };
                line(3, format!("- {{ text: {}{why} }}", flow(text)));
            }
        }
        GiftForm::Number(answer, tolerance) => {
            line(2, format!("answer: {answer}"));
            if tolerance != "0" {
                line(2, format!("tolerance: {tolerance}"));
            }
        }
        GiftForm::Match(pairs, others) => {
            line(2, "pairs:".to_owned());
            for (left, right) in pairs {
                line(3, format!("- {{ left: {}, right: {} }}", flow(left), flow(right)));
            }
            if !others.is_empty() {
                let others: Vec<String> = others.iter().map(|one| flow(one)).collect();
                line(2, format!("others: [{}]", others.join(", ")));
            }
        }
    }
    if !one.why.is_empty() {
        line(2, format!("why: {}", scalar(&one.why)));
    }
}

/// A text inside braces or brackets.
fn flow(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { quoted(text) } else { scalar(text) }
}

/// A text as YAML: plain, where nothing in it could be read otherwise.
pub(super) fn scalar(text: &str) -> String {
    let begins = text.starts_with(char::is_alphabetic);
    let harmless = |c: char| c.is_alphanumeric() || " .,;!?()'’‘“”…–—/%$€£+*_`<>=-".contains(c);
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = begins
        && text.chars().all(harmless)
        && !text.ends_with(' ')
        && !text.contains(" #")
        && !reserved.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{flow, scalar};

    #[test]
    fn texts_are_quoted_only_where_they_must_be() {
        let table = [
            ("What is it?", "What is it?"),
            ("no", "\"no\""),
            ("Say: hello", "\"Say: hello\""),
            ("45", "\"45\""),
            ("*one*", "\"*one*\""),
            ("a \\* b", "\"a \\\\* b\""),
            ("say \"hi\"", "\"say \\\"hi\\\"\""),
        ];
        for (text, wanted) in table {
            assert_eq!(scalar(text), wanted);
        }
        assert_eq!(flow("a, b"), "\"a, b\"");
    }
}
