//! The forms of output that other programs read: each is parsed by what stands for its specification.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use quick_junit::{Report, TestCaseStatus};
use serde_sarif::sarif::Sarif;
use support::book::Book;
use support::run;

/// A playbook with mistakes in several files: in prose, in front matter, in settings, and one in a name that needs escaping.
fn book_with_mistakes() -> Book {
    let book = Book::new();
    book.file("book.toml", b"[book]\ntitle = \"Calls returned\"\nlangauge = \"en\"\n");
    book.file(
        "content/index.md",
        "# Calls returned \u{1f642}\n\n[lost](lost.md) ![](photo.png)\n\n#### Deep\n".as_bytes(),
    );
    book.file("content/50% off, é.md", b"---\ntitel: x\n---\n\n# Off\n\n[lost](lost.md)\n");
    book
}

fn check(book: &Book, format: &str) -> String {
    let mut command = run::ringback(book.root());
    command.args(["check", "--format", format]);
    let output = run::finish(command, "").expect("the check ends");
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    output.stdout
}

#[test]
fn json_is_an_array_of_mistakes_with_places_that_exist() {
    let book = book_with_mistakes();
    let text = check(&book, "json");
    let mistakes: Vec<serde_json::Value> =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut places = Vec::new();
    for mistake in mistakes {
        for key in ["code", "severity", "message"] {
            assert!(mistake[key].is_string(), "`{key}` is missing: {mistake}");
        }
        let file = mistake["path"].as_str().unwrap_or_else(|| panic!("no path: {mistake}"));
        let at = mistake["span"]["line"].as_u64().unwrap_or_else(|| panic!("no line: {mistake}"));
        let source =
            std::fs::read_to_string(book.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(at >= 1 && at <= source.lines().count() as u64, "{file} has no line {at}");
        places.push((file.to_owned(), at));
    }
    assert!(places.len() >= 5, "{text}");
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted, "mistakes are sorted by place");
}

#[test]
fn sarif_is_what_its_specification_says() {
    let text = check(&book_with_mistakes(), "sarif");
    let sarif: Sarif = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let run = &sarif.runs[0];
    let rules = run.tool.driver.rules.as_deref().unwrap_or_default();
    let results = run.results.as_deref().unwrap_or_default();
    assert!(results.len() >= 5, "{text}");
    for result in results {
        let index = result.rule_index.expect("a result has the index of its rule");
        let rule = usize::try_from(index)
            .ok()
            .and_then(|index| rules.get(index))
            .expect("the index is that of a rule");
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
        assert!(
            rule.short_description.is_some() && rule.full_description.is_some(),
            "{}: no description",
            rule.id
        );
        let location = result.locations.as_deref().and_then(|all| all.first()).expect("a result has a place");
        let place = location.physical_location.as_ref().expect("a place is in a file");
        let uri = place
            .artifact_location
            .as_ref()
            .and_then(|file| file.uri.as_deref())
            .expect("a file has an address");
        assert!(uri.is_ascii() && !uri.contains([' ', '\\']) && !uri.contains("% "), "not an address: {uri}");
        let region = place.region.as_ref().expect("a place has lines");
        assert!(
            region.start_line.is_some_and(|line| line >= 1)
                && region.start_column.is_some_and(|column| column >= 1)
        );
    }
}

#[test]
fn github_annotations_escape_what_would_break_them() {
    let text = check(&book_with_mistakes(), "github");
    assert!(text.lines().count() >= 5, "{text}");
    for line in text.lines() {
        let (command, message) = line
            .split_once("::")
            .and_then(|(_, rest)| rest.split_once("::"))
            .unwrap_or_else(|| panic!("{line}"));
        let (kind, properties) = command.split_once(' ').unwrap_or_else(|| panic!("{line}"));
        assert!(matches!(kind, "error" | "warning" | "notice"), "{line}");
        let names: Vec<&str> =
            properties.split(',').filter_map(|property| Some(property.split_once('=')?.0)).collect();
        assert!(names.contains(&"file") && names.contains(&"line"), "{line}");
        assert_eq!(names.len(), properties.split(',').count(), "a comma in a value is not escaped: {line}");
        assert!(!message.is_empty());
    }
}

#[test]
fn junit_is_well_formed_and_its_sums_are_right() {
    let book = book_with_mistakes();
    // Characters that XML must escape, and one that it cannot hold.
    book.file("content/odd.md", "# Odd\n\n[x](\"'&lt;\u{1}]]>.md) [y](a&b<c>.md)\n".as_bytes());
    let text = check(&book, "junit");
    let report = Report::deserialize_from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let cases: Vec<_> = report.test_suites.iter().flat_map(|suite| &suite.test_cases).collect();
    let failed = |status: &TestCaseStatus| matches!(status, TestCaseStatus::NonSuccess { .. });
    assert!(cases.len() >= 5, "{text}");
    assert_eq!(report.tests, cases.len());
    assert_eq!(report.failures, cases.iter().filter(|case| failed(&case.status)).count());
    for suite in &report.test_suites {
        assert_eq!(suite.tests, suite.test_cases.len(), "{text}");
        let failures = suite.test_cases.iter().filter(|case| failed(&case.status)).count();
        assert_eq!(suite.failures, failures, "{text}");
    }
    let warned = cases.iter().find(|case| case.name.as_str() == "missing-alt").expect("a warning is a case");
    assert!(!failed(&warned.status) && warned.system_out.is_some(), "{text}");
}
