//! A lab with the method and the example that it names.

use super::Given;
use super::addresses::Addresses;
use crate::book::{Lab, LabStart};
use crate::diag::{Code, Diagnostics};
use crate::parse::lab::LabDraft;

/// Resolves a lab; `methods` are those of its page.
pub(super) fn resolve(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    written: &LabDraft,
    methods: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<Lab> {
    let method = method(given, written, methods, diagnostics);
    let start = match &written.example {
        None => Some(LabStart::Text(written.start.clone().unwrap_or_default())),
        Some(id) => {
            let index = addresses.example_by_id(&id.value);
            if index.is_none() {
                let message = format!("no example is called `{}`", id.value);
                diagnostics
                    .report(Code::UnknownExample, id.span, message)
                    .help_nearest(&id.value, addresses.example_ids());
            }
            index.map(|index| LabStart::Example { index, after: written.after })
        }
    };
    Some(Lab { method: method?, channel: written.channel, start: start? })
}

/// The lab's own method, else its page's, else the playbook's, else the only one there is.
fn method(
    given: &Given<'_>,
    written: &LabDraft,
    of_page: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let known: Vec<&str> = given.rulebook.method_ids().collect();
    if let Some(method) = &written.method {
        if known.contains(&method.value.as_str()) {
            return Some(method.value.clone());
        }
        diagnostics
            .report(Code::UnknownMethod, method.span, format!("no method is called `{}`", method.value))
            .help_nearest(&method.value, known);
        return None;
    }
    let own = of_page.first().map(String::as_str);
    let fallback = given.config.method.as_deref().filter(|method| known.contains(method));
    let only = known.first().copied().filter(|_| known.len() == 1);
    let method = own.or(fallback).or(only);
    if method.is_none() {
        diagnostics
            .report(Code::MissingKey, written.span, "this lab names no method to grade under")
            .help("add `method: ID` to it, or `method = \"ID\"` to [book] in book.toml");
    }
    method.map(str::to_owned)
}
