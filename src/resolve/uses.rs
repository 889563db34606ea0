//! Who uses which rule and which method: the links from the reference back to the lessons.

use crate::book::{Example, Page, Uses};
use crate::diag::{Code, Diagnostics};
use crate::source::Spanned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names that exist, each once; the others are reported.
pub(super) fn known<'a>(
    written: &[Spanned<String>],
    ids: impl Iterator<Item = &'a str>,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    if written.is_empty() {
        return Vec::new();
    }
    let ids: Vec<&str> = ids.collect();
    let mut out: Vec<String> = Vec::with_capacity(written.len());
    for name in written {
        if !ids.contains(&name.value.as_str()) {
            let kind = if code == Code::UnknownMethod { "method" } else { "rule" };
            diagnostics
                .report(code, name.span, format!("no {kind} is called `{}`", name.value))
                .help_nearest(&name.value, ids.iter().copied());
        } else if !out.contains(&name.value) {
            out.push(name.value.clone());
        }
    }
    out
}

/// Collects the uses of rules and of methods, by id.
pub(super) fn collect(
    pages: &[Arc<Page>],
    examples: &[Example],
) -> (BTreeMap<String, Uses>, BTreeMap<String, Uses>) {
    let mut rules: BTreeMap<String, Uses> = BTreeMap::new();
    let mut methods: BTreeMap<String, Uses> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for rule in &page.rules {
            rules.entry(rule.clone()).or_default().pages.push(index);
        }
        for method in &page.methods {
            methods.entry(method.clone()).or_default().pages.push(index);
        }
    }
    for (index, example) in examples.iter().enumerate() {
        for rule in &example.before.breaks {
            rules.entry(rule.clone()).or_default().broken_by.push(index);
        }
        for rule in &example.after.keeps {
            rules.entry(rule.clone()).or_default().kept_by.push(index);
        }
        methods.entry(example.method.clone()).or_default().broken_by.push(index);
    }
    (rules, methods)
}
