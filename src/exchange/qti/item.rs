//! A question as a QTI item: what is declared, what is shown, how a response becomes a score.

use super::{NAMESPACE, SCHEMA, Words};
use crate::book::quiz::{Form, Item, Question, Quiz, Run, Shuffle, plain};
use crate::html::escape;

/// An item and the most points that it gives.
pub(super) struct Made {
    pub(super) xml: String,
    pub(super) most: usize,
}

/// What an interaction is made of.
#[derive(Default)]
struct Body {
    /// The attributes of the response's declaration, and what is in it.
    declaration: (String, String),
    shown: String,
    score: String,
    most: usize,
    /// Identifiers and texts of what is said afterwards.
    feedback: Vec<(String, String)>,
    /// The feedback is that of the response, else the one of the item.
    by_response: bool,
}

/// A point for the right response.
const MATCH: &str = "<qti-response-condition><qti-response-if><qti-match><qti-variable identifier=\"RESPONSE\"/>\
    <qti-correct identifier=\"RESPONSE\"/></qti-match>\
    <qti-set-outcome-value identifier=\"SCORE\"><qti-base-value base-type=\"float\">1</qti-base-value></qti-set-outcome-value>\
    </qti-response-if></qti-response-condition>\n";
/// The sum of what each part of the response is worth.
const MAP: &str = "<qti-set-outcome-value identifier=\"SCORE\"><qti-map-response identifier=\"RESPONSE\"/></qti-set-outcome-value>\n";

/// The item of a question, or none if QTI cannot say it.
pub(super) fn xml(
    quiz: &Quiz,
    question: &Question,
    words: Words<'_>,
    notes: &mut Vec<String>,
) -> Option<Made> {
    let mut note = |what: &str| notes.push(format!("{}/{}: {what}", quiz.id, question.id));
    let prompt = format!("<qti-prompt>{}</qti-prompt>", rich(&question.stem));
    let shuffle = matches!(quiz.shuffle, Shuffle::Options | Shuffle::All);
    let mut body = match &question.form {
        Form::Choice { several, .. } => choice(question, *several, &prompt, shuffle),
        Form::TrueFalse { answer } => {
            let option = |id: &str, text: &str| {
                format!("<qti-simple-choice identifier=\"{id}\">{}</qti-simple-choice>", escape(text))
            };
            let options = format!("{}{}", option("true", words.yes), option("false", words.no));
            Body {
                declaration: (attributes("single", "identifier"), correct(&[answer.to_string()])),
                shown: format!(
                    "<qti-choice-interaction response-identifier=\"RESPONSE\" max-choices=\"1\">{prompt}{options}</qti-choice-interaction>"
                ),
                score: MATCH.to_owned(),
                most: 1,
                ..Body::default()
            }
        }
        Form::Order { items } => {
            note("an order gives all of its points or none");
            order(items, &prompt)
        }
        Form::Match { .. } => pairs(question, &prompt, shuffle),
        Form::Number { answer, tolerance, unit } => number(question, answer, tolerance, unit.as_deref()),
        Form::Text { answers, .. } => text(question, answers),
        Form::Spot { text, .. } => {
            note("marking words becomes a text that a person marks");
            essay(&prompt, text)
        }
        Form::Rewrite { text, .. } => {
            note("a rewrite becomes a text that a person marks");
            essay(&prompt, text)
        }
        Form::Dialogue { .. } => {
            note("a dialogue is left out, QTI has no branches inside an item");
            return None;
        }
    };
    if !question.why.is_empty() && !body.by_response {
        body.feedback.push(("why".to_owned(), rich(&question.why)));
    }
    Some(Made { most: body.most, xml: whole(quiz, question, words.language, &body) })
}

