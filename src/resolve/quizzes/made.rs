//! Questions made from the rules: their own samples and the examples are the options, the grader is the key.
//!
//! The same rules and the same seed give the same questions, on every machine.
//!
//! The seed puts the rules in an order, and for each rule the kinds of questions ([`Kind`]). Each rule gives one
//! question, then each a second one, until there are enough. A sample counts only where the grader says of it what
//! its author says.

use super::Scene;
use super::script::marks;
use crate::book::quiz::{Choice, Form, Lesson, Question, Run};
use crate::diag::{Code, Diagnostics};
use crate::engine::{Channel, Finding, Report, Settings, Verdict, run};
use crate::parse::quiz::{FromRules, QuestionDraft};
use crate::resolve::uses::known;
use crate::rules::{RuleDef, Sample};
use crate::seeded::Seeded;
use crate::source::Span;
use std::collections::{BTreeMap, HashMap};

/// Options of a question, at most.
const OPTIONS: usize = 4;
/// Longer samples are no options: too much to read four of.
const LONGEST: usize = 260;

/// A kind of question that a rule can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Which of these breaks the rule?
    Breaks,
    /// Which of these keeps the rule?
    Keeps,
    /// Which rule does this break?
    Names,
    /// Mark the words that break the rule.
    Spot,
}

/// Makes the questions that a draft wants.
pub(super) fn questions(
    scene: &Scene<'_>,
    draft: &QuestionDraft,
    wanted: &FromRules,
    taken: &mut HashMap<String, Span>,
    diagnostics: &mut Diagnostics,
) -> Vec<Question> {
    let rulebook = scene.given.rulebook;
    let method =
        known(wanted.method.as_slice(), rulebook.method_ids(), Code::UnknownMethod, diagnostics).pop();
    let rules = known(&wanted.rules, rulebook.rule_ids(), Code::UnknownRule, diagnostics);
    if (method.is_none() && wanted.method.is_some()) || rules.len() < wanted.rules.len() {
        return Vec::new();
    }
    let mut pool = rules;
    if let (Some(method), true) = (&method, pool.is_empty()) {
        for channel in [Channel::Voicemail, Channel::Email] {
            for rule in rulebook.rules_of(method, channel) {
                if !pool.iter().any(|known| known == rule) {
                    pool.push(rule.to_owned());
                }
            }
        }
    }
    let maker = Maker { scene, draft, method: method.as_deref(), pool: &pool };
    let mut order: Vec<(&RuleDef, Vec<Kind>, Seeded)> = Vec::new();
    for rule in pool.iter().filter_map(|id| rulebook.rule(id)) {
        // A seed for each rule, so that a new rule leaves the questions of the others as they are.
        let mut seeded = Seeded::of(&format!("{} {}", wanted.seed, rule.id));
        let mut kinds = vec![Kind::Breaks, Kind::Keeps, Kind::Names, Kind::Spot];
        kinds.retain(|kind| !taken.contains_key(&id_of(*kind, rule)));
        seeded.shuffle(&mut kinds);
        order.push((rule, kinds, seeded));
    }
    Seeded::new(u64::from(wanted.seed)).shuffle(&mut order);
    let mut made: Vec<Question> = Vec::new();
    let mut before = usize::MAX;
    while made.len() < wanted.count.value && made.len() != before {
        before = made.len();
        for (rule, kinds, seeded) in &mut order {
            if made.len() == wanted.count.value {
                break;
            }
            let question =
                std::iter::from_fn(|| kinds.pop()).find_map(|kind| maker.question(rule, kind, seeded));
            if let Some(question) = question {
                taken.insert(question.id.clone(), draft.span);
                made.push(question);
            }
        }
    }
    if made.len() < wanted.count.value {
        let message = format!("only {} questions can be made from these rules", made.len());
        diagnostics
            .report(Code::TooFewSamples, wanted.count.span, message)
            .help("lower `count`, name more rules, or give the rules more samples");
    }
    made
}

