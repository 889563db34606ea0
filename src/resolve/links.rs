//! One link's text to the address that goes into the page.

use super::Given;
use super::addresses::{Addresses, content_path};
use super::nav::{Place, asset_url};
use crate::book::Tool;
use crate::diag::{Code, Diagnostics};
use crate::parse::Draft;
use crate::source::{Span, Spanned};

/// Where a link leads.
pub(super) struct Link {
    /// The address, base path included, not yet escaped.
    pub href: String,
    /// The rule or method that it names.
    pub names: Option<Named>,
}

/// A thing of the rulebook that a link names.
pub(super) enum Named {
    /// By its id.
    Rule(String),
    /// By its id.
    Method(String),
}

/// Resolves a link; one that leads nowhere is reported and keeps its text.
pub(super) fn resolve(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    draft: &Draft,
    place: &Place,
    link: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Link {
    let plain = |href: String| Link { href, names: None };
    let base = given.config.base_path.as_str();
    let text = link.value.as_str();
    if let Some((scheme, name)) = scheme(text) {
        return match scheme {
            "rule" => reference(given, "rules", name, link.span, Code::UnknownRule, diagnostics),
            "method" => reference(given, "methods", name, link.span, Code::UnknownMethod, diagnostics),
            "example" => {
                plain(lookup(base, &addresses.examples, name, link.span, Code::UnknownExample, diagnostics))
            }
            "quiz" => {
                plain(lookup(base, &addresses.quizzes, name, link.span, Code::UnknownQuiz, diagnostics))
            }
            "tool" => plain(tool(base, &addresses.tools, name, link.span, diagnostics)),
            "term" => plain(lookup(base, &addresses.terms, name, link.span, Code::UnknownTerm, diagnostics)),
            _ => plain(text.to_owned()),
        };
    }
    if text.starts_with("//") {
        return plain(text.to_owned());
    }
    let (path, anchor) = text.split_once('#').map_or((text, None), |(path, anchor)| (path, Some(anchor)));
    let own = content_path(&draft.path);
    let Some(target) = join(own, path) else {
        diagnostics.report(Code::BrokenLink, link.span, format!("`{text}` leads out of content/"));
        return plain(text.to_owned());
    };
    let url = match page_url(addresses, place, own, path, &target) {
        Ok(url) => url,
        Err(hidden) => {
            broken(addresses, own, link, &target, hidden, diagnostics);
            return plain(text.to_owned());
        }
    };
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        return plain(format!("{base}{url}"));
    };
    check_anchor(addresses, if path.is_empty() { own } else { &target }, anchor, link.span, diagnostics);
    let page = if path.is_empty() { String::new() } else { format!("{base}{url}") };
    plain(format!("{page}#{anchor}"))
}

/// The site path of what a relative path names; `Err(true)` if it exists but is not shown.
fn page_url(
    addresses: &Addresses<'_>,
    place: &Place,
    own: &str,
    path: &str,
    target: &str,
) -> Result<String, bool> {
    if path.is_empty() {
        return Ok(place.url.clone());
    }
    let index = if target.is_empty() { "index.md".to_owned() } else { format!("{target}/index.md") };
    if let Some(page) = addresses.pages.get(target).or_else(|| addresses.pages.get(&index)) {
        return Ok(page.url.clone());
    }
    if addresses.hidden.contains(target) || addresses.hidden.contains(&index) {
        return Err(true);
    }
    if addresses.assets.contains_key(target) && target != own {
        return Ok(asset_url(target));
    }
    addresses.folders.get(asset_url(&format!("{target}/x")).trim_end_matches("/x")).cloned().ok_or(false)
}

fn broken(
    addresses: &Addresses<'_>,
    own: &str,
    link: &Spanned<String>,
    target: &str,
    hidden: bool,
    diagnostics: &mut Diagnostics,
) {
    let text = &link.value;
    if hidden {
        diagnostics
            .report(
                Code::LinkToDraft,
                link.span,
                format!("`{text}` is a draft, not yet published, or expired"),
            )
            .help("publish it, or take the link out");
        return;
    }
    let one = diagnostics.report(Code::BrokenLink, link.span, format!("there is no page at `{text}`"));
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut known: Vec<&str> = addresses.pages.keys().map(String::as_str).collect();
    known.sort_unstable();
    // The same file in another folder is the likeliest slip, then a name that is nearly right.
    let same = known.iter().find(|path| file(path) == file(target) && file(target) != "index.md").copied();
    if let Some(path) = same.or_else(|| crate::diag::nearest(target, known)) {
        one.help(format!("did you mean `{}`?", relative(own, path)));
    }
}

