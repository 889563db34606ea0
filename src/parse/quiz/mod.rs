//! The `quiz` block: its head and its questions. A kind of question is one module and one line in [`KINDS`].
//!
//! What can be told without the rest of the playbook is checked here: options without a reason, orders of one
//! item, dialogues that never end. Names of examples, rules, methods and lessons stay text until `resolve`.

mod choice;
mod dialogue;
mod from_rules;
mod ids;
mod matching;
mod number;
mod order;
mod script;
mod text;
mod true_false;

use super::blocks::Block;
use super::inline::{self, RichDraft};
use crate::book::quiz::{Feedback, Shuffle};
use crate::diag::{Code, Diagnostics, nearest};
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};
pub use choice::ChoiceDraft;
pub use dialogue::{ReplyDraft, TurnDraft};
pub use from_rules::FromRules;
pub use ids::{ItemDraft, question_id};
pub use matching::PairDraft;
pub use script::ScriptDraft;
pub use text::WrongDraft;

/// A quiz as written.
#[derive(Debug)]
pub struct QuizDraft {
    /// Unique in the playbook.
    pub id: Spanned<String>,
    /// One line.
    pub title: String,
    /// The method it counts for.
    pub method: Option<Spanned<String>>,
    /// `kind: final`.
    pub is_final: bool,
    /// A sentence before it begins.
    pub intro: RichDraft,
    /// Percent.
    pub pass: u32,
    /// When the learner sees what was right.
    pub feedback: Feedback,
    /// What an attempt shuffles.
    pub shuffle: Shuffle,
    /// How many questions an attempt draws.
    pub pick: Option<Spanned<usize>>,
    /// How many attempts there are.
    pub attempts: Option<u32>,
    /// Asks how sure the learner is.
    pub confidence: bool,
    /// Those that could be read.
    pub questions: Vec<QuestionDraft>,
    /// The whole block.
    pub span: Span,
}

/// A question as written.
#[derive(Debug)]
pub struct QuestionDraft {
    /// Its own id, if it has one.
    pub id: Option<Spanned<String>>,
    /// What is asked; kinds that hold a script have words of the interface instead.
    pub stem: RichDraft,
    /// A hint.
    pub hint: RichDraft,
    /// What is said with the answer.
    pub why: RichDraft,
    /// How much it counts.
    pub weight: u32,
    /// Rules that it names.
    pub rules: Vec<Spanned<String>>,
    /// The lesson that it names.
    pub lesson: Option<Spanned<String>>,
    /// What kind it is.
    pub form: FormDraft,
    /// Where its kind stands.
    pub span: Span,
}

/// The kinds of questions as written.
#[derive(Debug)]
pub enum FormDraft {
    /// Options, of which one is right, or several.
    Choice {
        /// `several: true`.
        several: bool,
        /// At least two.
        options: Vec<ChoiceDraft>,
    },
    /// A sentence that holds or does not.
    TrueFalse {
        /// It holds.
        answer: bool,
    },
    /// Words of a script to be marked.
    Spot {
        /// The script.
        script: ScriptDraft,
        /// Rules that its words break.
        rules: Vec<Spanned<String>>,
    },
    /// Things in their right order.
    Order(Vec<ItemDraft>),
    /// Pairs, and right-hand sides that belong to none.
    Match {
        /// At least two.
        pairs: Vec<PairDraft>,
        /// Those that fit nothing.
        others: Vec<ItemDraft>,
    },
    /// A number.
    Number {
        /// Decimal digits.
        answer: String,
        /// Decimal digits.
        tolerance: String,
        /// What is counted.
        unit: Option<String>,
    },
    /// A word or two.
    Text {
        /// What counts as right.
        answers: Vec<String>,
        /// What is wrong in a way worth a word.
        wrong: Vec<WrongDraft>,
    },
    /// A script to be written anew.
    Rewrite {
        /// The script.
        script: ScriptDraft,
        /// Under which method.
        method: Option<Spanned<String>>,
        /// The rules to be kept.
        keeps: Vec<Spanned<String>>,
    },
    /// A call that branches.
    Dialogue {
        /// Index of the first turn.
        start: usize,
        /// The most points.
        best: i64,
        /// All turns.
        turns: Vec<TurnDraft>,
    },
    /// Questions to be made.
    FromRules(FromRules),
}

