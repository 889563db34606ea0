//! Diagnostics as JUnit XML, which most CI servers show as a test report.
//!
//! A file of the playbook is a test suite, a kind of mistake in it a test case: an error is its failure, a warning what
//! it printed. A playbook without mistakes is one case that passed, because servers take an empty report for a broken one.

use super::{Diagnostic, Diagnostics, Severity, human};
use crate::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A whole report, with a line end.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut suites: BTreeMap<&str, BTreeMap<&str, Vec<&Diagnostic>>> = BTreeMap::new();
    for one in diagnostics.iter() {
        suites.entry(one.path(sources)).or_default().entry(one.code.name()).or_default().push(one);
    }
    let tests = suites.values().map(BTreeMap::len).sum::<usize>().max(1);
    let failures: usize = suites.values().map(failed).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"ringback check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">"
    );
    if suites.is_empty() {
        suite(&mut out, "playbook", 1, 0);
        out.push_str(
            "    <testcase name=\"no mistakes\" classname=\"playbook\" time=\"0\"/>\n  </testsuite>\n",
        );
    }
    for (path, cases) in &suites {
        suite(&mut out, path, cases.len(), failed(cases));
        for (code, found) in cases {
            case(&mut out, path, code, found, sources);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// How many cases hold an error.
fn failed(cases: &BTreeMap<&str, Vec<&Diagnostic>>) -> usize {
    cases.values().filter(|found| found.iter().any(|one| one.severity == Severity::Error)).count()
}

fn suite(out: &mut String, name: &str, tests: usize, failures: usize) {
    let _ = writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">",
        escape(name)
    );
}

fn case(out: &mut String, path: &str, code: &str, found: &[&Diagnostic], sources: &Sources) {
    let _ = writeln!(out, "    <testcase name=\"{code}\" classname=\"{}\" time=\"0\">", escape(path));
    let text = |one: &&Diagnostic| human::render_alone(one, sources);
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        found.iter().partition(|one| one.severity == Severity::Error);
    if let Some(first) = errors.first() {
        let body: Vec<String> = errors.iter().map(text).collect();
        let message = escape(&first.message);
        let _ = writeln!(
            out,
            "      <failure message=\"{message}\" type=\"{code}\">{}</failure>",
            escape(&body.join("\n"))
        );
    }
    if !warnings.is_empty() {
        let body: Vec<String> = warnings.iter().map(text).collect();
        let _ = writeln!(out, "      <system-out>{}</system-out>", escape(&body.join("\n")));
    }
    out.push_str("    </testcase>\n");
}

/// Text for an attribute or an element; characters that XML cannot hold become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
