//! The theme: templates, words, styles and scripts, built in and overridden file by file.
//!
//! 1. Take the built-in files; lay the playbook's `themes/NAME/` over them by path ([`files`]).
//! 2. Read the words of the interface in the playbook's language ([`strings`]).
//! 3. Publish styles, scripts and pictures under names that carry their hash ([`crate::assets`]).
//! 4. Compile the templates. One that does not compile is a diagnostic in the theme's own file, and the
//!    built-in one takes its place.

mod files;
mod filters;
mod pictures;
mod squeeze;
mod strings;

use crate::assets::{self, Published};
use crate::cache::{Cache, Same};
use crate::config::Config;
use crate::diag::{Code, Diagnostics};
use crate::labels::Labels;
use crate::source::{FileId, Sources, Span};
pub(crate) use files::{Part, ThemeFile, ThemeFiles};
pub(crate) use pictures::{Icons, Pictures, are_made as cards_are_made, span_of_cards};
use squeeze::{Squeezed, squeeze};
use std::collections::BTreeMap;
use std::sync::Arc;
pub use strings::Strings;
use tera::{ErrorKind, Tera};

/// A theme that is ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Compiled templates with their filters and functions; `t` holds the words.
    pub tera: Tera,
    /// The words of the interface.
    pub strings: Arc<Strings>,
    /// The words that markdown needs: the names of alerts, of a heading's own link, of footnotes.
    pub labels: Labels,
    /// Styles, scripts and pictures, as published.
    pub assets: Arc<Published>,
    /// What the manifest and the social cards are drawn from.
    pub(crate) pictures: Pictures,
    /// The script of the site's worker: one that keeps the site in the browser, or one that removes what such a worker kept.
    pub worker: String,
    /// Template name to the playbook's own file and its text, for error messages.
    overrides: BTreeMap<String, Own>,
}

/// Templates that are compiled, and those that the playbook has of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Templates {
    tera: Tera,
    overrides: BTreeMap<String, Own>,
}

/// A template of the playbook: its file, as it is written, and as it is compiled.
#[derive(Debug, Clone)]
struct Own {
    file: FileId,
    written: Arc<str>,
    compiled: Squeezed,
}

/// Loads the theme that `book.toml` names over the built-in one; parts that are as they were come from the cache.
pub fn load(sources: &Sources, config: &Config, cache: &Cache, diagnostics: &mut Diagnostics) -> Theme {
    let mut files = ThemeFiles::collect(sources, config, diagnostics);
    let pictures = pictures::prepare(&mut files, sources, config, cache, diagnostics);
    let key = (files.part(|path| path.starts_with("i18n/")), config.language.clone());
    let (strings, found) = cache.get(&cache.words, key, || {
        let mut found = Diagnostics::default();
        (Arc::new(Strings::read(&files, &config.language, &mut found)), found)
    });
    diagnostics.extend(found);
    let minify = config.publish.minify;
    let assets = Arc::new(assets::publish(&files, &config.base_path, minify, cache, diagnostics));
    let labels = strings.labels();
    let worker = if config.publish.offline { "worker/keep.js" } else { "worker/leave.js" };
    let worker = assets::script(worker, &files, config.publish.minify, diagnostics);
    let mut fresh = Tera::default();
    fresh.autoescape_on(vec![".html", ".xml"]);
    filters::register(&mut fresh, config, &assets, &strings);
    fresh.global_context().insert_value("t", strings.value());
    let key = (
        files.part(|path| path.starts_with("templates/") || path.starts_with("partials/")),
        Same(Arc::clone(&strings)),
        minify,
    );
    let (templates, found) = cache.get(&cache.templates, key, || {
        let mut found = Diagnostics::default();
        (Arc::new(Templates::compile(&files, &fresh, minify, &mut found)), found)
    });
    diagnostics.extend(found);
    let Templates { mut tera, overrides } = Arc::unwrap_or_clone(templates);
    // Kept ones call the functions of an earlier theme.
    filters::register(&mut tera, config, &assets, &strings);
    Theme { tera, strings, labels, assets, pictures, worker, overrides }
}

impl Templates {
    /// Compiles all templates; a file of the playbook that fails is reported and left out, one after another. `fresh` has the
    /// filters and the words.
    fn compile(files: &ThemeFiles, fresh: &Tera, minify: bool, diagnostics: &mut Diagnostics) -> Self {
        let compiled = |text: Arc<str>| if minify { squeeze(&text) } else { Squeezed::whole(text) };
        let read = |file: &ThemeFile| {
            let written = file.text()?;
            Some(Own { file: file.id?, compiled: compiled(written.clone()), written })
        };
        let mut own: BTreeMap<String, Own> =
            files.templates().filter_map(|(name, file)| Some((name, read(file)?))).collect();
        loop {
            let mut tera = fresh.clone();
            let templates = files.templates().filter_map(|(name, file)| {
                let text = match own.get(&name) {
                    Some(own) => own.compiled.text.clone(),
                    None => compiled(file.built_in_text()?).text,
                };
                Some((name, text))
            });
            let list: Vec<(String, Arc<str>)> = templates.collect();
            let borrowed = list.iter().map(|(name, text)| (name.as_str(), text.as_ref()));
            let Err(error) = tera.add_raw_templates(borrowed) else {
                return Self { tera, overrides: own };
            };
            let culprit = template_of(&error).filter(|name| own.contains_key(name));
            report(&error, &own, diagnostics);
            // Without a name in the error any of them may be at fault: fall back to the built-in theme.
            match culprit {
                Some(name) => _ = own.remove(&name),
                None if own.is_empty() => return Self { tera: fresh.clone(), overrides: own },
                None => own.clear(),
            }
        }
    }
}

