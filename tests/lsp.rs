//! `ringback lsp`, asked by a client over its standard input and output.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

#[path = "lsp/client.rs"]
mod client;
mod support;

use client::{Client, words};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use support::book::Book;
use support::run;

const RULE: &str = r#"id: no-brag
title: Do not say how great you are
channels: [voicemail, email]
severity: must
weight: 15
detect:
  brag:
    any: ["number one", "the (best|biggest) {word}", "in business {numerals}"]
  numerals: ["since {number}"]
require: {absent: brag}
message: "“{match}” is about you."
suggest: Swap it for one thing you noticed.
why: Everybody claims to be the best, so the claim carries nothing.
source: {trainer: Priya}
pass: ["Congratulations.", "Thank you."]
fail: ["We are «the biggest dealer» in town.", "We are «number one»."]
"#;
const OTHER: &str = r#"id: single-ask
title: Ask for one thing
channels: [voicemail, email]
severity: should
weight: 5
detect: {ask: ["call me", "write to me"]}
require: {count: {of: ask, max: 1}}
message: One ask is enough.
suggest: Drop the second.
why: Two asks are a decision.
source: {trainer: Priya}
opposes: []
pass: ["Please call me.", "Write to me."]
fail: ["Call me or «write to me».", "Write to me and «call me»."]
"#;
const METHOD: &str =
    "id: brief\ntitle: Be brief\nrules:\n  no-brag: {weight: 9}\n  \"single-ask\": {severity: must}\n";
const LESSON: &str = "---\ntitle: Brief 😀\nmethods: [brief]\nrules: [no-brag, single-ask]\n---\n\n# Brief\n\nSee [😀 the rule](rule:no-brag), \
[next](other.md#the-end) and [again][r].\n\n```example\nid: dealer\ntitle: The dealer\nmethod: brief\nbefore:\n  channel: email\n  text: |\n    \
Hi 😀 Dana, [we are the biggest dealer]{no-brag: ouch} here.\n  breaks: [no-brag]\nafter:\n  channel: email\n  text: Hi Dana. Call me.\n  \
keeps: [no-brag, 'single-ask']\n```\n\n[r]: rule:no-brag\n";

const QUIZ: &str = "---\ntitle: Your turn\n---\n\n```quiz\nid: turn\ntitle: Your turn\nquestions:\n  - choice: What says nothing?\n    \
rules: [no-brag]\n    options:\n      - {text: A brag., right: true, why: Everybody claims it.}\n      - {text: A number., why: It can be dialled.}\n  \
- spot: {example: dealer, side: before, rules: [no-brag]}\n  - rewrite: {from: dealer, side: before, keeps: [no-brag, single-ask]}\n  \
- from-rules: {rules: [no-brag], count: 1, seed: 3}\n```\n";

fn book() -> Book {
    let book = Book::new();
    book.file("content/turn.md", QUIZ.as_bytes());
    book.file("book.toml", b"[book]\ntitle = \"Calls\"\nmethod = \"brief\"\n");
    book.file("content/index.md", b"# Calls\n\nSee [the dealer](example:dealer).\n");
    book.file("content/lesson.md", LESSON.as_bytes());
    book.file("content/other.md", b"# Other\n\n## The end\n\nBack to [it](lesson.md#example-dealer).\n");
    book.file("content/rules/no-brag.yaml", RULE.as_bytes());
    book.file("content/rules/single-ask.yaml", OTHER.as_bytes());
    book.file("content/methods/brief.yaml", METHOD.as_bytes());
    book.file("content/lexicon/own.yaml", b"words:\n  sellers: [dealer, shop]\n");
    book
}

