//! What an editor shows over a word: a rule's reason, a key's purpose, a list's words.

use super::analysis::Analysis;
use super::places::What;
use crate::engine;
use crate::engine::program::Severity;
use crate::rules::{MethodDef, RuleDef};
use crate::schema::Names;
use crate::source::FileId;
use std::fmt::Write;
use std::ops::Range;

/// Markdown about the thing at an offset, and the bytes that it stands on.
pub(super) fn hover(analysis: &Analysis, file: FileId, offset: usize) -> Option<(String, Range<usize>)> {
    let place = analysis.at(file, offset)?;
    let text = match &place.what {
        What::Define(names, id) | What::Use(names, id) => thing(analysis, *names, id)?,
        What::Key(key) => format!("`{}`: {}", key.name, key.about),
        What::Block(schema) => schema.shape.about.to_owned(),
        What::Link(link) => {
            let own = analysis.sources.file(file).path.strip_prefix("content/")?;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let page = super::navigate::target(analysis, own, path)?;
            if anchor.is_empty() { page.title.clone() } else { format!("{} › {anchor}", page.title) }
        }
    };
    Some((text, place.range.clone()))
}

fn thing(analysis: &Analysis, names: Names, id: &str) -> Option<String> {
    let rulebook = &analysis.book.rulebook;
    match names {
        Names::Rule => rulebook.rule(id).map(|rule| about_rule(rule, rulebook.method_ids().count() > 0)),
        Names::Method => rulebook.method(id).map(about_method),
        Names::Example => {
            let example = analysis.book.examples.iter().find(|one| one.id == id)?;
            let page = analysis.book.pages.get(example.page)?;
            Some(format!("**{}**\n\nunder `{}`, in {}", example.title, example.method, page.title))
        }
        Names::Detector => {
            if let Some(list) = rulebook.lists.iter().find(|list| list.name == id) {
                let words: Vec<&str> = list.words.iter().take(30).map(String::as_str).collect();
                let more = if list.words.len() > 30 { ", …" } else { "" };
                return Some(format!("**{id}**, {} words: {}{more}", list.words.len(), words.join(", ")));
            }
            if engine::builtin_slots().any(|slot| slot == id) {
                return Some(format!(
                    "**{id}** is built in; docs/content/03-grading/rule-language.md tells what it finds."
                ));
            }
            let home = analysis
                .definitions(names, id)
                .first()
                .map(|(file, _)| analysis.sources.file(*file).path.clone());
            home.map(|home| format!("**{id}**, a detector of {home}"))
        }
        Names::Code => {
            crate::diag::Code::find(id).map(|code| format!("**{}**\n\n{}", code.title(), code.explanation()))
        }
        Names::Quiz | Names::Cadence | Names::Template => None,
    }
}

fn about_rule(rule: &RuleDef, with_source: bool) -> String {
    let severity = match rule.severity {
        Severity::Must => "must",
        Severity::Should => "should",
    };
    let mut text = format!("**{}** ({severity}, {} points)\n\n{}", rule.title, rule.weight, rule.why);
    let _ = write!(text, "\n\n*Instead:* {}", rule.suggest);
    let source = [&rule.source.trainer, &rule.source.article].into_iter().flatten().cloned();
    let method =
        rule.source.method.as_ref().map(|method| format!("`{}`", method.value)).filter(|_| with_source);
    let sources: Vec<String> = method.into_iter().chain(source).collect();
    if !sources.is_empty() {
        let _ = write!(text, "\n\n*Source:* {}", sources.join(", "));
    }
    text
}

fn about_method(method: &MethodDef) -> String {
    let trainer = if method.trainer.is_empty() { String::new() } else { format!(", {}", method.trainer) };
    format!("**{}**{trainer}\n\n{}", method.title, method.summary)
}
