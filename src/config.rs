//! `book.toml` as a typed value: what it says, checked, with a default for all it does not say.

mod check;
mod pictures;
mod publish;
mod search;
mod serve;

pub use check::{CheckConfig, LEVELS};
pub use pictures::{CARDS, Cards, Pictures};
pub use publish::Publish;
pub use search::SearchConfig;
pub use serve::ServeConfig;

use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Sources, Span};
use crate::tree::{Entry, Fields, Node, Segment, Text, Value};
use toml::de::{DeTable, DeValue};

/// The settings of a playbook.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[book] title`, the only key that has to be there.
    pub title: String,
    /// `[book] description`: one sentence for search engines and shared links.
    pub description: String,
    /// `[book] language`: a BCP 47 tag; `en` unless it says otherwise.
    pub language: String,
    /// `[book] direction`: `ltr` or `rtl`; from the language unless it says otherwise.
    pub direction: Direction,
    /// `[book] author`: a person or a team, for the feed.
    pub author: Option<String>,
    /// `[book] base_url`: where the site will live, with a closing slash. Absent, there is no canonical
    /// address, no sitemap and no feed.
    pub base_url: Option<String>,
    /// The path of `base_url`, `/` if there is none: starts and ends with a slash.
    pub base_path: String,
    /// `[book] method`: the method that examples and scripts are graded under where none is named.
    pub method: Option<String>,
    /// `[book] edit_url`: address of the sources, `{path}` stands for a page's path.
    pub edit_url: Option<String>,
    /// `[output] theme`: the folder under `themes/` that overrides the built-in theme.
    pub theme: String,
    /// `[output] dir`: the folder to write to, from the playbook's root.
    pub output: String,
    /// `[output] last_updated`: ask git for the day of a page's last change.
    pub last_updated: bool,
    /// `[output] print`: one page that holds the whole book; unset, it is made up to 500 pages.
    pub print: Option<bool>,
    /// `[output] feed`: an Atom feed, if there is a `base_url`.
    pub feed: bool,
    /// `[output] html`: HTML in markdown is passed through; `false` shows it as text.
    pub html: bool,
    /// The keys that are about pictures: `[book] icon`, `[output] cards` and `card_font`.
    pub pictures: Pictures,
    /// The rest of `[output]`: what becomes of a site that is published.
    pub publish: Publish,
    /// `[search]`.
    pub search: SearchConfig,
    /// `[check]`.
    pub check: CheckConfig,
    /// `[serve]`.
    pub serve: ServeConfig,
    /// Where `[book] method` stands, to report a method that does not exist.
    pub method_span: Option<Span>,
}

/// The direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Playbook".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            direction: Direction::Ltr,
            author: None,
            base_url: None,
            base_path: "/".to_owned(),
            method: None,
            edit_url: None,
            theme: "default".to_owned(),
            output: "site".to_owned(),
            last_updated: false,
            print: None,
            feed: true,
            html: true,
            pictures: Pictures::default(),
            publish: Publish::default(),
            search: SearchConfig::default(),
            check: CheckConfig::default(),
            serve: ServeConfig::default(),
            method_span: None,
        }
    }
}

/// Reads `book.toml`; what cannot be read is a diagnostic and keeps its default.
pub fn parse(sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let mut config = Config::default();
    let Some(file) = sources.find("book.toml") else { return config };
    let Some(root) = parse_toml(sources.text(file), file, diagnostics) else { return config };
    let Some(mut top) = Fields::of(&root, "book.toml", diagnostics) else { return config };
    match top.node("book") {
        Some(node) => {
            if let Some(fields) = Fields::of(node, "[book]", diagnostics) {
                book(&mut config, fields, diagnostics);
            }
        }
        None => {
            diagnostics
                .report(
                    Code::MissingKey,
                    Span::whole_file(file),
                    "book.toml needs a table [book] with a title",
                )
                .help("[book]\n        title = \"The name of the playbook\"");
        }
    }
    if let Some(fields) = top.node("output").and_then(|node| Fields::of(node, "[output]", diagnostics)) {
        output(&mut config, fields, diagnostics);
    }
    if let Some(fields) = top.node("search").and_then(|node| Fields::of(node, "[search]", diagnostics)) {
        config.search = search::read(fields, diagnostics);
    }
    if let Some(fields) = top.node("check").and_then(|node| Fields::of(node, "[check]", diagnostics)) {
        config.check = check::read(fields, diagnostics);
    }
    if let Some(fields) = top.node("serve").and_then(|node| Fields::of(node, "[serve]", diagnostics)) {
        config.serve = serve::read(fields, diagnostics);
    }
    top.finish(diagnostics);
    config
}

