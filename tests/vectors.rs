//! The Rust engine on the shared vectors, which the JavaScript engine runs as well (`tests/js/vectors.test.mjs`).
#![expect(clippy::disallowed_methods, reason = "the vectors are files")]
#![expect(clippy::unwrap_used, reason = "a vector that cannot be read stops the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringback::engine::program::Channel;
use ringback::engine::{self, Finding, Machine, Program, Report, Settings, run};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    title: String,
    operations: Vec<String>,
    program: Program,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    title: String,
    channel: Channel,
    text: String,
    repeat: usize,
    settings: CaseSettings,
    verdicts: BTreeMap<String, Value>,
    quotes: BTreeMap<String, Vec<String>>,
    marks: BTreeMap<String, Vec<(u32, u32)>>,
    messages: BTreeMap<String, String>,
    milliseconds: Option<i64>,
    words: Option<i64>,
    scores: BTreeMap<String, Option<u32>>,
    highs: BTreeMap<String, Option<u32>>,
    fixes: BTreeMap<String, Option<String>>,
    refused: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CaseSettings {
    pace: Option<u32>,
    answers: BTreeMap<String, bool>,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            title: String::new(),
            channel: Channel::Voicemail,
            text: String::new(),
            repeat: 1,
            settings: CaseSettings::default(),
            verdicts: BTreeMap::new(),
            quotes: BTreeMap::new(),
            marks: BTreeMap::new(),
            messages: BTreeMap::new(),
            milliseconds: None,
            words: None,
            scores: BTreeMap::new(),
            highs: BTreeMap::new(),
            fixes: BTreeMap::new(),
            refused: None,
        }
    }
}

fn vectors() -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|ending| ending == "json") && !path.ends_with("schema.json")
    });
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    paths.iter().map(read).collect()
}

#[test]
fn the_engine_says_what_the_vectors_say() {
    for vector in vectors() {
        let machine = Machine::new(vector.program).unwrap();
        for case in &vector.cases {
            let mut settings = Settings::default();
            settings.pace = case.settings.pace.unwrap_or(settings.pace);
            settings.answers.clone_from(&case.settings.answers);
            let report = run(&machine, case.channel, &case.text.repeat(case.repeat), &settings);
            check(&format!("{}: {}", vector.title, case.title), case, &report);
        }
    }
}

fn check(name: &str, case: &Case, report: &Report) {
    let finding =
        |rule: &str| -> &Finding { report.finding(rule).unwrap_or_else(|| panic!("{name}: no rule {rule}")) };
    assert_eq!(report.refused, case.refused.as_deref(), "{name}");
    for (rule, verdict) in &case.verdicts {
        assert_eq!(finding(rule).verdict.name(), verdict, "{name}: {rule}");
    }
    for (rule, quotes) in &case.quotes {
        let found: Vec<&str> = finding(rule).marks.iter().map(|mark| mark.quote.as_str()).collect();
        assert_eq!(&found, quotes, "{name}: {rule}");
    }
    for (rule, marks) in &case.marks {
        let found: Vec<(u32, u32)> = finding(rule).marks.iter().map(|mark| (mark.start, mark.end)).collect();
        assert_eq!(&found, marks, "{name}: {rule}");
    }
    for (rule, message) in &case.messages {
        assert_eq!(&finding(rule).message, message, "{name}: {rule}");
    }
    for (method, score) in &case.scores {
        assert_eq!(report.grade(method).unwrap().score, *score, "{name}: {method}");
    }
    for (method, high) in &case.highs {
        assert_eq!(report.grade(method).unwrap().high, *high, "{name}: {method}");
    }
    for (method, rule) in &case.fixes {
        let grade = report.grade(method).unwrap();
        let fix = grade.fix.map(|fix| report.findings[grade.lines[fix].finding].rule.clone());
        assert_eq!(&fix, rule, "{name}: {method}");
    }
    assert!(case.words.is_none_or(|words| words == report.words), "{name}: {} words", report.words);
    let milliseconds = report.milliseconds;
    assert!(case.milliseconds.is_none_or(|one| one == milliseconds), "{name}: {milliseconds} ms");
}

/// The names between the quotes of a list in the JavaScript engine.
fn listed(script: &str, from: &str) -> BTreeSet<String> {
    let start = script.find(from).unwrap_or_else(|| panic!("no list `{from}`")) + from.len();
    // The list of roles holds pairs.
    let close = if script[start..].trim_start().starts_with('[') { "];" } else { "]" };
    let end = script[start..].find(close).unwrap() + start;
    script[start..end].split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn rust_javascript_and_vectors_have_the_same_operations() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/js/engine");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let ours = |names: &mut dyn Iterator<Item = &'static str>| {
        names.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let builtins = ours(&mut engine::builtin_detectors());
    let places = ours(&mut engine::builtin_places());
    let classes: BTreeSet<String> = ours(&mut engine::builtin_slots())
        .into_iter()
        .filter(|slot| !builtins.contains(slot) && !places.contains(slot))
        .collect();
    assert_eq!(listed(&read("builtin/index.js"), "NAMES = ["), builtins);
    assert_eq!(listed(&read("automaton.js"), "PLACES = ["), places);
    assert_eq!(listed(&read("automaton.js"), "CLASSES = ["), classes);
    let roles: BTreeSet<String> = listed(&read("vocabulary.js"), "LISTS = [")
        .into_iter()
        .filter(|name| name.to_lowercase() == *name)
        .collect();
    assert_eq!(roles, ours(&mut engine::role_lists()));
    let index = read("index.js");
    let list = |from: &str| listed(&index[index.find("OPERATIONS").unwrap()..], from);
    // The names that the program's own types accept; a new variant without a vector fails below.
    let constraints = list("constraints: [");
    let filters = list("filters: [");
    assert_eq!(constraints, variants(&["{\"no-such\":1}"], "constraint"));
    assert_eq!(filters, variants(&["\"no-such\""], "filter"));
    let tested: BTreeSet<String> = vectors().into_iter().flat_map(|vector| vector.operations).collect();
    for (kind, names) in [
        ("builtins", builtins),
        ("places", places),
        ("classes", classes),
        ("constraints", constraints),
        ("filters", filters),
    ] {
        for name in names {
            assert!(tested.contains(&format!("{kind}/{name}")), "no vector names {kind}/{name}");
        }
    }
}

/// The variants that serde names when it refuses one: the Rust side's own list.
fn variants(wrong: &[&str], what: &str) -> BTreeSet<String> {
    let message = match what {
        "constraint" => {
            serde_json::from_str::<engine::program::Constraint>(wrong[0]).unwrap_err().to_string()
        }
        _ => serde_json::from_str::<engine::program::Filter>(wrong[0]).unwrap_err().to_string(),
    };
    let (_, known) = message.split_once("expected one of ").unwrap();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_program_of_another_version_is_refused() {
    for version in [0, 2, u32::MAX] {
        let program = Program { version, ..Program::default() };
        assert!(Machine::new(program).unwrap_err().contains("version"));
    }
}
