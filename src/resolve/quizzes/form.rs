//! The kinds of questions: what stands in a draft becomes what the book holds.

use super::{Scene, rich, script};
use crate::book::quiz::{Choice, Form, Item, Pair, Reply, Rich, Turn, WrongText};
use crate::diag::Diagnostics;
use crate::parse::inline::RichDraft;
use crate::parse::quiz::{FormDraft, ItemDraft, QuestionDraft};

/// What a kind says of its question, where the author does not.
#[derive(Default)]
pub(super) struct About {
    /// The id; empty, if it is made from the stem.
    pub id: String,
    /// The stem.
    pub stem: Rich,
    /// Rules that the question is about.
    pub rules: Vec<String>,
}

/// Resolves what a question has of its own kind.
pub(super) fn resolve(
    scene: &Scene<'_>,
    draft: &QuestionDraft,
    diagnostics: &mut Diagnostics,
) -> Option<(Form, About)> {
    let mut text = |written: &RichDraft| rich(scene, written, diagnostics);
    let form = match &draft.form {
        FormDraft::Spot { script, rules } => {
            return script::spot(scene, script, rules, draft.span, diagnostics);
        }
        FormDraft::Rewrite { script, method, keeps } => {
            return script::rewrite(scene, script, method.as_ref(), keeps, diagnostics);
        }
        // Made elsewhere: one draft gives many.
        FormDraft::FromRules(_) => return None,
        FormDraft::Choice { several, options } => {
            let mut choices = Vec::with_capacity(options.len());
            for one in options {
                let (words, why) = (text(&one.text), text(&one.why));
                choices.push(Choice { id: one.id.clone(), text: words, right: one.right, why });
            }
            Form::Choice { several: *several, options: choices }
        }
        FormDraft::TrueFalse { answer } => Form::TrueFalse { answer: *answer },
        FormDraft::Order(written) => Form::Order { items: items(written, &mut text) },
        FormDraft::Match { pairs, others } => {
            let mut found = Vec::with_capacity(pairs.len());
            for pair in pairs {
                let (left, right, why) = (text(&pair.left), text(&pair.right), text(&pair.why));
                found.push(Pair { id: pair.id.clone(), left, right, why });
            }
            Form::Match { pairs: found, others: items(others, &mut text) }
        }
        FormDraft::Number { answer, tolerance, unit } => {
            Form::Number { answer: answer.clone(), tolerance: tolerance.clone(), unit: unit.clone() }
        }
        FormDraft::Text { answers, wrong } => {
            let wrong = wrong.iter().map(|one| WrongText { text: one.text.clone(), why: text(&one.why) });
            Form::Text { answers: answers.clone(), wrong: wrong.collect() }
        }
        FormDraft::Dialogue { start, best, turns } => {
            let mut found = Vec::with_capacity(turns.len());
            for turn in turns {
                let mut answers = Vec::with_capacity(turn.answers.len());
                for one in &turn.answers {
                    let (say, why) = (text(&one.say), text(&one.why));
                    answers.push(Reply { id: one.id.clone(), say, score: one.score, why, next: one.next });
                }
                found.push(Turn { id: turn.id.clone(), says: text(&turn.says), best: turn.best, answers });
            }
            Form::Dialogue { start: *start, best: *best, turns: found }
        }
    };
    Some((form, About::default()))
}

fn items(written: &[ItemDraft], text: &mut impl FnMut(&RichDraft) -> Rich) -> Vec<Item> {
    written.iter().map(|one| Item { id: one.id.clone(), text: text(&one.text) }).collect()
}