/// How a page is linked to from another one: both paths from `content/`.
pub(crate) fn relative(own: &str, path: &str) -> String {
    let mut from: Vec<&str> = own.split('/').collect();
    let mut to: Vec<&str> = path.split('/').collect();
    from.pop();
    let name = to.pop().unwrap_or("");
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.push(name);
    parts.join("/")
}

fn check_anchor(
    addresses: &Addresses<'_>,
    target: &str,
    anchor: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let Some(anchors) = addresses.anchors(target) else { return };
    let is_example = anchor.strip_prefix("example-").is_some_and(|id| addresses.examples.contains_key(id));
    let is_quiz = anchor.strip_prefix("quiz-").is_some_and(|id| addresses.quizzes.contains_key(id));
    if !anchors.iter().any(|one| one.value == anchor) && !is_example && !is_quiz {
        diagnostics
            .report(Code::BrokenAnchor, span, format!("that page has no heading with the id `{anchor}`"))
            .help_nearest(anchor, anchors.iter().map(|one| one.value.as_str()));
    }
}

/// `rule:no-brag` and its like; one letter alone would be a Windows drive.
pub(super) fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let valid = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    valid.then_some((scheme, rest))
}

fn reference(
    given: &Given<'_>,
    folder: &str,
    id: &str,
    span: Span,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> Link {
    let is_rule = code == Code::UnknownRule;
    let ids: Vec<&str> =
        if is_rule { given.rulebook.rule_ids().collect() } else { given.rulebook.method_ids().collect() };
    if !ids.contains(&id) {
        let kind = if is_rule { "rule" } else { "method" };
        diagnostics.report(code, span, format!("no {kind} is called `{id}`")).help_nearest(id, ids);
        return Link { href: format!("{folder}:{id}"), names: None };
    }
    let names = if is_rule { Named::Rule(id.to_owned()) } else { Named::Method(id.to_owned()) };
    Link { href: format!("{}{folder}/{id}/", given.config.base_path), names: Some(names) }
}

fn lookup(
    base: &str,
    known: &std::collections::HashMap<String, String>,
    name: &str,
    span: Span,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> String {
    if let Some(url) = known.get(name) {
        return format!("{base}{url}");
    }
    let kind = match code {
        Code::UnknownTerm => "term of the glossary",
        Code::UnknownQuiz => "quiz",
        _ => "example",
    };
    let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
    names.sort_unstable();
    diagnostics.report(code, span, format!("no {kind} is called `{name}`")).help_nearest(name, names);
    String::from("#")
}

fn tool(base: &str, made: &[Tool], name: &str, span: Span, diagnostics: &mut Diagnostics) -> String {
    let Some(tool) = Tool::ALL.into_iter().find(|tool| tool.name() == name) else {
        diagnostics
            .report(Code::UnknownTool, span, format!("no tool is called `{name}`"))
            .help_nearest(name, Tool::ALL.map(Tool::name));
        return String::from("#");
    };
    if !made.contains(&tool) {
        diagnostics.report(Code::UnknownTool, span, format!("this playbook has no `{name}`")).help(format!(
            "{} comes with {}",
            tool.about(),
            tool.needs()
        ));
    }
    format!("{base}{}", tool.url())
}

/// A path as written on a page, from `content/`; `None` if it climbs out of it.
pub(crate) fn join(own: &str, path: &str) -> Option<String> {
    let path = percent_decode(path.split('?').next().unwrap_or(path));
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => own.rsplit_once('/').map(|(folder, _)| folder.split('/').collect()).unwrap_or_default(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match (*first, hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_from_the_page() {
        let table = [
            ("a/b.md", "c.md", Some("a/c.md")),
            ("a/b.md", "../d/e.md", Some("d/e.md")),
            ("a/b.md", "/d.md", Some("d.md")),
            ("a/b.md", "x%20y.md", Some("a/x y.md")),
            ("a.md", "./", Some("")),
            ("a.md", "../x.md", None),
        ];
        for (own, path, wanted) in table {
            assert_eq!(join(own, path).as_deref(), wanted, "{own} {path}");
        }
    }

    #[test]
    fn a_path_is_suggested_as_one_would_type_it() {
        assert_eq!(relative("a/b.md", "a/c.md"), "c.md");
        assert_eq!(relative("a/b.md", "d/e.md"), "../d/e.md");
        assert_eq!(relative("b.md", "d/e.md"), "d/e.md");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("rule:no-brag"), Some(("rule", "no-brag")));
        assert_eq!(scheme("https://x"), Some(("https", "//x")));
        assert_eq!(scheme("c:/x"), None);
        assert_eq!(scheme("a/b:c"), None);
    }
}
