//! The shapes against the decoders: what each knows, the other has to know.

#![allow(clippy::disallowed_methods, reason = "reads this repository")]

use super::{Found, Key, Kind, Names, SCHEMAS, Shape, find, walk};
use crate::diag::{Code, Diagnostics};
use crate::resolve::View;
use crate::source::Sources;
use crate::tree::notes;
use crate::{Options, yaml};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every shape that can be reached from a schema, by its name.
fn shapes() -> BTreeMap<&'static str, &'static Shape> {
    fn of_kind(kind: &'static Kind, all: &mut BTreeMap<&'static str, &'static Shape>) {
        match kind {
            Kind::Map(shape) => of_shape(shape, all),
            Kind::Entries(inner) | Kind::ByName(_, inner) | Kind::List(inner) | Kind::Many(inner) => {
                of_kind(inner, all);
            }
            Kind::Either(kinds) => {
                for kind in *kinds {
                    of_kind(kind, all);
                }
            }
            _ => {}
        }
    }
    fn of_shape(shape: &'static Shape, all: &mut BTreeMap<&'static str, &'static Shape>) {
        match all.insert(shape.what, shape) {
            Some(known) => assert!(std::ptr::eq(known, shape), "two shapes are called {}", shape.what),
            None => {
                for key in shape.keys {
                    of_kind(&key.kind, all);
                }
            }
        }
    }
    let mut all = BTreeMap::new();
    for schema in SCHEMAS {
        of_shape(schema.shape, &mut all);
    }
    all
}

/// Files that make every decoder run at least once; where the shipped playbook does it already, nothing is here.
const EVERY_DECODER: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"x\"\n[output]\nfeed = true\n[search]\nenabled = true\n[check]\nimage_kb = 1\n[serve]\neditor = \"\"\n",
    ),
    ("content/index.md", "---\ntitle: x\n---\n"),
    (
        "content/rules/all.yaml",
        "id: all\ntitle: x\nchannels: [email]\nseverity: must\nweight: 1\nparams: {limit: 3}\n\
         detect:\n  one: {any: [\"a b\"], near: {to: phone, words: 3}, value: {from: 1, to: \"9:00\"}}\n\
         require:\n  all:\n    - count: {of: one, min: 1}\n    - within: {of: one, in: first third}\n\
         \x20   - both-ends: {of: one}\n    - spoken-seconds: {max: limit}\n    - words: {max: 9}\n    - sentences: {max: 9}\n\
         \x20   - reading-ease: {min: 10}\n    - ratio: {of: one, to: words, max: 9}\n\
         message: x\nsuggest: x\nwhy: x\nsource: {trainer: x}\nplace: {after: one}\npass: [{text: x}]\nfail: [x]\n",
    ),
    (
        "content/methods/m.yaml",
        "id: m\ntitle: x\narticle: {title: x}\nrules: {all: {weight: 3}}\ndisagrees: [{with: m}]\ncadence: {gap: any}\n",
    ),
    (
        "content/blocks.md",
        "```cadence\nid: c\nchecks: {gap: any}\nsteps: [{day: 0, channel: email}]\nscripts: {s: {text: x}}\n\
         figures: [{says: x, source: x, year: undated}]\n```\n\n```lab\nmethod: m\n```\n",
    ),
    (
        "content/quiz.md",
        "```quiz\nid: q\ntitle: x\nquestions:\n  - choice: x\n    options: [{text: a}]\n  - order: x\n    items: [{text: a}]\n\
         \x20 - true-false: x\n  - match: x\n    pairs: [{left: a, right: b}]\n  - number: x\n  - text: x\n    answers: [a]\n\
         \x20   wrong: [{text: b}]\n  - spot: {example: e, side: before}\n  - spot: {text: x, channel: email}\n\
         \x20 - rewrite: {from: e, side: before}\n  - rewrite: {text: x, channel: email}\n  - from-rules: {method: m}\n\
         \x20 - dialogue: x\n    turns: {t: {says: x, answers: [{say: x}]}}\n```\n",
    ),
    ("content/templates/t.yaml", "id: t\ntitle: x\nmethod: m\ntext: x\n"),
    ("content/lexicon/l.yaml", "words: {w: [a]}\n"),
];

/// What the decoders ask for when they read all of the above and the shipped playbook.
fn asked() -> notes::Asked {
    let options = Options {
        view: View { drafts: true, future: true, today: jiff::civil::date(2026, 1, 1) },
        base_url: None,
        published: true,
    };
    let sources = Sources::in_memory(EVERY_DECODER);
    let config = crate::config::parse(&sources, &mut Diagnostics::default());
    let loaded = crate::Loaded { sources, config, diagnostics: Diagnostics::default() };
    crate::make(loaded, &options, Some(&crate::site::Discard), &|_| {}).expect("made");
    let loaded = crate::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the shipped playbook is there");
    crate::parse::drafts(
        &loaded.sources,
        &loaded.config,
        &crate::cache::Cache::default(),
        &mut Diagnostics::default(),
    );
    notes::asked()
}