fn choice(question: &Question, several: bool, prompt: &str, shuffle: bool) -> Body {
    let Form::Choice { options, .. } = &question.form else { return Body::default() };
    let id = |id: &str| format!("c-{id}");
    let rights: Vec<String> = options.iter().filter(|one| one.right).map(|one| id(&one.id)).collect();
    let shown: String = options
        .iter()
        .map(|one| {
            format!(
                "<qti-simple-choice identifier=\"{}\">{}</qti-simple-choice>",
                id(&one.id),
                rich(&one.text)
            )
        })
        .collect();
    let limit = if several { "0" } else { "1" };
    let shown = format!(
        "<qti-choice-interaction response-identifier=\"RESPONSE\" shuffle=\"{shuffle}\" max-choices=\"{limit}\">{prompt}{shown}</qti-choice-interaction>"
    );
    if several {
        let entry = |one: &crate::book::quiz::Choice| (id(&one.id), if one.right { 1 } else { -1 });
        let map = mapping(options.iter().map(entry), rights.len());
        let declaration = (attributes("multiple", "identifier"), format!("{}{map}", correct(&rights)));
        return Body { declaration, shown, score: MAP.to_owned(), most: rights.len(), ..Body::default() };
    }
    let reasons = options.iter().filter(|one| !one.why.is_empty());
    let feedback = reasons.map(|one| (id(&one.id), rich(&one.why))).collect();
    let declaration = (attributes("single", "identifier"), correct(&rights));
    Body { declaration, shown, score: MATCH.to_owned(), most: 1, feedback, by_response: true }
}

fn order(items: &[Item], prompt: &str) -> Body {
    let ids: Vec<String> = items.iter().map(|one| format!("c-{}", one.id)).collect();
    let choice = |(id, one): (&String, &Item)| {
        format!("<qti-simple-choice identifier=\"{id}\">{}</qti-simple-choice>", rich(&one.text))
    };
    let shown: String = ids.iter().zip(items).map(choice).collect();
    Body {
        declaration: (attributes("ordered", "identifier"), correct(&ids)),
        shown: format!(
            "<qti-order-interaction response-identifier=\"RESPONSE\" shuffle=\"true\">{prompt}{shown}</qti-order-interaction>"
        ),
        score: MATCH.to_owned(),
        most: 1,
        ..Body::default()
    }
}

fn pairs(question: &Question, prompt: &str, shuffle: bool) -> Body {
    let Form::Match { pairs, others } = &question.form else { return Body::default() };
    let choice = |id: String, text: &[Run]| {
        format!(
            "<qti-simple-associable-choice identifier=\"{id}\" match-max=\"1\">{}</qti-simple-associable-choice>",
            rich(text)
        )
    };
    let lefts: String = pairs.iter().map(|pair| choice(format!("l-{}", pair.id), &pair.left)).collect();
    let rights = pairs.iter().map(|pair| choice(format!("r-{}", pair.id), &pair.right));
    let rights: String =
        rights.chain(others.iter().map(|one| choice(format!("o-{}", one.id), &one.text))).collect();
    let values: Vec<String> = pairs.iter().map(|pair| format!("l-{} r-{}", pair.id, pair.id)).collect();
    let map = mapping(values.iter().map(|value| (value.clone(), 1)), pairs.len());
    let most = pairs.len();
    Body {
        declaration: (attributes("multiple", "directedPair"), format!("{}{map}", correct(&values))),
        shown: format!(
            "<qti-match-interaction response-identifier=\"RESPONSE\" shuffle=\"{shuffle}\" max-associations=\"{most}\">{prompt}\
             <qti-simple-match-set>{lefts}</qti-simple-match-set><qti-simple-match-set>{rights}</qti-simple-match-set></qti-match-interaction>"
        ),
        score: MAP.to_owned(),
        most,
        ..Body::default()
    }
}

fn number(question: &Question, answer: &str, tolerance: &str, unit: Option<&str>) -> Body {
    let unit = unit.map_or(String::new(), |unit| format!(" {}", escape(unit)));
    let score = format!(
        "<qti-response-condition><qti-response-if><qti-equal tolerance-mode=\"absolute\" tolerance=\"{tolerance} {tolerance}\">\
         <qti-variable identifier=\"RESPONSE\"/><qti-correct identifier=\"RESPONSE\"/></qti-equal>\
         <qti-set-outcome-value identifier=\"SCORE\"><qti-base-value base-type=\"float\">1</qti-base-value></qti-set-outcome-value>\
         </qti-response-if></qti-response-condition>\n"
    );
    Body {
        declaration: (attributes("single", "float"), correct(&[answer.to_owned()])),
        shown: entry(question, 8, &unit),
        score,
        most: 1,
        ..Body::default()
    }
}

fn text(question: &Question, answers: &[String]) -> Body {
    let entries: String = answers
        .iter()
        .map(|one| {
            format!(
                "<qti-map-entry map-key=\"{}\" mapped-value=\"1\" case-sensitive=\"false\"/>",
                escape(one)
            )
        })
        .collect();
    let first = answers.first().cloned().unwrap_or_default();
    let map = format!(
        "<qti-mapping default-value=\"0\" lower-bound=\"0\" upper-bound=\"1\">{entries}</qti-mapping>"
    );
    Body {
        declaration: (attributes("single", "string"), format!("{}{map}", correct(&[first]))),
        shown: entry(question, 30, ""),
        score: MAP.to_owned(),
        most: 1,
        ..Body::default()
    }
}

