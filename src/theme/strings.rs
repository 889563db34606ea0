//! The words of the interface: one YAML file a language, `i18n/en.yaml` beneath whatever it leaves out.

use super::files::ThemeFiles;
use crate::diag::{Code, Diagnostics};
use crate::labels::Labels;
use crate::source::{FileId, Span};
use crate::tree::{Node, Value as Tree};
use crate::yaml::{self, YamlText};
use std::collections::BTreeMap;
use tera::Value;
use tera::value::Map;

/// A text, or one form for one thing and another for any other number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phrase {
    Text(String),
    Counted { one: String, other: String },
}

/// All words of the interface by name.
#[derive(Debug, Default)]
pub struct Strings {
    by_name: BTreeMap<String, Phrase>,
}

impl Strings {
    /// English first, then the language, then the language with its region: later words win.
    pub(super) fn read(files: &ThemeFiles, language: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut strings = Self::default();
        let base = language.split('-').next().unwrap_or(language);
        let mut names = vec!["en", base, language];
        names.dedup();
        for name in names {
            strings.lay_over(files, &format!("i18n/{name}.yaml"), diagnostics);
        }
        strings
    }

    fn lay_over(&mut self, files: &ThemeFiles, path: &str, diagnostics: &mut Diagnostics) {
        let Some(file) = files.get(path) else { return };
        // The built-in words first: an overriding file need not repeat them.
        let own = file.id.and_then(|id| Some((id, file.text()?)));
        let built_in = file.built_in_text().map(|text| (FileId(u32::MAX), text));
        for (id, text) in built_in.into_iter().chain(own) {
            let Some(root) = yaml::parse(&YamlText::contiguous(&text, id, 0), diagnostics) else { continue };
            let Tree::Map(entries) = root.value else { continue };
            for entry in entries {
                match phrase(&entry.value) {
                    Some(phrase) => _ = self.by_name.insert(entry.key, phrase),
                    None => report_shape(&entry.key, entry.key_span, diagnostics),
                }
            }
        }
    }

    /// The text of a name; of a counted one the form for many.
    pub fn text(&self, name: &str) -> &str {
        match self.by_name.get(name) {
            Some(Phrase::Text(text) | Phrase::Counted { other: text, .. }) => text,
            None => "",
        }
    }

    /// All words whose name begins so, for scripts.
    pub(crate) fn forms_of(&self, prefix: &str) -> serde_json::Value {
        let chosen = self.names().filter(|name| name.starts_with(prefix));
        serde_json::Value::Object(chosen.map(|name| (name.to_owned(), self.forms(name))).collect())
    }

    /// The names of all words, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// A text with names filled in.
    pub fn fill(&self, name: &str, values: &[(&str, String)]) -> String {
        fill(self.text(name), values)
    }

    /// A counted text for a number.
    pub fn count(&self, name: &str, n: usize) -> String {
        let form = match self.by_name.get(name) {
            Some(Phrase::Counted { one, .. }) if n == 1 => one,
            _ => self.text(name),
        };
        fill(form, &[("n", n.to_string())])
    }

    /// A text, or both forms of a counted one, for scripts.
    pub(crate) fn forms(&self, name: &str) -> serde_json::Value {
        match self.by_name.get(name) {
            Some(Phrase::Text(text)) => text.as_str().into(),
            Some(Phrase::Counted { one, other }) => serde_json::json!({ "one": one, "other": other }),
            None => "".into(),
        }
    }

    /// As markdown sees them: one form each.
    pub(super) fn labels(&self) -> Labels {
        Labels::new(self.by_name.keys().map(|name| (name.clone(), self.text(name).to_owned())).collect())
    }

    /// As templates see them, under `t`.
    pub(crate) fn value(&self) -> Value {
        let mut map = Map::new();
        for (name, phrase) in &self.by_name {
            let value = match phrase {
                Phrase::Text(text) => Value::normal_string(text),
                Phrase::Counted { one, other } => {
                    let mut forms = Map::new();
                    forms.insert("one".into(), Value::normal_string(one));
                    forms.insert("other".into(), Value::normal_string(other));
                    forms.into()
                }
            };
            map.insert(name.clone().into(), value);
        }
        map.into()
    }
}

fn phrase(node: &Node) -> Option<Phrase> {
    match &node.value {
        Tree::Scalar(text) => Some(Phrase::Text(text.value.clone())),
        Tree::Map(entries) => {
            let form = |key: &str| {
                let entry = entries.iter().find(|entry| entry.key == key)?;
                match &entry.value.value {
                    Tree::Scalar(text) => Some(text.value.clone()),
                    _ => None,
                }
            };
            Some(Phrase::Counted { one: form("one")?, other: form("other")? })
        }
        Tree::List(_) => None,
    }
}

fn report_shape(key: &str, span: Span, diagnostics: &mut Diagnostics) {
    diagnostics.report(Code::BadValue, span, format!("`{key}` is neither a text nor a pair of forms")).help(
        format!("write `{key}: a text`, or `{key}: {{ one: \"{{n}} thing\", other: \"{{n}} things\" }}`"),
    );
}

/// Puts values where their names stand in braces.
pub(super) fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let close = inside.find('}');
        let value = close.and_then(|close| values.iter().find(|(name, _)| *name == &inside[..close]));
        if let (Some(close), Some((_, value))) = (close, value) {
            out.push_str(value);
            rest = &inside[close + 1..];
        } else {
            out.push('{');
            rest = inside;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn names_in_braces_are_filled_in_once() {
        let values = [("n", "{m}".to_owned()), ("m", "2".to_owned())];
        for (text, filled) in [("{n} of {m}", "{m} of 2"), ("{x} {", "{x} {"), ("}{n", "}{n"), ("", "")] {
            assert_eq!(fill(text, &values), filled, "{text}");
        }
    }
}
