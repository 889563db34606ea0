//! Shapes as JSON Schema (draft 07, which the YAML and TOML plug-ins of editors read).

use super::{Kind, Names, Schema, Shape};
use crate::diag::Code;
use serde_json::{Map, Value, json};

/// The schema as JSON, pretty-printed, with a line end.
pub fn json(schema: &Schema) -> String {
    let mut definitions = Map::new();
    let mut root = shape(schema.shape, &mut definitions);
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["title"] = json!(format!("Ringback: {}", schema.shape.what.trim_matches('`')));
    if !definitions.is_empty() {
        root["definitions"] = Value::Object(definitions);
    }
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn shape(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in shape.keys {
        let mut value = kind(&key.kind, definitions);
        // Beside a `$ref`, draft 07 ignores everything.
        if value.get("$ref").is_some() {
            value = json!({ "allOf": [value] });
        }
        value["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut object = json!({
        "type": "object",
        "description": shape.about,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if !shape.one_of.is_empty() {
        object["oneOf"] = shape.one_of.iter().map(|name| json!({ "required": [name] })).collect();
    }
    object
}

/// A map stands in `definitions` once, under its name, so that it may hold itself.
fn definition(inner: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let name: String = inner.what.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-').to_owned();
    if !definitions.contains_key(&name) {
        definitions.insert(name.clone(), Value::Null);
        let value = shape(inner, definitions);
        definitions.insert(name.clone(), value);
    }
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn kind(of: &'static Kind, definitions: &mut Map<String, Value>) -> Value {
    match of {
        // Ringback keeps numbers as they are typed, so a title may be 1984.
        Kind::Text | Kind::Script(_) | Kind::Phrase | Kind::Message => {
            json!({ "type": ["string", "number", "boolean"] })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Integer(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Kind::Number => json!({ "type": ["integer", "string"] }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Kind::Url => json!({ "type": "string", "format": "uri" }),
        Kind::Id(_) => json!({ "type": "string", "pattern": "^[a-z][a-z0-9-]*$" }),
        Kind::Name(Names::Code) => codes(),
        Kind::Region | Kind::Link | Kind::Name(_) => json!({ "type": "string" }),
        Kind::Map(inner) => definition(inner, definitions),
        Kind::Entries(value) => json!({ "type": "object", "additionalProperties": kind(value, definitions) }),
        Kind::ByName(Names::Code, value) => {
            json!({ "type": "object", "propertyNames": codes(), "additionalProperties": kind(value, definitions) })
        }
        Kind::ByName(_, value) => {
            json!({ "type": "object", "additionalProperties": kind(value, definitions) })
        }
        Kind::List(item) => json!({ "type": "array", "items": kind(item, definitions) }),
        Kind::Many(item) => {
            let one = kind(item, definitions);
            json!({ "anyOf": [{ "type": "array", "items": one.clone() }, one] })
        }
        Kind::Either(kinds) => {
            let list: Vec<Value> = kinds.iter().map(|one| kind(one, definitions)).collect();
            json!({ "anyOf": list })
        }
        Kind::Nothing => json!({ "type": "null" }),
    }
}

fn codes() -> Value {
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    json!({ "enum": names })
}