fn book(config: &mut Config, mut fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    if let Some(title) = fields.required_text("title", diagnostics) {
        title.value.trim().clone_into(&mut config.title);
    }
    config.description = fields.string("description", diagnostics).unwrap_or_default();
    if let Some(language) = fields.spanned("language", diagnostics) {
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if language.value.is_empty() || !language.value.chars().all(valid) {
            diagnostics
                .report(Code::BadValue, language.span, format!("`{}` is not a language tag", language.value))
                .help("a language is written like `en`, `en-GB` or `pt-BR`");
        } else {
            config.language = language.value;
        }
    }
    config.direction = direction_of(&config.language);
    let directions = [("ltr", Direction::Ltr), ("rtl", Direction::Rtl)];
    if let Some(direction) = fields.choice("direction", &directions, diagnostics) {
        config.direction = direction;
    }
    config.author = fields.string("author", diagnostics);
    config.pictures.icon = pictures::file("icon", &mut fields, diagnostics);
    if let Some(url) = fields.spanned("base_url", diagnostics) {
        match base_url(&url.value) {
            Ok((url, path)) => (config.base_url, config.base_path) = (Some(url), path),
            Err(problem) => {
                diagnostics.report(Code::BadValue, url.span, problem).help(BASE_URL_HELP);
            }
        }
    }
    if let Some(method) = fields.spanned("method", diagnostics) {
        config.method = Some(method.value);
        config.method_span = Some(method.span);
    }
    if let Some(url) = fields.spanned("edit_url", diagnostics) {
        if url.value.contains("{path}") {
            config.edit_url = Some(url.value);
        } else {
            diagnostics
                .report(Code::BadValue, url.span, "`edit_url` does not say where a page's path goes")
                .help("put `{path}` into it: `https://github.com/acme/playbook/edit/main/{path}`");
        }
    }
    fields.finish(diagnostics);
}

fn output(config: &mut Config, mut fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    if let Some(theme) = fields.spanned("theme", diagnostics) {
        if theme.value.is_empty() || theme.value.contains(['/', '\\']) || theme.value.starts_with('.') {
            diagnostics.report(Code::BadValue, theme.span, "`theme` is the name of a folder under themes/");
        } else {
            config.theme = theme.value;
        }
    }
    if let Some(dir) = fields.string("dir", diagnostics) {
        config.output = dir;
    }
    config.last_updated = fields.flag("last_updated", config.last_updated, diagnostics);
    if fields.node("print").is_some() {
        config.print = Some(fields.flag("print", true, diagnostics));
    }
    config.feed = fields.flag("feed", config.feed, diagnostics);
    config.html = fields.flag("html", config.html, diagnostics);
    config.pictures.read_output(&mut fields, diagnostics);
    config.publish.read(&mut fields, diagnostics);
    fields.finish(diagnostics);
}

const BASE_URL_HELP: &str =
    "write the whole address of the published site: `https://example.com/team/playbook/`";

