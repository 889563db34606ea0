//! Questions about a script: the grader gives the key of `spot` and marks `rewrite`, so what it finds in the
//! script is looked at here.

use super::Scene;
use super::form::About;
use crate::book::quiz::{Form, Run, SpotMark};
use crate::diag::{Code, Diagnostics};
use crate::engine::{Channel, Report, Verdict};
use crate::parse::quiz::{ScriptDraft, question_id};
use crate::resolve::uses::known;
use crate::source::{Span, Spanned};

/// A script that was found.
struct Found {
    channel: Channel,
    text: String,
    /// The example's method, else the quiz's.
    method: Option<String>,
    /// The other side of the example.
    model: Option<String>,
    /// The start of an id.
    id: String,
}

/// `spot`: the words that the grader marks.
pub(super) fn spot(
    scene: &Scene<'_>,
    script: &ScriptDraft,
    named: &[Spanned<String>],
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<(Form, About)> {
    let found = find(scene, script, diagnostics);
    let rules = rules(scene, named, diagnostics);
    let (found, rules) = (found?, rules?);
    on_channel(scene, named, found.channel, diagnostics)?;
    let report = scene.given.rulebook.grade(found.channel, &found.text);
    let marks = marks(&report, found.method.as_deref(), &rules);
    if marks.is_empty() {
        let list: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        let place = named.first().map_or(span, |rule| rule.span);
        diagnostics
            .report(
                Code::NothingToSpot,
                place,
                format!("the grader marks no words of this script for {}", list.join(", ")),
            )
            .help(help(&report, &found, &rules));
        return None;
    }
    let stem = asking(scene, "quiz_spot_stem", &rules);
    let about = About { id: format!("spot-{}", found.id), stem, rules: rules.clone() };
    Some((Form::Spot { channel: found.channel, text: found.text, rules, marks }, about))
}

/// What to do about a script without a mark.
fn help(report: &Report, found: &Found, rules: &[String]) -> String {
    let finding = |rule: &String| report.finding_under(found.method.as_deref().unwrap_or(""), rule);
    let is_missing = |verdict| matches!(verdict, Verdict::Broken | Verdict::NotFound);
    if rules.iter().filter_map(finding).any(|one| is_missing(one.verdict)) {
        return "it breaks the rule by what is missing, and what is missing cannot be marked: ask in another way"
            .to_owned();
    }
    let broken: Vec<String> = report
        .findings
        .iter()
        .filter(|one| one.verdict == Verdict::Broken && !one.marks.is_empty())
        .map(|one| format!("`{}`", one.rule))
        .take(5)
        .collect();
    if broken.is_empty() {
        return "it keeps them all: choose another script, or other rules".to_owned();
    }
    format!("it keeps the rule; it breaks {}", broken.join(", "))
}

/// The words that break the rules, in order.
pub(super) fn marks(report: &Report, method: Option<&str>, rules: &[String]) -> Vec<SpotMark> {
    let mut marks = Vec::new();
    for rule in rules {
        let Some(finding) = report.finding_under(method.unwrap_or(""), rule) else { continue };
        if finding.verdict != Verdict::Broken {
            continue;
        }
        marks.extend(finding.marks.iter().filter(|mark| mark.from < mark.to).map(|mark| SpotMark {
            start: mark.start,
            end: mark.end,
            range: mark.from as usize..mark.to as usize,
            rule: rule.clone(),
            message: finding.message.clone(),
        }));
    }
    marks.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    marks
}

/// `rewrite`: rules of the script's channel; the other side of an example is one way to do it.
pub(super) fn rewrite(
    scene: &Scene<'_>,
    script: &ScriptDraft,
    method: Option<&Spanned<String>>,
    named: &[Spanned<String>],
    diagnostics: &mut Diagnostics,
) -> Option<(Form, About)> {
    let found = find(scene, script, diagnostics);
    let keeps = rules(scene, named, diagnostics);
    let own = match method {
        Some(method) => {
            let ids = scene.given.rulebook.method_ids();
            Some(known(std::slice::from_ref(method), ids, Code::UnknownMethod, diagnostics).pop()?)
        }
        None => None,
    };
    let (found, keeps) = (found?, keeps?);
    on_channel(scene, named, found.channel, diagnostics)?;
    let method = own.or(found.method);
    if let Some(model) = &found.model {
        let report = scene.given.rulebook.grade(found.channel, model);
        for rule in named {
            let verdict = report.finding_under(method.as_deref().unwrap_or(""), &rule.value);
            if verdict.is_some_and(|one| one.verdict != Verdict::Kept) {
                let message =
                    format!("the mended script, shown as the answer, does not keep `{}`", rule.value);
                diagnostics
                    .report(Code::ClaimNotSo, rule.span, message)
                    .help("take it out of `keeps`, or mend the example's other side");
            }
        }
    }
    let stem = asking(scene, "quiz_rewrite_stem", &keeps);
    let about = About { id: format!("rewrite-{}", found.id), stem, rules: keeps.clone() };
    let (channel, text, model) = (found.channel, found.text, found.model);
    Some((Form::Rewrite { channel, text, method, keeps, model }, about))
}

fn find(scene: &Scene<'_>, script: &ScriptDraft, diagnostics: &mut Diagnostics) -> Option<Found> {
    match script {
        ScriptDraft::Own { channel, text, span } => {
            let text = text.value.trim_end().to_owned();
            if text.trim().is_empty() {
                diagnostics.report(Code::BadValue, *span, "this script is empty");
                return None;
            }
            let method = scene.method.map(str::to_owned);
            Some(Found { channel: *channel, id: question_id(&text), text, method, model: None })
        }
        ScriptDraft::Example { id, is_after } => {
            let example = scene.examples.iter().find(|example| example.id == id.value);
            let Some(example) = example else {
                diagnostics
                    .report(Code::UnknownExample, id.span, format!("no example is called `{}`", id.value))
                    .help_nearest(&id.value, scene.examples.iter().map(|example| example.id.as_str()));
                return None;
            };
            let side = if *is_after { &example.after } else { &example.before };
            let model =
                (!is_after && example.after.channel == side.channel).then(|| example.after.text.clone());
            let method = Some(example.method.clone());
            Some(Found {
                channel: side.channel,
                text: side.text.clone(),
                method,
                model,
                id: id.value.clone(),
            })
        }
    }
}

/// The named rules, if all of them exist.
fn rules(scene: &Scene<'_>, named: &[Spanned<String>], diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let rulebook = scene.given.rulebook;
    let found = known(named, rulebook.rule_ids(), Code::UnknownRule, diagnostics);
    named.iter().all(|rule| found.contains(&rule.value)).then_some(found)
}

/// Nothing, if a rule does not judge scripts of this channel.
fn on_channel(
    scene: &Scene<'_>,
    named: &[Spanned<String>],
    channel: Channel,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let mut all = Some(());
    for name in named {
        let rule = scene.given.rulebook.rule(&name.value)?;
        if !rule.channels.contains(&channel) {
            let word = if channel == Channel::Voicemail { "a voicemail" } else { "an e-mail" };
            let message = format!("`{}` is no rule for {word}", name.value);
            diagnostics
                .report(Code::RuleOffChannel, name.span, message)
                .help("name a rule of the script's channel");
            all = None;
        }
    }
    all
}

/// A sentence of the interface with the titles of rules in it.
fn asking(scene: &Scene<'_>, key: &str, rules: &[String]) -> Vec<Run> {
    let title = |rule: &String| {
        let title = scene.given.rulebook.rule(rule).map_or(rule.as_str(), |rule| rule.title.as_str());
        format!("“{title}”")
    };
    let titles: Vec<String> = rules.iter().map(title).collect();
    vec![Run::Text(scene.given.labels.get(key).replace("{title}", &titles.join(", ")))]
}
