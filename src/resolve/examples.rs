//! Examples by their ids, with the methods and rules they name, and their grades.

use super::Given;
use super::addresses::Addresses;
use super::uses::known;
use crate::book::{Annotation, Claim, Example, PageIndex, Side};
use crate::diag::{Code, Diagnostics};
use crate::engine::{Channel, Report, Settings, run};
use crate::parse::Draft;
use crate::parse::blocks::Block;
use crate::parse::example::{ExampleDraft, Keeps, SideDraft};
use crate::source::{Span, Spanned};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Resolves every example, in reading order, and makes their addresses known.
pub(super) fn resolve(
    given: &Given<'_>,
    drafts: &[Arc<Draft>],
    addresses: &mut Addresses<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Example> {
    let mut found = Vec::new();
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (page, draft) in drafts.iter().enumerate() {
        for block in &draft.body.blocks {
            let Block::Example(written) = block else { continue };
            let id = &written.id;
            if let Some(earlier) = first.get(id.value.as_str()) {
                diagnostics
                    .report(
                        Code::DuplicateId,
                        id.span,
                        format!("an example with the id `{}` exists already", id.value),
                    )
                    .related(*earlier, "it is first here")
                    .help("give this one an id of its own");
                continue;
            }
            let Some(method) = method(given, written, diagnostics) else { continue };
            first.insert(&id.value, id.span);
            addresses.add_example(draft, id, found.len());
            found.push((page, written, method));
        }
    }
    let graded: Vec<(Example, Diagnostics)> =
        found.into_par_iter().map(|(page, written, method)| example(given, page, written, method)).collect();
    let mut examples = Vec::with_capacity(graded.len());
    for (example, found) in graded {
        examples.push(example);
        diagnostics.extend(found);
    }
    examples
}

/// An example with the grades of its sides.
fn example(
    given: &Given<'_>,
    page: PageIndex,
    written: &ExampleDraft,
    method: String,
) -> (Example, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let example = Example {
        id: written.id.value.clone(),
        title: written.title.clone(),
        before: side(given, &written.before, &method, &mut diagnostics),
        after: side(given, &written.after, &method, &mut diagnostics),
        method,
        trade: written.trade.clone(),
        situation: written.situation,
        page,
        span: written.span,
    };
    (example, diagnostics)
}

/// The method of an example: its own, else the playbook's, else the only one there is.
fn method(given: &Given<'_>, written: &ExampleDraft, diagnostics: &mut Diagnostics) -> Option<String> {
    let methods: Vec<&str> = given.rulebook.method_ids().collect();
    if let Some(method) = &written.method {
        if methods.contains(&method.value.as_str()) {
            return Some(method.value.clone());
        }
        diagnostics
            .report(Code::UnknownMethod, method.span, format!("no method is called `{}`", method.value))
            .help_nearest(&method.value, methods);
        return None;
    }
    let fallback = given.config.method.as_deref().filter(|method| methods.contains(method));
    let only = methods.first().copied().filter(|_| methods.len() == 1);
    match fallback.or(only) {
        Some(method) => Some(method.to_owned()),
        None => {
            diagnostics
                .report(Code::MissingKey, written.id.span, "this example names no method to grade it under")
                .help("add `method: ID` to it, or `method = \"ID\"` to [book] in book.toml");
            None
        }
    }
}

fn side(given: &Given<'_>, written: &SideDraft, method: &str, diagnostics: &mut Diagnostics) -> Side {
    let rule_ids = || given.rulebook.rule_ids();
    let breaks = known(&written.breaks, rule_ids(), Code::UnknownRule, diagnostics);
    let mut claims: Vec<Claim> = written
        .breaks
        .iter()
        .filter(|rule| breaks.contains(&rule.value))
        .map(|rule| Claim { rule: rule.value.clone(), broken: true, sweeping: false, span: rule.span })
        .collect();
    let keeps = match &written.keeps {
        Keeps::All(span) => {
            let rules: Vec<String> =
                given.rulebook.rules_of(method, written.channel).map(str::to_owned).collect();
            let claim =
                |rule: &String| Claim { rule: rule.clone(), broken: false, sweeping: true, span: *span };
            claims.extend(rules.iter().map(claim));
            rules
        }
        Keeps::Some(rules) => {
            let keeps = known(rules, rule_ids(), Code::UnknownRule, diagnostics);
            let named = rules.iter().filter(|rule| keeps.contains(&rule.value));
            let claim = |rule: &Spanned<String>| Claim {
                rule: rule.value.clone(),
                broken: false,
                sweeping: false,
                span: rule.span,
            };
            claims.extend(named.map(claim));
            keeps
        }
    };
    let mut annotations = Vec::with_capacity(written.annotations.len());
    for one in &written.annotations {
        let named: Vec<_> = one.rule.iter().cloned().collect();
        let rule = known(&named, rule_ids(), Code::UnknownRule, diagnostics).pop();
        annotations.push(Annotation {
            range: one.range.clone(),
            rule,
            note: one.note.clone(),
            span: one.span,
        });
    }
    let text = written.script.value.trim_end().to_owned();
    let report = grade(given, written.channel, &text, &annotations, &breaks);
    Side {
        channel: written.channel,
        text,
        source: written.script.clone(),
        annotations,
        breaks,
        keeps,
        claims,
        report,
    }
}

/// Grades a side. Where a rule asks ("is it there in other words?"), an annotation that names the rule is the
/// trainer's answer: the words that it stands on.
fn grade(
    given: &Given<'_>,
    channel: Channel,
    text: &str,
    annotations: &[Annotation],
    breaks: &[String],
) -> Arc<Report> {
    let Some(machine) = &given.rulebook.machine else { return Arc::default() };
    let named = annotations.iter().filter_map(|one| one.rule.clone());
    let pointed = named.filter(|rule| !breaks.contains(rule)).map(|rule| (rule, true));
    let script = (channel, text.to_owned(), pointed.collect());
    given.cache.reports.get(script, |(channel, text, answers)| {
        let settings = Settings { answers: answers.iter().cloned().collect(), ..Settings::default() };
        run(machine, *channel, text, &settings)
    })
}