/// Checks an address and splits it: itself with a closing slash, and its path.
pub fn base_url(text: &str) -> Result<(String, String), String> {
    let bad = |why: &str| Err(format!("`{text}` is not the address of a site: {why}"));
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return bad("it does not start with https:// or http://");
    };
    if text.contains(['?', '#', '"', '<', '>', '\\', '`', '{', '}']) || text.contains(char::is_whitespace) {
        return bad("it holds a character that no such address has");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() || host.starts_with('.') || host.starts_with(':') || host.contains('@') {
        return bad("it names no host");
    }
    if path.split('/').any(|part| part == ".." || part == ".") {
        return bad("its path holds `.` or `..`");
    }
    let path = path.trim_matches('/');
    let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    let scheme = &text[..text.len() - rest.len()];
    Ok((format!("{scheme}{host}{path}"), path))
}

/// Languages that are written from right to left, by their first subtag.
fn direction_of(language: &str) -> Direction {
    let first = language.split('-').next().unwrap_or("").to_ascii_lowercase();
    match first.as_str() {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "ha" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi" => {
            Direction::Rtl
        }
        _ => Direction::Ltr,
    }
}

/// TOML as a tree with places; every syntax mistake is reported.
pub fn parse_toml(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let failed = !errors.is_empty();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        diagnostics.report(Code::BadToml, Span::new(file, range.start, range.end), error.message());
    }
    if failed {
        return None;
    }
    let span = table.span();
    Some(table_node(table.get_ref(), file, span))
}

fn table_node(table: &DeTable<'_>, file: FileId, span: std::ops::Range<usize>) -> Node {
    let entry =
        |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(file, key.span().start, key.span().end),
            value: value_node(value, file),
        };
    let mut entries: Vec<Entry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span);
    Node { span: Span::new(file, span.start, span.end), value: Value::Map(entries) }
}

fn value_node(value: &toml::Spanned<DeValue<'_>>, file: FileId) -> Node {
    let range = value.span();
    let span = Span::new(file, range.start, range.end);
    let scalar = |value: String, plain: bool| {
        let quote = u32::from(!plain);
        let segments = vec![Segment { value: 0, file: span.start + quote }];
        Value::Scalar(Text { value, plain, file, segments })
    };
    let value = match value.get_ref() {
        DeValue::String(text) => scalar(text.to_string(), false),
        DeValue::Integer(number) => scalar(number.to_string(), true),
        DeValue::Float(number) => scalar(number.to_string(), true),
        DeValue::Boolean(flag) => scalar(flag.to_string(), true),
        DeValue::Datetime(date) => scalar(date.to_string(), true),
        DeValue::Array(items) => Value::List(items.iter().map(|item| value_node(item, file)).collect()),
        DeValue::Table(table) => return table_node(table, file, range),
    };
    Node { span, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_checked_and_split() {
        let ok = |text| base_url(text).expect("an address");
        assert_eq!(ok("https://a.example"), ("https://a.example/".into(), "/".into()));
        assert_eq!(ok("https://a.example/x/y"), ("https://a.example/x/y/".into(), "/x/y/".into()));
        assert_eq!(ok("http://localhost:80/x/").1, "/x/");
        for bad in [
            "",
            "a.example",
            "ftp://a",
            "https://",
            "https:///x",
            "https://a/../b",
            "https://a b",
            "https://u@h/",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn unknown_keys_and_wrong_kinds_are_reported_at_their_place() {
        let text = "[book]\ntitel = \"x\"\ntitle = 1\nlanguage = \"e n\"\n[output]\nfeed = \"yes\"\n";
        let sources = Sources::in_memory(&[("book.toml", text)]);
        let mut diagnostics = Diagnostics::default();
        let config = parse(&sources, &mut diagnostics);
        let seen: Vec<_> = diagnostics
            .sorted(&sources)
            .iter()
            .map(|one| (one.code, sources.slice(one.span.unwrap()).to_owned()))
            .collect();
        assert_eq!(
            seen,
            [
                (Code::UnknownKey, "titel".to_owned()),
                (Code::BadValue, "\"e n\"".to_owned()),
                (Code::BadValue, "\"yes\"".to_owned()),
            ]
        );
        assert_eq!(config.title, "1");
    }
}
