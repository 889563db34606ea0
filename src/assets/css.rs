//! Puts a style sheet's imports into it, drops its comments, and points its pictures at their published names.

use super::Published;
use crate::theme::{ThemeFile, ThemeFiles};
use std::collections::BTreeSet;

/// Imports inside one another; a sheet that imports itself stops here.
const MAX_DEPTH: usize = 8;

/// The sheets that no other sheet imports: those that a page may link.
pub(super) fn entries(files: &ThemeFiles) -> Vec<&str> {
    let sheets = || files.iter().filter(|(path, _)| path.starts_with("css/"));
    let mut parts = BTreeSet::new();
    for (path, file) in sheets() {
        let text = file.text().unwrap_or_default();
        let text = without_comments(&text);
        let inside = text.lines().filter_map(|line| imported(line.trim()));
        parts.extend(inside.map(|name| format!("{}{name}", folder(path))).filter(|part| part != path));
    }
    sheets().map(|(path, _)| path).filter(|path| !parts.contains(*path)).collect()
}

/// The folder of a path, with its closing slash.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// The sheet at `path` with every `@import "file.css";` replaced by that file.
pub(super) fn inline(path: &str, files: &ThemeFiles, published: &Published) -> String {
    let mut out = String::new();
    add(path, files, published, 0, &mut out);
    out
}

fn add(path: &str, files: &ThemeFiles, published: &Published, depth: usize, out: &mut String) {
    let Some(text) = files.get(path).and_then(ThemeFile::text) else { return };
    let folder = folder(path);
    let text = without_comments(&text);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(name) = imported(line).filter(|_| depth < MAX_DEPTH) {
            add(&format!("{folder}{name}"), files, published, depth + 1, out);
        } else {
            out.push_str(&with_pictures(line, published));
            out.push('\n');
        }
    }
}

/// The file of a line that is `@import "file.css";` and nothing else.
fn imported(line: &str) -> Option<&str> {
    let quoted = line.strip_prefix("@import")?.trim().strip_suffix(';')?.trim();
    quoted.strip_prefix('"')?.strip_suffix('"')
}

/// The text without `/* … */`; a comment inside a string is a string.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = if let Some(inside) = from.strip_prefix("/*") {
            inside.find("*/").map_or(from.len(), |close| close + 4)
        } else {
            let end = string_end(from);
            out.push_str(&from[..end]);
            end
        };
        rest = &from[end..];
    }
    out.push_str(rest);
    out
}

/// The length of the string that a text starts with; of anything else 1.
fn string_end(text: &str) -> usize {
    let quote = text.as_bytes()[0];
    if quote == b'/' {
        return 1;
    }
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' => return at,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `url("../img/x.svg")` with the published name; both lie in one folder, so the name alone is the address.
fn with_pictures(line: &str, published: &Published) -> String {
    let mut out = line.to_owned();
    let pictures = published.by_path.iter().filter(|(path, _)| path.starts_with("img/"));
    for (path, asset) in pictures.filter(|(path, _)| line.contains(path.as_str())) {
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        out = out.replace(&format!("../{path}"), name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::Sources;

    #[test]
    fn comments_go_and_strings_stay() {
        for (text, expected) in [
            ("a{}/* x */b{}", "a{}b{}"),
            (r#"a::before{content:"/* no */"}"#, r#"a::before{content:"/* no */"}"#),
            (r#"content:"\"/*"; x:1/2"#, r#"content:"\"/*"; x:1/2"#),
            ("a{} /* open", "a{} "),
            ("/", "/"),
            ("\"", "\""),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }

    #[test]
    fn sheets_that_none_imports_are_published() {
        let files = ThemeFiles::collect(
            &Sources::default(),
            &crate::config::Config::default(),
            &mut Diagnostics::default(),
        );
        let entries = entries(&files);
        assert!(entries.contains(&"css/index.css") && entries.contains(&"css/tools.css"), "{entries:?}");
        assert!(
            !entries.contains(&"css/tokens.css") && !entries.contains(&"css/tools/fields.css"),
            "{entries:?}"
        );
    }

    #[test]
    fn only_a_plain_import_is_one() {
        assert_eq!(imported("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported("@import \"x.css\" print;"), None);
        assert_eq!(imported("a { color: red }"), None);
    }
}
