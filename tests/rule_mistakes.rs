//! Every mistake in a rule, a lexicon or a method is a diagnostic with its code, on the words that are wrong.

use ringback::diag::{Code, Diagnostics};
use ringback::rules;
use ringback::source::Sources;

const RULE: &str = "id: ID
title: A rule
channels: [voicemail]
severity: should
weight: 5
detect:
  words: DETECT
require: REQUIRE
message: No.
suggest: Yes.
why: Because.
source: {trainer: Somebody}
pass: [one, two]
fail: [three, four]
";

fn rule(id: &str, detect: &str, require: &str) -> String {
    RULE.replace("ID", id).replace("DETECT", detect).replace("REQUIRE", require)
}

/// Codes with the words under them, in order of place.
fn mistakes(files: &[(&str, &str)]) -> Vec<(Code, String)> {
    let sources = Sources::in_memory(files);
    let mut diagnostics = Diagnostics::default();
    let _ = rules::compile(&sources, &mut diagnostics);
    let words = |one: &ringback::diag::Diagnostic| one.span.map_or("", |span| sources.slice(span)).to_owned();
    diagnostics.sorted(&sources).iter().map(|one| (one.code, words(one))).collect()
}

fn one_rule(detect: &str, require: &str) -> Vec<(Code, String)> {
    mistakes(&[("content/rules/a.yaml", &rule("a", detect, require))])
}

#[test]
fn a_good_rule_has_none() {
    assert_eq!(one_rule("[\"call (me|us) back?\"]", "{absent: words}"), []);
}

#[test]
fn phrases() {
    let cases = [
        ("call (me|us", Code::BadPhrase, "("),
        ("call me)", Code::BadPhrase, ")"),
        ("call {phone", Code::BadPhrase, "{phone"),
        ("call () me", Code::BadPhrase, "()"),
        ("call ?", Code::BadPhrase, "?"),
        ("call {fone}", Code::UnknownSlot, "{fone}"),
        ("call? me?", Code::UnmatchablePhrase, "call? me?"),
        ("{end} call", Code::UnmatchablePhrase, "{end} call"),
        ("call {start} me", Code::UnmatchablePhrase, "call {start} me"),
        ("... call", Code::UnmatchablePhrase, "... call"),
    ];
    for (phrase, code, words) in cases {
        let found = one_rule(&format!("[\"{phrase}\"]"), "{absent: words}");
        assert_eq!(found, [(code, words.to_owned())], "{phrase}");
    }
    let vetoed = one_rule("{any: [\"call me\"], unless: [\"Call  me\"]}", "{absent: words}");
    assert_eq!(vetoed.iter().map(|one| one.0).collect::<Vec<_>>(), [Code::UnmatchablePhrase]);
}

#[test]
fn a_slot_that_refers_to_itself() {
    let found = one_rule("[\"{words} again\"]", "{absent: words}");
    assert_eq!(found, [(Code::SlotCycle, "{words}".to_owned())]);
    let lexicon = "detectors:\n  one: [\"{two}\"]\n  two: [\"{three} x\"]\n  three: [\"{one}\"]\n";
    let rule = rule("a", "[\"{one}\"]", "{absent: words}");
    let found = mistakes(&[("content/lexicon/l.yaml", lexicon), ("content/rules/a.yaml", &rule)]);
    assert_eq!(found, [(Code::SlotCycle, "{one}".to_owned())]);
}

#[test]
fn constraints() {
    let cases = [
        ("{absent: wordz}", Code::UnknownSlot, "wordz"),
        ("{absemt: words}", Code::UnknownKey, "absemt"),
        ("{within: {of: words, in: first 0 words}}", Code::BadRegion, "first 0 words"),
        ("{within: {of: words, in: middle third}}", Code::BadRegion, "middle third"),
        ("{count: {of: words, max: limit}}", Code::UnknownParameter, "limit"),
        ("{count: {of: words, min: 3, max: 1}}", Code::BadValue, "of"),
        ("{present: word}", Code::UnknownSlot, "word"),
    ];
    for (require, code, words) in cases {
        let found = one_rule("[call]", require);
        assert!(found.contains(&(code, words.to_owned())), "{require}: {found:?}");
    }
    assert_eq!(one_rule("[call]", "{present: phone}"), [(Code::UnusedDetector, "words".to_owned())]);
}

#[test]
fn rules_and_methods() {
    let good = rule("a", "[call]", "{absent: words}");
    let without = good.replace("fail: [three, four]\n", "");
    assert_eq!(mistakes(&[("content/rules/a.yaml", &without)]), [(Code::MissingSamples, "a".to_owned())]);
    let unclosed = good.replace("three", "\"a «b\"");
    assert!(mistakes(&[("content/rules/a.yaml", &unclosed)]).contains(&(Code::BadSample, "«".to_owned())));
    let twice = mistakes(&[("content/rules/a.yaml", &good), ("content/rules/b.yaml", &good)]);
    assert_eq!(twice, [(Code::DuplicateId, "a".to_owned())]);
    let opposing = good.replace("id: a\n", "id: b\nopposes: [a]\n");
    let method = "id: m\ntitle: M\nrules: [a, b, c]\n";
    let found = mistakes(&[
        ("content/methods/m.yaml", method),
        ("content/rules/a.yaml", &good),
        ("content/rules/b.yaml", &opposing),
    ]);
    assert_eq!(found, [(Code::OpposedRules, "b".to_owned()), (Code::UnknownRule, "c".to_owned())]);
}

#[test]
fn nothing_gives_an_empty_rulebook() {
    let sources = Sources::in_memory(&[("content/index.md", "# Hello")]);
    let mut diagnostics = Diagnostics::default();
    let rulebook = rules::compile(&sources, &mut diagnostics);
    assert!(rulebook.is_empty() && rulebook.machine.is_none() && diagnostics.is_empty());
}

#[test]
fn hostile_rules_are_refused_in_bounded_time() {
    let deep = format!("[\"{}\"]", "(".repeat(5000));
    assert!(!one_rule(&deep, "{absent: words}").is_empty());
    let long = format!("[\"{}\"]", "call ".repeat(5000));
    assert_eq!(one_rule(&long, "{absent: words}")[0].0, Code::UnmatchablePhrase);
    let nested = format!("{}{{absent: words}}{}", "{not: ".repeat(40), "}".repeat(40));
    assert!(!one_rule("[call]", &nested).is_empty());
}
