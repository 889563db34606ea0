//! Names modules by the hash of all they can reach, and rewrites their import specifiers to those names.
//!
//! A hash over the sources of the whole reach needs no order of work, so modules may import each other.

use super::{hash, minify, named};
use crate::diag::{Code, Diagnostics};
use crate::source::Span;
use crate::theme::ThemeFiles;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// An import in a module's text.
struct Import {
    /// Bytes of the specifier, without its quotes.
    range: Range<usize>,
    /// Path inside the theme of the module that it names.
    target: String,
    /// Fetched when the line runs, not before the module starts.
    is_dynamic: bool,
}

/// All scripts of a theme by path.
pub(super) struct Modules {
    by_path: BTreeMap<String, (Arc<str>, Vec<Import>)>,
}

impl Modules {
    /// Reads every script, makes it shorter if wanted, and finds its imports. One that does not parse is reported and stays as it is.
    pub(super) fn read(files: &ThemeFiles, minified: bool, diagnostics: &mut Diagnostics) -> Self {
        let scripts: Vec<&str> = files
            .iter()
            .map(|(path, _)| path)
            .filter(|path| path.starts_with("js/") && path.strip_suffix(".js").is_some())
            .collect();
        let read = |path: &&str| {
            let mut found = Diagnostics::default();
            (text(path, files, minified, &mut found), found)
        };
        let texts: Vec<(Option<Arc<str>>, Diagnostics)> = scripts.par_iter().map(read).collect();
        let mut by_path = BTreeMap::new();
        for (path, (text, found)) in scripts.into_iter().zip(texts) {
            diagnostics.extend(found);
            let Some(text) = text else { continue };
            let imports = imports(path, &text).filter(|one| files.get(&one.target).is_some()).collect();
            by_path.insert(path.to_owned(), (text, imports));
        }
        Self { by_path }
    }

    /// Each script's path, published name, and text with rewritten imports.
    pub(super) fn publish(&self) -> Vec<(&str, String, String)> {
        let targets: BTreeMap<&str, Vec<String>> = self
            .by_path
            .iter()
            .map(|(path, (_, imports))| {
                (path.as_str(), imports.iter().map(|one| one.target.clone()).collect())
            })
            .collect();
        let names: BTreeMap<&str, String> =
            self.by_path.keys().map(|path| (path.as_str(), self.name(path, &targets))).collect();
        let publish = |(path, (text, imports)): (&'_ String, &(Arc<str>, Vec<Import>))| {
            let mut out = String::with_capacity(text.len() + 64);
            let mut at = 0;
            for import in imports {
                let name = names.get(import.target.as_str()).map_or("", String::as_str);
                out.push_str(&text[at..import.range.start]);
                out.push_str("./");
                out.push_str(name);
                at = import.range.end;
            }
            out.push_str(&text[at..]);
            (names.get(path.as_str()).cloned().unwrap_or_default(), out)
        };
        self.by_path
            .iter()
            .map(|entry| {
                let (name, text) = publish(entry);
                (entry.0.as_str(), name, text)
            })
            .collect()
    }

    fn name(&self, path: &str, targets: &BTreeMap<&str, Vec<String>>) -> String {
        let reach = closure(path, |module| targets.get(module).map_or(&[][..], Vec::as_slice));
        let texts: Vec<&[u8]> = reach
            .iter()
            .filter_map(|module| self.by_path.get(*module))
            .map(|(text, _)| text.as_bytes())
            .collect();
        // The path too: two modules with one text and one reach keep two names.
        let contents: Vec<&[u8]> = std::iter::once(path.as_bytes()).chain(texts).collect();
        named(path, &hash(&contents))
    }

    /// What each module imports at once.
    pub(super) fn into_imports(self) -> BTreeMap<String, Vec<String>> {
        let at_once = |imports: Vec<Import>| {
            imports.into_iter().filter(|one| !one.is_dynamic).map(|one| one.target).collect()
        };
        self.by_path.into_iter().map(|(path, (_, imports))| (path, at_once(imports))).collect()
    }
}

/// The text of a script, shorter if wanted; one that does not parse is reported and stays as it is.
pub(super) fn text(
    path: &str,
    files: &ThemeFiles,
    minified: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<str>> {
    let file = files.get(path)?;
    let text = file.text()?;
    if !minified {
        return Some(text);
    }
    let (range, message) = match minify::script(&text) {
        Ok(short) => return Some(short.into()),
        Err(mistake) => mistake,
    };
    match file.id {
        Some(id) => {
            let span = Span::new(id, range.start, range.end);
            diagnostics.report(Code::BadScript, span, sentence(&message))
        }
        None => {
            diagnostics.report_path(Code::BadScript, &format!("themes/default/{path}"), sentence(&message))
        }
    };
    Some(text)
}

/// A module and all that it leads to, sorted.
pub(super) fn closure<'a>(path: &'a str, targets: impl Fn(&str) -> &'a [String]) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::from([path]);
    let mut waiting = vec![path];
    while let Some(module) = waiting.pop() {
        for target in targets(module) {
            if seen.insert(target) {
                waiting.push(target);
            }
        }
    }
    seen
}

/// Finds `from "./x.js"`, `import "./x.js"` and `import("./x.js")`.
fn imports<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Import> + 'a {
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    text.match_indices(['"', '\'', '`']).filter_map(move |(at, quote)| {
        let rest = &text[at + 1..];
        if !rest.starts_with("./") && !rest.starts_with("../") {
            return None;
        }
        let end = rest.find(quote).filter(|end| rest[..*end].strip_suffix(".js").is_some())?;
        let before = text[..at].trim_end();
        let is_dynamic = before.ends_with('(') && before[..before.len() - 1].trim_end().ends_with("import");
        if !is_dynamic && !before.ends_with("from") && !before.ends_with("import") {
            return None;
        }
        let target = join(folder, &rest[..end])?;
        Some(Import { range: at + 1..at + 1 + end, target, is_dynamic })
    })
}

/// A parser's message in the form that diagnostics have.
fn sentence(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A relative specifier from a folder, both inside the theme.
fn join(folder: &str, specifier: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop()?,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_and_strings_that_look_like_them_are_not() {
        let text = "import { a } from \"./a.js\"\nimport './b.js'\nconst c = () => import(\"../c.js\")\n\
                    const d = \"./d.js\"\nexport * from './e.js'\nimport f from \"bare\"\nimport{g}from\"./g.js\";import(`./h.js`)";
        let found: Vec<(String, bool)> =
            imports("js/elements/x.js", text).map(|one| (one.target, one.is_dynamic)).collect();
        let expected = [
            ("js/elements/a.js", false),
            ("js/elements/b.js", false),
            ("js/c.js", true),
            ("js/elements/e.js", false),
            ("js/elements/g.js", false),
            ("js/elements/h.js", true),
        ];
        assert_eq!(found, expected.map(|(path, dynamic)| (path.to_owned(), dynamic)));
    }

    #[test]
    fn a_reach_may_hold_a_circle() {
        let targets = BTreeMap::from([("a", vec!["b".to_owned()]), ("b", vec!["a".to_owned()])]);
        let reach = closure("a", |module| targets.get(module).map_or(&[][..], Vec::as_slice));
        assert_eq!(reach, BTreeSet::from(["a", "b"]));
    }
}