fn entry(question: &Question, length: usize, unit: &str) -> String {
    let stem = rich(&question.stem);
    format!(
        "<p>{stem}</p>\n<p><qti-text-entry-interaction response-identifier=\"RESPONSE\" expected-length=\"{length}\"/>{unit}</p>"
    )
}

fn essay(prompt: &str, script: &str) -> Body {
    let script = escape(script).replace('\n', "<br/>");
    Body {
        declaration: (attributes("single", "string"), String::new()),
        shown: format!(
            "<blockquote><p>{script}</p></blockquote>\n<qti-extended-text-interaction response-identifier=\"RESPONSE\" expected-lines=\"6\">{prompt}</qti-extended-text-interaction>"
        ),
        most: 1,
        ..Body::default()
    }
}

fn attributes(cardinality: &str, base: &str) -> String {
    format!("cardinality=\"{cardinality}\" base-type=\"{base}\"")
}

fn correct(values: &[String]) -> String {
    let values: String =
        values.iter().map(|value| format!("<qti-value>{}</qti-value>", escape(value))).collect();
    format!("<qti-correct-response>{values}</qti-correct-response>")
}

fn mapping(entries: impl Iterator<Item = (String, i32)>, most: usize) -> String {
    let entries: String = entries
        .map(|(key, value)| format!("<qti-map-entry map-key=\"{key}\" mapped-value=\"{value}\"/>"))
        .collect();
    format!(
        "<qti-mapping default-value=\"0\" lower-bound=\"0\" upper-bound=\"{most}\">{entries}</qti-mapping>"
    )
}

fn whole(quiz: &Quiz, question: &Question, language: &str, body: &Body) -> String {
    let (attributes, declared) = &body.declaration;
    let title = escape(&plain(&question.stem)).into_owned();
    let (says, processing, modal) = feedback(body);
    let id = format!("item-{}-{}", quiz.id, question.id);
    let (most, shown) = (body.most, &body.shown);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <qti-assessment-item xmlns=\"{NAMESPACE}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"{NAMESPACE} {SCHEMA}\" identifier=\"{id}\" title=\"{title}\" adaptive=\"false\" time-dependent=\"false\" xml:lang=\"{language}\">\n\
         <qti-response-declaration identifier=\"RESPONSE\" {attributes}>{declared}</qti-response-declaration>\n\
         <qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" base-type=\"float\" normal-minimum=\"0\" normal-maximum=\"{most}\"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>\n\
         {says}<qti-item-body>\n{shown}\n</qti-item-body>\n\
         <qti-response-processing>\n{score}{processing}</qti-response-processing>\n{modal}</qti-assessment-item>\n",
        language = escape(language),
        score = body.score,
    )
}

/// What is said after the answer: its declaration, what chooses it, and the texts.
fn feedback(body: &Body) -> (String, String, String) {
    if body.feedback.is_empty() {
        return Default::default();
    }
    let chosen = if body.by_response {
        "<qti-variable identifier=\"RESPONSE\"/>"
    } else {
        "<qti-base-value base-type=\"identifier\">why</qti-base-value>"
    };
    let one = |(id, text): &(String, String)| {
        format!(
            "<qti-modal-feedback outcome-identifier=\"FEEDBACK\" identifier=\"{id}\" show-hide=\"show\"><qti-content-body><p>{text}</p></qti-content-body></qti-modal-feedback>\n"
        )
    };
    (
        "<qti-outcome-declaration identifier=\"FEEDBACK\" cardinality=\"single\" base-type=\"identifier\"/>\n".to_owned(),
        format!("<qti-set-outcome-value identifier=\"FEEDBACK\">{chosen}</qti-set-outcome-value>\n"),
        body.feedback.iter().map(one).collect(),
    )
}

/// Runs as XHTML.
fn rich(runs: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Text(text) => escape(text).into_owned(),
        Run::Em(text) => format!("<em>{}</em>", escape(text)),
        Run::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Run::Code(text) => format!("<code>{}</code>", escape(text)),
        Run::Link(text, url) => format!("<a href=\"{}\">{}</a>", escape(url), escape(text)),
    };
    runs.iter().map(run).collect()
}
