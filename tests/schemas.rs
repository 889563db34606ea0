//! `ringback schema`: each is a schema, the shipped playbook fits it, and what is wrong does not.

#![allow(clippy::disallowed_methods, reason = "reads this repository")]

mod support;

use jsonschema::Validator;
use ringback::diag::Diagnostics;
use ringback::parse::outline::outline;
use ringback::schema::{Place, SCHEMAS};
use ringback::source::Sources;
use ringback::tree::{Node, Value};
use ringback::yaml::{self, YamlText};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;
use support::run;

/// What `ringback schema NAME` prints, as a validator.
fn validator(name: &str) -> Validator {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = run::ringback(root);
    command.args(["schema", name]);
    let output = run::finish(command, "").expect("the command ends");
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    let schema: Json = serde_json::from_str(&output.stdout).expect("a schema is JSON");
    assert!(jsonschema::draft7::meta::is_valid(&schema), "{name} is no schema of draft 07");
    jsonschema::draft7::new(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// YAML as an editor sees it: what is written without quotes may be a number, a boolean or nothing.
fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::List(items) => items.iter().map(as_json).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), as_json(&entry.value))).collect())
        }
        Value::Scalar(_) if node.is_null() => Json::Null,
        Value::Scalar(text) => match (node.as_int(), node.as_bool()) {
            (Some(number), _) => json!(number),
            (_, Some(flag)) => json!(flag),
            _ => json!(text.value),
        },
    }
}

fn read(yaml: &YamlText<'_>) -> Json {
    as_json(&yaml::parse(yaml, &mut Diagnostics::default()).expect("the shipped YAML can be read"))
}

/// Everything in the shipped playbook that has a schema: the schema's name, the place, the value.
fn shipped() -> Vec<(&'static str, String, Json)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: Sources = ringback::load(root).expect("the shipped playbook is there").sources;
    let mut found = Vec::new();
    for (id, file) in sources.iter() {
        let whole = YamlText::contiguous(&file.text, id, 0);
        match ringback::schema::file(&file.path) {
            Some(schema) if schema.place == Place::Settings => {
                let table: toml::Table = toml::from_str(&file.text).expect("book.toml is TOML");
                found.push((schema.name, file.path.clone(), serde_json::to_value(table).expect("JSON")));
            }
            Some(schema) => found.push((schema.name, file.path.clone(), read(&whole))),
            None if Path::new(&file.path).extension().is_some_and(|end| end == "md") => {
                let page = outline(&file.text, id);
                if let Some(head) = page.head {
                    let yaml = YamlText::contiguous(&file.text[head.clone()], id, head.start);
                    found.push(("page", file.path.clone(), read(&yaml)));
                }
                for block in &page.blocks {
                    if let Some(schema) = ringback::schema::block(&block.kind) {
                        let line = sources.position(id, block.whole.start).line;
                        found.push((schema.name, format!("{}:{line}", file.path), read(&block.yaml())));
                    }
                }
            }
            None => {}
        }
    }
    // Kinds of blocks that no shipped lesson uses.
    found.push(("lab", "a lab".to_owned(), json!({"method": "sell-the-call", "start": "Hello [name]"})));
    found
}

#[test]
fn the_shipped_playbook_fits_its_schemas() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let validators: BTreeMap<&str, Validator> =
        SCHEMAS.iter().map(|schema| (schema.name, validator(schema.name))).collect();
    let mut broken = Vec::new();
    for (name, place, value) in shipped() {
        *counts.entry(name).or_default() += 1;
        for error in validators[name].iter_errors(&value) {
            broken.push(format!("{place}: {name}{}: {error}", error.instance_path()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    for schema in SCHEMAS {
        assert!(counts.contains_key(schema.name), "the shipped playbook has no {}", schema.name);
    }
    assert!(counts["rule"] > 30 && counts["example"] > 20 && counts["page"] > 20, "{counts:?}");
}

#[test]
fn what_is_wrong_does_not_fit() {
    let validators: BTreeMap<&str, Validator> =
        SCHEMAS.iter().map(|schema| (schema.name, validator(schema.name))).collect();
    let mut firsts: BTreeMap<&str, Json> = BTreeMap::new();
    for (name, _, value) in shipped() {
        firsts.entry(name).or_insert(value);
    }
    for schema in SCHEMAS {
        let fine = &firsts[schema.name];
        let mut misspelled = fine.clone();
        misspelled["titel"] = json!("x");
        assert!(!validators[schema.name].is_valid(&misspelled), "{}: an unknown key", schema.name);
        for key in schema.shape.keys.iter().filter(|key| key.required) {
            let mut lacking = fine.clone();
            lacking.as_object_mut().expect("a map").remove(key.name);
            assert!(!validators[schema.name].is_valid(&lacking), "{}: without `{}`", schema.name, key.name);
        }
    }
    let mut rule = firsts["rule"].clone();
    rule["require"] = json!({"present": "phone", "absent": "url"});
    assert!(!validators["rule"].is_valid(&rule), "a constraint has one key");
    rule["require"] = json!({"all": [{"count": {"of": "phone", "mim": 1}}]});
    assert!(!validators["rule"].is_valid(&rule), "a misspelled key deep inside");
    let mut example = firsts["example"].clone();
    example["before"]["channel"] = json!("fax");
    assert!(!validators["example"].is_valid(&example), "no such channel");
}