#[test]
fn mistakes_are_told_while_typing_at_their_utf16_place_and_go_when_mended() {
    let book = book();
    let mut client = Client::new(book.root());
    let broken = LESSON
        .replace("[no-brag, single-ask]", "[no-bragg, single-ask]")
        .replace("{no-brag: ouch}", "{no-brg: ouch}");
    client.open("content/lesson.md", &broken);
    client.wait_for(
        "content/lesson.md",
        &broken,
        &[("unknown-rule", "no-bragg"), ("unknown-rule", "no-brg")],
    );
    client.change("content/lesson.md", 2, LESSON);
    client.wait_for("content/lesson.md", LESSON, &[]);
    // A mistake in one file shows in another: the rule that the lesson names is gone.
    let renamed = RULE.replace("id: no-brag", "id: boast");
    client.open("content/rules/no-brag.yaml", &renamed);
    let gone = ("unknown-rule", "no-brag");
    let link = ("unknown-rule", "rule:no-brag");
    // The definition of `[again][r]` stands at the end, and the link to it on the line of the first.
    client.wait_for(
        "content/lesson.md",
        LESSON,
        &[gone, link, ("unknown-rule", "[again][r]"), gone, gone, gone],
    );
    // Closed without saving, the text on disk counts again.
    let uri = client.uri("content/rules/no-brag.yaml");
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.wait_for("content/lesson.md", LESSON, &[]);
    // A file that no disk has yet.
    client.open("content/new one.md", "# New\n\n[lost](lots.md)\n");
    client.wait_for("content/new one.md", "# New\n\n[lost](lots.md)\n", &[("broken-link", "lots.md")]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_can_stand_at_the_cursor_is_offered() {
    let book = book();
    let mut client = Client::new(book.root());
    client.open("content/scratch.md", LESSON);
    let lesson = |head: &str, body: &str| format!("---\n{head}\n---\n\n{body}\n");
    let cases = [
        (lesson("title: x\nme", "x"), "me", vec!["methods", "minutes", "rules", "draft"]),
        (lesson("rules: [no", "x"), "rules: [no", vec!["no-brag", "single-ask"]),
        (lesson("rules:\n  - ", "x"), "  - ", vec!["no-brag", "single-ask"]),
        (lesson("methods: ", "x"), "methods: ", vec!["brief"]),
        (lesson("kind: ", "x"), "kind: ", vec!["lesson", "glossary"]),
        (lesson("draft: ", "x"), "draft: ", vec!["true", "false"]),
        (lesson("title: x", "```ex"), "```ex", vec!["example", "cadence", "lab"]),
        (lesson("title: x", "```example\nid: x\nbe\n```"), "\nbe", vec!["before", "after", "method"]),
        (
            lesson("title: x", "```example\nbefore:\n  channel: \n```"),
            "channel: ",
            vec!["voicemail", "email"],
        ),
        (
            lesson("title: x", "- a\n\n  ```example\n  before:\n    keeps: \n  ```"),
            "keeps: ",
            vec!["all", "no-brag"],
        ),
        (
            lesson("title: x", "```example\nbefore:\n  text: |\n    Hi: [we are]{no\n```"),
            "[we are]{no",
            vec!["no-brag", "single-ask"],
        ),
        (lesson("title: x", "```qu"), "```qu", vec!["quiz"]),
        (
            lesson("title: x", "```quiz\nquestions:\n  - ch\n```"),
            "- ch",
            vec!["choice", "spot", "from-rules"],
        ),
        (lesson("title: x", "```quiz\nquestions:\n  - spot: {example: d\n```"), "example: d", vec!["dealer"]),
        (
            lesson("title: x", "```quiz\nquestions:\n  - rewrite:\n      keeps: [no\n```"),
            "keeps: [no",
            vec!["no-brag", "single-ask"],
        ),
        (
            lesson("title: x", "```quiz\nquestions:\n  - from-rules: {method: \n```"),
            "method: ",
            vec!["brief"],
        ),
        (lesson("title: x", "```lab\nexample: d\n```"), "example: d", vec!["dealer"]),
        (lesson("title: x", "See [it]("), "[it](", vec!["other.md", "index.md", "rule:", "example:"]),
        (lesson("title: x", "See [it](rule:n"), "rule:n", vec!["no-brag", "single-ask"]),
        (lesson("title: x", "See [it](example:"), "example:", vec!["dealer"]),
        (lesson("title: x", "See [it](other.md#"), "other.md#", vec!["the-end"]),
        (lesson("title: x", "[a]: rule:"), "[a]: rule:", vec!["no-brag"]),
    ];
    for (version, (text, before, wanted)) in (2..).zip(&cases) {
        let offers = client.offers("content/scratch.md", version, text, before);
        let missing: Vec<_> = wanted.iter().filter(|one| !offers.iter().any(|label| label == *one)).collect();
        assert!(missing.is_empty(), "{text:?}: {missing:?} of {offers:?}");
    }
    // Nothing in prose, and not everything everywhere.
    assert_eq!(client.offers("content/scratch.md", 90, "# Brief\n\nWe no", "We no"), Vec::<String>::new());
    let rules = client.offers("content/scratch.md", 91, "---\nrules: [\n---\n", "rules: [");
    assert_eq!(rules, ["no-brag", "single-ask"]);
    let yaml = RULE.replace("{word}", "{w");
    client.open("content/rules/no-brag.yaml", RULE);
    let slots = client.offers("content/rules/no-brag.yaml", 2, &yaml, "biggest) {w");
    for slot in ["word", "phone", "sellers", "brag", "numerals"] {
        assert!(slots.iter().any(|one| one == slot), "{slot}: {slots:?}");
    }
    let message = client.offers("content/rules/no-brag.yaml", 3, &RULE.replace("{match}", "{m"), "“{m");
    assert!(message.contains(&"matches".to_owned()), "{message:?}");
    client.open("book.toml", "");
    let toml = "[book]\ntitle = \"x\"\n[check.severity]\nmissing-alt = \"e";
    let levels = client.offers("book.toml", 2, toml, "= \"e");
    assert_eq!(levels, ["error", "warning", "off"]);
    let codes = client.offers("book.toml", 3, "[check.severity]\nmis", "mis");
    assert!(codes.contains(&"missing-alt".to_owned()), "{codes:?}");
    let methods = client.offers("book.toml", 4, "[book]\nmethod = ", "method = ");
    assert_eq!(methods, ["brief"]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn an_offer_replaces_what_was_typed() {
    let book = book();
    let mut client = Client::new(book.root());
    let text = "---\ntitle: 😀\nrules: [sing\n---\n";
    client.open("content/lesson.md", text);
    let items =
        client.ask_at("textDocument/completion", "content/lesson.md", text, "[sing").expect("an answer");
    let item = items.as_array().and_then(|items| items.iter().find(|one| one["label"] == "single-ask"));
    let edit = &item.expect("it is offered")["textEdit"];
    assert_eq!((words(text, &edit["range"]).as_str(), &edit["newText"]), ("sing", &json!("single-ask")));
}

#[test]
fn a_rules_reason_shows_and_definitions_are_found() {
    let book = book();
    let mut client = Client::new(book.root());
    client.open("content/lesson.md", LESSON);
    for before in ["rules: [no-b", "rule:no", "{no-b", "keeps: [no"] {
        let hover =
            client.ask_at("textDocument/hover", "content/lesson.md", LESSON, before).expect("an answer");
        let text = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{before}: {hover}"));
        assert!(text.contains("Everybody claims to be the best"), "{text}");
        assert_eq!(words(LESSON, &hover["range"]), "no-brag");
        let spots =
            client.ask_at("textDocument/definition", "content/lesson.md", LESSON, before).expect("an answer");
        assert_eq!(spots[0]["uri"], client.uri("content/rules/no-brag.yaml"), "{before}");
        assert_eq!(words(RULE, &spots[0]["range"]), "no-brag");
    }
    let key = client.ask_at("textDocument/hover", "content/lesson.md", LESSON, "meth").expect("an answer");
    assert!(
        key["contents"]["value"].as_str().is_some_and(|text| text.contains("Methods that the page")),
        "{key}"
    );
    let nothing =
        client.ask_at("textDocument/hover", "content/lesson.md", LESSON, "# Bri").expect("an answer");
    assert!(nothing.is_null(), "{nothing}");

    let other = fs::read_to_string(book.path("content/other.md")).expect("there");
    let link = client
        .ask_at("textDocument/definition", "content/lesson.md", LESSON, "(other.md")
        .expect("an answer");
    assert_eq!(link[0]["uri"], client.uri("content/other.md"));
    assert_eq!(words(&other, &link[0]["range"]), "## The end");
    let index = fs::read_to_string(book.path("content/index.md")).expect("there");
    let example = client
        .ask_at("textDocument/definition", "content/index.md", &index, "example:de")
        .expect("an answer");
    assert_eq!(words(LESSON, &example[0]["range"]), "dealer");
    let slot = client
        .ask_at("textDocument/definition", "content/rules/no-brag.yaml", RULE, "business {num")
        .expect("an answer");
    assert_eq!(
        (words(RULE, &slot[0]["range"]).as_str(), slot.as_array().map(Vec::len)),
        ("numerals", Some(1))
    );
    let detector = client
        .ask_at("textDocument/definition", "content/rules/no-brag.yaml", RULE, "absent: br")
        .expect("an answer");
    assert_eq!(words(RULE, &detector[0]["range"]), "brag");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_rule_is_renamed_across_the_book() {
    let book = book();
    let mut client = Client::new(book.root());
    client.open("content/lesson.md", LESSON);
    let range = client
        .ask_at("textDocument/prepareRename", "content/lesson.md", LESSON, "rule:no")
        .expect("an answer");
    assert_eq!(words(LESSON, &range), "no-brag");
    let rename = |client: &mut Client, new: &str| {
        let position = client::place(LESSON, "rule:no");
        let params = json!({ "textDocument": { "uri": client.uri("content/lesson.md") }, "position": position, "newName": new });
        client.ask("textDocument/rename", params)
    };
    for bad in ["", "No Brag", "single-ask", "-x", "é"] {
        assert!(rename(&mut client, bad).is_err(), "{bad}");
    }
    let edit = rename(&mut client, "no-boast").expect("an edit");
    apply(&book, &client, &edit);
    assert!(
        book.path("content/rules/no-boast.yaml").is_file()
            && !book.path("content/rules/no-brag.yaml").exists()
    );
    let left: Vec<_> = walkdir::WalkDir::new(book.root())
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| fs::read_to_string(entry.path()).expect("text").contains("no-brag"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let mut command = run::ringback(book.root());
    command.arg("check");
    let checked = run::finish(command, "").expect("the check ends");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);

    assert_eq!(client.end(), Some(0));
}

#[test]
fn nothing_is_renamed_while_a_file_cannot_be_read() {
    let book = book();
    let mut client = Client::new(book.root());
    client.open("content/other.md", "---\nrules: [single-ask\n---\n");
    client.open("content/lesson.md", LESSON);
    let position = client::place(LESSON, "rule:no");
    let document = json!({ "uri": client.uri("content/lesson.md") });
    let params = json!({ "textDocument": document, "position": position, "newName": "boasting" });
    let error = client.ask("textDocument/rename", params).expect_err("a name in it would stay");
    assert!(error["message"].as_str().is_some_and(|text| text.contains("content/other.md")), "{error}");
    assert_eq!(client.end(), Some(0));
}

/// Carries out an edit as an editor would, on disk.
fn apply(book: &Book, client: &Client, edit: &Value) {
    let prefix = client.uri("");
    let path = |uri: &Value| {
        book.path(uri.as_str().expect("an address").strip_prefix(&prefix).expect("in the book"))
    };
    for change in edit["documentChanges"].as_array().expect("changes") {
        if change["kind"] == "rename" {
            fs::rename(path(&change["oldUri"]), path(&change["newUri"])).expect("renamed");
            continue;
        }
        let file = path(&change["textDocument"]["uri"]);
        let mut text = fs::read_to_string(&file).expect("there");
        let mut edits: BTreeMap<(u64, u64), &Value> = BTreeMap::new();
        for edit in change["edits"].as_array().expect("edits") {
            let start = &edit["range"]["start"];
            edits.insert(
                (start["line"].as_u64().expect("a line"), start["character"].as_u64().expect("a column")),
                edit,
            );
        }
        for ((line, character), edit) in edits.into_iter().rev() {
            let old = words(&text, &edit["range"]);
            let mut units: Vec<u16> = text.encode_utf16().collect();
            let before: usize = text
                .split('\n')
                .take(usize::try_from(line).expect("small"))
                .map(|line| line.encode_utf16().count() + 1)
                .sum();
            let at = before + usize::try_from(character).expect("small");
            units.splice(
                at..at + old.encode_utf16().count(),
                edit["newText"].as_str().expect("text").encode_utf16(),
            );
            text = String::from_utf16(&units).expect("text");
        }
        fs::write(&file, text).expect("written");
    }
}

#[test]
fn a_slip_has_a_quick_fix() {
    let book = book();
    let mut client = Client::new(book.root());
    let broken = LESSON.replace("(rule:no-brag)", "(rule:no-bragg)").replace("'single-ask'", "'singel-ask'");
    client.open("content/lesson.md", &broken);
    for (wrong, right) in [("no-bragg", "no-brag"), ("singel-ask", "single-ask")] {
        let at = client::place(&broken, wrong);
        let uri = client.uri("content/lesson.md");
        let params = json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
        let actions = client.ask("textDocument/codeAction", params).expect("an answer");
        let edit = &actions[0]["edit"]["changes"][&uri][0];
        assert_eq!(
            (words(&broken, &edit["range"]).as_str(), edit["newText"].as_str()),
            (wrong, Some(right)),
            "{actions}"
        );
    }
}

#[test]
fn nothing_that_a_client_says_ends_the_server() {
    let book = book();
    let mut client = Client::silent(book.root());
    assert_eq!(client.ask("textDocument/hover", json!({})).expect_err("too early")["code"], -32002);
    client.raw(b"nonsense\r\n\r\nContent-Length: 4\r\n\r\n{x}!Content-Length: 2\r\n\r\n[]Content-Length: 4\r\n\r\nnull");
    client.raw(b"Content-Length: 0\r\n\r\n");
    client.raw(&[&b"Content-Length: 6\r\n\r\n"[..], &[0xff, 0xfe, 0, 1, 2, 3]].concat());
    client.ask("initialize", json!({ "capabilities": {} })).expect("it still answers");
    let uri = client.uri("content/lesson.md");
    for (method, params) in [
        ("textDocument/didOpen", json!({ "textDocument": 7 })),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "untitled:x", "languageId": "", "version": 1, "text": "x" } }),
        ),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [] }),
        ),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "file:///nowhere/x.md" } })),
        ("$/cancelRequest", json!({ "id": 3 })),
        ("no/such", Value::Null),
    ] {
        client.tell(method, params);
    }
    assert_eq!(client.ask("no/such", Value::Null).expect_err("unknown")["code"], -32601);
    assert_eq!(client.ask("textDocument/rename", json!([1])).expect_err("bad")["code"], -32602);
    for method in [
        "textDocument/completion",
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/prepareRename",
    ] {
        for uri in ["file:///nowhere/x.md", "untitled:x", uri.as_str()] {
            let place = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
            client
                .ask(method, json!({ "textDocument": { "uri": uri }, "position": place }))
                .expect("an answer");
        }
    }
    client.ask("shutdown", Value::Null).expect("shuts down");
    assert_eq!(client.ask("textDocument/hover", json!({})).expect_err("too late")["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.wait(), Some(0));
    // Without a shutdown, and without a word.
    let mut client = Client::new(book.root());
    client.tell("exit", Value::Null);
    assert_eq!(client.wait(), Some(1));
    assert_eq!(Client::silent(book.root()).wait(), Some(0));
}

#[test]
fn half_written_texts_are_answered_at_every_place() {
    let book = book();
    let mut client = Client::new(book.root());
    let mut seed = 11_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("small") % below
    };
    let files = [
        ("content/lesson.md", LESSON),
        ("content/rules/no-brag.yaml", RULE),
        ("content/methods/brief.yaml", METHOD),
        ("book.toml", "[book]\ntitle = \"x\"\n[check.severity]\nbroken-link = \"off\"\n"),
    ];
    for (path, text) in files {
        client.open(path, text);
    }
    let methods = ["completion", "hover", "definition", "prepareRename"];
    for round in 0..100 {
        let (path, text) = files[random(files.len())];
        let chars: Vec<char> = text.chars().collect();
        let (cut, skip) = (random(chars.len()), random(12));
        let odd = ["", "{", "[", "\"", "`", "- ", "😀", "\u{0}", "\r", ": ", "]("][random(11)];
        let broken: String = chars[..cut].iter().collect::<String>()
            + odd
            + &chars[(cut + skip).min(chars.len())..].iter().collect::<String>();
        client.change(path, round + 2, &broken);
        let before: String = broken.chars().take(cut).collect();
        let method = format!("textDocument/{}", methods[random(4)]);
        client.ask_at(&method, path, &broken, &before).unwrap_or_else(|error| panic!("{error}: {broken:?}"));
    }
    for (path, text) in files {
        client.change(path, 9000, text);
    }
    client.wait_for("content/lesson.md", LESSON, &[]);
    assert_eq!(client.end(), Some(0));
}