#[test]
fn the_decoders_and_the_shapes_know_the_same_keys() {
    let (shapes, asked) = (shapes(), asked());
    let mut broken = Vec::new();
    for (what, keys) in &asked {
        let Some(shape) = shapes.get(what) else {
            broken.push(format!("{what} is decoded, but src/schema/ has no shape of that name"));
            continue;
        };
        let known: BTreeSet<&str> = shape.keys.iter().map(|key| key.name).collect();
        for key in keys.difference(&known) {
            broken.push(format!("{what}: the decoder knows `{key}`, the shape does not"));
        }
        for key in known.difference(keys) {
            broken.push(format!("{what}: the shape knows `{key}`, the decoder does not"));
        }
    }
    // A constraint is decoded by hand, from the list that its decoder shows in messages.
    for what in shapes.keys().filter(|what| !asked.contains_key(*what) && **what != "a constraint") {
        broken.push(format!("{what} has a shape, but no decoder asked for it: add it to EVERY_DECODER"));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn constraints_are_those_that_the_decoder_knows() {
    let shape = &super::rules::CONSTRAINT;
    let known: BTreeSet<&str> = shape.keys.iter().map(|key| key.name).collect();
    assert_eq!(known, crate::rules::constraint::NAMES.into_iter().collect());
    assert_eq!(known, shape.one_of.iter().copied().collect());
    for name in known {
        let rule = format!("id: x\nrequire: {{{name}: nonsense}}\n");
        let sources = Sources::in_memory(&[("content/rules/x.yaml", &rule)]);
        let mut diagnostics = Diagnostics::default();
        crate::rules::compile(&sources, &mut diagnostics);
        let unknown = diagnostics.iter().find(|one| one.code == Code::UnknownKey);
        assert!(unknown.is_none(), "{name}: {unknown:?}");
    }
}

#[test]
fn required_keys_are_those_that_the_decoders_miss() {
    for schema in SCHEMAS {
        let (path, text) = match schema.place {
            super::Place::Settings => ("book.toml".to_owned(), "[book]\n".to_owned()),
            super::Place::Head => continue,
            super::Place::Folder(folder) => {
                (format!("{folder}x.yaml"), "nothing-of-the-kind: 1\n".to_owned())
            }
            super::Place::Block => {
                ("content/index.md".to_owned(), format!("```{}\nnothing-of-the-kind: 1\n```\n", schema.name))
            }
        };
        let method = ("content/methods/m.yaml", "id: m\ntitle: x\nrules: []\n");
        let others = (schema.name != "method").then_some(method);
        let files: Vec<_> = others.into_iter().chain([(path.as_str(), text.as_str())]).collect();
        let sources = Sources::in_memory(&files);
        let mut diagnostics = Diagnostics::default();
        let config = crate::config::parse(&sources, &mut diagnostics);
        crate::rules::compile(&sources, &mut diagnostics);
        crate::parse::drafts(&sources, &config, &crate::cache::Cache::default(), &mut diagnostics);
        let missing: BTreeSet<String> = diagnostics
            .iter()
            .filter(|one| {
                let here = one.code == Code::MissingKey && one.message.starts_with(schema.shape.what);
                here || one.code == Code::MissingSamples
            })
            .filter_map(|one| one.message.split('`').nth_back(1).map(str::to_owned))
            .collect();
        let wanted = |key: &&Key| key.required && schema.name != "book";
        let required: BTreeSet<String> =
            schema.shape.keys.iter().filter(wanted).map(|key| key.name.to_owned()).collect();
        assert_eq!(missing, required, "{}", schema.name);
    }
}

#[test]
fn a_walk_finds_names_keys_and_values() {
    let text =
        "id: m\nrules: {no-brag: {weight: 3}, single-ask: }\ndisagrees: [{with: other, over: no-pitch}]\n";
    let sources = Sources::in_memory(&[("content/methods/m.yaml", text)]);
    let file = sources.find("content/methods/m.yaml").expect("there");
    let node = yaml::parse_file(&sources, file, &mut Diagnostics::default()).expect("YAML");
    let mut seen = Vec::new();
    walk(&node, find("method").expect("a schema").shape, &mut |found| match found {
        Found::NameKey(Names::Rule, id, span) => seen.push(format!("{id}@{}", sources.slice(span))),
        Found::Value(Kind::Name(names) | Kind::Id(names), node) => {
            seen.push(format!("{names:?} {}", node.as_str().unwrap_or("")));
        }
        _ => {}
    });
    assert_eq!(
        seen,
        ["Method m", "no-brag@no-brag", "single-ask@single-ask", "Method other", "Rule no-pitch"]
    );
}