fn id_of(kind: Kind, rule: &RuleDef) -> String {
    let kind = match kind {
        Kind::Breaks => "breaks",
        Kind::Keeps => "keeps",
        Kind::Names => "names",
        Kind::Spot => "spot",
    };
    format!("{kind}-{}", rule.id)
}

struct Maker<'a> {
    scene: &'a Scene<'a>,
    draft: &'a QuestionDraft,
    method: Option<&'a str>,
    pool: &'a [String],
}

/// A sample and what the grader says of it.
struct Graded<'a> {
    sample: &'a Sample,
    finding: Finding,
    report: Report,
}

impl Maker<'_> {
    fn question(&self, rule: &RuleDef, kind: Kind, seeded: &mut Seeded) -> Option<Question> {
        let word = |key: &str| self.scene.given.labels.get(key).replace("{title}", &rule.title);
        let (stem, form) = match kind {
            Kind::Breaks => (vec![Run::Text(word("quiz_made_breaks"))], self.one_of(rule, false, seeded)?),
            Kind::Keeps => (vec![Run::Text(word("quiz_made_keeps"))], self.one_of(rule, true, seeded)?),
            Kind::Names => self.names(rule, seeded)?,
            Kind::Spot => {
                let mut spots = self.spots(rule);
                if spots.is_empty() {
                    return None;
                }
                let form = spots.swap_remove(seeded.below(spots.len()));
                let titles = format!("“{}”", rule.title);
                let stem = self.scene.given.labels.get("quiz_spot_stem").replace("{title}", &titles);
                (vec![Run::Text(stem)], form)
            }
        };
        Some(Question {
            id: id_of(kind, rule),
            stem,
            hint: Vec::new(),
            why: vec![Run::Text(rule.why.clone())],
            weight: self.draft.weight,
            rules: vec![rule.id.clone()],
            lesson: self.lesson(rule),
            made: Some(rule.id.clone()),
            form,
        })
    }

    /// One sample that keeps the rule among those that break it, or the other way round.
    fn one_of(&self, rule: &RuleDef, keeps: bool, seeded: &mut Seeded) -> Option<Form> {
        let mut rights = self.samples(rule, keeps);
        if rights.is_empty() {
            return None;
        }
        let right = rights.swap_remove(seeded.below(rights.len()));
        let mut wrong = self.samples(rule, !keeps);
        wrong.retain(|one| one.sample.channel == right.sample.channel);
        seeded.shuffle(&mut wrong);
        wrong.truncate(OPTIONS - 1);
        if wrong.len() < 2 {
            return None;
        }
        let mut graded = vec![(right, true)];
        graded.extend(wrong.into_iter().map(|one| (one, false)));
        seeded.shuffle(&mut graded);
        let option = |(one, right): &(Graded<'_>, bool)| Choice {
            id: format!("s{}", &blake3::hash(one.sample.text.as_bytes()).to_hex()[..8]),
            text: vec![Run::Text(line(&one.sample.text))],
            right: *right,
            why: vec![Run::Text(self.reason(&one.finding))],
        };
        let options: Vec<Choice> = graded.iter().map(option).collect();
        Some(Form::Choice { several: false, options })
    }

    /// A sample that breaks the rule, and the rule among others that it does not break.
    fn names(&self, rule: &RuleDef, seeded: &mut Seeded) -> Option<(Vec<Run>, Form)> {
        let mut samples = self.samples(rule, false);
        samples.retain(|one| self.others(rule, one).len() >= 2);
        if samples.is_empty() {
            return None;
        }
        let chosen = samples.swap_remove(seeded.below(samples.len()));
        let mut others = self.others(rule, &chosen);
        seeded.shuffle(&mut others);
        others.truncate(OPTIONS - 1);
        let option = |id: &str, title: &str, right: bool, why: String| Choice {
            id: id.to_owned(),
            text: vec![Run::Text(title.to_owned())],
            right,
            why: vec![Run::Text(why)],
        };
        let mut options = vec![option(&rule.id, &rule.title, true, chosen.finding.message.clone())];
        for (other, verdict) in others {
            let key = if verdict == Verdict::Kept { "quiz_made_kept" } else { "quiz_made_off" };
            let why = self.scene.given.labels.get(key).to_owned();
            options.push(option(&other.id, &other.title, false, why));
        }
        seeded.shuffle(&mut options);
        let asked = format!("{} ", self.scene.given.labels.get("quiz_made_names"));
        let stem = vec![Run::Text(asked), Run::Em(format!("“{}”", line(&chosen.sample.text)))];
        Some((stem, Form::Choice { several: false, options }))
    }

    /// Examples of the method whose before side has words that break the rule.
    fn spots(&self, rule: &RuleDef) -> Vec<Form> {
        let examples = self.scene.examples.iter();
        let examples = examples.filter(|one| self.method.is_none_or(|method| method == one.method));
        let spot = |one: &crate::book::Example| {
            let rules = vec![rule.id.clone()];
            let marks = marks(&one.before.report, Some(&one.method), &rules);
            let (channel, text) = (one.before.channel, one.before.text.clone());
            (!marks.is_empty()).then_some(Form::Spot { channel, text, rules, marks })
        };
        examples.filter_map(spot).collect()
    }

    /// Short samples of which the grader says what the author says.
    fn samples<'r>(&self, rule: &'r RuleDef, keeps: bool) -> Vec<Graded<'r>> {
        let list = if keeps { &rule.pass } else { &rule.fail };
        let short = list.iter().filter(|sample| sample.text.chars().count() <= LONGEST);
        let graded = short.filter_map(|sample| {
            let report = self.grade(rule, sample);
            let finding = report.finding_under(self.method.unwrap_or(""), &rule.id)?.clone();
            let wanted = if keeps { Verdict::Kept } else { Verdict::Broken };
            (finding.verdict == wanted).then_some(Graded { sample, finding, report })
        });
        graded.collect()
    }

    /// Rules of the pool that a sample does not break.
    fn others(&self, rule: &RuleDef, graded: &Graded<'_>) -> Vec<(&RuleDef, Verdict)> {
        let others = self
            .pool
            .iter()
            .filter(|id| **id != rule.id && !rule.opposes.iter().any(|one| one.value == **id));
        let verdict = |id: &String| {
            let verdict = graded.report.finding_under(self.method.unwrap_or(""), id)?.verdict;
            let is_clear = matches!(verdict, Verdict::Kept | Verdict::NotApplicable);
            is_clear.then_some((self.scene.given.rulebook.rule(id)?, verdict))
        };
        others.filter_map(verdict).collect()
    }

    /// A sample's report; where the rule would ask, its author's answer to a fail sample is no.
    fn grade(&self, rule: &RuleDef, sample: &Sample) -> Report {
        let Some(machine) = &self.scene.given.rulebook.machine else { return Report::default() };
        let settings =
            Settings { answers: BTreeMap::from([(rule.id.clone(), false)]), ..Settings::default() };
        run(machine, sample.channel, &sample.text, &settings)
    }

    /// Why a sample is what it is.
    fn reason(&self, finding: &Finding) -> String {
        let words = self.scene.given.labels;
        match (finding.verdict, finding.marks.first()) {
            (Verdict::Broken, _) => finding.message.clone(),
            (_, Some(mark)) => words.get("quiz_made_kept_by").replace("{title}", &mark.quote),
            _ => words.get("quiz_made_kept").to_owned(),
        }
    }

    /// The first lesson that teaches the rule, else the rule's own page.
    fn lesson(&self, rule: &RuleDef) -> Lesson {
        let nav = self.scene.nav;
        let mut pages = nav.drafts.iter().zip(&nav.places);
        let teaches = pages.find(|(draft, _)| draft.front.rules.iter().any(|one| one.value == rule.id));
        match teaches {
            Some((_, place)) => Lesson { title: place.title.clone(), url: place.url.clone() },
            None => Lesson { title: rule.title.clone(), url: format!("rules/{}/", rule.id) },
        }
    }
}

/// A sample on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