/// Reads what a kind of question has of its own; the first key of the question is the kind.
type ReadForm = fn(&mut Fields<'_>, &mut Diagnostics) -> Option<FormDraft>;

/// Every kind of question.
const KINDS: &[(&str, ReadForm)] = &[
    ("choice", choice::read),
    ("true-false", true_false::read),
    ("spot", script::read_spot),
    ("order", order::read),
    ("match", matching::read),
    ("number", number::read),
    ("text", text::read),
    ("rewrite", script::read_rewrite),
    ("dialogue", dialogue::read),
    ("from-rules", from_rules::read),
];

/// Kinds whose key holds a map, so that their stem stands under `stem`.
const WITH_STEM: &[&str] = &["spot", "rewrite", "from-rules"];

/// Reads a quiz block.
pub fn read(node: &Node, span: Span, diagnostics: &mut Diagnostics) -> Option<Block> {
    let mut fields = Fields::of(node, "a quiz", diagnostics)?;
    let id = fields.required("id", diagnostics).and_then(|node| ids::written(node, diagnostics));
    let title = fields.required_text("title", diagnostics).map(|text| text.value.trim().to_owned());
    let method = fields.spanned("method", diagnostics);
    let kind = fields.choice("kind", &[("lesson", false), ("final", true)], diagnostics);
    let intro = rich(&mut fields, "intro", diagnostics);
    let pass = small(&mut fields, "pass", 1..=100, diagnostics);
    let feedback =
        fields.choice("feedback", &[("each", Feedback::Each), ("end", Feedback::End)], diagnostics);
    let shuffles = [
        ("none", Shuffle::None),
        ("options", Shuffle::Options),
        ("questions", Shuffle::Questions),
        ("all", Shuffle::All),
    ];
    let shuffle = fields.choice("shuffle", &shuffles, diagnostics);
    let pick = fields.integer("pick", 1..=1000, diagnostics).and_then(|n| usize::try_from(n).ok());
    let pick = pick.zip(fields.node("pick")).map(|(value, node)| Spanned { value, span: node.span });
    let attempts = small(&mut fields, "attempts", 1..=1000, diagnostics);
    let confidence = fields.flag("confidence", false, diagnostics);
    let list = fields.required("questions", diagnostics);
    let nodes = if list.is_some() { fields.list("questions", diagnostics) } else { &[] };
    if let Some(list) = list
        && list.as_list().is_some_and(<[Node]>::is_empty)
    {
        diagnostics
            .report(Code::EmptyQuiz, list.span, "this quiz has no question")
            .help("begin with `- choice: What …?` and its `options`");
    }
    let questions = nodes.iter().filter_map(|node| question(node, diagnostics)).collect();
    fields.finish(diagnostics);
    let draft = QuizDraft {
        id: id?,
        title: title?,
        method,
        is_final: kind.unwrap_or(false),
        intro,
        pass: pass.unwrap_or(80),
        feedback: feedback.unwrap_or(Feedback::Each),
        shuffle: shuffle.unwrap_or(Shuffle::Options),
        pick,
        attempts,
        confidence,
        questions,
        span,
    };
    Some(Block::Quiz(Box::new(draft)))
}

fn question(node: &Node, diagnostics: &mut Diagnostics) -> Option<QuestionDraft> {
    let mut fields = Fields::of(node, "a question", diagnostics)?;
    let entries = node.as_map().unwrap_or_default();
    let kind = entries.iter().find_map(|entry| {
        let kind = KINDS.iter().find(|(name, _)| *name == entry.key)?;
        Some((kind, entry.key_span))
    });
    let Some(((name, read), span)) = kind else {
        no_kind(node, diagnostics);
        return None;
    };
    let with_stem = WITH_STEM.contains(name);
    let own = fields.required(name, diagnostics);
    let stem = if with_stem {
        rich(&mut fields, "stem", diagnostics)
    } else {
        fields.text(name, diagnostics).map(inline::read).unwrap_or_default()
    };
    let form = if own.is_some() { read(&mut fields, diagnostics) } else { None };
    let id = fields.node("id").and_then(|node| ids::written(node, diagnostics));
    let hint = rich(&mut fields, "hint", diagnostics);
    let why = rich(&mut fields, "why", diagnostics);
    let weight = small(&mut fields, "weight", 1..=100, diagnostics).unwrap_or(1);
    let rules = fields.strings("rules", diagnostics);
    let lesson = fields.spanned("lesson", diagnostics);
    fields.finish(diagnostics);
    let form = form?;
    if matches!(form, FormDraft::TrueFalse { .. }) && why.is_empty() {
        diagnostics
            .report(Code::MissingReason, own.map_or(span, |node| node.span), "this question gives no reason")
            .help("add `why: …`: whoever is wrong wants to know why");
    }
    let span = if with_stem { span } else { own.map_or(span, |node| node.span) };
    (with_stem || !stem.is_empty()).then_some(QuestionDraft {
        id,
        stem,
        hint,
        why,
        weight,
        rules,
        lesson,
        form,
        span,
    })
}

/// A question none of whose keys is a kind.
fn no_kind(node: &Node, diagnostics: &mut Diagnostics) {
    let entries = node.as_map().unwrap_or_default();
    let names = || KINDS.iter().map(|(name, _)| *name);
    let slip = entries.iter().find_map(|entry| Some((entry.key_span, nearest(&entry.key, names())?)));
    if let Some((span, name)) = slip {
        let message = "this is no kind of question";
        diagnostics.report(Code::UnknownKey, span, message).help(format!("did you mean `{name}`?"));
        return;
    }
    let span = entries.first().map_or(node.span, |entry| entry.key_span);
    let list: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    diagnostics
        .report(Code::MissingKey, span, "a question begins with its kind")
        .help(format!("one of {}", list.join(", ")));
}

/// A text with a little markup; absent is empty.
fn rich(fields: &mut Fields<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> RichDraft {
    fields.text(key, diagnostics).map(inline::read).unwrap_or_default()
}

/// A text with a little markup that has to be there.
fn required_rich(
    fields: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<RichDraft>> {
    let span = fields.node(key).map(|node| node.span);
    let text = fields.required_text(key, diagnostics)?;
    Some(Spanned { value: inline::read(text), span: span? })
}

fn small(
    fields: &mut Fields<'_>,
    key: &'static str,
    range: std::ops::RangeInclusive<i64>,
    diagnostics: &mut Diagnostics,
) -> Option<u32> {
    fields.integer(key, range, diagnostics).and_then(|number| u32::try_from(number).ok())
}

/// Reports a list that is too short to ask anything.
fn too_few(span: Span, what: &str, least: usize, found: usize, diagnostics: &mut Diagnostics) -> bool {
    if found < least {
        let message = format!("{what} needs at least {least}, this has {found}");
        diagnostics.report(Code::TooFewChoices, span, message).help("add another one, or ask in another way");
    }
    found < least
}

/// Reports texts that stand twice, so that nobody could tell the two apart.
fn twice<'a>(what: &str, texts: impl Iterator<Item = (&'a RichDraft, Span)>, diagnostics: &mut Diagnostics) {
    let mut seen: std::collections::HashMap<String, Span> = std::collections::HashMap::new();
    for (text, span) in texts {
        let words = inline::words(text).to_lowercase();
        if let Some(first) = seen.get(&words) {
            diagnostics
                .report(Code::UnclearAnswer, span, format!("this {what} stands twice"))
                .related(*first, "it is first here")
                .help("a learner could not tell the two apart: take one out, or word it differently");
        } else {
            seen.insert(words, span);
        }
    }
}
