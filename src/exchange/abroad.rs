//! Links of a quiz that leaves its site: they carry the whole address, or become plain words where nobody knows it.

use crate::book::quiz::{Form, Quiz, Rich, Run};
use crate::config::Config;

/// The quiz with every link as it has to be elsewhere.
pub(super) fn quiz(quiz: &Quiz, config: &Config) -> Quiz {
    let mut quiz = quiz.clone();
    each_text(&mut quiz, &mut |text| {
        for run in text.iter_mut() {
            let Run::Link(words, url) = run else { continue };
            if url.contains("://") || url.starts_with("mailto:") {
                continue;
            }
            let path = url.strip_prefix(config.base_path.as_str()).unwrap_or(url);
            *run = match &config.base_url {
                Some(base) => Run::Link(words.clone(), format!("{base}{path}")),
                None => Run::Text(words.clone()),
            };
        }
    });
    quiz
}

/// Visits every rich text of a quiz.
fn each_text(quiz: &mut Quiz, visit: &mut impl FnMut(&mut Rich)) {
    visit(&mut quiz.intro);
    for question in &mut quiz.questions {
        for text in [&mut question.stem, &mut question.hint, &mut question.why] {
            visit(text);
        }
        match &mut question.form {
            Form::Choice { options, .. } => options.iter_mut().for_each(|one| {
                visit(&mut one.text);
                visit(&mut one.why);
            }),
            Form::Order { items } => items.iter_mut().for_each(|one| visit(&mut one.text)),
            Form::Match { pairs, others } => {
                for pair in pairs {
                    visit(&mut pair.left);
                    visit(&mut pair.right);
                    visit(&mut pair.why);
                }
                for one in others {
                    visit(&mut one.text);
                }
            }
            Form::Text { wrong, .. } => wrong.iter_mut().for_each(|one| visit(&mut one.why)),
            Form::Dialogue { turns, .. } => {
                for turn in turns {
                    visit(&mut turn.says);
                    for answer in &mut turn.answers {
                        visit(&mut answer.say);
                        visit(&mut answer.why);
                    }
                }
            }
            Form::TrueFalse { .. } | Form::Spot { .. } | Form::Number { .. } | Form::Rewrite { .. } => {}
        }
    }
}