impl Theme {
    /// Whether the playbook has templates of its own, which may fail on some pages.
    pub fn has_own_templates(&self) -> bool {
        !self.overrides.is_empty()
    }

    /// Reports a template's error at its own file and line.
    pub fn report(&self, error: &tera::Error, diagnostics: &mut Diagnostics) {
        report(error, &self.overrides, diagnostics);
    }
}

/// Reports a template's error at its own file and line, if it is one of `overrides`.
fn report(error: &tera::Error, overrides: &BTreeMap<String, Own>, diagnostics: &mut Diagnostics) {
    let (name, message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            (
                report.filename().to_owned(),
                sentence(report.message()),
                Some((span.start_line, span.start_col)),
            )
        }
        kind => (template_of(error).unwrap_or_default(), sentence(&kind.to_string()), None),
    };
    let Some(own) = overrides.get(&name) else {
        diagnostics.report_path(
            Code::BadTemplate,
            &format!("themes/default/{}", files::path_of(&name)),
            message,
        );
        return;
    };
    let span = match place {
        Some((line, column)) => line_span(own, line, column),
        None => Span::whole_file(own.file),
    };
    diagnostics.report(Code::BadTemplate, span, message);
}

/// The template that an error names, if it names one.
fn template_of(error: &tera::Error) -> Option<String> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            Some(report.filename().to_owned())
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        _ => None,
    }
}

/// A message in the form that diagnostics have: lower case, no final stop, one line.
fn sentence(message: &str) -> String {
    let line = message.trim().trim_end_matches('.').replace('\n', " ");
    let mut letters = line.chars();
    match letters.next() {
        Some(first) if !letters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => line,
    }
}

/// From a line and column of what was compiled to the end of that line as it is written.
fn line_span(own: &Own, line: usize, column: usize) -> Span {
    let text = &own.compiled.text;
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(start..).unwrap_or("");
    let rest = rest.split('\n').next().unwrap_or("");
    let skipped = rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    let start = own.compiled.original(start + skipped).min(own.written.len());
    let rest = own.written.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
    Span::new(own.file, start, start + rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, path, line and column.
    type Seen = (Code, String, Option<(usize, usize)>);

    fn load_with(files: &[(&str, &str)]) -> (Theme, Vec<Seen>) {
        let sources = Sources::in_memory(files);
        let config = Config { theme: "ours".to_owned(), ..Config::default() };
        let mut diagnostics = Diagnostics::default();
        let theme = load(&sources, &config, &Cache::default(), &mut diagnostics);
        let seen = diagnostics.iter().map(|one| {
            let place = one.span.map(|span| sources.position(span.file, span.start));
            (one.code, one.path(&sources).to_owned(), place.map(|place| (place.line, place.column)))
        });
        let seen = seen.collect();
        (theme, seen)
    }

    #[test]
    fn the_built_in_theme_compiles() {
        let mut diagnostics = Diagnostics::default();
        let theme = load(&Sources::default(), &Config::default(), &Cache::default(), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert!(theme.tera.contains_template("lesson.html"));
        assert!(theme.assets.find("css/index.css").is_some());
    }

    #[test]
    fn every_word_that_a_template_asks_for_is_there() {
        let files = ThemeFiles::collect(&Sources::default(), &Config::default(), &mut Diagnostics::default());
        let strings = Strings::read(&files, "en", &mut Diagnostics::default());
        let texts = files.templates().filter_map(|(name, file)| Some((name, file.text()?)));
        for (name, text) in texts {
            for (at, _) in text.match_indices("t.") {
                let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
                let before = text[..at].chars().next_back();
                let word = text[at + 2..].split(|c| !is_name(c)).next().unwrap_or("");
                let is_word = before.is_some_and(|c| c == ' ' || c == '(') && !word.is_empty();
                assert!(!is_word || !strings.text(word).is_empty(), "{name}: t.{word}");
            }
        }
    }

    #[test]
    fn a_broken_template_is_reported_at_its_line_and_left_out() {
        let path = "themes/ours/templates/lesson.html";
        let (theme, seen) = load_with(&[(path, "{% extends \"base.html\" %}\n\n{{ page.title\n")]);
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!((seen[0].0, seen[0].1.as_str()), (Code::BadTemplate, path));
        assert!(seen[0].2.is_some_and(|(line, _)| line >= 3), "{seen:?}");
        assert!(theme.tera.contains_template("lesson.html"));
    }

    #[test]
    fn two_broken_templates_are_both_reported() {
        let files =
            [("themes/ours/templates/404.html", "{{"), ("themes/ours/partials/footer.html", "{% if %}")];
        let (_, seen) = load_with(&files);
        assert_eq!(seen.iter().filter(|one| one.0 == Code::BadTemplate).count(), 2, "{seen:?}");
    }

    #[test]
    fn files_lie_over_the_built_in_ones_and_unused_ones_are_named() {
        let (theme, seen) = load_with(&[
            ("themes/ours/i18n/en.yaml", "next: Onward\n"),
            ("themes/ours/partials/foter.html", "x"),
            ("themes/ours/css/tokens.css", ":root { --accent: red; }"),
        ]);
        assert_eq!((theme.strings.text("next"), theme.strings.text("previous")), ("Onward", "Previous"));
        let css = theme.assets.find("css/index.css").map(|asset| asset.bytes.clone()).unwrap_or_default();
        assert!(String::from_utf8_lossy(&css).contains("--accent:red"));
        let unused =
            vec![(Code::UnknownThemeFile, "themes/ours/partials/foter.html".to_owned(), Some((1, 1)))];
        assert_eq!(seen, unused);
    }
}
